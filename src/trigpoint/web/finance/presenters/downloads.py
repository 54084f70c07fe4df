"""Files to take along."""

from __future__ import annotations

from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.results import gathered_of
from trigpoint.web.register.store import PatientShelf, revision_key

taken = PatientShelf(12)
"""Files as they were last taken along; a megabyte or so each."""


def template_of(desk: Desk) -> bytes:
    """The Excel template, filled with what there is."""
    from trigpoint.finance.book.template import template_workbook

    return template_workbook(desk.model.book)


def export_of(desk: Desk) -> bytes:
    """The book as a workbook whose sums are formulas."""
    return _file(desk, ".xlsx")


def section_of(desk: Desk) -> bytes:
    """The book as a section of a Word document."""
    return _file(desk, ".docx")


def _file(desk: Desk, ending: str) -> bytes:
    """The file, drawn once for each revision and reporting date: its pictures take seconds."""
    key = (*revision_key(desk.edition), ending, desk.reading.at)
    return taken.get(key, lambda: _made(desk, ending))


def _made(desk: Desk, ending: str) -> bytes:
    from trigpoint.reports.bearing import Bearing
    from trigpoint.reports.finance.files import export_bytes

    plan = desk.reading.plan
    problems = tuple(dict.fromkeys((*desk.model.problems, *gathered_of(desk).problems)))
    bearing = Bearing(desk.reading.at, plan.organisation, f"Financial plan: {plan.title}", problems)
    return export_bytes(gathered_of(desk), ending, bearing)
