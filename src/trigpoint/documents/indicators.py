"""Printed tables of targets and actuals → ``IndicatorTable``, with every number and the line it stands on.

One rule reads them all: of the words above and beside a number one is a period, one may be an area, and the rest
names the series. Title, source and footnotes are the lines around the table.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from trigpoint.documents.finance import is_finance_table
from trigpoint.documents.grid import Grid, GridNumber, number_grids
from trigpoint.documents.markup import tidy
from trigpoint.documents.numbers import decimals_printed
from trigpoint.errors import InputError
from trigpoint.periods import find_period, parse_period
from trigpoint.plans.document import BlockKind, Document, Origin
from trigpoint.plans.draft import Note, NoteKind, Source
from trigpoint.plans.model import IndicatorRow, IndicatorTable, Polarity

TITLE_DISTANCE = 16
NOTE_DISTANCE = 10
LONGEST_TITLE = 100
FOOTNOTE = " *†‡:¹²³"
PERIOD_HEADING = re.compile(r"\b(?:year|period|quarter|month|date)\b", re.IGNORECASE)
SOURCE = re.compile(r"(?:data )?source\s*:\s*(.+)", re.IGNORECASE)
ABOUT = re.compile(r"(?:data )?source\b|produced by|note\b|key\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A number with its area, series and period told apart."""

    area: str
    series: str
    period: str
    number: GridNumber


def read_indicators(
    document: Document, taken: Set[int]
) -> tuple[tuple[IndicatorTable, ...], dict[str, Source], tuple[Note, ...]]:
    """Every table of numbers outside the lines ``taken`` by plan tables, save those of the financial plan.

    In the sources the lines of ``"<table id>/<row index>"`` are those of its values, one each, where they differ.
    """
    tables: list[IndicatorTable] = []
    sources: dict[str, Source] = {}
    notes: list[Note] = []
    for grid in number_grids(document, taken):
        if is_finance_table(grid.heading):
            continue
        title = (grid.title or _title_above(document, grid.first_line)).rstrip(" :")
        numbers = [_named(number, grid.corner, title) for number in grid.numbers if not _is_drawing(number.above)]
        if not title:
            title = tidy(grid.heading)[:LONGEST_TITLE] or f"Line {grid.first_line}"
            text = f"A table of numbers has no title; it is called by its headings: “{title}”"
            notes.append(Note(NoteKind.NOT_FOUND, text, grid.first_line))
        if numbers:
            key = f"i{len(tables) + 1}"
            rows = _rows(key, numbers, document, sources)
            printed = tuple(dict.fromkeys(one.number.line for one in numbers))
            sources[key] = Source(Origin(line=grid.first_line), title, printed)
            tables.append(replace(_table(title, grid, numbers, document), id=key, rows=rows))
    return tuple(tables), sources, tuple(notes)


def _rows(key: str, numbers: list[Named], document: Document, sources: dict[str, Source]) -> tuple[IndicatorRow, ...]:
    """The series of a table, and into ``sources`` the lines of each."""
    groups: dict[tuple[str, str, int], dict[str, Named]] = {}
    times: Counter[tuple[str, str, str]] = Counter()
    for number in numbers:
        times[number.area, number.series, number.period] += 1
        again = times[number.area, number.series, number.period]  # a second number of one period: a second row
        groups.setdefault((number.area, number.series, again), {})[number.period] = number
    rows: list[IndicatorRow] = []
    for (area, series, again), members in groups.items():
        lines = tuple(one.number.line for one in members.values())
        words = "\n".join(document.lines[line - 1] for line in dict.fromkeys(lines))
        where = lines if len(set(lines)) > 1 else lines[:1]
        sources[f"{key}/{len(rows)}"] = Source(Origin(line=lines[0]), words, where)
        name = series if again == 1 else f"{series} ({again})"
        rows.append(IndicatorRow(area, name, {period: one.number.value for period, one in members.items()}))
    return tuple(rows)


def _table(title: str, grid: Grid, numbers: list[Named], document: Document) -> IndicatorTable:
    unit, kind = _unit(title, numbers[0], grid.heading)
    places = max(decimals_printed(one.number.text) for one in numbers)
    source, note = _footnotes(document, grid.last_line)
    return IndicatorTable("", title, unit, kind, _polarity(title), places, source=source, note=note)


