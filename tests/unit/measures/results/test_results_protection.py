"""Small numbers: hidden with their reason, and with whatever would give them away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from measure_books import PLAN, actual, aim, book, defined
from trigpoint.measures.book.book import Actual
from trigpoint.measures.definitions.definition import (
    Aggregation,
    Comparison,
    Definition,
    Inequality,
    PeerGroup,
    PeriodType,
    Statistic,
    Suppression,
)
from trigpoint.measures.results import Results, data_table, measure_results
from trigpoint.measures.spc.control import Variation

SMALL = Suppression(below=5)
COUNT = defined(Statistic.COUNT, over_places=Aggregation.SUM, suppression=SMALL, year_to_date=Aggregation.SUM)
SHARE = defined(suppression=SMALL)


def results(definition: Definition, *rows: Actual) -> Results:
    return measure_results(book(definition, rows))


def seen(found: Results, *places: str) -> dict[str, str]:
    """What is shown of each place in its latest period."""
    told = {place: found.measure("m", place).latest for place in places}
    return {place: latest.shown if latest else "" for place, latest in told.items()}


# numerator, denominator, shown, reason
CELLS = [
    (0, 100, "0.0%", ""),
    (1, 100, "–", "suppressed: fewer than 5"),
    (4, 100, "–", "suppressed: fewer than 5"),
    (5, 100, "5.0%", ""),
    (96, 100, "–", "suppressed: fewer than 5"),  # those who are not counted are as easily found
    (100, 100, "100.0%", ""),
    (0, 4, "–", "suppressed: fewer than 5"),
]


@pytest.mark.parametrize(("top", "bottom", "shown", "reason"), CELLS)
def test_a_small_count_hides_its_figure(top: int, bottom: int, shown: str, reason: str) -> None:
    latest = results(SHARE, actual("May 2017", top, bottom)).measure("m").latest
    assert latest is not None
    assert (latest.shown, latest.reason) == (shown, reason)
    if reason:
        assert (latest.numerator, latest.denominator, latest.value, latest.lower, latest.upper) == (None,) * 5


def test_nothing_is_hidden_where_the_definition_does_not_ask() -> None:
    found = results(replace(SHARE, suppression=Suppression()), actual("May 2017", 1, 100))
    assert seen(found, "ccg") == {"ccg": "1.0%"}


def test_the_difference_of_a_total_and_its_other_parts_gives_nothing_away() -> None:
    rows = [
        actual("May 2017", top, place=place) for place, top in (("ccg", 32), ("north", 3), ("south", 9), ("west", 20))
    ]
    found = results(COUNT, *rows)
    assert seen(found, "ccg", "north", "south", "west") == {"ccg": "32", "north": "–", "south": "–", "west": "20"}
    south = found.measure("m", "south").latest
    assert south is not None
    assert south.reason == "suppressed: with the total it would show a small number elsewhere"


def test_a_total_added_up_gives_nothing_away_either() -> None:
    found = results(
        COUNT, *(actual("May 2017", top, place=place) for place, top in (("north", 3), ("south", 9), ("west", 20)))
    )
    assert seen(found, "ccg", "north", "south", "west") == {"ccg": "32", "north": "–", "south": "–", "west": "20"}


def test_a_hidden_locality_hides_practices_and_its_neighbours_below() -> None:
    """North is hidden to protect South: were both its practices shown, it could be added up again."""
    rows = [
        actual("May 2017", top, place=place)
        for place, top in (("ccg", 60), ("north", 17), ("south", 3), ("west", 40), ("p1", 8), ("p2", 9))
    ]
    shown = seen(results(COUNT, *rows), "ccg", "north", "south", "west", "p1", "p2")
    assert shown["north"] == shown["south"] == "–"
    assert "–" in (shown["p1"], shown["p2"])


def test_groups_of_people_are_protected_as_places_are() -> None:
    fifths = Inequality("deprivation", ("most", "second", "least"))
    definition = replace(COUNT, inequality=fifths)
    rows = [
        actual("May 2017", top, group=group) for group, top in (("", 40), ("most", 2), ("second", 18), ("least", 20))
    ]
    found = results(definition, *rows)
    shown = {group: found.measure("m", "ccg", group).latest for group in fifths.groups}
    assert [each.shown if each else "" for each in shown.values()] == ["–", "–", "20"]


def test_a_hidden_month_is_not_found_from_the_year_to_date() -> None:
    found = results(COUNT, *(actual(f"{month} 2017", top) for month, top in (("April", 9), ("May", 3), ("June", 8))))
    so_far = found.measure("m").year_to_date
    assert so_far is not None
    assert (so_far.value, so_far.reason) == (None, "suppressed: with the other periods it would show a small number")


def test_a_hidden_figure_is_in_no_funnel_no_rank_and_no_table() -> None:
    definition = replace(SHARE, comparison=Comparison(PeerGroup.NATIONAL), over_places=Aggregation.NONE)
    tops = (("p1", 3, 90), ("p2", 30, 97), ("p3", 41, 80), ("p4", 42, 85))
    found = results(definition, *(actual("May 2017", top, bottom, place=place) for place, top, bottom in tops))
    (practices,) = found.indicator("m").funnels
    hidden = {place for place, shown in seen(found, "p1", "p2", "p3", "p4").items() if shown == "–"}
    assert "p1" in hidden
    assert not hidden & {point.place.code for point in practices.points}
    told = found.measure("m", "p1")
    assert told.peers is None
    assert "3" not in data_table(told)[1][0][1:]
    assert practices.finding.endswith("; 1 place is left out for want of a figure.")


def test_a_hidden_last_point_never_reads_as_common_cause() -> None:
    rows = [actual(f"{month} {year}", 20) for year in (2016, 2017) for month in ("May", "June", "July", "August")]
    spc = results(COUNT, *rows, actual("September 2017", 2)).measure("m").spc
    assert spc is not None
    assert spc.variation in (Variation.NO_VALUE, Variation.TOO_FEW)
    assert spc.values.shape == spc.centre.shape


def test_counts_are_rounded_before_anything_is_made_of_them() -> None:
    latest = results(defined(suppression=Suppression(5, 5)), actual("May 2017", 13, 98)).measure("m").latest
    assert latest is not None
    assert (latest.numerator, latest.denominator, latest.shown) == (Decimal(15), Decimal(100), "15.0%")


def test_a_mean_is_no_count() -> None:
    definition = defined(Statistic.MEAN, suppression=SMALL, unit="days", period_type=PeriodType.MONTH)
    assert seen(results(definition, actual("May 2017", 300, 100)), "ccg") == {"ccg": "3"}


def test_a_target_that_starts_from_a_hidden_figure_gives_nothing_away() -> None:
    """March 2017 is the baseline of the plan's rule and has 3 people in it: 3 + 10 would tell it."""
    rows = [actual("March 2017", 3), actual("May 2017", 20)]
    aims = [aim("", rule="baseline + 10")]
    told = measure_results(book(COUNT, rows, aims), PLAN).measure("m")
    assert told.standing.target is None
    assert [each.aims for each in told.periods if each.aims] == []
    assert "baseline" in told.problems[0]
    shown = measure_results(book(COUNT, [actual("March 2017", 30), rows[1]], aims), PLAN).measure("m")
    assert shown.standing.target == 40


def test_a_row_of_another_kind_of_period_is_told_wherever_it_stands() -> None:
    rows = [actual("2016/17", 90), actual("May 2017", 20), actual("2017/18", 90)]
    told = measure_results(book(COUNT, rows)).measure("m")
    assert told.problems == ("“2016/17” is no month and was left out", "“2017/18” is no month and was left out")
