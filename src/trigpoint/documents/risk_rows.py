"""Rows of a risk register or board assurance framework → risks, each field where its column says it belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from trigpoint.documents.columns import QUARTER
from trigpoint.documents.leads import leads_named
from trigpoint.documents.risk_columns import SCORED, RiskColumn, RiskField, ScoreGroup
from trigpoint.documents.risk_scores import BLANK, risk_score, scale_of
from trigpoint.documents.sections import names_objective
from trigpoint.documents.words import flowing, normal
from trigpoint.periods import find_dates
from trigpoint.plans.document import Cell
from trigpoint.plans.model import Lead, Risk, RiskScore

JOINED = (
    RiskField.TEXT, RiskField.TITLE, RiskField.CAUSE, RiskField.EFFECT, RiskField.CONTROLS, RiskField.ASSURANCES,
    RiskField.GAPS, RiskField.MITIGATION, RiskField.ACTIONS, RiskField.OBJECTIVE, RiskField.CATEGORY,
    RiskField.COMMITTEE, RiskField.STATUS, RiskField.OWNER,
)  # fmt: skip
LABELLED = frozenset((RiskField.ASSURANCES, RiskField.GAPS, RiskField.CONTROLS, RiskField.CATEGORY, RiskField.STATUS))
SENTENCES = frozenset((RiskField.TEXT, RiskField.TITLE, RiskField.CAUSE, RiskField.EFFECT, RiskField.OBJECTIVE))
LONGEST_TITLE = 80
SENTENCE = re.compile(r"(?<=[.;!?])\s")
SEVERAL_OWNERS = re.compile(r"\s*(?:\n|;|/(?=\s)|(?<=\s)/|\s&\s|\sand\s(?=[A-Z]))\s*")


@dataclass(slots=True, eq=False)
class RiskEntry:
    """A risk as read so far: the texts of each field with the headings they stood under, and its score cells."""

    columns: tuple[RiskColumn, ...]
    lines: list[int]
    section: str = ""
    texts: dict[RiskField, list[tuple[str, str]]] = field(default_factory=dict)
    scores: dict[ScoreGroup, list[tuple[RiskColumn, str]]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    sureness: float = 1.0

    def add(self, column: RiskColumn, cell: Cell, line: int) -> None:
        """Take in one cell of a row of this risk."""
        text = flowing(cell.paragraphs)
        if not text:
            return
        if line not in self.lines:
            self.lines.append(line)
        self.words.append(text)
        if column.field in SCORED:
            self.scores.setdefault(column.group, []).append((column, text))
        else:
            self.texts.setdefault(column.field, []).append((column.heading, text))

    @property
    def number(self) -> str:
        """The printed number, "" where the row has none."""
        return next((text for _, text in self.texts.get(RiskField.NUMBER, ())), "")

    @property
    def says_something(self) -> bool:
        """Whether the entry holds a risk rather than a number on an empty line or a total."""
        return any(
            text.lower() not in BLANK
            for one in (RiskField.TEXT, RiskField.TITLE)
            for _, text in self.texts.get(one, ())
        )


def opens_risk(columns: Sequence[RiskColumn], cells: Sequence[Cell], above: RiskEntry | None) -> bool:
    """Whether a row begins a risk: it has a number of its own, or a description where the one above is finished."""
    own = {column.field: cell for column, cell in zip(columns, cells, strict=False) if not cell.empty}
    if above is None or above.columns != tuple(columns):
        return True
    if RiskField.NUMBER in own:
        return normal(own[RiskField.NUMBER].text) != normal(above.number) or not above.number
    if RiskField.TEXT in own or RiskField.TITLE in own:
        numbered = any(column.field is RiskField.NUMBER for column in columns) and above.number
        scored = any(column.field in SCORED and not cell.empty for column, cell in zip(columns, cells, strict=False))
        return not numbered or scored or RiskField.OWNER in own
    return False


def risk_of(entry: RiskEntry, key: str, around: str) -> Risk:
    """The risk that an entry holds; ``around`` are words near the table that may say its scale."""
    texts = {one: _joined(entry, one) for one in JOINED}
    text, title = texts[RiskField.TEXT], texts[RiskField.TITLE]
    marks = [text for pairs in entry.scores.values() for column, text in pairs if column.field is not RiskField.SCORE]
    marks = marks or [text for pairs in entry.scores.values() for _, text in pairs]
    return Risk(
        key,
        title or _short(text),
        text or title,
        None,
        texts[RiskField.MITIGATION],
        entry.number,
        texts[RiskField.CATEGORY] or ("" if names_objective(entry.section) else entry.section),
        texts[RiskField.CAUSE],
        texts[RiskField.EFFECT],
        texts[RiskField.OBJECTIVE] or (entry.section if names_objective(entry.section) else ""),
        _owners(texts[RiskField.OWNER]),
        texts[RiskField.COMMITTEE],
        _score(entry, ScoreGroup.INHERENT),
        _score(entry, ScoreGroup.CURRENT),
        _score(entry, ScoreGroup.TARGET),
        scale_of(entry.columns, marks, around) if entry.scores else "",
        texts[RiskField.CONTROLS],
        texts[RiskField.ASSURANCES],
        texts[RiskField.GAPS],
        texts[RiskField.ACTIONS],
        texts[RiskField.STATUS],
    )


def _score(entry: RiskEntry, group: ScoreGroup) -> RiskScore | None:
    """One score of the risk; of columns for several periods ("Q1 score", "Q2 score") the last one filled holds."""
    cells = [(column, text) for column, text in entry.scores.get(group, ()) if text.lower() not in BLANK]
    return risk_score(sorted(cells, key=lambda pair: _moment(pair[0].heading), reverse=True))


@lru_cache(maxsize=512)
def _moment(heading: str) -> tuple[date, str]:
    """When a heading speaks of, to put the columns of several periods in order."""
    dates = find_dates(f"by {heading}")
    quarter = QUARTER.search(heading)
    return (dates[-1].due if dates else date.min, quarter[0].lower() if quarter else "")


def _joined(entry: RiskEntry, which: RiskField) -> str:
    """The texts of one field; where several columns share it, each with its heading."""
    pairs = [(heading, text) for heading, text in entry.texts.get(which, ()) if text.lower() not in BLANK]
    headings = {heading for heading, _ in pairs}
    if len(headings) > 1 and which in LABELLED:
        return "\n".join(f"{heading}: {text}" for heading, text in pairs)
    joined = "\n".join(dict.fromkeys(text for _, text in pairs))
    return " ".join(joined.split()) if which in SENTENCES else joined


def _short(text: str) -> str:
    """A description as a title: its first sentence or line, cut at a word where it is long."""
    first = text if len(text) <= LONGEST_TITLE else SENTENCE.split(text, maxsplit=1)[0]
    if len(first) <= LONGEST_TITLE:
        return first.rstrip(" .;")
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;–-") + " …"


def _owners(text: str) -> tuple[Lead, ...]:
    found: list[Lead] = []
    for part in SEVERAL_OWNERS.split(text):
        if part.strip():
            found.extend(lead for lead in leads_named(part.strip()) if lead not in found)
    return tuple(found)
