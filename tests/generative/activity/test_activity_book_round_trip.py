"""Any book that the files can say comes back from its files exactly, numbers to the last bit."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.activity.assumptions.filter_text import filter_text, read_filter
from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.population import SCHEMA, Population
from trigpoint.activity.assumptions.ramp import Ramp, Shape
from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.assumptions.scheme import Effect, Scheme, Shift
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import ActivityBook, Capacity, CountNote, PodName, Price, Settings, Stay, Total
from trigpoint.activity.book.reading import read_texts
from trigpoint.activity.book.template import read_template, template_workbook
from trigpoint.activity.book.writing import texts_of
from trigpoint.activity.outturn.methods import Method
from trigpoint.periods import FinancialYear, Month
from trigpoint.plans.cells import CellError
from trigpoint.tabular.amounts import number_of, number_text, share_of, share_text
from trigpoint.tabular.stated import Stated

LETTERS = string.ascii_letters + string.digits + " &'-=+@,;:\"%£é–/()"
WORDS = st.text(LETTERS, max_size=12).map(str.strip)
CODES = st.sampled_from(["A&E", "Elective", "First, out-patient", "-EL", '"x"', "75-79", "N;E"])
PROVIDERS = st.sampled_from(["", "RNA", "RYK"])
IDS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True)
FILE_IDS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
MONTHS = st.builds(Month, st.integers(2015, 2020), st.integers(1, 12))
DAYS = st.dates(date(2010, 1, 1), date(2026, 12, 31))
NUMBERS = st.floats(1e-12, 1e9) | st.integers(0, 10**6).map(float)  # nearer to 0 is refused
SHARES = st.floats(0, 1) | st.sampled_from([0.019, 0.034, 0.15, 1.0, 0.0])
RATES = st.floats(-1, 5) | st.sampled_from([0.019, -0.02, 0.017, 1.5])
PARTS = st.floats(0, 1)


def stated() -> st.SearchStrategy[Stated]:
    return st.builds(Stated, WORDS, WORDS, WORDS, st.none() | DAYS, WORDS, st.booleans())


@st.composite
def amounts(draw: st.DrawFn, values: st.SearchStrategy[float]) -> Uncertain:
    kind = draw(st.sampled_from(Distribution))
    level = draw(st.sampled_from([0.8, 0.95, 0.5]))
    if kind is Distribution.CHOICE:
        choices = ((draw(values), 0.25), (draw(values), 0.75))
        return Uncertain(draw(values), level=level, distribution=kind, choices=choices)
    low, value, high = sorted(draw(st.tuples(values, values, values)))
    if kind is Distribution.POINT and draw(st.booleans()):
        return Uncertain(value, level=level)
    if kind is Distribution.LOGNORMAL and low <= 0:
        kind = Distribution.NORMAL
    return Uncertain(value, low, high, level, kind)


@st.composite
def ramps(draw: st.DrawFn) -> Ramp:
    start = draw(st.none() | MONTHS)
    if start is None:
        return Ramp(shape=draw(st.sampled_from(Shape)))
    ends = [draw(st.none() | st.integers(0, 30).map(lambda later: start + later)) for _ in range(2)]
    return Ramp(start, ends[0], ends[1], draw(st.sampled_from(Shape)))


def conditions() -> st.SearchStrategy[Condition]:
    named = st.sampled_from(["pod", "provider", "specialty", "age", "care_home"])
    values = st.lists(WORDS | CODES | st.just(""), min_size=1, max_size=3).map(tuple)
    numbers = (st.integers(0, 99) | st.decimals(-5, 99, places=1)).map(lambda number: (str(number),))
    listed = st.builds(Condition, named, st.sampled_from([Asked.IN, Asked.NOT_IN]), values)
    return listed | st.builds(Condition, named, st.sampled_from([Asked.AT_LEAST, Asked.AT_MOST]), numbers)


FILTERS = st.builds(Filter, st.lists(conditions(), max_size=4).map(tuple))


@st.composite
def growths(draw: st.DrawFn, identity: str) -> Growth:
    form = draw(st.sampled_from(GrowthForm))
    values = RATES if form in (GrowthForm.RATE, GrowthForm.CHANGE) else NUMBERS
    years = draw(st.sets(st.integers(2017, 2020).map(FinancialYear), max_size=3).map(lambda one: tuple(sorted(one))))
    return Growth(
        identity,
        draw(st.sampled_from(GrowthKind)),
        form,
        draw(amounts(values)),
        draw(FILTERS),
        years,
        draw(ramps()),
        draw(st.sampled_from(["people", "births", "frailty"])),
        draw(WORDS),
        draw(PARTS),
        draw(stated()),
    )


@st.composite
def schemes(draw: st.DrawFn, identity: str) -> Scheme:
    effect = draw(st.sampled_from(Effect))
    values = NUMBERS if effect in (Effect.NUMBER, Effect.ADDED) else SHARES
    return Scheme(
        identity,
        effect,
        draw(amounts(values)),
        draw(FILTERS),
        draw(PARTS),
        draw(ramps()),
        draw(st.none() | st.builds(Shift, CODES, PROVIDERS, NUMBERS)),
        draw(PARTS),
        draw(WORDS),
        draw(WORDS),
        draw(WORDS),
        draw(WORDS),
        draw(PARTS),
        draw(stated()),
    )


@st.composite
def counts(draw: st.DrawFn) -> tuple[pl.DataFrame, tuple[CountNote, ...]]:
    rows, notes = [], []
    for provider, pod in draw(st.lists(st.tuples(PROVIDERS, CODES), unique=True, max_size=3)):
        first, length = draw(MONTHS), draw(st.integers(1, 15))
        rows += [
            (provider, pod, (first + step).start, draw(NUMBERS), sex, draw(st.none() | st.integers(0, 110)))
            for step in range(length)
            for sex in draw(st.sampled_from([("",), ("male", "female")]))
        ]
        source, illustrative = draw(WORDS), draw(st.booleans())
        if source or illustrative:
            notes.append(CountNote(provider, pod, first, first + (length - 1), source, illustrative))
    schema = {"provider": pl.String, "pod": pl.String, "month": pl.Date, "value": pl.Float64, "sex": pl.String}
    frame = pl.DataFrame(rows, schema=schema | {"age": pl.Int32}, orient="row")
    return frame, tuple(sorted(notes, key=lambda one: (one.provider, one.pod)))


@st.composite
def populations(draw: st.DrawFn) -> Population:
    names = draw(st.sampled_from([("principal",), ("high",), ("low", "high")]))
    rows = [
        (name, "people", "", year, sex, age, draw(NUMBERS))
        for name in names
        for year in (2016, 2017)
        for sex in ("", "female")
        for age in (0, 75)
    ]
    parts = {1: (1.0,), 2: (0.3, 0.7)}[len(names)]
    return Population(pl.DataFrame(rows, schema=SCHEMA, orient="row"), tuple(zip(names, parts, strict=True)))


def chosen() -> st.SearchStrategy[Settings]:
    return st.builds(
        Settings,
        st.just(FinancialYear(2016)),
        st.sampled_from([(FinancialYear(2020),), (FinancialYear(2017), FinancialYear(2020))]),
        st.none() | st.integers(0, 12),
        st.sampled_from(Method),
        st.integers(1, 10_000),
        st.integers(0, 2**40),
        st.booleans(),
        st.sampled_from([(), ("specialty",), ("sex", "age")]),
    )


def unique(rows: list, *names: str) -> tuple:
    return tuple({tuple(getattr(row, name) for name in names): row for row in rows}.values())


@st.composite
def books(draw: st.DrawFn) -> ActivityBook:
    ids = draw(st.lists(IDS, unique=True, max_size=5))
    middle = draw(st.integers(0, len(ids)))
    frame, notes = draw(counts())
    some = {"max_size": 2}
    totals = unique(
        draw(st.lists(st.builds(Total, PROVIDERS, CODES, amounts(NUMBERS), stated()), **some)), "provider", "pod"
    )
    capacity = draw(st.lists(st.builds(Capacity, PROVIDERS, CODES, NUMBERS, MONTHS, st.none(), stated()), **some))
    occupied = SHARES.filter(lambda share: share > 0)
    stays = draw(st.lists(st.builds(Stay, PROVIDERS, CODES, NUMBERS, occupied, stated()), **some))
    years = st.none() | st.just(FinancialYear(2017))
    prices = draw(st.lists(st.builds(Price, PROVIDERS, CODES, NUMBERS, years, stated()), **some))
    days, said = st.sampled_from(["calendar", "working"]), WORDS.map(lambda word: word or "x")
    pods = draw(st.lists(st.builds(PodName, CODES, said, WORDS, said, days), **some))
    values = WORDS | st.sampled_from(["9%", "0.50", "2018-04", "1700"])
    change = st.builds(Change, IDS, st.sampled_from(["value", "start"]), values)
    changes = st.lists(change, max_size=2).map(tuple)
    without = st.lists(IDS, unique=True, max_size=2).map(tuple)
    plans = st.builds(Scenario, FILE_IDS, said, WORDS, WORDS, st.none() | DAYS, changes, without)
    scenarios = unique(draw(st.lists(plans, **some)), "id")
    return ActivityBook(
        draw(chosen()),
        frame,
        totals,
        None,
        tuple(draw(growths(one)) for one in ids[:middle]),
        tuple(draw(schemes(one)) for one in ids[middle:]),
        draw(st.none() | populations()),
        unique(capacity, "provider", "pod", "first"),
        unique(stays, "provider", "pod"),
        unique(prices, "provider", "pod", "year"),
        unique(pods, "code"),
        tuple(sorted(scenarios, key=lambda one: one.id)),
        any(note.illustrative for note in notes) or any(total.stated.illustrative for total in totals),
        notes,
    )


def unplaced(book: ActivityBook) -> dict[str, object]:
    """The parts of a book without where they were read, frames as rows."""
    parts = {name: getattr(book, name) for name in ActivityBook.__slots__}
    for name in ("totals", "growth", "schemes", "capacity", "stays", "prices"):
        parts[name] = tuple(replace(one, stated=replace(one.stated, file="", row=None)) for one in parts[name])
    if book.population is not None:
        parts["population"] = (book.population.rows.rows(), book.population.variants)
    parts["counts"] = (book.counts.columns if book.counts.height else [], book.counts.rows())
    return parts


@settings(max_examples=20, deadline=None)
@given(books())
def test_a_book_comes_back_from_its_texts(book: ActivityBook) -> None:
    back = read_texts(texts_of(book))
    mistakes = [str(one) for one in back.problems if "scenarios/" not in str(one) and "to start from" not in str(one)]
    assert mistakes == []
    assert back.book is not None
    assert unplaced(back.book) == unplaced(book)


@settings(max_examples=6, deadline=None)
@given(books())
def test_a_book_comes_back_from_its_workbook(book: ActivityBook) -> None:
    back = read_template(template_workbook(book), "plan.xlsx")
    assert [str(one) for one in back.problems if "Scenarios" not in str(one) and "to start from" not in str(one)] == []
    again = read_texts(back.texts).book
    assert again is not None
    assert unordered(again) == unordered(book)


def unordered(book: ActivityBook) -> dict[str, object]:
    """Counts of a workbook stand series by series."""
    parts = unplaced(book)
    order = sorted(book.counts.columns)
    return parts | {"counts": book.counts.select(order).sort(order).rows()}


@given(st.floats(allow_nan=False, allow_infinity=False, max_value=1e300, min_value=-1e300))
def test_a_number_and_a_share_come_back_to_the_last_bit(value: float) -> None:
    assert number_of(number_text(value)) == value
    assert share_of(share_text(value)) == value


@given(st.builds(Filter, st.lists(conditions(), max_size=4).map(tuple)))
def test_a_filter_comes_back_from_its_words(where: Filter) -> None:
    assert read_filter(filter_text(where)) == where


@given(st.text(max_size=60) | st.text('age=<>!;,"0123456789 -+pod', max_size=40))
def test_no_words_break_the_reader_of_filters(text: str) -> None:
    try:
        found = read_filter(text)
    except CellError as error:
        found, said = None, (error.what, error.remedy)
    assert all(said) if found is None else read_filter(filter_text(found)) == found


@given(st.floats(-1e6, 1e6))
def test_a_bare_number_beyond_one_is_never_taken_for_a_share(value: float) -> None:
    if abs(value) <= 1:
        assert share_of(number_text(value)) == value
    else:
        with pytest.raises(CellError) as caught:
            share_of(number_text(value))
        assert "did you mean" in caught.value.remedy
