"""Plan against actual: what each kind of difference is called. Each case changes one thing in a steady world."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest

from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.ramp import Ramp
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import ActivityBook, PodName, Settings
from trigpoint.activity.monitor import Monitoring, Part, ToDate, Verdict, monitor
from trigpoint.activity.monitor.frames import (
    coverage_frame,
    months_frame,
    reforecasts_frame,
    schemes_frame,
    to_date_frame,
)
from trigpoint.activity.outturn import forecast_outturn, histories_of_frame
from trigpoint.activity.simulation.run import run_model
from trigpoint.periods import FinancialYear, Month, working_days_between
from trigpoint.tabular.stated import Stated

BASE, PLAN, JULY = FinancialYear(2016), FinancialYear(2017), Month(2017, 7)
Row = tuple[str, str, Month, float | None, str]
Size = Callable[[str, str, Month], float]
PROVIDERS, COHORTS = ("A", "B"), ("yes", "no")


def days(month: Month) -> int:
    return (month.end - month.start).days + 1


def steady(provider: str, cohort: str, month: Month) -> float:
    """The same every day: 100 a day at A and 60 at B, a fifth of it in the cohort."""
    return {"A": 100, "B": 60}[provider] * {"yes": 0.2, "no": 0.8}[cohort] * days(month)


def rows(size: Size, until: Month, providers: Iterable[str] = PROVIDERS) -> Iterator[Row]:
    """Rows of counts from April 2013 on."""
    for provider in providers:
        for cohort in COHORTS:
            month = Month(2013, 4)
            while month <= until:
                yield provider, "EL", month, size(provider, cohort, month), cohort
                month = month + 1


def book_of(rows: Iterable[Row], *, known: int = 12, kind: str = "calendar", schemes: tuple[Scheme, ...] = ()
            ) -> ActivityBook:  # fmt: skip
    counts = pl.DataFrame(
        [(provider, pod, month.start, value, cohort) for provider, pod, month, value, cohort in rows],
        schema={"provider": pl.String, "pod": pl.String, "month": pl.Date, "value": pl.Float64, "cohort": pl.String},
        orient="row",
    )
    settings = Settings(BASE, (PLAN, PLAN + 1), known, draws=100, noise=False)
    return ActivityBook(settings, counts, schemes=schemes, pods=(PodName("EL", "Elective", unit="spells", days=kind),))


def monitored(size: Size, until: Month = JULY, **more: object) -> Monitoring:
    """The steady world planned, and what came since."""
    book = book_of(rows(size, until), **more)  # type: ignore[arg-type]
    return monitor(run_model(book), book)


def since_april(change: float, *, provider: str = "", cohort: str = "") -> Size:
    """The steady world, but for a share more from April 2017 on."""

    def size(one: str, other: str, month: Month) -> float:
        touched = month >= Month(2017, 4) and provider in ("", one) and cohort in ("", other)
        return steady(one, other, month) * (1 + change * touched)

    return size


def whole(monitoring: Monitoring) -> ToDate:
    (one,) = [row for row in monitoring.to_date if not row.provider]
    return one


def of(provider: str, monitoring: Monitoring) -> ToDate:
    (one,) = [row for row in monitoring.to_date if row.provider == provider]
    return one


def only(part: Part, told: ToDate) -> None:
    """The whole difference is this one part."""
    assert dict(told.parts) == pytest.approx(
        {one: told.difference if one is part else 0.0 for one in Part}, abs=1e-6 * abs(told.difference) + 1e-6
    )


def test_as_planned() -> None:
    told = monitored(steady)
    one = whole(told)
    assert (one.months, one.last, one.plan) == (4, Month(2017, 7), pytest.approx(160 * 122))
    assert one.difference == pytest.approx(0, abs=1e-6)
    assert one.finding.startswith("Elective: 19,520 spells by July 2017, as planned (19,520)")


def test_more_everywhere_is_volume() -> None:
    one = whole(monitored(since_april(0.05)))
    assert one.difference == pytest.approx(0.05 * 160 * 122)
    only(Part.VOLUME, one)
    assert "5.0% more than the plan of 19,520 and above the band" in one.finding
    assert one.finding.endswith(": volume +976.")


def test_from_one_provider_to_another_is_mix() -> None:
    def moved(provider: str, cohort: str, month: Month) -> float:
        gone = 0.06 * steady("A", cohort, month) if month >= Month(2017, 4) else 0.0
        return steady(provider, cohort, month) + (gone if provider == "B" else -gone)

    told = monitored(moved)
    assert whole(told).difference == pytest.approx(0, abs=1e-6)
    for provider, difference in (("A", -0.06 * 100 * 122), ("B", 0.06 * 100 * 122)):
        assert of(provider, told).difference == pytest.approx(difference)
        only(Part.MIX, of(provider, told))


def test_a_base_year_that_came_to_more_than_was_forecast() -> None:
    """Five months were known when the plan was made; from September 2016 on there was a tenth more, and stayed."""

    def grown(provider: str, cohort: str, month: Month) -> float:
        return steady(provider, cohort, month) * (1.1 if month >= Month(2016, 9) else 1.0)

    one = whole(monitored(grown, known=5))
    came = (153 + 1.1 * 212) / 365
    # Of ten per cent more now, the base year as a whole had these; the rest is growth since.
    assert one.part(Part.BASELINE) > 0
    assert one.part(Part.BASELINE) / one.difference == pytest.approx(math.log(came) / math.log(1.1), rel=1e-3)
    assert one.part(Part.BASELINE) + one.part(Part.VOLUME) == pytest.approx(one.difference)


def test_working_days_that_the_plan_did_not_reckon_with() -> None:
    """Planned by calendar days, but it goes by working days: April 2017 had 18, and 21 on average before."""

    def weekly(provider: str, cohort: str, month: Month) -> float:
        working = working_days_between(month.start - timedelta(days=1), month.end)
        return steady(provider, cohort, month) / days(month) * 1.44 * working

    april = monitored(weekly, Month(2017, 4))
    one = whole(april)
    assert one.difference < -0.05 * one.plan
    assert one.part(Part.DAYS) == pytest.approx(one.difference, rel=0.2)
    reckoned = whole(monitored(weekly, Month(2017, 4), kind="working"))
    assert reckoned.difference == pytest.approx(0, abs=0.02 * one.plan)
    # What is left: 2017/18 has fewer working days than 2016/17, over which the plan spread the same outturn.
    assert reckoned.difference == pytest.approx(one.plan * (251 / 255 - 1), rel=0.15)
    only(Part.DAYS, reckoned)


SLIGHT = "the planned change is less than twice what such a comparison varies by"
COHORT = Filter((Condition("cohort", Asked.IN, ("yes",)),))
WARD = Scheme("ward", Effect.SHARE, Uncertain(0.3), COHORT, stated=Stated("Virtual ward"))


def test_a_scheme_that_delivers_half() -> None:
    """It was to avoid three tenths of its cohort and avoided 15 in a hundred; the other cells tell growth."""
    told = monitored(since_april(-0.15, cohort="yes"), schemes=(WARD,))
    (watch,) = told.schemes
    assert (watch.tells, watch.schemes, watch.where) == (True, ("ward",), "cohort = yes")
    assert watch.planned == pytest.approx(-0.3 * 32 * 122, rel=1e-6)
    assert watch.seen == pytest.approx(-0.15 * 32 * 122, rel=1e-6)
    assert watch.under_delivery == pytest.approx(0.15 * 32 * 122, rel=1e-6)
    only(Part.SCHEMES, whole(told))
    assert watch.finding.startswith("EL, Virtual ward: −1,171 were planned by now and −586 are seen (give or take ")


def test_a_scheme_and_growth_at_once_are_told_apart() -> None:
    def both(provider: str, cohort: str, month: Month) -> float:
        return since_april(0.04)(provider, cohort, month) * since_april(-0.3, cohort="yes")(provider, cohort, month) / (
            steady(provider, cohort, month)
        )  # fmt: skip

    told = monitored(both, schemes=(WARD,))
    one = whole(told)
    assert told.schemes[0].seen == pytest.approx(-0.3 * 1.04 * 32 * 122, rel=1e-6)
    # Of four per cent more, three tenths were avoided too: that is more than was planned, in numbers.
    assert one.part(Part.SCHEMES) == pytest.approx(-0.3 * 0.04 * 32 * 122, rel=0.03)
    assert one.part(Part.VOLUME) == pytest.approx(one.difference - one.part(Part.SCHEMES))


def test_schemes_are_looked_at_in_months_that_the_base_year_has() -> None:
    """Of 2016/17 five months ever came; by September the scheme is compared over April to August."""
    gap = {month for month in BASE.months if month > Month(2016, 8)}
    came = [row for row in rows(since_april(-0.15, cohort="yes"), Month(2017, 9)) if row[2] not in gap]
    book = book_of(came, known=5, schemes=(WARD,))
    (watch,) = monitor(run_model(book), book).schemes
    assert watch.tells
    assert watch.seen == pytest.approx(-0.15 * 32 * 153, rel=1e-6)
    assert watch.planned == pytest.approx(-0.3 * 32 * 153, rel=0.01)


@pytest.mark.parametrize(
    ("scheme", "reason"),
    [
        (replace(WARD, where=Filter()), "it reaches all of it, and growth looks the same in a total"),
        (replace(WARD, amount=Uncertain(0.004)), SLIGHT),
    ],
)  # fmt: skip
def test_what_a_total_cannot_tell(scheme: Scheme, reason: str) -> None:
    told = monitored(since_april(0.02), schemes=(scheme,))
    (watch,) = told.schemes
    assert (watch.tells, watch.under_delivery, watch.reason) == (False, None, reason)
    one = whole(told)
    assert one.part(Part.SCHEMES) == 0
    assert one.uncertain == (pytest.approx(watch.planned) if not scheme.where.conditions else 0)
    assert told.findings[-2] == "Of 1 of 1 group of schemes, counts cannot tell what came of it: it is in the volume."


def test_other_schemes_all_around_leave_nothing_to_compare_with() -> None:
    around = replace(WARD, id="rest", where=Filter((Condition("cohort", Asked.IN, ("no",)),)))
    told = monitored(steady, schemes=(WARD, around))
    assert {one.reason for one in told.schemes} == {"schemes reach all of it and nothing is left to compare with"}
    slight = replace(around, amount=Uncertain(0.01))
    ward = next(one for one in monitored(steady, schemes=(WARD, slight)).schemes if one.schemes == ("ward",))
    assert ward.tells  # what the other was to avoid is taken out of the cells beside
    assert ward.seen == pytest.approx(-0.01 / 1 * 32 * 122, rel=0.02)


def test_months_that_cannot_be_used_are_named_and_left_out_of_both_sides() -> None:
    base = list(rows(steady, Month(2017, 7)))
    spoilt: list[Row] = []
    for provider, pod, month, value, cohort in base:
        wrong = -5.0 if (provider, month, cohort) == ("A", Month(2017, 5), "yes") else value
        if (provider, month) != ("B", Month(2017, 6)):
            spoilt.append((provider, pod, month, wrong, cohort))
    run = run_model(book_of(base))
    told = monitor(run, book_of(spoilt))
    assert [str(one) for one in told.problems] == [
        "A, EL: May 2017 is left out, for its count is negative (-5); correct counts.csv."
    ]
    months = {one.month: one for one in told.months_of("EL")}
    may, june = months[Month(2017, 5)], months[Month(2017, 6)]
    assert (may.actual, may.plan, may.low, may.verdict) == (60 * 31, pytest.approx(60 * 31), None, Verdict.UNKNOWN)
    assert june.reason == "without B"
    assert months[Month(2017, 4)].verdict is Verdict.WITHIN
    one = whole(told)
    assert (one.months, one.low, one.difference) == (4, None, pytest.approx(0, abs=1e-6))
    assert of("A", told).missing == "without May 2017 (its count is negative (-5))"
    (failed,) = [row for row in told.months_of("EL", "B") if row.month == Month(2017, 6)]
    assert (failed.actual, failed.parts, failed.reason) == (None, (), "it has no count")


def test_half_a_month_is_no_saving() -> None:
    base = list(rows(steady, Month(2017, 5)))
    late = [row for row in base if not (row[0] == "A" and row[2] == Month(2017, 5) and row[4] == "no")]
    told = monitor(run_model(book_of(base)), book_of(late))
    assert [str(one) for one in told.problems] == [
        "A, EL: May 2017 is left out, for rows are missing that made 80% of it before; correct counts.csv."
    ]
    assert whole(told).difference == pytest.approx(0, abs=1e-6)


def test_counts_without_a_plan_are_named() -> None:
    base = list(rows(steady, JULY))
    renamed = [("C" if row[0] == "B" and row[2] >= Month(2017, 4) else row[0], *row[1:]) for row in base]
    told = monitor(run_model(book_of(base)), book_of(renamed))
    assert [str(one) for one in told.problems] == [
        "C, EL has counts in the plan's months and no plan; it had no activity before; give it a total, or look "
        "whether its name has changed."
    ]


def test_no_month_yet() -> None:
    told = monitored(steady, BASE.months[-1])
    assert (told.at, told.months, told.year) == (None, (), None)
    assert told.findings == ("No month of the plan has an actual yet.",)
    for frame in (months_frame, to_date_frame, schemes_frame, reforecasts_frame, coverage_frame):
        assert frame(told).is_empty()


def test_a_day_to_look_back_to() -> None:
    book = book_of(rows(since_april(0.05), Month(2017, 9)))
    told = monitor(run_model(book), book, at=Month(2017, 5))
    assert (told.at, whole(told).months) == (Month(2017, 5), 2)
    assert {one.months_known for one in told.reforecasts} == {2}


def test_a_day_after_the_last_count_is_that_of_the_last_count() -> None:
    book = book_of(rows(steady, Month(2017, 9)))
    run = run_model(book)
    assert monitor(run, book, at=Month(2019, 1)).at == Month(2017, 9)
    assert monitor(run, book, at=Month(2017, 3)).at is None


def test_series_told_apart_by_an_attribute() -> None:
    book = book_of(rows(since_april(0.05, cohort="yes"), JULY))
    apart = replace(book, settings=replace(book.settings, output_by=("cohort",)))
    run = run_model(apart)
    told = monitor(run, apart)
    found = {(one.provider, one.detail): one for one in told.to_date}
    assert found["A", ("yes",)].difference == pytest.approx(0.05 * 20 * 122)
    assert found["A", ("no",)].difference == pytest.approx(0, abs=1e-6)
    assert found["", ()].part(Part.MIX) == pytest.approx(0, abs=0.001 * found["", ()].plan)
    assert [one.provider for one in told.reforecasts] == [""]  # of the whole: no parts of a provider are forecast
    assert told.reforecasts[0].value is not None
    plain = replace(book, counts=book.counts.group_by("provider", "pod", "month").agg(pl.col("value").sum()))
    assert [str(one) for one in monitor(run, plain).problems] == [
        "the plan is told apart by cohort, and the counts are not; add the column to counts.csv, or take it out of "
        "output_by."
    ]


def test_the_second_plan_year_begins_anew() -> None:
    told = monitored(since_april(0.05), Month(2018, 5))
    assert [(one.year, one.months) for one in told.to_date if not one.provider] == [(PLAN, 12), (PLAN + 1, 2)]
    assert told.year == PLAN + 1
    assert {one.year for one in told.reforecasts} == {PLAN + 1}


def test_the_new_forecast_is_that_of_the_outturn_engine() -> None:
    book = book_of(rows(since_april(0.05), Month(2017, 9)))
    told = monitor(run_model(book), book)
    summed = book.counts.group_by("provider", "pod", "month").agg(pl.col("value").sum())
    made = forecast_outturn(histories_of_frame(summed, organisation="provider", label="pod"), PLAN, 6)
    for one in made:
        (ahead,) = [row for row in told.reforecasts if row.provider == one.organisation]
        assert (ahead.value, ahead.low) == (
            pytest.approx(one.value),
            pytest.approx(one.likely.low if one.likely else 0),
        )
    (total,) = [row for row in told.reforecasts if not row.provider]
    assert total.value == pytest.approx(made.total().value)
    assert total.finding.startswith("Elective: from 6 months 2017/18 will come to ")


def test_the_band_of_twelve_months_is_that_of_the_year() -> None:
    book = book_of(rows(steady, PLAN.months[-1]), known=5)
    noisy = replace(book, settings=replace(book.settings, noise=True, draws=400))
    run = run_model(noisy)
    one = whole(monitor(run, noisy))
    annual = run.pods[0].annual_do_something
    assert (one.low, one.high) == (pytest.approx(annual.p10[0], rel=0.003), pytest.approx(annual.p90[0], rel=0.003))


def test_how_often_the_bands_held() -> None:
    wide = Scheme("all", Effect.SHARE, Uncertain(0.1, 0.05, 0.15, distribution=Distribution.NORMAL), ramp=Ramp())
    told = monitored(since_april(-0.1), Month(2017, 11), schemes=(wide,))
    (of_all,) = [one for one in told.coverage if not one.pod]
    assert (of_all.months, of_all.inside, of_all.above, of_all.below) == (8, 8, 0, 0)
    assert (of_all.expected, of_all.usual_low, of_all.usual_high) == (pytest.approx(6.4), 4, 8)
    missed = monitored(since_april(0.3), Month(2017, 11), schemes=(wide,)).coverage
    assert {(one.inside, one.above) for one in missed if one.provider} == {(0, 8)}


def test_frames_have_a_row_each() -> None:
    told = monitored(since_april(0.05), schemes=(WARD,))
    months = months_frame(told)
    assert len(months) == 3 * 4
    parts = months.select(pl.sum_horizontal("baseline", "volume", "mix", "days", "schemes")).to_series()
    assert parts.to_list() == pytest.approx(months["difference"].to_list())
    assert to_date_frame(told)["finding"][0] == whole(told).finding
    assert schemes_frame(told)["planned"].to_list() == [told.schemes[0].planned]
    assert len(reforecasts_frame(told)) == 3
    assert len(coverage_frame(told)) == 4
