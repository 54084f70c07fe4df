"""The financial part of a plan: business rules and their answers, figures in labelled paragraphs, cost pressures.

A figure is taken only where its label and its value stand in print; a year it does not print stays empty.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.documents.assembly import source
from trigpoint.documents.markup import tidy
from trigpoint.documents.numbers import SCALES, printed_number
from trigpoint.periods import FinancialYear, find_period
from trigpoint.plans.document import Block, BlockKind, Document
from trigpoint.plans.draft import Source
from trigpoint.plans.model import FinanceLine

YEAR = r"(20\d\d/\d\d)"
MONEY = r"£\s*(\d[\d,]{0,18}(?:\.\d{1,6})?)\s*(bn|m|k)?\b(\s*per head(?: of population)?)?"
AMOUNT = re.compile(MONEY, re.IGNORECASE)
PERCENT = r"(\d{1,9}(?:\.\d{1,6})?)\s*%"
SHARE = re.compile(PERCENT)
FIGURE = f"(?:{MONEY}|{PERCENT})"
FIGURE_IN_YEAR = re.compile(rf"{FIGURE}\s*(?:in|for)\s*{YEAR}(?:\s+and\s+{YEAR})?", re.IGNORECASE)
YEAR_IS_FIGURE = re.compile(rf"(?:for|in)\s+{YEAR}\s+(?:is|of|at|will be)\s+{FIGURE}", re.IGNORECASE)
LABEL = re.compile(r"(?:\*\*)?([^*–]{3,80}?)(?:\*\*|\s+[-–])\s*[-–:]?\s*(.+)$", re.DOTALL)
ITEM_MARKER = re.compile(r"^[-–•*]?\s*(?:[ivx]+\)|\d+[.)])?\s*")
DEMAND = re.compile(
    r"\b(?:minimum|maximum|not less than|at least)?\s*\d+(?:\.\d+)?\s*%(?:\s*[-–]\s*\d+%)?", re.IGNORECASE
)
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
SECTION_LINES = 40
SHORT_HEADING = 3
LONGEST_NAME = 9
LONGEST_PARAGRAPH = 20_000
UNNUMBERED = ("", "-", "–", "•", "*")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: value, unit ("£", "£ per head", "%"), year label ("" where none is printed) and its sentence."""

    value: Decimal
    unit: str
    period: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with its group, its name, the requirement it answers and the block it stands in."""

    group: str
    name: str
    figure: Figure
    block: Block
    requirement: str = ""


@cache
def finance_words() -> dict[str, Any]:
    """The data pack of the financial part."""
    return tomllib.loads(files("trigpoint.documents").joinpath("data/finance.toml").read_text("utf-8"))


def is_finance_table(header: str) -> bool:
    """Whether the headings of a table announce business rules or planning assumptions."""
    return re.search("|".join(finance_words()["table"]), header.lower()) is not None


def read_finance(document: Document) -> tuple[tuple[FinanceLine, ...], dict[str, Source]]:
    """The figures of the financial plan, in printed order, with their sources."""
    found = [*_table_figures(document), *_labelled_figures(document), *_pressures(document)]
    lines = []
    sources = {}
    for place, one in enumerate(found, 1):
        key, figure = f"f{place}", one.figure
        lines.append(
            FinanceLine(
                key, one.group, one.name, figure.period, figure.value, figure.unit, one.requirement, figure.note
            )
        )
        sources[key] = source([one.block.origin.line or 0], one.block.text)
    return tuple(lines), sources


def _table_figures(document: Document) -> Iterator[Found]:
    """Rows of a table of requirements: group, requirement, and the plan's answer by year."""
    inside = False
    years: tuple[str, ...] = ()
    group = ""
    for block in document.blocks:
        texts = [cell.text for cell in block.cells]
        numbers = any(printed_number(text) is not None for text in texts if not _year(text))
        if block.kind is not BlockKind.TABLE_ROW:
            inside = False
        elif not numbers and is_finance_table(block.text):
            inside, years = True, ()
        elif inside and not numbers and any(map(_year, texts)):
            years = tuple(map(_year, texts))
        elif inside and len(texts) > 1:
            group = texts[0] or group
            for label, text in zip(years, texts, strict=False):
                if label and (figure := _cell_figure(text, label)):
                    yield Found(_group(group), _name(texts[1]), figure, block, texts[1])


