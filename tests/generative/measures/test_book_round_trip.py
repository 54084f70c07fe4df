"""Any book of figures is written and read back equal; what would not come back is refused and nothing is changed."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import DATES, SOME_WORDS, WORDS
from trigpoint.errors import InputError
from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook, Rebase, Status
from trigpoint.measures.book.reading import read_book
from trigpoint.measures.book.writing import write_book
from trigpoint.measures.definitions.definition import Definition, PeriodType, Statistic
from trigpoint.measures.definitions.library import load
from trigpoint.periods.calendar import FinancialYear, Month
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places

SEEN = Definition("seen", "1", "Seen in time", Statistic.PROPORTION, PeriodType.MONTH, multiplier=100)
MONEY = Definition("money", "2", "Balance", Statistic.VALUE, PeriodType.FINANCIAL_YEAR, decimals=2)
PLACES = Places((Place("05C", "NHS Dudley CCG", PlaceKind.CCG), Place("a b", "Practice A", PlaceKind.PRACTICE)))
CODES = st.sampled_from(["05C", "a b", "RNA"])  # the last a shipped place, which began in 1994
MONTHS = st.builds(lambda year, number: Month(year, number).label, st.integers(1995, 2060), st.integers(1, 12))
YEARS = st.integers(1995, 2060).map(lambda year: FinancialYear(year).label)
AMOUNTS = st.decimals(-(10**9), 10**9, places=2)


@st.composite
def shares(draw: st.DrawFn) -> Actual:
    whole = draw(st.integers(0, 10**9))
    part = draw(st.integers(0, whole))
    group, source, note, illustrative = draw(st.tuples(WORDS, WORDS, WORDS, st.booleans()))
    return Actual(
        "seen", draw(CODES), draw(MONTHS), Decimal(part), Decimal(whole), None, group, draw(st.sampled_from(Status)),
        source, draw(st.none() | DATES), note, illustrative,
    )  # fmt: skip


SUPPRESSED = st.builds(
    lambda place, period, note: Actual("seen", place, period, None, Decimal(9), note=note), CODES, MONTHS, SOME_WORDS
)
BALANCES = st.builds(lambda place, period, value: Actual("money", place, period, value=value), CODES, YEARS, AMOUNTS)
AIMS = st.builds(
    lambda place, kind, period, value, group, edition, by: Aim(
        "money", place, kind, period, value, group=group, edition=edition, approved_by=by
    ),
    CODES, st.sampled_from(AimKind), YEARS, AMOUNTS, WORDS, WORDS, WORDS,
)  # fmt: skip
RULES = st.builds(lambda place, kind: Aim("seen", place, kind, rule="explicit(95%)"), CODES, st.sampled_from(AimKind))
REBASES = st.builds(Rebase, st.just("seen"), MONTHS, SOME_WORDS, SOME_WORDS, CODES | st.just(""), st.none() | DATES)


@st.composite
def books(draw: st.DrawFn) -> MeasureBook:
    actuals = draw(
        st.lists(
            st.one_of(shares(), SUPPRESSED, BALANCES),
            max_size=8,
            unique_by=lambda row: (row.indicator, row.place, row.group, row.period),
        )
    )
    aims = draw(
        st.lists(
            st.one_of(AIMS, RULES),
            max_size=5,
            unique_by=lambda row: (row.indicator, row.place, row.kind, row.group, row.edition, row.period),
        )
    )
    rebases = draw(st.lists(REBASES, max_size=3, unique_by=lambda row: (row.place, row.period)))
    return MeasureBook((MONEY, SEEN), tuple(actuals), tuple(aims), tuple(rebases), PLACES)


def workspace(folder: str) -> Path:
    (Path(folder) / "plan.toml").write_text('format = 1\n[plan]\ntitle = "A plan"\n', encoding="utf-8")
    return Path(folder)


@given(books(), books())
@settings(max_examples=60, deadline=None)
def test_written_and_read_back_is_equal(first: MeasureBook, second: MeasureBook) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = workspace(name)
        for book in (first, second):  # the second in the place of the first
            write_book(book, folder)
            back = read_book(folder, places=PLACES)
            assert back.problems == ()
            assert (back.book.definitions, back.book.actuals) == (book.definitions, book.actuals)
            assert (back.book.aims, back.book.rebases) == (book.aims, book.rebases)


def test_a_shipped_definition_is_not_copied_where_a_row_uses_it(tmp_path: Path) -> None:
    shipped = load("mrsa")
    row = Actual("mrsa", "05C", "April 2017", Decimal(1))
    write_book(MeasureBook((shipped,), (row,), places=PLACES), workspace(str(tmp_path)))
    assert not (tmp_path / "measurement" / "definitions").exists()
    assert read_book(tmp_path, places=PLACES).book.definitions == (shipped,)


def test_other_files_stay_and_what_is_gone_goes(tmp_path: Path) -> None:
    folder = workspace(str(tmp_path))
    row = Actual("seen", "05C", "April 2017", Decimal(1), Decimal(2))
    rebase = Rebase("seen", "April 2017", "A new ward", "The team")
    write_book(MeasureBook((SEEN, MONEY), (row,), rebases=(rebase,), places=PLACES), folder)
    (folder / "measurement" / "notes.txt").write_text("kept", encoding="utf-8")
    write_book(MeasureBook((SEEN,), (row,), places=PLACES), folder)
    found = {str(path.relative_to(folder / "measurement")) for path in (folder / "measurement").rglob("*")}
    assert found == {"actuals.csv", "definitions", "definitions/seen.toml", "notes.txt"}
    write_book(MeasureBook((), places=PLACES), folder)
    assert read_book(folder, places=PLACES).book.actuals == ()
    assert (folder / "measurement" / "notes.txt").exists()


def test_a_definition_that_says_the_same_keeps_its_comments(tmp_path: Path) -> None:
    folder = workspace(str(tmp_path))
    path = folder / "measurement" / "definitions" / "ae-4-hour.toml"
    path.parent.mkdir(parents=True)
    text = 'extends = "ae-4-hour"\nobjective = "o4-1"  # the must-do\n'
    path.write_text(text, encoding="utf-8")
    book = read_book(folder, places=PLACES).book
    write_book(book, folder)
    assert path.read_text(encoding="utf-8") == text
    write_book(MeasureBook((replace(book.definitions[0], objective="o4-2"),), places=PLACES), folder)
    assert 'objective = "o4-2"' in path.read_text(encoding="utf-8")


REFUSED = {
    "a place that is not known": Actual("seen", "05X", "April 2017", Decimal(1), Decimal(2)),
    "a period in another spelling": Actual("seen", "05C", "Apr-17", Decimal(1), Decimal(2)),
    "more than the whole": Actual("seen", "05C", "April 2017", Decimal(3), Decimal(2)),
    "not a number": Actual("seen", "05C", "April 2017", Decimal("NaN"), Decimal(2)),
    "no definition": Actual("unknown-thing", "05C", "April 2017", Decimal(1), Decimal(2)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_not_come_back_is_refused_and_nothing_is_changed(case: str, tmp_path: Path) -> None:
    folder = workspace(str(tmp_path))
    row = Actual("seen", "05C", "April 2017", Decimal(1), Decimal(2))
    write_book(MeasureBook((SEEN,), (row,), places=PLACES), folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match=re.escape("so nothing was written")):
        write_book(MeasureBook((SEEN,), (REFUSED[case],), places=PLACES), folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_an_id_that_is_a_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot have the id"):
        write_book(MeasureBook((replace(SEEN, id="../seen"),), places=PLACES), workspace(str(tmp_path)))
