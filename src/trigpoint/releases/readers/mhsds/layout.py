"""Which column plays which part, and what a breakdown says of its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import AS_PUBLISHED
from trigpoint.releases.observation import Basis
from trigpoint.releases.schema import read_schema
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.header import Header, find_header
from trigpoint.releases.tables.named import column_of
from trigpoint.releases.tables.strings import distinct

SCHEMA = read_schema("mhsds")
LEVELS = 4
_FOLLOWING = r"of |or |[-–] ?|location\b|code\b"
"""What may follow the kind of organisation: “provider type” is none."""
_ROLES: Mapping[str, list[str]] = SCHEMA.more["roles"]
_NEEDED: Mapping[str, str] = SCHEMA.more["needed"]
_KINDS: list[Mapping[str, list[str] | str]] = SCHEMA.more["kinds"]
_BESIDE: Mapping[str, str] = SCHEMA.more["beside"]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What a breakdown means: of whom its rows are, and what else they are divided by.

    ``rank`` orders breakdowns of one basis, the lowest the total; ``divided`` names the further levels in order.
    ``whole`` is false where the organisation stands in another part than its own.
    """

    basis: Basis
    rank: int
    divided: tuple[str, ...]
    whole: bool = True


def header_of(content: Content) -> Header | None:
    """The header of a file of this kind: a breakdown with its first level, a measure, a value and a period."""
    if content.kind is not Kind.TEXT:
        return None
    found = find_header(content.head, "breakdown")
    if found is None or column_of(found.names, _ROLES["value"]) is None:
        return None
    dated = any(column_of(found.names, _ROLES[name]) is not None for name in ("start", "end", "period"))
    levelled = any(column_of(found.names, _ROLES[name]) is not None for name in ("level-1", "name-1"))
    return found if dated and levelled else None


def recognise(content: Content) -> bool:
    """Whether a file is of this release."""
    return header_of(content) is not None


def roles_of(header: Header, where: str) -> dict[str, str]:
    """The names (``strings.distinct``) of the columns by their roles. Raises ``InputError`` for a missing one."""
    names = distinct(header.names)
    found = {role: at for role, choices in _ROLES.items() if (at := column_of(header.names, choices)) is not None}
    missing = [said for role, said in _NEEDED.items() if role not in found]
    if "period" not in found:
        missing += [f"REPORTING_PERIOD_{role.upper()}" for role in ("start", "end") if role not in found]
    if missing:
        raise InputError(f"there is no column “{missing[0]}”", where=where, remedy=AS_PUBLISHED)
    return {role: names[at] for role, at in found.items()}


def breakdown_of(text: str) -> Breakdown:
    """What a breakdown means. One that begins with no organisation divides England.

    >>> found = breakdown_of("Provider; Age Band")
    >>> found.basis.value, found.divided
    ('provider', ('age-band',))
    >>> breakdown_of("Gender").basis.value, breakdown_of("CCG - Residence").basis.value
    ('national', 'commissioner')
    """
    first, *others = [normal(piece) for piece in text.split(";") if normal(piece)] or [""]
    divided = tuple(_slug(one) for one in others)
    if first in _BESIDE:
        return Breakdown(Basis(_BESIDE[first]), 0, divided, whole=False)
    for kind in _KINDS:
        rank = _rank(first, kind["starts"])
        if rank is not None:
            return Breakdown(Basis(kind["basis"]), rank, divided)
    if not first:
        raise ValueError(text)
    return Breakdown(Basis.NATIONAL, 0, (_slug(first), *divided))


def organisational(name: str) -> bool:
    """Whether a further level is of organisations, which are told by code.

    >>> organisational("receiving-provider"), organisational("age-band")
    (True, False)
    """
    return any(word in name for word in ("provider", "ccg", "icb", "stp", "region", "commissioner"))


def _rank(first: str, starts: str | list[str]) -> int | None:
    if first in starts:
        return list(starts).index(first)
    begun = (at for at, start in enumerate(starts) if re.match(rf"{re.escape(start)} ({_FOLLOWING})", first))
    return next((at + len(starts) for at in begun), None)


def _slug(name: str) -> str:
    return "-".join(name.replace("=", " ").replace("-", " ").split())
