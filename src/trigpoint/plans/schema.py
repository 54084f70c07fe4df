"""What the CSV files of a workspace hold: their columns, and what each column may say (``docs/workspace.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trigpoint.places.model import PlaceKind
from trigpoint.plans.model import Comparator, Polarity, Progress, RiskStage, Scope
from trigpoint.plans.provenance import Verdict


class Kind(Enum):
    """What a cell holds."""

    ID = "id"
    REFERENCE = "the id of another row"
    TEXT = "words"
    WORDS = "several values, separated by '; '"
    DATE = "a date"
    NUMBER = "a number"
    WHOLE = "a whole number"
    FLAG = "yes or nothing"
    CHOICE = "one of a few words, kept as a member of its enum"
    WORD = "one of a few words, kept as it is written"
    PERIOD = "a period"
    MOMENT = "a date or a period"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``refers`` names the tables whose ids a reference may have, ``choices`` the enum of a choice.

    A cell of a ``required`` column is never empty; the other columns may be left out of a file altogether, and a
    ``sparse`` one is, where no row fills it: few plans do.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    refers: tuple[str, ...] = ()
    choices: type[Enum] | None = None
    default: Enum | None = None
    sparse: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file; ``unique`` are the columns that no two rows may share (beside an id), ``unread`` those that a file
    has and no one reads."""

    name: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _text(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, required)


def _sparse(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, sparse=True) for name in names)


def _refers(name: str, *tables: str, required: bool = False) -> Column:
    return Column(name, Kind.REFERENCE, required, tables)


_ID = Column("id", Kind.ID, required=True)
_OBJECTIVE = _refers("objective", "objectives", required=True)
_DELIVERABLE = _refers("deliverable", "deliverables")
_WHEN = (Column("due", Kind.DATE), _text("due_phrase"), Column("column", Kind.PERIOD))
_WHERE = (Column("scope", Kind.CHOICE, choices=Scope, default=Scope.SYSTEM), _text("area"))
_BASELINE = (_text("baseline"), Column("baseline_value", Kind.NUMBER), _text("baseline_unit"))
_MORE = (*_sparse("number", "detail"), Column("partners", Kind.WORDS, sparse=True))
_VALUE = (Column("value", Kind.NUMBER, required=True), _text("unit"))

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("themes", (_ID, _text("number"), _text("title"))),
        Table(
            "objectives",
            (
                _ID,
                _refers("theme", "themes"),
                _text("number"),
                _text("title"),
                Column("committees", Kind.WORDS),
                *_BASELINE,
                _text("summary"),
            ),
        ),
        Table(
            "leads",
            (
                _refers("item", "objectives", "deliverables", "milestones", "risks", required=True),
                _text("role"),
                _text("name"),
                Column("accountable", Kind.FLAG),
            ),
        ),
        Table("deliverables", (_ID, _OBJECTIVE, _text("text"), *_WHEN, *_WHERE, *_BASELINE, *_MORE)),
        Table("milestones", (_ID, _OBJECTIVE, _DELIVERABLE, _text("text"), *_WHEN, *_WHERE, *_MORE)),
        Table("measures", (_ID, _OBJECTIVE, _DELIVERABLE, _text("text"))),
        Table(
            "targets",
            (
                _refers("item", "deliverables", "milestones", "measures", required=True),
                _text("measure"),
                Column("comparator", Kind.CHOICE, required=True, choices=Comparator),
                *_VALUE,
                Column("at", Kind.MOMENT),
            ),
        ),
        Table("links", (_OBJECTIVE, _DELIVERABLE, _text("text", required=True))),
        Table(
            "indicators",
            (
                _ID,
                _text("title", required=True),
                _text("unit"),
                _text("kind"),
                Column("polarity", Kind.CHOICE, choices=Polarity, default=Polarity.NEITHER),
                Column("decimals", Kind.WHOLE),
                _refers("objective", "objectives"),
                _text("source"),
                _text("note"),
            ),
        ),
        Table(
            "indicator_values",
            (
                _refers("indicator", "indicators", required=True),
                _text("area"),
                _text("series"),
                _text("period"),
                Column("value", Kind.NUMBER),
            ),
            unique=("indicator", "area", "series", "period"),
        ),
        Table(
            "trajectories",
            (
                _refers("indicator", "indicators", required=True),
                _text("area"),
                _text("series"),
                _text("rule", required=True),
            ),
        ),
        Table(
            "risks",
            (
                _ID,
                _text("title"),
                _text("text"),
                Column("amount_gbp", Kind.NUMBER),
                _text("mitigation"),
                *_sparse("number", "category", "cause", "effect", "objective", "committee", "scale"),
                *_sparse("controls", "assurances", "gaps", "actions", "status"),
            ),
        ),
        Table(
            "risk_scores",
            (
                _refers("risk", "risks", required=True),
                Column("stage", Kind.CHOICE, required=True, choices=RiskStage),
                Column("likelihood", Kind.NUMBER),
                Column("impact", Kind.NUMBER),
                Column("score", Kind.NUMBER),
                _text("words"),
            ),
            unique=("risk", "stage"),
        ),
        Table(
            "finance",
            (_ID, _text("group"), _text("name"), _text("period"), *_VALUE, _text("requirement"), _text("note")),
        ),
        Table(
            "activity",
            (_ID, _text("kind"), _text("pod"), _text("name"), _text("period"), *_VALUE, _text("note")),
        ),
        Table(
            "updates",
            (
                _refers("item", "deliverables", "milestones", required=True),
                Column("as_at", Kind.DATE, required=True),
                Column("progress", Kind.CHOICE, required=True, choices=Progress),
                Column("done_on", Kind.DATE),
                Column("forecast", Kind.DATE),
                _text("note"),
                Column("illustrative", Kind.FLAG),
                *_sparse("status"),
            ),
        ),
        Table(
            "places",
            (
                _text("code", required=True),
                _text("name", required=True),
                Column("kind", Kind.WORD, choices=PlaceKind),
                _text("parent"),
                Column("aliases", Kind.WORDS),
                Column("valid_from", Kind.DATE),
                Column("valid_to", Kind.DATE),
                _text("successor"),
            ),
        ),
        Table(
            "waivers",
            (
                _text("rule", required=True),
                _text("item"),
                _text("fragment"),
                _text("reason", required=True),
                _text("by", required=True),
                Column("on", Kind.DATE, required=True),
                Column("until", Kind.DATE, sparse=True),
            ),
        ),
        Table(
            "sources",
            (
                _text("item", required=True),
                _text("field"),
                _text("document"),
                _text("digest"),
                _text("place"),
                _text("words"),
                Column("sureness", Kind.NUMBER, required=True),
                Column("verdict", Kind.CHOICE, required=True, choices=Verdict),
                _text("by", required=True),
                Column("on", Kind.DATE, required=True),
            ),
        ),
    )
}
