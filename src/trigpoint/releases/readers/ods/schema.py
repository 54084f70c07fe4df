"""What ``data/ods.toml`` says: where the columns of the extracts are, and what the columns of look-ups are called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trigpoint.places.model import PlaceKind
from trigpoint.releases.schema import read_schema

SCHEMA = read_schema("ods")


@dataclass(frozen=True, slots=True)
class Level:
    """One kind of organisation in the rows of a look-up: patterns of the names of its columns.

    ``closed`` is the end of the organisation, ``ended`` that of its membership: such a row says nothing of today.
    ``above`` is what stands in for a ``parent`` that the table has no column of.
    """

    kind: PlaceKind
    code: re.Pattern[str]
    name: re.Pattern[str]
    parent: re.Pattern[str] | None = None
    above: re.Pattern[str] | None = None
    opened: re.Pattern[str] | None = None
    closed: re.Pattern[str] | None = None
    ended: re.Pattern[str] | None = None
    successor: re.Pattern[str] | None = None


def _level(raw: dict[str, str]) -> Level:
    patterns = {field: re.compile(pattern) for field, pattern in raw.items() if field != "kind"}
    return Level(PlaceKind(raw["kind"]), **patterns)


LEVELS = tuple(_level(one) for one in SCHEMA.more["levels"])
SIGNATURES = tuple(tuple(re.compile(one) for one in raw["columns"]) for raw in SCHEMA.more["signatures"])
FIGURES = re.compile(SCHEMA.more["figures"])
REGION: int = SCHEMA.more["extract"]["region"]
AREA: int = SCHEMA.more["extract"]["area"]
OPENED: int = SCHEMA.more["extract"]["opened"]
CLOSED: int = SCHEMA.more["extract"]["closed"]
STATUS: int = SCHEMA.more["extract"]["status"]
COMMISSIONER: int = SCHEMA.more["extract"]["commissioner"]
SETTING: int = SCHEMA.more["extract"]["setting"]
PRACTICE: str = SCHEMA.more["extract"]["practice_setting"]
STATUSES: dict[str, str] = SCHEMA.more["extract"]["statuses"]
