"""Peers: who is alike, what the opportunity is as it is usually told, and what chance leaves of it."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType, PeerRate, PeerVariable
from trigpoint.finance.peers import benchmark, measures_of
from trigpoint.finance.peers.result import Benchmark, Comparator, Opportunity
from trigpoint.periods import FinancialYear

SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", ())
MSK, VISITS = "MSK spend a head", "A&E visits per 1,000"
TEN = ("36.2", "37.9", "33.8", "39.4", "35.1", "34.9", "40.2", "36.6", "32.7", "38.1")
POPULATION = Decimal(315_000)


def rate(organisation: str, value: str, measure: str = MSK, **more: object) -> PeerRate:
    return PeerRate(measure, organisation, Decimal(value), POPULATION, **more)  # type: ignore[arg-type]


def book(*rates: PeerRate, variables: tuple[PeerVariable, ...] = ()) -> FinanceBook:
    return FinanceBook(SETTINGS, peers=rates, peer_variables=variables)


def ten(own: str = "41.9", error: str | None = None, measure: str = MSK) -> FinanceBook:
    more = {} if error is None else {"standard_error": Decimal(error)}
    others = [rate(f"P{at}", value, measure, **more) for at, value in enumerate(TEN)]
    return book(rate("05C", own, measure, own=True, **more), *others)


def against(found: Benchmark, comparator: Comparator) -> Opportunity:
    return next(one for one in found.opportunities if one.comparator is comparator)


TOLD = [
    # own rate  mean of ten  opportunity   best five  opportunity
    ("41.9", "36.49", "1704150", "34.54", "2318400"),
    ("36.0", "36.49", "0", "34.54", "459900"),
    ("30.0", "36.49", "0", "34.54", "0"),
]


@pytest.mark.parametrize(("own", "mean", "all_ten", "best", "best_five"), TOLD)
def test_the_opportunity_as_it_is_usually_told(own: str, mean: str, all_ten: str, best: str, best_five: str) -> None:
    found = benchmark(ten(own), MSK)

    assert [one.comparator_rate for one in found.opportunities] == [Decimal(mean), Decimal(best)]
    assert [one.raw for one in found.opportunities] == [Decimal(all_ten), Decimal(best_five)]
    assert {one.organisation for one in found.peers if one.best} == {"P0", "P2", "P4", "P5", "P8"}


def test_where_more_is_better_the_highest_are_the_best() -> None:
    found = benchmark(ten("30"), MSK, lower_is_better=False)

    assert against(found, Comparator.BEST).comparator_rate == Decimal("38.44")
    assert against(found, Comparator.BEST).raw == Decimal("8.44") * POPULATION
    assert {one.organisation for one in found.peers if one.best} == {"P1", "P3", "P6", "P7", "P9"}


def test_pounds_without_errors_have_no_interval_and_it_is_said() -> None:
    found = benchmark(ten(), MSK)

    one = against(found, Comparator.BEST)
    assert (one.chance, one.adjusted, one.low, one.high, one.real) == (None,) * 5
    assert found.own.low is found.own.shrunk is None
    assert "cannot be said" in one.sentence
    assert any("no interval can be given" in remark and "pounds are no count" in remark for remark in found.remarks)


def test_eleven_identical_organisations_show_an_opportunity_three_times_in_four() -> None:
    """Chance alone, by an independent simulation with another generator, and by what is told of every benchmark."""
    chance = np.random.default_rng(1)
    rates = chance.standard_normal((100_000, 11))
    gaps = rates[:, 0] - np.sort(rates[:, 1:], axis=1)[:, :5].mean(axis=1)

    one = against(benchmark(ten(error="2.45"), MSK), Comparator.BEST)
    mean = against(benchmark(ten(error="2.45"), MSK), Comparator.MEAN)

    assert float((gaps > 0).mean()) == pytest.approx(0.755, abs=0.01)
    assert float(one.shown_by_chance or 0) == pytest.approx(float((gaps > 0).mean()), abs=0.01)
    assert float(one.chance or 0) == pytest.approx(float(np.maximum(gaps, 0).mean()) * 2.45 * 315_000, rel=0.02)
    assert float(mean.shown_by_chance or 0) == pytest.approx(0.5, abs=0.01)
    # Own less the mean of ten has variance 1 + 1/10; a normal's positive part has mean σ ÷ √(2π).
    assert float(mean.chance or 0) == pytest.approx(math.sqrt(1.1 / (2 * math.pi)) * 2.45 * 315_000, rel=0.02)


VERDICTS = [
    # own rate  error   real   words
    ("41.9", "0.3", True, "is more than chance"),
    ("41.9", "4", False, "is not sure to be more than chance"),
    ("36.5", "4", False, "Nothing is left"),
    ("30.0", "1", False, "there is no opportunity"),
]


@pytest.mark.parametrize(("own", "error", "real", "words"), VERDICTS)
def test_the_verdict_is_honest(own: str, error: str, real: bool, words: str) -> None:
    one = against(benchmark(ten(own, error), MSK), Comparator.BEST)

    assert one.real is real
    assert words in one.sentence
    assert one.low is not None
    assert one.adjusted is not None
    assert one.high is not None
    assert one.low <= one.adjusted <= one.high
    assert one.adjusted <= one.raw
    assert abs(one.adjusted - max((one.shrunk or 0) - (one.chance_left or 0), Decimal(0))) <= Decimal("0.01") * 2


def test_rates_known_exactly_are_not_shrunk_and_no_chance_is_taken_off() -> None:
    found = benchmark(ten(error="0"), MSK)

    one = against(found, Comparator.BEST)
    assert (one.adjusted, one.low, one.high, one.real) == (one.raw, one.raw, one.raw, True)
    assert [peer.shrunk for peer in found.peers] == [peer.rate for peer in found.peers]


def test_counts_have_errors_of_their_own() -> None:
    rows = [
        PeerRate(VISITS, f"P{at}", Decimal(200 + at), Decimal(100_000), Decimal(100 * (200 + at))) for at in range(10)
    ]
    own = PeerRate(VISITS, "05C", Decimal(260), Decimal(100_000), Decimal(26_000), own=True)

    found = benchmark(book(own, *rows), VISITS)

    assert found.own.low is not None
    assert found.own.high is not None
    # 26,000 events: exact Poisson limits, which are 26,000 ± 1.96 √26,000 as nearly as makes no difference.
    assert float(found.own.low) == pytest.approx(260 - 1.96 * math.sqrt(26_000) / 100, abs=0.05)
    assert float(found.own.high) == pytest.approx(260 + 1.96 * math.sqrt(26_000) / 100, abs=0.05)
    assert against(found, Comparator.BEST).real is True
    assert not found.money


def test_no_events_have_an_error_and_a_limit_above_nothing() -> None:
    rows = [PeerRate(VISITS, f"P{at}", Decimal(2), Decimal(100_000), Decimal(200)) for at in range(9)]
    none = PeerRate(VISITS, "P9", Decimal(0), Decimal(50_000), Decimal(0))
    own = PeerRate(VISITS, "05C", Decimal(3), Decimal(100_000), Decimal(300), own=True)

    found = benchmark(book(own, *rows, none), VISITS)

    # With no event seen the exact 97.5% limit is −log(0.025) = 3.689 events, of 50,000 people: 0.0738 per thousand.
    last = found.peers[-1]
    assert last.low == 0
    assert float(last.high or 0) == pytest.approx(3.6889 / 50, abs=1e-4)
    assert against(found, Comparator.BEST).adjusted is not None


def variables(**values: tuple[float, ...]) -> tuple[PeerVariable, ...]:
    """The variables of 05C and A, B, … in this order."""
    return tuple(
        PeerVariable("05C" if at == 0 else chr(64 + at), name, Decimal(str(value)))
        for name, told in values.items()
        for at, value in enumerate(told)
    )


def lettered(number: int) -> tuple[PeerRate, ...]:
    return (rate("05C", "40", own=True), *(rate(chr(65 + at), str(30 + at)) for at in range(number)))


NEAREST = [
    # one's own value first, then A, B, C, D       weights       the two nearest
    ({"poor": (10, 10, 11, 20, 30)}, {}, ["A", "B"]),
    ({"poor": (10, 30, 20, 11, 10)}, {}, ["D", "C"]),
    ({"poor": (0, 0, 0, 9, 9), "old": (0, 9, 9, 0, 0)}, {"poor": "9"}, ["A", "B"]),
    ({"poor": (0, 0, 0, 9, 9), "old": (0, 9, 9, 0, 0)}, {"old": "9"}, ["C", "D"]),
    ({"poor": (1, 2, 3, 4, 5), "same": (7, 7, 7, 7, 7)}, {}, ["A", "B"]),
    ({"poor": (1, 2, 3, 4, 5), "old": (9, 8, 1, 9, 9)}, {"old": "0"}, ["A", "B"]),
]


@pytest.mark.parametrize(("values", "weights", "names"), NEAREST)
def test_peers_are_the_nearest_on_weighted_standardised_variables(
    values: dict[str, tuple[float, ...]], weights: dict[str, str], names: list[str]
) -> None:
    rows = [replace(one, weight=Decimal(weights.get(one.variable, "1"))) for one in variables(**values)]

    found = benchmark(book(*lettered(4), variables=tuple(rows)), MSK, number=2, best=1)

    assert [one.organisation for one in found.peers] == names
    distances = [one.distance for one in found.peers]
    assert distances == sorted(distances)  # type: ignore[type-var]


def test_a_distance_worked_out_by_hand() -> None:
    # Deviations over five: poor 10, 10, 20, 20, 40 has mean 20 and sd √120; own − C = −10.
    rows = variables(poor=(10, 10, 20, 20, 40))

    found = benchmark(book(*lettered(4), variables=rows), MSK, number=4)

    assert float(found.peers[1].distance or 0) == pytest.approx(10 / math.sqrt(120), abs=1e-6)


def test_what_is_not_known_of_an_organisation_is_left_to_the_rest_and_told() -> None:
    rows = tuple(
        one
        for one in variables(poor=(1, 1, 5, 9), old=(1, 1, 1, 9))
        if one.organisation != "A" or one.variable == "old"
    )
    unknown = rate("Z", "33")

    found = benchmark(book(*lettered(3), unknown, variables=rows), MSK, number=2)

    assert [one.organisation for one in found.peers] == ["A", "B"]
    assert any("Not every variable is known of A and Z" in remark for remark in found.remarks)


def test_weights_are_varied_and_it_is_told_who_stays() -> None:
    rows = variables(poor=(0, 0.1, 1, 2, 9), old=(0, 0.1, 2, 1, 9))

    found = benchmark(book(*lettered(4), variables=rows), MSK, number=2, best=1)

    often = dict(found.chosen_by_weights)
    assert often["A"] == 1
    assert 0.4 < often["C"] < 0.6
    assert often["B"] + often["C"] == 1
    assert "D" not in often
    one = against(found, Comparator.MEAN)
    assert one.lowest_by_weights is not None
    assert one.highest_by_weights is not None
    assert one.lowest_by_weights <= one.raw <= one.highest_by_weights


def test_the_trend_is_of_the_same_peers() -> None:
    year = FinancialYear(2014)
    past = [rate("05C", "38", own=True, year=year), rate("A", "36", year=year), rate("B", "35", year=year)]
    now = [replace(one, year=year + 1) for one in lettered(3)]

    found = benchmark(book(*past, *now), MSK)

    assert found.trend == (("2014/15", Decimal(38), Decimal("35.5")), ("2015/16", Decimal(40), Decimal(31)))
    assert found.own.rate == 40


def test_a_row_without_a_year_is_the_latest() -> None:
    past = [replace(one, year=FinancialYear(2014), rate=Decimal(1)) for one in lettered(3)]

    found = benchmark(book(*past, *lettered(3)), MSK)

    assert found.own.rate == 40
    assert [label for label, _, _ in found.trend] == ["2014/15", "latest"]


def test_without_a_population_amounts_are_for_each_person() -> None:
    rows = [replace(one, population=None) for one in ten().peers]

    found = benchmark(book(*rows), MSK)

    assert found.population is None
    assert against(found, Comparator.BEST).raw == Decimal("7.36")
    assert any("for each person" in remark for remark in found.remarks)


REFUSED = [
    ((rate("A", "3"),), "has no rate of 05C"),
    ((rate("05C", "3"),), "has no peers"),
    ((), "has no rate of 05C"),
    ((rate("05C", "NaN"), rate("A", "3")), "has no rate of 05C"),
]


@pytest.mark.parametrize(("rows", "words"), REFUSED)
def test_without_own_rate_or_peers_there_is_nothing_to_compare(rows: tuple[PeerRate, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        benchmark(book(*rows), MSK)


def test_a_rate_that_is_none_is_left_out_and_told() -> None:
    found = benchmark(book(*lettered(3), rate("X", "NaN"), rate("A", "99")), MSK)

    assert [one.organisation for one in found.peers] == ["A", "B", "C"]
    assert [one.rate for one in found.peers] == [30, 31, 32]
    assert any("X has a rate of NaN" in remark for remark in found.remarks)
    assert any("A is there twice" in remark for remark in found.remarks)


def test_measures_in_the_order_of_the_table() -> None:
    assert measures_of(book(rate("A", "1"), rate("A", "1", VISITS), rate("B", "1"))) == (MSK, VISITS)
