"""What is said of every kind of series: gaps, shocks, zeros, no history, one series alone; and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from trigpoint.activity.outturn import History, Interval, Method, Outturn, Outturns, back_test, forecast_outturn
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.reports.activity.outturns import Forecasts, weights_table

YEAR = FinancialYear(2018)
SEASON = (1.0, 1.1, 1.0, 1.05, 1.1, 0.95, 1.0, 1.0, 0.9, 1.1, 0.95, 1.1)
Change = Callable[[list[float | None]], None]


def series(number: int, *, years: int = 3, change: Change = lambda values: None, label: str = "A&E") -> History:
    """1,000 a month with a season, a little growth, and wobbles that differ from series to series."""
    values: list[float | None] = [
        round(1000 * SEASON[at % 12] * 1.02 ** (at // 12) * (1 + 0.02 * math.sin(7.3 * at + 2.1 * number)))
        for at in range(12 * years)
    ]
    change(values)
    return History(f"R{number:02d}", label, Month(2019 - years, 4), tuple(values))


PEERS = [series(number) for number in range(14)]


def put(*places: int, value: float | None = None) -> Change:
    def change(values: list[float | None]) -> None:
        for at in places:
            values[at] = value

    return change


def among_peers(one: History, *, known: int = 5, method: Method = Method.AVERAGE) -> Outturn:
    return forecast_outturn([*PEERS, one], YEAR, known, method=method)[-1]


ANSWERS = [
    # series                              what is noted, or why there is no value
    (series(20, change=put(25)), "May 2018 has no count (missing); the other months stand for it."),
    (series(20, change=put(28)), "August 2018 has no count (missing); the other months stand for it."),
    (series(20, change=put(24, 25, 26)), "only 2 of its first 5 months can be used (April 2018: missing)"),
    (series(20, change=put(*range(36))), "no month of 2018/19 is known"),
    (series(20, change=put(14)), "Missing months of 2017/18 are filled by the profile of all series."),
    (series(20, years=1), "There is no whole past year of this series, so it has no profile and no growth of its own."),
    (series(20, change=put(*range(14, 20))), "There is no whole 2017/18 of this series; 2016/17 stands for it."),
    (series(20, change=put(18, value=50)), "October 2017 is exceptional; the usual level stands in."),
    (
        series(20, change=put(26, value=30)),
        "June 2018 is exceptional (30): it counts as it was and is not carried on.",
    ),
    (
        series(20, change=put(*range(10, 16), value=10)),
        "6 months between February 2017 and July 2017 are exceptional; the usual level stands in.",
    ),
    (series(20), ""),
]


@pytest.mark.parametrize(("one", "told"), ANSWERS, ids=[told or "nothing to note" for _, told in ANSWERS])
def test_what_is_told_of_a_series(one: History, told: str) -> None:
    outturn = among_peers(one)
    said = [*outturn.notes, outturn.reason] if outturn.reason else list(outturn.notes)
    assert said == ([told] if told else [])
    assert (outturn.value is None) == bool(outturn.reason)


def test_a_series_that_cannot_be_forecast_leaves_the_others_as_they_are() -> None:
    with_it = forecast_outturn([*PEERS, series(20, change=put(*range(24, 36)))], YEAR, 5, screening=False)
    assert [one.value for one in with_it][:-1] != [None] * len(PEERS)
    assert with_it[-1].value is None
    assert with_it.total().notes == ("Without R20, A&E, which cannot be forecast.",)


def test_a_gap_to_date_hardly_moves_the_forecast() -> None:
    whole, gap = among_peers(series(20)), among_peers(series(20, change=put(25)))
    assert whole.value is not None
    assert gap.value == pytest.approx(whole.value, rel=0.02)
    assert gap.actual == (True, False, True, True, True) + (False,) * 7


def test_an_exceptional_month_counts_and_is_not_carried_on() -> None:
    """June was 30, not 1,040: the year is short by what June was short, not by twelve fifths of it."""
    whole, shock = among_peers(series(20)), among_peers(series(20, change=put(26, value=30)))
    assert whole.value is not None
    assert shock.value == pytest.approx(whole.value - (whole.trajectory[2] - 30), rel=0.02)


def test_a_level_that_stays_is_no_exception() -> None:
    moved = among_peers(series(20, change=put(*range(20, 36), value=3000)))
    assert moved.notes == ()


def test_a_pandemic_in_most_months_to_date_is_the_year() -> None:
    def closed(values: list[float | None]) -> None:
        for at in range(47, 60):
            values[at] = float(values[at] or 0) * 0.4

    many = [series(number, years=5, change=closed) for number in range(12)]
    one = forecast_outturn(many, YEAR, 5)[0]
    assert one.notes[0] == "Most months of 2018/19 to date are out of the usual pattern, so they are taken as they are."
    assert one.value == pytest.approx(0.4 * 12_400, rel=0.15)


def test_zeros_are_a_series_too() -> None:
    outturn = among_peers(series(20, change=put(*range(36), value=0.0)))
    assert (outturn.value, outturn.trajectory[5:]) == (0.0, (0.0,) * 7)
    # None in five months: 3.2 in the other seven would have shown one with 90% probability.
    assert outturn.likely is not None
    assert outturn.likely.high == pytest.approx(math.log(10) * 7 / 5)


def test_one_series_alone_has_nothing_to_pool_with() -> None:
    (outturn,) = forecast_outturn([series(0)], YEAR, 5)
    says = dict(outturn.by_method)
    assert says[Method.POOLED_PROFILE] == pytest.approx(says[Method.OWN_PROFILE])
    assert outturn.notes == ("There is one series only, so its profile is its own and nothing is pooled.",)


def test_series_of_other_labels_are_not_pooled() -> None:
    alone = forecast_outturn(PEERS, YEAR, 5).results
    steep = [series(n, label="elective", change=put(*range(5), value=9.0)) for n in range(14)]
    mixed = forecast_outturn([one for pair in zip(PEERS, steep, strict=True) for one in pair], YEAR, 5).results
    assert mixed[::2] == alone


def test_without_any_history_what_can_be_said_is_said() -> None:
    outturn = forecast_outturn([series(n, years=1) for n in range(3)], YEAR, 5)[0]
    assert {method for method, value in outturn.by_method if value is not None} == {
        Method.YEAR_TO_DATE, Method.CALENDAR_DAYS, Method.WORKING_DAYS, Method.CHOSEN, Method.AVERAGE,
    }  # fmt: skip
    assert "There is no whole past year of this series, so it has no profile and no growth of its own." in outturn.notes
    assert sum(outturn.trajectory) == pytest.approx(outturn.value)


def test_a_method_that_cannot_be_used_is_replaced_and_named() -> None:
    outturn = among_peers(series(20, years=1), method=Method.OWN_PROFILE)
    assert outturn.method is not Method.OWN_PROFILE
    assert outturn.notes[-1] == (
        f"The method asked for, own last year's profile, cannot be used here; {outturn.method.value} takes its place."
    )


def test_a_whole_year_is_its_sum() -> None:
    one = forecast_outturn(PEERS, YEAR, 12)[0]
    assert (one.value, one.likely) == (sum(one.trajectory), Interval(0.80, one.to_date, one.to_date, 0.0, 0.0))
    assert one.finding.startswith("R00, A&E: 2018/19 came to 12,")
    gap = among_peers(series(20, change=put(30)), known=12)
    assert gap.finding == "R20, A&E: no forecast of 2018/19, for October 2018 has no count (missing)."


@pytest.mark.parametrize("known", range(1, 12))
def test_months_to_date_are_kept_and_the_interval_holds_the_value(known: int) -> None:
    for one in forecast_outturn(PEERS, YEAR, known):
        assert one.value is not None and one.likely is not None and one.wide is not None  # noqa: PT018
        assert sum(one.trajectory) == pytest.approx(one.value)
        assert one.to_date <= one.wide.low <= one.likely.low <= one.value <= one.likely.high <= one.wide.high


def test_the_sum_of_all_is_surer_than_its_parts_but_not_of_the_common_shock() -> None:
    outturns = forecast_outturn(PEERS, YEAR, 5)
    total, part = outturns.total(), outturns[0]
    assert total.value == pytest.approx(sum(one.value or 0 for one in outturns))
    assert total.likely is not None and part.likely is not None  # noqa: PT018
    assert total.likely.own < part.likely.own / 3
    assert total.likely.common == pytest.approx(part.likely.common)
    assert total.finding.startswith("All 14 series: 2018/19 will come to ")


REFUSED = [
    (lambda: forecast_outturn(PEERS, YEAR, 0), "needs 1 to 12 known months, not 0; without a month of"),
    (lambda: forecast_outturn(PEERS, YEAR, 13), "a forecast outturn needs 1 to 12 known months, not 13."),
    (lambda: forecast_outturn([], YEAR, 5), "there are no series to forecast; give at least one history."),
    (lambda: forecast_outturn([PEERS[0]] * 2, YEAR, 5), "R00, A&E is given twice; put its months into one history."),
    (lambda: back_test(PEERS, 12, [YEAR]), "a back-test needs a month before the last, 1 to 11;"),
    (lambda: back_test(PEERS, 5, []), "a back-test needs a year to test; name years that are over."),
    (lambda: History("R", "x", Month(2018, 4), (1.0, -2.0)), "R, x has -2 in May 2018, which is no count; give it or"),
    (lambda: History("R", "", Month(2018, 4), (math.inf,)), "R has inf in April 2018, which is no count;"),
    (lambda: Outturns(YEAR, 5, ()).total(), "no series has a forecast of 2018/19; see the reason of each."),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_what_is_refused_in_one_sentence(ask: Callable[[], object], sentence: str) -> None:
    with pytest.raises(InputError) as told:
        ask()
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


def test_frames_for_a_notebook() -> None:
    outturns = forecast_outturn([*PEERS, series(20, change=put(*range(36)))], YEAR, 5)
    frame, months = outturns.frame(), outturns.months()
    assert frame.columns[:6] == ["organisation", "label", "year", "value", "low_80", "high_80"]
    assert (frame.height, months.height) == (15, 12 * 14)
    assert frame["finding"][0] == outturns[0].finding


def test_methods_without_a_number_have_no_weight_and_the_others_weigh_as_much_more() -> None:
    """A method that says nothing of a series is not in its average, which is that of what is told."""
    weights = ((Method.LEARNED, 0.5), (Method.POOLED_PROFILE, 0.3), (Method.YEAR_TO_DATE, 0.2))
    said = ((Method.LEARNED, None), (Method.POOLED_PROFILE, 900.0), (Method.YEAR_TO_DATE, 1000.0))
    one = Outturn("RNA", "ae", FinancialYear(2018), 5, 940.0, weights=weights, by_method=said)
    assert dict(one.shares) == pytest.approx({Method.POOLED_PROFILE: 0.6, Method.YEAR_TO_DATE: 0.4})
    told = Forecasts(FinancialYear(2018), 5, (one,), (), (), {})
    assert [row[1] for row in weights_table(told).rows if row[0] != Method.LEARNED.value] == [
        "1,000 (40%)", "900 (60%)"
    ]  # fmt: skip
    assert [row[1] for row in weights_table(told).rows if row[0] == Method.LEARNED.value] == ["–"]
