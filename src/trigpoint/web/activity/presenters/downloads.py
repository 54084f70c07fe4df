"""Files to take along, and the filled template on its way in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from trigpoint.errors import InputError
from trigpoint.web.accounts.models import User
from trigpoint.web.activity import services
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.models import Proposal
from trigpoint.web.activity.runs import run_of
from trigpoint.web.proposals.unpacking import require_small

MOST_PROBLEMS = 200


def template_of(desk: Desk) -> bytes:
    """The Excel template, filled with the assumptions where there are any."""
    from trigpoint.activity.book.template import template_workbook

    return template_workbook(desk.model.book, milestones=[each.id for each in desk.reading.plan.milestones])


def take_template(desk: Desk, file: UploadedFile, by: User) -> tuple[Proposal | None, tuple[str, ...]]:
    """Read a filled template and keep what it holds to be decided on; ``None`` with every mistake where it has any."""
    from trigpoint.activity.book.template import read_template

    data, name = file.read(), file.name or "template.xlsx"
    try:
        require_small(data)
        reading = read_template(data, name)
    except InputError as error:
        return None, (str(error),)
    if reading.problems:
        problems = tuple(str(problem) for problem in reading.problems)
        more = len(problems) - MOST_PROBLEMS
        return None, problems[:MOST_PROBLEMS] + ((f"And {more:,} more.",) if more > 0 else ())
    return services.propose(desk.edition, name=name, data=data, texts=reading.texts, by=by), ()


def decide(proposal: Proposal, shown: Mapping[str, Any], action: str, by: User) -> None:
    """Accept or discard a template as the page showed it; raises ``InputError`` for what cannot be accepted."""
    if action == "discard":
        services.discard(proposal, by=by)
    elif action != "accept":
        raise InputError("nothing was decided", remedy="choose to accept or to discard")
    elif not shown["usable"]:
        raise InputError("the files of this template make no model that can be run", remedy="correct and send it again")
    else:
        services.accept(proposal, by=by, problems=shown["problems"])


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
