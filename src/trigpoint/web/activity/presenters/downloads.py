"""Files to take along."""

from __future__ import annotations

from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.runs import run_of


def template_of(desk: Desk) -> bytes:
    """The Excel template, filled with the assumptions where there are any."""
    from trigpoint.activity.book.template import template_workbook

    return template_workbook(desk.model.book, milestones=[each.id for each in desk.reading.plan.milestones])


def return_of(desk: Desk) -> bytes:
    """The run in the shape of the national activity return."""
    from trigpoint.reports.activity.workbook import activity_workbook

    organisation = desk.reading.plan.organisation
    return activity_workbook(
        run_of(desk), on=desk.reading.at, organisation=organisation, title=_title(desk), problems=desk.model.problems
    )


def section_of(desk: Desk) -> bytes:
    """The run as a section of a Word document."""
    from trigpoint.reports.activity.section import activity_paper
    from trigpoint.reports.render.docx import docx

    organisation = desk.reading.plan.organisation
    return docx(
        activity_paper(
            run_of(desk),
            on=desk.reading.at,
            organisation=organisation,
            title=_title(desk),
            problems=desk.model.problems,
        )
    )


def _title(desk: Desk) -> str:
    return f"Activity plan: {desk.scenario.name}" if desk.scenario.id else "Activity plan"
