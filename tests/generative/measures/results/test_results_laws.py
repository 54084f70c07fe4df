"""Laws of results over any book of figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import isfinite

from hypothesis import given, settings
from hypothesis import strategies as st

from measure_books import actual, aim, book, defined
from trigpoint.measures.book.book import Actual
from trigpoint.measures.definitions.definition import (
    Aggregation,
    ChartKind,
    ControlChart,
    DatedStandard,
    Definition,
    Inequality,
    Statistic,
    Suppression,
)
from trigpoint.measures.results import Results, data_table, measure_results, summary_table
from trigpoint.periods.calendar import Month
from trigpoint.plans.model import Comparator
from trigpoint.rounding import half_up

LEAVES = ("p1", "p2", "p3", "p4")
LOCALITIES = ("north", "south", "west")
MONTHS = [(Month(2017, 1) + number).label for number in range(8)]
STANDARD = (DatedStandard(Comparator.AT_LEAST, Decimal(50)),)


@st.composite
def shares(draw: st.DrawFn, indicator: str = "m", places: tuple[str, ...] = LOCALITIES) -> list[Actual]:
    """A numerator and denominator for some places and months, some of them unfit."""
    wanted = draw(st.lists(st.sampled_from(list(product(places, MONTHS))), unique=True, min_size=1, max_size=16))
    rows = []
    for place, month in wanted:
        bottom = draw(st.integers(0, 60))
        rows.append(actual(month, draw(st.integers(0, max(bottom, 1))), bottom, place, indicator=indicator))
    return rows


def told(found: Results) -> dict[tuple[str, str], object]:
    """Everything that results say, by indicator and place."""
    answers = {}
    for each in found:
        for result in ([each.main] if each.main else []) + list(each.parts):
            key = (result.definition.id, result.place.code)
            answers[key] = (result.finding, data_table(result), result.problems, result.standing)
        answers[each.definition.id, "funnels"] = [funnel.finding for funnel in each.funnels]
    return answers


@settings(max_examples=60, deadline=None)
@given(shares(), st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(rows: list[Actual], random: object) -> None:
    definition = defined(standards=STANDARD, suppression=Suppression(5))
    aims = [aim(month, 60 + at, place="north") for at, month in enumerate(MONTHS)]
    mixed, mixed_aims = list(rows), list(aims)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    random.shuffle(mixed_aims)  # type: ignore[attr-defined]
    one = measure_results(book(definition, rows, aims))
    other = measure_results(book(definition, mixed, mixed_aims))
    for place in dict.fromkeys(row.place for row in rows):
        assert data_table(one.measure("m", place)) == data_table(other.measure("m", place))
        assert one.measure("m", place).finding == other.measure("m", place).finding
        assert one.measure("m", place).standing == other.measure("m", place).standing


@settings(max_examples=60, deadline=None)
@given(shares(), shares("n"), st.booleans())
def test_an_indicator_says_the_same_whatever_else_is_in_the_book(
    rows: list[Actual], others: list[Actual], first: bool
) -> None:
    definition = defined(standards=STANDARD, suppression=Suppression(3))
    other = replace(definition, id="n")
    alone = told(measure_results(book(definition, rows)))
    both = (other, definition) if first else (definition, other)
    together = told(measure_results(book(both, [*others, *rows])))
    assert alone == {key: value for key, value in together.items() if key[0] == "m"}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=1, max_size=6))
def test_a_whole_is_the_sum_of_its_parts(months: list[tuple[int, int, int]]) -> None:
    rows = [
        actual(MONTHS[at], top, 50, place)
        for at, tops in enumerate(months)
        for place, top in zip(LOCALITIES, tops, strict=True)
    ]
    whole = measure_results(book(defined(), rows)).measure("m", "ccg")
    assert [each.numerator for each in whole.periods] == [Decimal(sum(tops)) for tops in months]
    assert [each.shown for each in whole.periods] == [
        f"{half_up(Fraction(100 * sum(tops), 150), 1)}%" for tops in months
    ]


@settings(max_examples=60, deadline=None)
@given(shares())
def test_the_summary_is_the_measures(rows: list[Actual]) -> None:
    found = measure_results(book((defined(standards=STANDARD), replace(defined(), id="n")), rows))
    for row in found.summary():
        measure = found.measure(row.definition.id)
        assert row.measure is measure
        assert row.sentence == measure.finding
        assert row.latest == (measure.latest.shown if measure.latest else "–")
        assert (row.variation, row.assurance) == (
            (measure.spc.variation, measure.spc.assurance) if measure.spc else (None, None)
        )
        if measure.spc is not None and measure.latest is not None:
            assert measure.spc.labels[-1] == measure.latest.period.label
    assert all(isinstance(cell, str) for row in summary_table(found.summary())[1] for cell in row)


@settings(max_examples=60, deadline=None)
@given(shares())
def test_an_interval_holds_its_value_and_every_value_has_no_reason(rows: list[Actual]) -> None:
    for each in measure_results(book(defined(), rows)):
        for result in ([each.main] if each.main else []) + list(each.parts):
            for period in result.periods:
                assert (period.value is None) or not period.reason
                if period.value is not None and period.lower is not None and period.upper is not None:
                    assert period.lower <= period.value + 1e-9
                    assert period.value <= period.upper + 1e-9


def _guesses(found: Results, definition: Definition, places: dict[str, tuple[str, ...]]) -> list[int]:
    """What somebody with the published figures finds out by taking parts from totals, again and again."""
    seen: dict[str, int | None] = {}
    for place in {*places, *(part for parts in places.values() for part in parts)}:
        latest = found.measure(definition.id, place).latest
        seen[place] = int(latest.numerator) if latest and latest.numerator is not None else None
    found_out, going = [], True
    while going:
        going = False
        for total, parts in places.items():
            cells = [total, *parts]
            hidden = [cell for cell in cells if seen[cell] is None]
            if len(hidden) == 1:
                known = sum(seen[part] or 0 for part in parts)
                seen[hidden[0]] = known if hidden[0] == total else (seen[total] or 0) - known
                found_out.append(seen[hidden[0]] or 0)
                going = True
    return found_out


@settings(max_examples=150, deadline=None)
@given(st.tuples(*[st.integers(0, 30)] * 5), st.booleans())
def test_no_small_number_is_found_by_taking_parts_from_totals(tops: tuple[int, ...], own: bool) -> None:
    definition = defined(Statistic.COUNT, over_places=Aggregation.SUM, suppression=Suppression(6))
    one, two, three, four, west = tops
    counts = dict(zip(LEAVES, tops, strict=False)) | {"north": one + two, "south": three + four, "west": west}
    if own:
        counts["ccg"] = sum(tops)
    found = measure_results(book(definition, [actual("May 2017", top, place=place) for place, top in counts.items()]))
    relations = {"ccg": LOCALITIES, "north": ("p1", "p2"), "south": ("p3", "p4")}
    assert _guesses(found, definition, relations) == []
    for place, top in counts.items():
        latest = found.measure("m", place).latest
        assert latest is not None
        assert latest.numerator is None if 0 < top < 6 else True


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=5, max_size=5))
def test_no_group_is_found_from_the_others(tops: list[int]) -> None:
    groups = tuple(f"fifth {number}" for number in range(1, 6))
    definition = defined(Statistic.COUNT, suppression=Suppression(6), inequality=Inequality("deprivation", groups))
    rows = [actual("May 2017", top, group=group) for group, top in zip(groups, tops, strict=True)]
    found = measure_results(book(definition, [*rows, actual("May 2017", sum(tops))]))
    shown = [found.measure("m", "ccg", group).latest for group in ("", *groups)]
    hidden = sum(each is not None and each.numerator is None for each in shown)
    assert hidden != 1
    if any(0 < top < 6 for top in tops):
        assert hidden >= 2


ODD = ("0", "-1", "1", "0.001", "12", "1E+12", "1E+250", "1E-30", "NaN", "Infinity", "-3.5", "97")
ANY_NUMBER = st.none() | st.sampled_from([Decimal(text) for text in ODD])
ANY_ROWS = st.lists(
    st.tuples(st.sampled_from(MONTHS), ANY_NUMBER, ANY_NUMBER, ANY_NUMBER), max_size=8, unique_by=lambda row: row[0]
)
RULES = ("", "nonsense(", "explicit(50%)", "higher than baseline", "linear to 9 by 2017/18 from 1 in 2016/17")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(list(Statistic)),
    ANY_ROWS,
    st.sampled_from(RULES),
    st.sampled_from(list(Aggregation)),
    st.sampled_from(list(ChartKind)),
)
def test_whatever_was_entered_there_is_an_answer(
    statistic: Statistic,
    rows: list[tuple[str, Decimal | None, Decimal | None, Decimal | None]],
    rule: str,
    how: Aggregation,
    chart: ChartKind,
) -> None:
    definition = defined(
        statistic,
        year_to_date=how,
        over_places=how,
        spc=ControlChart(chart),
        suppression=Suppression(3),
        standards=STANDARD,
    )
    actuals = [actual(month, top, bottom, value=value) for month, top, bottom, value in rows]
    aims = [aim("", rule=rule)] if rule else []
    found = measure_results(book(definition, actuals, aims))
    for row in found.summary():
        result = found.measure("m")
        assert row.sentence.endswith(".")
        for period in result.periods:
            assert period.value is None or isfinite(period.value)
            assert (period.shown == "–") is (period.value is None)
        assert data_table(result)[0][0] == "Period"