def _year(text: str) -> str:
    if len(text.split()) > SHORT_HEADING:
        return ""
    period = find_period(text)
    return period.label if isinstance(period, FinancialYear) else ""


def _cell_figure(text: str, period: str) -> Figure | None:
    if found := AMOUNT.search(text):
        return Figure(pounds(found[1], found[2]), "£ per head" if found[3] else "£", period)
    if found := SHARE.search(text):
        return Figure(Decimal(found[1]), "%", period)
    return None


def _name(requirement: str) -> str:
    """A requirement without the number it demands, as the name of the figure that answers it."""
    words = " ".join(re.split(r"\s–\s|,", DEMAND.sub(" ", requirement))[0].split()).strip(" -–")
    return re.sub(r"\s+(?:of|by|range|to|at)$", "", words) or requirement


def _group(words: str) -> str:
    lower = words.lower().strip()
    for row in finance_words()["group"]:
        if re.search("|".join(row["words"]), lower):
            return str(row["name"])
    return ""


def _labelled_figures(document: Document) -> Iterator[Found]:
    """Figures with their years in paragraphs whose label names a part of the finances ("Overall Surplus – …")."""
    for block in document.blocks:
        prose = block.kind in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH) and len(block.raw) <= LONGEST_PARAGRAPH
        if not prose or ("£" not in block.text and "%" not in block.text):
            continue
        found = LABEL.match(ITEM_MARKER.sub("", block.raw.strip()))
        if found is None or len(found[1].split()) > LONGEST_NAME:
            continue
        name = tidy(found[1]).strip(" :")
        group = _group(name)
        if group not in ("", "growth assumption", "business rule"):
            yield from (Found(group, name, figure, block) for figure in _figures(found[2]))


def _figures(text: str) -> Iterator[Figure]:
    for sentence in SENTENCE.split(text):
        for match in FIGURE_IN_YEAR.finditer(sentence):
            for year in (match[5], match[6]):
                if year:
                    yield replace(_figure(match[1], match[2], match[3], match[4], year), note=tidy(sentence))
        for match in YEAR_IS_FIGURE.finditer(sentence):
            yield replace(_figure(match[2], match[3], match[4], match[5], match[1]), note=tidy(sentence))


def _figure(digits: str | None, scale: str | None, per_head: str | None, share: str | None, year: str) -> Figure:
    if digits is None:
        return Figure(Decimal(share or 0), "%", year)
    return Figure(pounds(digits, scale), "£ per head" if per_head else "£", year)


def pounds(digits: str, scale: str | None) -> Decimal:
    """A printed sum in pounds; whole pounds carry no decimals.

    >>> pounds("14.4", "m"), pounds("21.75", None)
    (Decimal('14400000'), Decimal('21.75'))
    """
    value = Decimal(digits.replace(",", "")) * SCALES[(scale or "").lower()]
    return value.quantize(Decimal(1)) if scale and value == value.to_integral_value() else value


def _pressures(document: Document) -> Iterator[Found]:
    for block in section(document, "pressures"):
        label = LABEL.match(block.raw.strip().lstrip("-–•* "))
        amount = AMOUNT.search(label[2]) if label else None
        if label and amount:
            figure = Figure(pounds(amount[1], amount[2]), "£", "", tidy(SENTENCE.split(label[2])[0]))
            yield Found("pressure", label[1].strip(), figure, block)


def section(document: Document, name: str) -> Iterator[Block]:
    """The paragraphs and list items under the heading of a section of the financial part, at most forty."""
    heading = re.compile(finance_words()["section"][name])
    left = 0
    for block in document.blocks:
        if block.kind in (BlockKind.BLANK, BlockKind.RULE):
            continue
        ends = block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW) or block.marker not in UNNUMBERED
        if len(block.text) <= LONGEST_PARAGRAPH and heading.match(block.text.lower().strip(" :")):
            left = SECTION_LINES
        elif left and ends:
            left = 0
        elif left:
            left -= 1
            yield block
