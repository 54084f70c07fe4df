"""Files to take along, and the filled template on its way in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from trigpoint.errors import InputError
from trigpoint.web.accounts.models import User
from trigpoint.web.finance import services
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.models import FinanceProposal
from trigpoint.web.finance.results import gathered_of
from trigpoint.web.proposals.unpacking import require_small

MOST_PROBLEMS = 200


def template_of(desk: Desk) -> bytes:
    """The Excel template, filled with what there is."""
    from trigpoint.finance.book.template import template_workbook

    return template_workbook(desk.model.book)


def take_template(desk: Desk, file: UploadedFile, by: User) -> tuple[FinanceProposal | None, tuple[str, ...]]:
    """Read a filled template and keep what it holds to be decided on; ``None`` with every mistake where it has any."""
    from trigpoint.finance.book.template import read_template

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


def decide(proposal: FinanceProposal, shown: Mapping[str, Any], action: str, by: User) -> None:
    """Accept or discard a template as the page showed it; raises ``InputError`` for what cannot be accepted."""
    if action == "discard":
        services.discard(proposal, by=by)
    elif action != "accept":
        raise InputError("nothing was decided", remedy="choose to accept or to discard")
    elif not shown["usable"]:
        raise InputError(
            "the files of this template make no book that can be computed", remedy="correct and send it again"
        )
    else:
        services.accept(proposal, by=by, problems=shown["problems"])


def export_of(desk: Desk) -> bytes:
    """The book as a workbook whose sums are formulas."""
    return _file(desk, ".xlsx")


def section_of(desk: Desk) -> bytes:
    """The book as a section of a Word document."""
    return _file(desk, ".docx")


def _file(desk: Desk, ending: str) -> bytes:
    from trigpoint.reports.finance.files import Bearing, export_bytes

    plan = desk.reading.plan
    problems = tuple(dict.fromkeys((*desk.model.problems, *gathered_of(desk).problems)))
    bearing = Bearing(desk.reading.at, plan.organisation, f"Financial plan: {plan.title}", problems)
    return export_bytes(gathered_of(desk), ending, bearing)
