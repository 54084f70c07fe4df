"""Reading a request for the finance of a plan, and nothing more: what a page shows is made by its presenter."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from trigpoint.web.config.responses import CSV, EXCEL, WORD, attachment, found, picture_response
from trigpoint.web.finance.desk import open_desk
from trigpoint.web.finance.presenters import downloads
from trigpoint.web.finance.presenters.contracts import contract_page, contracts_page
from trigpoint.web.finance.presenters.files import files_page
from trigpoint.web.finance.presenters.peers import peers_page
from trigpoint.web.finance.presenters.pictures import picture_of
from trigpoint.web.finance.presenters.position import position_page
from trigpoint.web.finance.presenters.risks import risks_page
from trigpoint.web.finance.presenters.rules import rules_page
from trigpoint.web.finance.presenters.schemes import scheme_page, schemes_page
from trigpoint.web.finance.presenters.tables import answer_of, table_of
from trigpoint.web.finance.presenters.triangulation import triangulation_page
from trigpoint.web.finance.sent_templates import PAGES
from trigpoint.web.proposals.pages import decision_page, send_page
from trigpoint.web.register.model_pages import model_page

_page = partial(model_page, folder="finance")


@require_safe
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """The position of a year."""
    desk = open_desk(request, pk)
    return _page(request, desk, "position", lambda: position_page(desk), section="finance")


@require_safe
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """The business rules in every year."""
    desk = open_desk(request, pk)
    return _page(request, desk, "rules", lambda: rules_page(desk))


@require_safe
def schemes(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of a year's schemes."""
    desk, asked = open_desk(request, pk), request.GET
    wanted = [asked.get(name, "") for name in ("stage", "rag", "group")]
    return _page(request, desk, "schemes", lambda: schemes_page(desk, *wanted))


@require_safe
def scheme(request: HttpRequest, pk: int, sid: str) -> HttpResponse:
    """One scheme."""
    desk = open_desk(request, pk)
    return _page(request, desk, "scheme", lambda: scheme_page(desk, sid), section="finance-schemes", current="true")


@require_safe
def risks(request: HttpRequest, pk: int) -> HttpResponse:
    """The risks and mitigations of a year."""
    desk = open_desk(request, pk)
    return _page(request, desk, "risks", lambda: risks_page(desk))


@require_safe
def contracts(request: HttpRequest, pk: int) -> HttpResponse:
    """The contracts of a year."""
    desk = open_desk(request, pk)
    return _page(request, desk, "contracts", lambda: contracts_page(desk))


@require_safe
def contract(request: HttpRequest, pk: int, cid: str) -> HttpResponse:
    """One contract; another activity is tried by asking for it in the address."""
    desk, tried = open_desk(request, pk), request.GET.get("activity", "")
    made = lambda: contract_page(desk, cid, tried)  # noqa: E731
    return _page(request, desk, "contract", made, section="finance-contracts", current="true")


@require_safe
def peers(request: HttpRequest, pk: int) -> HttpResponse:
    """Similar organisations."""
    desk = open_desk(request, pk)
    return _page(request, desk, "peers", lambda: peers_page(desk))


@require_safe
def triangulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan, finance and activity held against each other."""
    desk, asked = open_desk(request, pk), request.GET
    wanted = [asked.get(name, "") for name in ("weight", "rule")]
    return _page(request, desk, "triangulation", lambda: triangulation_page(desk, *wanted))


@require_safe
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files behind the pages."""
    desk = open_desk(request, pk)
    return _page(request, desk, "files", lambda: files_page(desk))


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture as SVG."""
    return found(lambda: picture_response(picture_of(open_desk(request, pk), request.GET)))


@require_safe
def table(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A table as CSV."""
    desk = open_desk(request, pk)
    year = f"-{desk.year.label.replace('/', '-')}" if desk.chosen and desk.year else ""
    return attachment(found(lambda: table_of(desk, name)), f"finance-{name}{year}.csv", CSV)


@require_safe
def answer(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A result as JSON, its numbers exact."""
    from trigpoint.reports.finance.exact import exact_json

    desk = open_desk(request, pk)
    return HttpResponse(found(lambda: exact_json(answer_of(desk, name))), content_type="application/json")


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a filled template: its mistakes by cell, or on to what it would change."""
    return send_page(request, open_desk(request, pk), PAGES)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What a filled template would change; accept or discard it."""
    return decision_page(request, open_desk(request, pk), PAGES, number)


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The template: empty, or filled with what is there."""
    return attachment(downloads.template_of(open_desk(request, pk)), "finance-template.xlsx", EXCEL)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The Excel export, with formulas."""
    return attachment(found(lambda: downloads.export_of(open_desk(request, pk))), "finance.xlsx", EXCEL)


@require_safe
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word section of a committee paper."""
    return attachment(found(lambda: downloads.section_of(open_desk(request, pk))), "finance-section.docx", WORD)
