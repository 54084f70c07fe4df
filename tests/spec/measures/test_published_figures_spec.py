"""Published files beside a plan: the measures that they feed compute themselves."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from trigpoint.measures.book.book import Actual, MeasureBook, Status
from trigpoint.measures.definitions.library import load
from trigpoint.measures.published import has_published
from trigpoint.measures.published.book import published_book, with_published
from trigpoint.measures.published.reading import completed, read_published
from trigpoint.measures.results import measure_results
from trigpoint.measures.spc.control import Variation
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.releases.figures import PublishedFigure, measures
from trigpoint.releases.observation import Marker
from trigpoint.releases.observation import Status as Settled
from trigpoint.releases.reading import read_bytes
from trigpoint.releases.release import Reading
from trigpoint.releases.store import open_store
from trigpoint.releases.tables.spans import month

MEASURES = {one.id: one for one in measures()}
ITEMS = "A0,A1,A3,A7,A8,A24,A25,A26,A10,A30,A31,A32"
MEASURE = "ambulance-category-2-mean"


def ambulance_file(months: int) -> bytes:
    """So many months from January 2024: England at 30.5 minutes, a service that gets a minute worse each."""
    lines = [f"Year,Month,Region,Org Code,Org Name,{ITEMS}"]
    for index in range(months):
        year, number = 2024 + index // 12, index % 12 + 1
        for code, name, seconds in (("Eng", "England", 1830), ("RYA", "MADE-UP SERVICE", 1200 + 60 * index)):
            items = f"1,1,1,1,1,1,1,1,100,{100 * seconds},{seconds},."
            lines.append(f"{year},{number},Eng,{code},{name},{items}")
    return "\r\n".join(lines).encode()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "figures", create=True)
    for found in read_bytes(ambulance_file(15), "ambsys.csv"):
        assert not isinstance(found, Exception)
        assert isinstance(found.reading, Reading)
        store.add(found, date(2026, 4, 1))
    return tmp_path / "figures"


def test_a_measure_computes_itself_for_england_and_for_whoever_is_asked_for(workspace: Path) -> None:
    results = measure_results(read_published(workspace, asked="RYA"))
    england, service = results.measure(MEASURE, "ENG"), results.measure(MEASURE, "RYA")
    assert england.latest is not None
    assert service.latest is not None
    assert (england.place.name, england.latest.shown, str(england.latest.period)) == ("England", "30.5", "March 2025")
    assert (service.place.name, service.latest.shown) == ("Made-Up Service", "34.0")
    assert service.latest.numerator == Decimal(100 * 34)  # minutes, where the file has seconds


def test_fifteen_months_are_enough_for_a_control_chart(workspace: Path) -> None:
    found = measure_results(read_published(workspace, asked="RYA")).measure(MEASURE, "RYA")
    assert found.spc is not None
    assert found.spc.variation is Variation.CONCERN_HIGH
    assert len(found.spc.labels) == 15


def test_the_standard_of_the_round_is_the_target(workspace: Path) -> None:
    store = open_store(workspace)
    later = ambulance_file(15).replace(b"2024,", b"2026,").replace(b"2025,", b"2027,")
    for found in read_bytes(later, "later.csv"):
        assert not isinstance(found, Exception)
        store.add(found, date(2027, 5, 1))
    standing = measure_results(read_published(workspace)).measure(MEASURE, "ENG")
    assert any("25.0" in each.finding for each in standing.standings)


def test_nobody_else_is_loaded(workspace: Path) -> None:
    assert {row.place for row in read_published(workspace).actuals} == {"ENG"}
    known = Places((Place("RYA", "Made-up Ambulance Service", PlaceKind.TRUST),))
    book = read_published(workspace, places=known)
    assert {row.place for row in book.actuals} == {"ENG", "RYA"}
    assert book.places["RYA"].name == "Made-up Ambulance Service"  # as the plan calls it


def test_a_workspace_without_published_files_is_left_alone(tmp_path: Path) -> None:
    book = MeasureBook()
    assert not has_published(tmp_path)
    assert completed(tmp_path, book) is book


# -- what was entered and what was published -----------------------------------------------------------------------


def entered(numerator: int, *, illustrative: bool = False) -> MeasureBook:
    definition = load(MEASURE)
    row = Actual(MEASURE, "RYA", "January 2024", Decimal(numerator), Decimal(100), illustrative=illustrative)
    return MeasureBook((definition,), (row,), places=Places((Place("RYA", "Service", PlaceKind.TRUST),)))


CONFLICTS = [
    # entered numerator, invented: numerator that counts, its note
    (2000, False, Decimal(2000), ""),
    (1900, False, Decimal(1900), "published as 2,000 of 100"),
    (1900, True, Decimal(2000), ""),
]


@pytest.mark.parametrize(("numerator", "illustrative", "counts", "note"), CONFLICTS)
def test_what_was_entered_counts_unless_it_was_invented(
    workspace: Path, numerator: int, illustrative: bool, counts: Decimal, note: str
) -> None:
    book = completed(workspace, entered(numerator, illustrative=illustrative), "RYA")
    (row,) = [one for one in book.actuals if (one.place, one.period) == ("RYA", "January 2024")]
    assert row.numerator == counts
    assert row.note.startswith(note) if note else row.note == ""


BESIDE = [
    # the plan has the indicator, is asked of: England is shown
    (True, "", True),
    (False, "", False),
    (False, "ENG", True),
    (False, "RYA", True),
]


@pytest.mark.parametrize(("has", "asked", "shown"), BESIDE)
def test_england_stands_beside_what_the_plan_has(workspace: Path, has: bool, asked: str, shown: bool) -> None:
    book = entered(2000) if has else MeasureBook((load("rtt-18-weeks"),))
    found = completed(workspace, book, asked)
    assert any((row.indicator, row.place) == (MEASURE, "ENG") for row in found.actuals) is shown


# -- single figures -------------------------------------------------------------------------------------------------


def figure(**changed: object) -> PublishedFigure:
    first, last = month(2024, 1)
    given = {
        "measure": "ambulance-cat2-mean", "org": "RYA", "name": "Service", "basis": "ambulance service", "detail": "",
        "start": first, "end": last, "value": 1200.0, "numerator": 120000.0, "denominator": 100.0,
        "marker": Marker.NONE, "status": Settled.PUBLISHED, "source": "a file", "note": "",
    }  # fmt: skip
    return PublishedFigure(**{**given, **changed})  # type: ignore[arg-type]


def test_a_figure_of_another_kind_of_period_is_left_out() -> None:
    quarter = figure(start=date(2024, 1, 1), end=date(2024, 3, 31))
    assert not published_book([quarter], MEASURES).actuals


def quarter_of(*numbers: int, parts: bool = True) -> list[PublishedFigure]:
    """Months from April 2024 of a measure whose definition counts by quarters."""
    return [
        figure(measure="talking-therapies-6-weeks", start=month(2024, number)[0], end=month(2024, number)[1],
               value=75.0, numerator=75.0 if parts else None, denominator=100.0 if parts else None)
        for number in numbers
    ]  # fmt: skip


QUARTERS = [
    # months, with their parts: numerators of the quarters
    ((4, 5, 6), True, ["225"]),
    ((4, 5, 6, 7), True, ["225"]),
    ((4, 5), True, []),
    ((5, 6, 7), True, []),
    ((4, 5, 6), False, []),
]


@pytest.mark.parametrize(("numbers", "parts", "made"), QUARTERS)
def test_months_make_a_quarter_where_all_three_have_their_parts(
    numbers: tuple[int, ...], parts: bool, made: list[str]
) -> None:
    actuals = published_book(quarter_of(*numbers, parts=parts), MEASURES).actuals
    assert [str(row.numerator) for row in actuals] == made
    assert all(row.note == "the sum of 3 months" for row in actuals)


def test_a_quarter_is_not_made_where_a_month_lacks_one_of_its_parts() -> None:
    first, *others = quarter_of(4, 5, 6)
    assert not published_book([replace(first, denominator=None), *others], MEASURES).actuals


def test_a_quarter_that_the_file_gives_counts_before_the_sum_of_its_months() -> None:
    given = replace(quarter_of(4)[0], end=month(2024, 6)[1], numerator=220.0, denominator=290.0)
    (row,) = published_book([*quarter_of(4, 5, 6), given], MEASURES).actuals
    assert (row.numerator, row.note) == (Decimal(220), "")


def test_a_figure_without_parts_is_entered_as_a_value() -> None:
    (row,) = published_book([figure(value=1200.0, numerator=None)], MEASURES).actuals
    assert (row.numerator, row.value) == (None, Decimal("1200"))


def test_a_missing_figure_keeps_its_reason() -> None:
    lost = figure(value=None, numerator=None, denominator=None, marker=Marker.SUPPRESSED, note="It is suppressed.")
    (row,) = published_book([lost], MEASURES).actuals
    assert (row.value, row.note) == (None, "It is suppressed.")


def test_provisional_figures_are_marked() -> None:
    (row,) = published_book([figure(status=Settled.PROVISIONAL)], MEASURES).actuals
    assert row.status is Status.PROVISIONAL


def test_trusts_are_not_added_up_to_a_commissioner() -> None:
    trusts = [figure(org=code, name=code, basis="provider") for code in ("R1A", "R1B")]
    places = Places(
        (
            Place("QUA", "An ICB", PlaceKind.ICB),
            Place("R1A", "One", PlaceKind.TRUST, "QUA"),
            Place("R1B", "Two", PlaceKind.TRUST, "QUA"),
        )
    )
    found = published_book(trusts, MEASURES, places=places)
    book = MeasureBook(found.definitions, found.actuals, places=places)
    results = measure_results(book)
    assert {row.place.code for place in places for row in results.summary(place=place.code)} == {"R1A", "R1B"}


def test_two_books_become_one() -> None:
    both = with_published(entered(2000), published_book([figure(org="RYC", name="Another")], MEASURES))
    assert {row.place for row in both.actuals} == {"RYA", "RYC"}
    assert [one.id for one in both.definitions] == [MEASURE]


def test_a_plan_with_published_files_shows_both(workspace: Path, tmp_path: Path) -> None:
    from trigpoint.cli.measures_reading import read_figures

    example = Path(__file__).parents[3] / "examples" / "dudley-2017-19"
    plan = tmp_path / "plan"
    shutil.copytree(example, plan)
    shutil.copytree(workspace / "published", plan / "published")
    figures = read_figures(plan, "RYA")
    assert figures.results.measure(MEASURE, "RYA").latest is not None
    assert "ae-4-hour" in figures.book.by_id
