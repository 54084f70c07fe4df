"""Whatever stands in a file of figures: nothing raises, and every row is either kept or told with its line."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.errors import InputError, Where
from trigpoint.measures.book.reading import Reading, read_book

COLUMNS = ("indicator", "place", "period", "group", "numerator", "denominator", "value")
CELLS = {
    "indicator": st.sampled_from(["seen", "cases", "mrsa", "sean", ""]),
    "place": st.sampled_from(["05C", "nhs dudley ccg", "RNA", "Nowhere at all", ""]),
    "period": st.sampled_from(["April 2017", "Apr-17", "May 2017", "2017/18", "soon", ""]),
    "group": st.sampled_from(["", "females"]),
    "numerator": st.sampled_from(["", "0", "5", "-5", "*", "n/a", "1e3", "12,345", "5.0"]),
    "denominator": st.sampled_from(["", "0", "5", "10", "-1", "c"]),
    "value": st.sampled_from(["", "50", "50.0", "0", "99", "[x]", "£3"]),
}
ROWS = st.lists(st.tuples(*(CELLS[column] for column in COLUMNS)), max_size=12)
MARKS = ("*", "c", "[x]")
DEFINITIONS = {"seen": "proportion", "cases": "count"}


def read(actuals: bytes) -> Reading:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "measurement" / "definitions").mkdir(parents=True)
        (folder / "plan.toml").write_text('format = 1\n[plan]\ntitle = "A plan"\n', encoding="utf-8")
        (folder / "places.csv").write_text("code,name,kind\n05C,NHS Dudley CCG,ccg\n", encoding="utf-8")
        for key, statistic in DEFINITIONS.items():
            lines = f'id = "{key}"\nversion = "1"\nname = "x"\nstatistic = "{statistic}"\nperiod_type = "month"\n'
            text = f"{lines}multiplier = 100\n" if key == "seen" else lines
            (folder / "measurement" / "definitions" / f"{key}.toml").write_text(text, encoding="utf-8")
        (folder / "measurement" / "actuals.csv").write_bytes(actuals)
        return read_book(folder)


def csv(rows: list[tuple[str, ...]]) -> bytes:
    quoted = [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows]
    return "\n".join([",".join(COLUMNS), *quoted, ""]).encode()


def line(problem: InputError) -> int | None:
    return problem.where.line if isinstance(problem.where, Where) else None


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
@settings(max_examples=150, deadline=None)
def test_nothing_raises(content: bytes) -> None:
    reading = read(content)
    assert all(str(problem).endswith((".", "?", "!")) for problem in reading.problems)


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_every_row_is_kept_or_told(rows: list[tuple[str, ...]]) -> None:
    reading = read(csv(rows))
    filled = [number for number, row in enumerate(rows, start=2) if any(row)]
    told = {line(problem) for problem in reading.problems}
    assert None not in told
    assert len(reading.book.actuals) + len(told) == len(filled)
    assert told <= set(filled)


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_what_is_kept_is_what_a_slow_reader_keeps(rows: list[tuple[str, ...]]) -> None:
    kept = {(row.indicator, row.place, row.period, row.group) for row in read(csv(rows)).book.actuals}
    assert kept == {key for row in rows if (key := slowly(*row)) is not None}


def slowly(indicator: str, place: str, period: str, group: str, *figures: str) -> tuple[str, str, str, str] | None:
    """The key of a row that can be kept, by plain questions in any order."""
    code = {"05C": "05C", "nhs dudley ccg": "05C", "RNA": "RNA"}.get(place)
    month = {"April 2017": "April 2017", "Apr-17": "April 2017", "May 2017": "May 2017"}.get(period)
    numbers = [None if cell in ("", *MARKS) else cell for cell in figures]
    if indicator not in ("seen", "cases", "mrsa") or code is None or month is None:
        return None
    if any(number is not None and not re.fullmatch(r"\d+(\.\d+)?", number) for number in numbers):
        return None  # no number, or a negative one
    count, whole, value = (None if number is None else float(number) for number in numbers)
    marked = any(cell in MARKS for cell in figures)
    if count is None and value is None and not marked:
        return None
    if indicator != "seen" and count is not None and value is not None and count != value:
        return None
    if indicator == "seen" and count is not None:
        if whole is None and value is None and not marked:
            return None
        if whole is not None and count > whole:
            return None
        if whole and value is not None and value != count / whole * 100:
            return None
    return indicator, code, month, group
