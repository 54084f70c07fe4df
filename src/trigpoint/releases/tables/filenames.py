"""The month that a file's name has in it: a last resort, for sheets that were saved as CSV without their first lines.

What a file is, is never told by its name; only where its content does not say of which month it is may the name.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath

from trigpoint.releases.observation import Status
from trigpoint.releases.tables.spans import span

_WORD = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WORDED = re.compile(rf"(?<![a-z]){_WORD}[-_ ]?((?:20)?\d\d)(?!\d)", re.I)
_NUMBERED = (
    re.compile(r"(?<!\d)(20\d\d)[-_ ]?(0[1-9]|1[0-2])(?:[-_ ]?[0-3]\d)?(?!\d)"),  # 20250331, 2025-03, 2017_09
    re.compile(r"(?<!\d)(0[1-9]|1[0-2])[-_ ](20\d\d)(?!\d)"),  # 04-2013
)
_YEARS = re.compile(r"(?<!\d)(20\d\d)[-_ ](20)?(\d\d)(?!\d)")


def month_named(name: str) -> date | None:
    """The first day of the month that a name has in it, the last where it has several ("Apr22-Mar23"), for a year of
    two numbers its first month; ``None`` where there is none. The member of an archive counts before the archive.

    >>> month_named("Incomplete-Provider-Mar25-XLSX-9M-38145.csv").isoformat()
    '2025-03-01'
    >>> month_named("SHMI data, Apr22-Mar23 (csv).csv").isoformat(), month_named("2025_2026.csv").isoformat()
    ('2023-03-01', '2025-04-01')
    >>> month_named("provider-38145.csv") is None
    True
    """
    for piece in reversed(name.split(" » ")):
        said = PurePath(piece).stem
        found = _worded(said) or _numbered(said) or _year(said)
        if found is not None:
            return found
    return None


def status_named(name: str) -> tuple[Status, tuple[str, ...]]:
    """How far a file is settled that does not say it itself, as CSVs cannot, and the sentence that tells whence it is.

    >>> status_named("Incomplete-Provider-Apr24-XLSX-8M-revised.csv")[0].value, status_named("Revised/may.csv")[1]
    ('revised', ())
    """
    if not any("revised" in PurePath(piece).name.casefold() for piece in name.split(" » ")):
        return Status.PUBLISHED, ()
    return Status.REVISED, ("that it is revised is said by its name alone",)


def _worded(said: str) -> date | None:
    months = []
    for match in _WORDED.finditer(said):
        try:
            months.append(span(f"{match[1]} {match[2]}")[0])
        except ValueError:
            continue
    return max(months, default=None)


def _numbered(said: str) -> date | None:
    for pattern, year, number in ((_NUMBERED[0], 1, 2), (_NUMBERED[1], 2, 1)):
        if match := pattern.search(said):
            return date(int(match[year]), int(match[number]), 1)
    return None


def _year(said: str) -> date | None:
    for match in _YEARS.finditer(said):
        if int(match[3]) == (int(match[1]) + 1) % 100:
            return date(int(match[1]), 4, 1)
    return None
