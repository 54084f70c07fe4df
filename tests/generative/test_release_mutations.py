"""Files broken at random: whatever becomes of one, it is read or refused in a sentence, and no figure is made of it."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.errors import InputError
from trigpoint.releases.observation import SCHEMA, repeated
from trigpoint.releases.reading import FileReading, read_bytes
from trigpoint.releases.schema import read_schema

ITEMS = [name.upper() for name in read_schema("ambulance").eras[-1].counted]
ROWS = [["Year", "Month", "Region", "Org Code", "Org Name", *ITEMS]] + [
    ["2024", str(month), region, code, f"Service, {code}", *(str(100 * at + month) for at in range(len(ITEMS)))]
    for month in (1, 2)
    for region, code in (("Eng", "Eng"), ("Y56", "RRU"), ("Y63", "RX6"))
]
NUMBER = (len(ROWS) - 1) * len(ITEMS)


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_zip(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ambsys.csv", data)
    return buffer.getvalue()


def as_workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


CSV = as_csv(ROWS)
ZIP = as_zip(CSV)
WORKBOOK = as_workbook(ROWS)

PIECES = st.one_of(
    st.binary(max_size=3),
    st.sampled_from(
        [b'"', b",", b"\r", b"\n", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"1e999", b"nan", b"-1", b"=x|'"]
    ),
)
PLACES = st.floats(0, 1, exclude_max=True)


def broken(data: bytes) -> st.SearchStrategy[bytes]:
    """The bytes cut short, or with pieces put over, into or out of them, or moved within."""

    def change(edits: list[tuple[str, float, float, bytes]]) -> bytes:
        made = data
        for kind, first, second, piece in edits:
            here, there = sorted((int(first * len(made)), int(second * len(made))))
            made = {
                "over": lambda: made[:here] + piece + made[here + len(piece) :],  # noqa: B023 - called at once
                "into": lambda: made[:here] + piece + made[here:],  # noqa: B023
                "out": lambda: made[:here] + made[there:],  # noqa: B023
                "twice": lambda: made[:there] + made[here:],  # noqa: B023
                "cut": lambda: made[:there],  # noqa: B023
            }[kind]()
        return made

    kinds = st.sampled_from(["over", "into", "out", "twice", "cut"])
    return st.lists(st.tuples(kinds, PLACES, PLACES, PIECES), min_size=1, max_size=4).map(change)


def read(data: bytes) -> FileReading | InputError:
    (only,) = read_bytes(data, "ambsys")
    return only


def held_to_the_law(data: bytes) -> None:
    found = read(data)
    if isinstance(found, InputError):
        assert len(str(found)) < 600
        assert "\n" not in str(found)
        assert "could not be read (" not in str(found)  # what is said of a reader that stumbled
        return
    frame = found.reading.frame
    assert dict(frame.schema) == SCHEMA
    assert repeated(frame).is_empty()
    assert frame.filter(pl.col("value").is_null() == (pl.col("marker") == "")).is_empty()
    assert frame.filter(~pl.col("value").is_finite()).is_empty()
    assert all(len(one) < 600 for one in (*found.reading.rejected, *found.reading.notes))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(broken(CSV))
def test_a_broken_text_is_read_or_refused(data: bytes) -> None:
    held_to_the_law(data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(broken(ZIP))
def test_a_broken_archive_says_what_the_whole_one_says_or_nothing(data: bytes) -> None:
    held_to_the_law(data)
    found = read(data)
    if isinstance(found, FileReading):
        assert found.reading.frame.equals(read(CSV).reading.frame)  # type: ignore[union-attr]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(broken(WORKBOOK))
def test_a_broken_workbook_is_read_or_refused(data: bytes) -> None:
    held_to_the_law(data)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.permutations(range(len(ROWS) - 1)), st.permutations(range(len(ROWS[0]))))
def test_the_order_of_rows_and_columns_says_nothing(rows: list[int], columns: list[int]) -> None:
    table = [[row[at] for at in columns] for row in (ROWS[0], *(ROWS[1 + at] for at in rows))]
    found, whole = read(as_csv(table)), read(CSV)
    assert isinstance(found, FileReading)
    assert isinstance(whole, FileReading)
    assert len(whole.reading.frame) == NUMBER
    assert found.reading.frame.sort(pl.all()).equals(whole.reading.frame.sort(pl.all()))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1, len(ROWS) - 1), st.integers(1, len(ROWS)), st.booleans())
def test_a_row_that_stands_twice_is_never_counted_twice(at: int, to: int, changed: bool) -> None:
    again = [*ROWS[at][:-1], "7"] if changed else ROWS[at]
    assert "more than once" in str(read(as_csv([*ROWS[:to], again, *ROWS[to:]])))
