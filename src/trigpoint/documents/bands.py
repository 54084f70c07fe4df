"""The heading rows of plan tables and risk registers, with the columns that they announce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.documents.columns import CONTENT, LONGEST_HEADING, Column, ColumnKind, column_of
from trigpoint.documents.fitting import swapped
from trigpoint.documents.headings import Headings, headings_at, row_words
from trigpoint.documents.layout import arranged, by_content
from trigpoint.documents.risk_columns import RiskColumn, RiskField, is_register, risk_columns
from trigpoint.documents.runs import Run
from trigpoint.periods import FinancialYear
from trigpoint.plans.document import Cell

ROWS_LOOKED_AT = 50
SURE_COLUMNS = 3
SHORT_HEADING = 3
LONGEST_SURE = 40
FEWEST_RISK_COLUMNS = 3
FIRM = frozenset((RiskField.CONTROLS, RiskField.ASSURANCES, RiskField.IMPACT))
FIRMEST = frozenset((RiskField.LIKELIHOOD, RiskField.GAPS))


@dataclass(frozen=True, slots=True)
class Band:
    """Heading rows from row ``at`` of a run, ``depth`` of them: the columns of a plan, or those of a risk register.

    ``texts`` are their normal words; ``known`` counts the columns that are understood; ``exchanged`` says that two
    headings stood over each other's columns.
    """

    at: int
    depth: int
    texts: tuple[str, ...]
    known: int
    columns: tuple[Column, ...] = ()
    risks: tuple[RiskColumn, ...] = ()
    exchanged: bool = False

    @property
    def headings(self) -> list[str]:
        """The words over each column."""
        return [column.heading for column in self.columns or self.risks]

    def same(self, other: Band) -> bool:
        """Whether another band announces the same columns, as one repeated on the next page does."""
        if self.risks or other.risks:
            return [one.heading.lower() for one in self.risks] == [one.heading.lower() for one in other.risks]
        return sorted(str(one.key) for one in self.columns) == sorted(str(one.key) for one in other.columns)

    @property
    def plain(self) -> bool:
        """Whether the words are those of headings rather than of a row that looks like one."""
        filled = [text for text in self.headings if text]
        return len(filled) >= SURE_COLUMNS or all(len(text.split()) <= SHORT_HEADING for text in filled)

    @property
    def sure(self) -> bool:
        """Whether it is a heading wherever it stands: three short headings or more, all of them understood."""
        filled = [text for text in self.headings if text]
        kinds: set[ColumnKind | RiskField] = {column.kind for column in self.columns if column.heading}
        kinds |= {one.field for one in self.risks}
        short = all(len(text) <= LONGEST_SURE for text in filled)
        return min(len(kinds), self.known) >= SURE_COLUMNS and self.known == len(set(filled)) and short


def band_at(run: Run, at: int, years: tuple[FinancialYear, ...] = ()) -> Band | None:
    """The heading that begins at this row; of one row, two or three the one that makes most columns understood."""
    best: Band | None = None
    for headings in headings_at(run, at):
        band = _band(run, headings, years)
        if band is not None and (best is None or band.known > best.known):
            best = band
    return best


def columns_of(
    words: Sequence[str], rows: Sequence[Sequence[Cell]] = (), years: tuple[FinancialYear, ...] = ()
) -> Band | None:
    """The columns that headings announce, wherever they stand: those of a plan, of a register, or ``None``.

    >>> [column.kind.value for column in columns_of(["Priorities", "Key deliverables"]).columns]
    ['objective', 'deliverable']
    """
    if any(len(word) > LONGEST_HEADING for word in words) or sum(bool(word.strip()) for word in words) < 2:
        return None
    return _classified(Headings(tuple((word,) if word else () for word in words), 0, 1), rows, years, ("",))


def _band(run: Run, headings: Headings, years: tuple[FinancialYear, ...]) -> Band | None:
    start = headings.at + headings.depth
    rows = [row.cells for row in run.rows[start : start + ROWS_LOOKED_AT]]
    return _classified(headings, rows, years, row_words(run, headings.at, headings.depth))


def _classified(
    headings: Headings, rows: Sequence[Sequence[Cell]], years: tuple[FinancialYear, ...], texts: tuple[str, ...]
) -> Band | None:
    parts = headings.parts[: len(headings.words)]
    risks = risk_columns(parts, rows) if len([word for word in headings.words if word]) >= FEWEST_RISK_COLUMNS else ()
    plain = tuple(column_of(word, years) for word in headings.words)
    if risks and is_register(risks) and _subject_is_risk(plain, risks):
        known = len({one.heading for one in risks if one.heading and one.field is not RiskField.UNKNOWN})
        if known * 2 >= len({one.heading for one in risks if one.heading}):
            return Band(headings.at, headings.depth, texts, known, risks=risks)
    if not _announces_plan(plain):
        return None
    pair = swapped(plain, rows, years)
    if pair is not None:
        order = list(plain)
        order[pair[0]], order[pair[1]] = order[pair[1]], order[pair[0]]
        plain = tuple(order)
    columns = arranged(by_content(plain, rows))
    if not any(column.kind in CONTENT for column in columns):
        return None
    known = len({column.heading for column in plain if column.kind is not ColumnKind.UNKNOWN})
    return Band(headings.at, headings.depth, texts, known, columns, exchanged=pair is not None)


def _announces_plan(columns: tuple[Column, ...]) -> bool:
    """Whether headings are those of a plan: two different things at least, one of them an objective, deliverable or
    action in words (years alone head a table of numbers), and not more unknown ones than known.
    """
    worded: set[ColumnKind] = {column.kind for column in columns if not _only_period(column)}
    worded.discard(ColumnKind.UNKNOWN)
    acts = worded & CONTENT or _describes(worded)
    known = [column for column in columns if column.kind is not ColumnKind.UNKNOWN]
    dated = any(column.kind in CONTENT and column.label for column in columns)
    unknown = sum(1 for column in columns if column.heading and column.kind is ColumnKind.UNKNOWN)
    return bool(acts) and len(worded) + dated >= 2 and unknown <= len(known) // (3 if len(known) < SURE_COLUMNS else 1)


def _only_period(column: Column) -> bool:
    return (
        column.kind is ColumnKind.MILESTONE
        and bool(column.label)
        and column_of(column.heading).kind is column.kind
        and (
            not any(
                word in column.heading.lower() for word in ("action", "milestone", "deliver", "step", "task", "plan")
            )
        )
    )


def _describes(kinds: set[ColumnKind]) -> bool:
    """Owned and dated descriptions are actions by another name."""
    owned = kinds & {ColumnKind.LEAD, ColumnKind.LEAD_AND_DUE}
    dated = kinds & {ColumnKind.DUE, ColumnKind.STATUS, ColumnKind.LEAD_AND_DUE}
    return ColumnKind.DETAIL in kinds and bool(owned) and bool(dated)


def _subject_is_risk(columns: tuple[Column, ...], risks: Sequence[RiskColumn]) -> bool:
    """Whether a table that names risks is about them: what only a register has, or a risk before any action."""
    fields = {one.field for one in risks}
    if fields & FIRMEST or len(fields & FIRM) > 1:
        return True
    risk = next((place for place, one in enumerate(risks) if one.field in (RiskField.TEXT, RiskField.TITLE)), 0)
    acts = [place for place, column in enumerate(columns) if column.kind in CONTENT]
    return not acts or risk < min(acts)
