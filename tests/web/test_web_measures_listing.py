"""Which measures the list shows, in what order and under what headings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trigpoint.measures.definitions.definition import ChartKind, Definition, PeriodType, Statistic
from trigpoint.measures.results.result import Direction, MeasureResult, Rating, TargetStanding
from trigpoint.measures.spc.control import Assurance, RuleSet, SpcResult, Variation
from trigpoint.measures.standing import Judgement
from trigpoint.places.model import Place, PlaceKind
from trigpoint.plans.model import Objective, Polarity
from trigpoint.web.dashboards.listing import (
    Entry,
    Order,
    Sections,
    Wanted,
    choices_of,
    find,
    in_order,
    in_sections,
    rows_under,
    sections_of,
)

HOME, NORTH = Place("QEX", "Example ICB", PlaceKind.ICB), Place("NTH", "North", PlaceKind.LOCALITY, "QEX")
URGENT = Objective("o1", "t1", "1", "Urgent care", (), ("Quality Committee", "Board"))
MENTAL = Objective("o2", "t1", "2", "Mental health", (), ("Board",))
RULES = RuleSet("mdc-7", "", 7, 7, False, True, True, True, 10, 10)
JUDGED = {Rating.GREEN: Judgement.MET, Rating.NONE: Judgement.NO_TARGET}


def chart(variation: Variation) -> SpcResult:
    one = np.zeros(1)
    return SpcResult(
        ChartKind.XMR, RULES, Polarity.HIGHER, ("May 2026",), one, one, one, one, one, one, one, (), (), (), variation,
        Assurance.INCONSISTENT,
    )  # fmt: skip


def result(key: str, name: str, rating: Rating, variation: Variation | None, *tags: str, place=HOME) -> MeasureResult:
    definition = Definition(key, "1", name, Statistic.COUNT, PeriodType.MONTH, tags=tags, code=f"E.{key}")
    standing = TargetStanding(JUDGED.get(rating, Judgement.MISSED), "May 2026", None, None, None, rating, "")
    spc = chart(variation) if variation else None
    return MeasureResult(definition, place, "", (), None, standing, spc, None, Direction.CANNOT, None, "")


WAITS = Entry(result("w", "Waits", Rating.RED, Variation.COMMON, "urgent", "national"), URGENT)
BEDS = Entry(result("b", "beds", Rating.AMBER, Variation.CONCERN_LOW, "urgent"), URGENT)
TALK = Entry(result("t", "Talking “therapies”", Rating.GREEN, Variation.IMPROVEMENT_HIGH, "national"), MENTAL)
LOOSE = Entry(result("l", "Loose", Rating.NONE, Variation.TOO_FEW), None)
ODD = Entry(result("o", "Odd", Rating.NONE, Variation.NEUTRAL_LOW), None)
MAIN = (WAITS, BEDS, TALK, LOOSE, ODD)

FILTERS = {
    "nothing asked": (Wanted(), MAIN),
    "an objective": (Wanted(objective="o1"), (WAITS, BEDS)),
    "a committee": (Wanted(committee="Board"), (WAITS, BEDS, TALK)),
    "a tag": (Wanted(tag="national"), (WAITS, TALK)),
    "missed only": (Wanted(missed=True), (WAITS, BEDS)),
    "words, whatever their case": (Wanted(words="BEDS"), (BEDS,)),
    "a phrase in other quotation marks": (Wanted(words='"talking"'), (TALK,)),
    "a code": (Wanted(words="e.l"), (LOOSE,)),
    "all that is given must hold": (Wanted(committee="Board", tag="urgent", words="waits"), (WAITS,)),
    "an unknown objective": (Wanted(objective="o9"), ()),
}


@pytest.mark.parametrize(("wanted", "found"), FILTERS.values(), ids=FILTERS.keys())
def test_filters(wanted: Wanted, found: tuple[Entry, ...]) -> None:
    assert find(MAIN, wanted) == found


ORDERS = {
    Order.PRINTED: ["w", "b", "t", "l", "o"],
    Order.RATING: ["w", "b", "t", "l", "o"],
    Order.VARIATION: ["b", "o", "t", "w", "l"],
    Order.NAME: ["b", "l", "o", "t", "w"],
}


@pytest.mark.parametrize(("order", "ids"), ORDERS.items(), ids=lambda each: getattr(each, "value", ""))
def test_order(order: Order, ids: list[str]) -> None:
    assert [entry.result.definition.id for entry in in_order(MAIN, order)] == ids


def test_missed_is_judged_in_the_place_that_is_listed() -> None:
    north = Entry(result("w", "Waits", Rating.GREEN, None, place=NORTH), URGENT, home=False)
    assert find((north,), Wanted(missed=True)) == ()


def test_the_worst_rating_comes_first_from_any_order() -> None:
    ratings = [entry.result.standing.rating for entry in in_order(MAIN[::-1], Order.RATING)]
    assert ratings == [Rating.RED, Rating.AMBER, Rating.GREEN, Rating.NONE, Rating.NONE]


SECTIONS = {
    Sections.OBJECTIVE: [("1 Urgent care", "wb"), ("2 Mental health", "t"), ("Measures of no objective", "lo")],
    Sections.TAG: [("national", "wt"), ("urgent", "wb"), ("Measures without a tag", "lo")],
    Sections.NONE: [("", "wbtlo")],
}


@pytest.mark.parametrize(("by", "shown"), SECTIONS.items(), ids=lambda each: getattr(each, "value", ""))
def test_sections(by: Sections, shown: list[tuple[str, str]]) -> None:
    found = in_sections(MAIN, by)
    assert [(row.heading, "".join(e.result.definition.id for e in row.entries)) for row in found] == shown


def test_an_objective_of_the_same_words_is_another_section() -> None:
    twin = replace(URGENT, id="o9")
    found = in_sections((WAITS, replace(BEDS, objective=twin)), Sections.OBJECTIVE)
    assert [row.objective for row in found] == [URGENT, twin]


def test_no_measure_gives_no_section() -> None:
    assert [in_sections((), by) for by in Sections] == [()] * 3


def test_pages_put_their_rows_under_the_same_headings() -> None:
    rows = rows_under(in_sections(MAIN, Sections.OBJECTIVE))
    assert len(rows) == len(MAIN)
    pages = [sections_of(rows[start : start + 2]) for start in range(0, len(rows), 2)]
    assert [[(row.heading[:1], len(row.entries)) for row in page] for page in pages] == [
        [("1", 2)], [("2", 1), ("M", 1)], [("M", 1)],
    ]  # fmt: skip


def test_choices_lead_somewhere() -> None:
    choices = choices_of(MAIN, ("Quality Committee", "Nobody's Committee", "Board"), (NORTH, HOME))
    assert choices.objectives == (("o1", "1 Urgent care"), ("o2", "2 Mental health"))
    assert choices.committees == ("Quality Committee", "Board")
    assert choices.tags == ("national", "urgent")
    assert choices.places == (("QEX", "Example ICB"), ("NTH", "North"))