def _named(number: GridNumber, corner: str, title: str) -> Named:
    """Tell area, series and period of a number apart."""
    period, area = "", ""
    series: list[str] = []
    down_the_page = PERIOD_HEADING.search(corner) is not None
    for place, word in enumerate(number.beside):
        label, rest = split_period(word)
        if label and not rest:
            period = label
        elif place == 0 and not down_the_page:
            area = word
        else:
            series.append(word)
    for heading in number.above:
        label, rest = split_period(heading)
        word = rest if label and (not period or label == period) else heading
        period = period or label
        if not word:
            continue
        if down_the_page and not area and not _is_series(word):
            area = word
        else:
            series.append(word)
    return Named(area, _series_name(series) or _series_of_title(title), period, number)


def _series_name(words: list[str]) -> str:
    name = tidy(" ".join(words).replace("*", " ")).strip(" -–" + FOOTNOTE).lower()
    return re.sub(r"\s*%$", "", name)


def _series_of_title(title: str) -> str:
    """What a table without series words holds, by its title: "… Outcomes" holds actuals."""
    words = title.lower()
    series = (("outcome", "actual"), ("actual", "actual"), ("target", "target"))
    return next((name for word, name in series if word in words), "value")


@lru_cache(maxsize=4096)
def split_period(text: str) -> tuple[str, str]:
    """The period that a heading names ("" when none), and the heading without it.

    >>> split_period("2014/15 Actual Referrals"), split_period("Target")
    (('2014/15', 'Actual Referrals'), ('', 'Target'))
    """
    try:
        return parse_period(text.strip(FOOTNOTE)).label, ""
    except InputError:
        pass
    found = find_period(text)
    first = re.search(r"\d{2,4}", found.label) if found else None
    if found is None or first is None:
        return "", text
    pattern = rf"[(\s]*(?:FY ?)?(?:{first[0]}|{first[0][2:]}(?=/))(?:\s?[/_–-]\s?\d{{2,4}})?(?:\s*Q[1-4])?[)]?"
    return found.label, tidy(re.sub(pattern, " ", text, count=1))


def _is_series(word: str) -> bool:
    words = set(re.findall(r"[a-z]+", word.lower()))
    return not words or any(mark in word for mark in "%/(") or bool(words & {*_pack()["series"]})


def _is_drawing(heading: tuple[str, ...]) -> bool:
    return " ".join(heading).lower().strip() in _pack()["drawings"]


@cache
def _pack() -> dict[str, list[str]]:
    return tomllib.loads(files("trigpoint.documents").joinpath("data/indicators.toml").read_text("utf-8"))


def _title_above(document: Document, line: int) -> str:
    """The nearest words above a table that can be its title; a title that names no subject takes the one before it."""
    title = ""
    for index in range(line - 2, max(line - 2 - TITLE_DISTANCE, -1), -1):
        block = document.blocks[index]
        worded = block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and any(map(str.isalpha, block.text))
        if block.kind is BlockKind.TABLE_ROW and not title:
            break
        if not worded or ABOUT.match(block.text):
            continue
        title = f"{block.text.rstrip(' :')}: {title}" if title else block.text
        if not _names_no_subject(title):
            break
    return title


def _names_no_subject(title: str) -> bool:
    words = set(re.findall(r"[a-z]+", title.lower()))
    return words <= {"to", "and", "outcomes", "outcome", "targets", "target", "actuals", "actual", "table", "year"}


def _footnotes(document: Document, line: int) -> tuple[str, str]:
    """Source and footnotes that stand below a table, until the next words that are neither."""
    source = ""
    notes: list[str] = []
    for block in document.blocks[line : line + NOTE_DISTANCE]:
        if block.kind in (BlockKind.BLANK, BlockKind.RULE) or not block.text.strip():
            continue
        text = block.raw.strip()
        if found := SOURCE.match(text):
            source = source or tidy(found[1])
        elif text[:1] in "*†‡¹²³":
            notes.append(tidy(text))
        elif not ABOUT.match(text):
            break
    return source, "; ".join(notes)


def _unit(title: str, first: Named, heading: str) -> tuple[str, str]:
    """Unit and kind of the table's first series: from its cells, then its headings, then the title."""
    if "%" in first.number.text or any(words.rstrip().endswith("%") for words in first.number.above):
        return "%", "percentage"
    for words in (first.series, heading, title):
        if re.search(r"(?:per|/) ?100,?000", words, re.IGNORECASE):
            return ("DSR per 100,000" if "dsr" in words.lower() else "per 100,000"), "rate"
    return "count", "count"


def _polarity(title: str) -> Polarity:
    words = title.lower()
    for name, polarity in (("lower", Polarity.LOWER), ("higher", Polarity.HIGHER)):
        if re.search("|".join(_pack()[name]), words):
            return polarity
    return Polarity.NEITHER
