"""The folder ``measurement`` of a workspace: which files it has, and what their columns hold."""

from __future__ import annotations

from trigpoint.measures.book.book import AimKind, Status
from trigpoint.plans.schema import Column, Kind, Table

FOLDER = "measurement"
DEFINITIONS = f"{FOLDER}/definitions"


def _needed(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, required=True) for name in names)


def _words(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, sparse=True) for name in names)


_ILLUSTRATIVE = Column("illustrative", Kind.FLAG, sparse=True)
# Figures are read as words first: a mark for a suppressed number stands where the number would.
_PARTS = _words("numerator", "denominator", "value")

ACTUALS = Table(
    "actuals",
    (
        *_needed("indicator", "place", "period"),
        *_words("group"),
        *_PARTS,
        Column("status", Kind.CHOICE, choices=Status, default=Status.FINAL, sparse=True),
        *_words("source"),
        Column("loaded_on", Kind.DATE, sparse=True),
        *_words("note"),
        _ILLUSTRATIVE,
    ),
)
TRAJECTORIES = Table(
    "trajectories",
    (
        *_needed("indicator", "place"),
        Column("kind", Kind.CHOICE, required=True, choices=AimKind),
        *_words("period", "value", "numerator", "denominator", "rule", "group", "edition", "approved_by"),
        _ILLUSTRATIVE,
    ),
)
REBASES = Table(
    "rebases",
    (
        *_needed("indicator"),
        *_words("place"),
        *_needed("period", "reason", "by"),
        Column("on", Kind.DATE, sparse=True),
    ),
)
TABLES = (ACTUALS, TRAJECTORIES, REBASES)


def path_of(table: Table) -> str:
    """A table's file within the workspace.

    >>> path_of(ACTUALS)
    'measurement/actuals.csv'
    """
    return f"{FOLDER}/{table.file}"
