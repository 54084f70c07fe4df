"""What one organisation counted in one month, and the figures that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trigpoint.releases.observation import Marker, Rows
from trigpoint.releases.release import Organisation
from trigpoint.releases.tables.cells import Figure
from trigpoint.releases.tables.spans import Span

ATTENDANCES = "ae-attendances"
OVER = "ae-over-4-hours"
WITHIN = "ae-within-4-hours"
VIA = "ae-emergency-admissions-via-ae"
OTHER_ADMISSIONS = "ae-emergency-admissions-other"
ADMISSIONS = "ae-emergency-admissions"
DTA_4 = "ae-dta-over-4-hours"
DTA_4_TO_12 = "ae-dta-4-to-12-hours"
DTA_12 = "ae-dta-over-12-hours"
UNBOOKED, BOOKED, PUBLISHED = "", "-booked", "-published"
TYPES = ("type=1", "type=2", "type=other")
MISSING = Figure(None, Marker.NOT_AVAILABLE)

Key = tuple[str, str]
"""A part and the detail of it, "" for all of it."""
Counts = Mapping[Key, Figure]


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of an organisation in a month."""

    organisation: Organisation
    span: Span
    counts: Counts

    @property
    def key(self) -> tuple[str, Span]:
        """Whose figures, and when."""
        return self.organisation.code, self.span


def added(figures: Iterable[Figure]) -> Figure:
    """The sum; missing, with the first reason, where one of them is.

    >>> added([Figure(1.0), Figure(2.5)]).value, added([Figure(1.0), MISSING]).marker.value
    (3.5, 'not available')
    """
    total = 0.0
    for one in figures:
        if one.value is None:
            return one
        total += one.value
    return Figure(total)


def less(whole: Figure, part: Figure) -> Figure:
    """The whole without the part; missing where one of them is."""
    return whole if whole.value is None else added((whole, part if part.value is None else Figure(-part.value)))


def completed(counts: Counts) -> Counts:
    """The counts with what follows from them: those as published (unbooked and booked together, or unbooked alone
    where booked ones are not counted apart), those within four hours, both ways of counting waits after a decision to
    admit, and the totals of all types. What is there already stays as it is."""
    full = dict(counts)
    for stem in (ATTENDANCES, OVER):
        for detail in ("", *TYPES):
            parts = [full[key] for key in ((stem, detail), (f"{stem}{BOOKED}", detail)) if key in full]
            if (stem, detail) in full:
                full.setdefault((f"{stem}{PUBLISHED}", detail), added(parts))
    _split_waits(full)
    for stem in (ATTENDANCES, OVER):
        for kind in (UNBOOKED, BOOKED, PUBLISHED):
            _total(full, f"{stem}{kind}")
    for kind in (UNBOOKED, BOOKED, PUBLISHED):
        for detail in ("", *TYPES):
            whole, over = (full.get((f"{stem}{kind}", detail)) for stem in (ATTENDANCES, OVER))
            if whole is not None and over is not None:
                full.setdefault((f"{WITHIN}{kind}", detail), less(whole, over))
    _total(full, VIA)
    if (VIA, "") in full and (OTHER_ADMISSIONS, "") in full:
        full.setdefault((ADMISSIONS, ""), added((full[VIA, ""], full[OTHER_ADMISSIONS, ""])))
    return full


def _split_waits(full: dict[Key, Figure]) -> None:
    """A workbook counts waits of over 4 hours, the CSV those of 4 to 12: either follows from the other."""
    long = full.get((DTA_12, ""))
    if long is None:
        return
    if (DTA_4, "") in full:
        full.setdefault((DTA_4_TO_12, ""), less(full[DTA_4, ""], long))
    elif (DTA_4_TO_12, "") in full:
        full[DTA_4, ""] = added((full[DTA_4_TO_12, ""], long))


def _total(full: dict[Key, Figure], part: str) -> None:
    types = [full[part, detail] for detail in TYPES if (part, detail) in full]
    if types:
        full.setdefault((part, ""), added(types))


def observe(rows: Rows, lines: Iterable[Line]) -> None:
    """Every figure of the lines as an observation."""
    for line in lines:
        one = line.organisation
        for (part, detail), found in line.counts.items():
            rows.add(part, one.code, one.basis, *line.span, found.value, found.marker, detail)
