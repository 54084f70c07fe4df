"""What the columns of a risk register or board assurance framework hold, told from their headings and cells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from trigpoint.documents.columns import BRACKETS, EDGES, LONGEST_HEADING
from trigpoint.documents.numbers import printed_number
from trigpoint.plans.document import Cell

MOST = Fraction(7, 10)
SHORT = 4
FEWEST = 3


class RiskField(Enum):
    """What a column of a risk register holds."""

    NUMBER = "number"
    TITLE = "title"
    TEXT = "text"
    CATEGORY = "category"
    CAUSE = "cause"
    EFFECT = "effect"
    OBJECTIVE = "objective"
    OWNER = "owner"
    COMMITTEE = "committee"
    LIKELIHOOD = "likelihood"
    IMPACT = "impact"
    SCORE = "score"
    SCORE_WORDS = "score words"
    CONTROLS = "controls"
    ASSURANCES = "assurances"
    GAPS = "gaps"
    MITIGATION = "mitigation"
    ACTIONS = "actions"
    STATUS = "status"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class ScoreGroup(Enum):
    """Which of a risk's scores a column belongs to."""

    INHERENT = "inherent"
    CURRENT = "current"
    TARGET = "target"
    EARLIER = "earlier"


SCORED = frozenset((RiskField.LIKELIHOOD, RiskField.IMPACT, RiskField.SCORE))


@dataclass(frozen=True, slots=True)
class RiskColumn:
    """One column: its field, its printed heading, and for a score which of the risk's scores it is."""

    field: RiskField
    heading: str
    group: ScoreGroup = ScoreGroup.CURRENT


@cache
def risk_words() -> dict[str, Any]:
    """The data pack of risk registers."""
    return tomllib.loads(files("trigpoint.documents").joinpath("data/risks.toml").read_text("utf-8"))


@cache
def _wholes() -> dict[str, RiskField]:
    """Headings that stand alone; of two fields that share one, the first of the pack has it."""
    found: dict[str, RiskField] = {}
    for row in risk_words()["field"]:
        for word in row.get("whole", ()):
            found.setdefault(word, RiskField(row["name"]))
    found["risk"] = RiskField.TEXT
    return found


@cache
def _patterns() -> tuple[tuple[RiskField, re.Pattern[str]], ...]:
    rows = risk_words()["field"]
    return tuple((RiskField(row["name"]), re.compile("|".join(row["words"]))) for row in rows)


@cache
def strong_fields() -> frozenset[RiskField]:
    """The fields that tell a register from a plan that names its risks."""
    return frozenset(RiskField(row["name"]) for row in risk_words()["field"] if row.get("strong"))


@lru_cache(maxsize=4096)
def risk_field(heading: str) -> RiskField:
    """The field that a heading of a risk register announces.

    >>> risk_field("Residual risk score"), risk_field("Gaps in assurance"), risk_field("Impact (1-10)")
    (<RiskField.SCORE: 'score'>, <RiskField.GAPS: 'gaps'>, <RiskField.IMPACT: 'impact'>)
    """
    words = " ".join(heading.lower().replace("’", "'").split()).strip(EDGES)
    if not words or len(words) > LONGEST_HEADING:
        return RiskField.UNKNOWN
    bare = BRACKETS.sub("", words).strip(EDGES)
    if bare in _wholes() and bare == words:
        return _wholes()[bare]
    for field, pattern in _patterns():
        if pattern.search(words):
            return field
    return _wholes().get(bare, RiskField.UNKNOWN)


@lru_cache(maxsize=4096)
def score_group(heading: str) -> ScoreGroup:
    """Which score a heading speaks of; one that says nothing speaks of the current one."""
    words = heading.lower()
    for name in ("earlier", "inherent", "target", "current"):
        if re.search("|".join(risk_words()["group"][name]), words):
            return ScoreGroup(name)
    return ScoreGroup.CURRENT


def names_group(text: str) -> bool:
    """Whether words name one of a risk's scores: "Inherent", "Target risk"."""
    words = text.lower()
    return any(re.search("|".join(risk_words()["group"][name]), words) for name in ("inherent", "target", "current"))


def risk_columns(parts: Sequence[tuple[str, ...]], rows: Sequence[Sequence[Cell]] = ()) -> tuple[RiskColumn, ...]:
    """The columns under headings of one or more lines ("Inherent" over "L", "I" and "Score"), as far as cells tell."""
    columns = [_column(words) for words in parts]
    residual = "|".join(risk_words()["group"]["beyond_current"])
    headings = [one.heading.lower() for one in columns if one.field in SCORED]
    both = any("current" in words for words in headings) and not any(
        one.group is ScoreGroup.TARGET for one in columns if one.field in SCORED
    )
    for place, column in enumerate(columns):
        if both and column.field in SCORED and re.search(residual, column.heading.lower()):
            column = replace(column, group=ScoreGroup.TARGET)  # noqa: PLW2901 - the same column, told better
        columns[place] = _told(column, rows, place)
    return tuple(columns)


def _column(parts: tuple[str, ...]) -> RiskColumn:
    heading = " ".join(parts)
    last = parts[-1] if parts else ""
    field = risk_field(last)
    if len(parts) > 1 and field in (RiskField.UNKNOWN, RiskField.NUMBER, RiskField.EFFECT, RiskField.CATEGORY):
        field = _field_under(parts, field)
    return RiskColumn(field, heading, score_group(heading))


def _field_under(parts: tuple[str, ...], field: RiskField) -> RiskField:
    """The field of a heading under another: "Impact" under "Inherent risk" is a score, and no effect in words."""
    over = " ".join(parts[:-1])
    if field is RiskField.EFFECT and names_group(over):
        return RiskField.IMPACT
    whole = risk_field(" ".join(parts))
    return whole if whole is not RiskField.UNKNOWN else field


def _told(column: RiskColumn, rows: Sequence[Sequence[Cell]], place: int) -> RiskColumn:
    """Impact in words and impact as a score share a heading: the cells tell them apart."""
    if column.field not in (RiskField.EFFECT, RiskField.IMPACT, RiskField.LIKELIHOOD):
        return column
    texts = [row[place].text.strip() for row in rows if place < len(row) and not row[place].empty]
    if not texts:
        return column
    scored = Fraction(sum(map(is_scored, texts)), len(texts)) >= MOST
    if column.field is RiskField.EFFECT and scored and any(text != "-" for text in texts):
        return replace(column, field=RiskField.IMPACT)
    if (
        column.field is RiskField.IMPACT
        and not scored
        and sum(len(text.split()) > SHORT for text in texts) * 2 > len(texts)
    ):
        return replace(column, field=RiskField.EFFECT)
    return column


def is_scored(text: str) -> bool:
    """Whether a cell holds a number or a word of a scale rather than a sentence."""
    words = text.lower().strip(" .")
    if printed_number(text) is not None or words in risk_words()["scale"]["words"]:
        return True
    return len(words.split()) <= SHORT and re.search(r"\d", words) is not None


def is_register(columns: Sequence[RiskColumn]) -> bool:
    """Whether columns are those of a register: risks in words, and what only a register says of them."""
    fields = {column.field for column in columns}
    named = any("risk" in column.heading.lower() for column in columns)
    if not fields & {RiskField.TEXT, RiskField.TITLE} or not (named or len(fields & strong_fields()) >= FEWEST):
        return False
    beside = fields & {RiskField.OWNER, RiskField.CATEGORY, RiskField.NUMBER, RiskField.STATUS, RiskField.ACTIONS}
    return bool(fields & strong_fields()) or (RiskField.MITIGATION in fields and bool(beside))
