"""The header of a sheet of a month's workbook: whose rows they are, the bands, and the figures beside them by name.

The figures beside the bands vary in order and number from month to month, so that each is found by what its name says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import Row
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.rtt.bands import Bands, canonical, find_bands
from trigpoint.releases.readers.rtt.pathways import (
    ADJUSTED,
    ADMITTED,
    DECIDED,
    INCOMPLETE,
    NEW,
    NON_ADMITTED,
    Pathway,
)
from trigpoint.releases.tables.cells import words

_SEARCHED_ROWS = 40
_SEARCHED_SHEETS = 4
_FUNCTION = ("treatment function code", "treatment function", "treatment function name")
_FUNCTION_NAME = ("treatment function", "treatment function name")
_CODES: tuple[tuple[str, Basis | None], ...] = (
    (r"provider( org)? code|(nhs )?trust code", Basis.PROVIDER),
    (r"commissioner( org)? code|ccg code|pct code|sub.?icb( location)? code|commissioning org(anisation)? code",
     Basis.COMMISSIONER),
    (r"org(anisation)? code|code", None),  # as the preamble says
    (r"(icb|stp|ics|system)( code)?|integrated care board code", Basis.SYSTEM),
    (r"(area team|at|local office|dco)( code)?", Basis.AREA),
    (r"((nhs england )?region|sha|ha|strategic health authority)( code)?", Basis.REGION),
)  # fmt: skip
"""Whose rows: the most particular comes first, for a provider's row names its region too."""
_OVER = re.compile(r"(?:total )?(?:number )?(?:waiting )?(?:over |> ?)?(\d{2,3}) ?(?:plus|\+)(?: weeks?)?")


@dataclass(frozen=True, slots=True)
class SheetHeader:
    """Places of the columns of one sheet. ``code`` is ``None`` where the rows are England's."""

    index: int
    bands: Bands | None
    function: int
    function_name: int | None
    code: int | None
    name: int | None
    parent: int | None
    basis: Basis | None
    total: int | None
    unknown: int | None = None
    within: int | None = None
    median: int | None = None
    percentile: int | None = None
    printed_over: dict[int, int] = field(default_factory=dict)
    labels: tuple[str, ...] = ()


def find_header(rows: Sequence[Row]) -> SheetHeader | None:
    """The header among the first rows; ``None`` where the sheet has no table of waits by treatment function."""
    for index, row in enumerate(islice(rows, _SEARCHED_ROWS)):
        names = [canonical(words(cell)) for cell in row]
        if not any(name in _FUNCTION for name in names):
            continue
        bands = find_bands(names)
        if bands is not None or any("new rtt" in name for name in names):
            return _header(index, names, bands)
    return None


def has_sheets(content: Content) -> bool:
    """Whether this is a workbook of a month, or the save of one of its sheets; looks at a few sheets only."""
    if content.kind is Kind.TEXT:
        return find_header(content.head) is not None
    return any(find_header(sheet.rows) is not None for sheet in content.visible[:_SEARCHED_SHEETS])


def _header(index: int, names: list[str], bands: Bands | None) -> SheetHeader:
    first = min(place for place, name in enumerate(names) if name in _FUNCTION)
    code, basis, parent = _organisation(names[:first])
    beside = {place: name for place, name in enumerate(names) if place > first}
    if bands is not None:
        beside = {place: name for place, name in beside.items() if place not in bands.places}
    function_name = next((place for place, name in enumerate(names) if name in _FUNCTION_NAME), None)
    return SheetHeader(
        index=index,
        bands=bands,
        function=first,
        function_name=function_name,
        code=code,
        name=code + 1 if code is not None and code + 1 < first else None,
        parent=parent,
        basis=basis,
        total=_place(beside, "total number of incomplete", "pathways (all)", "total (all)", "total all", "new rtt"),
        unknown=_place(beside, "unknown clock"),
        within=next((place for place, name in beside.items() if "within 18 weeks" in name and "%" not in name), None),
        median=_place(beside, "median"),
        percentile=_place(beside, "92nd percentile", "95th percentile"),
        printed_over={int(match[1]): place for place, name in beside.items() if (match := _OVER.fullmatch(name))},
        labels=tuple(names),
    )


def _place(names: dict[int, str], *wanted: str) -> int | None:
    return next((place for word in wanted for place, name in names.items() if word in name), None)


def _organisation(names: list[str]) -> tuple[int | None, Basis | None, int | None]:
    """The column of the code that rows are of, as what it is counted, and the column of what it belongs to."""
    found = [
        (place, basis) for pattern, basis in _CODES for place, name in enumerate(names) if re.fullmatch(pattern, name)
    ]
    if not found:
        return None, Basis.NATIONAL, None
    return found[0][0], found[0][1], found[1][0] if len(found) > 1 else None


def pathway_of(labels: Sequence[str], title: str, summary: str) -> Pathway | None:
    """What is counted, from the names of the columns, then the title, then what stands above the table."""
    columns = " ".join(labels)
    if "new rtt" in columns:
        return NEW
    for text in (title.casefold(), summary.casefold(), columns):
        decided = "decision to admit" in text or re.search(r"\bdta\b", text) is not None
        if "incomplete" in text:
            return DECIDED if decided else INCOMPLETE
        if re.search(r"non[- ]?admitted|not admitted", text):
            return NON_ADMITTED
        if "admitted" in text:
            adjusted = re.search(r"(?<!un)(?<!non)(?<!non-)adjusted", f"{title} {summary}".casefold())
            return ADJUSTED if adjusted else ADMITTED
    return None
