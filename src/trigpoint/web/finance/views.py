"""Reading a request for the finance of a plan, and nothing more: what a page shows is made by its presenter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trigpoint.errors import InputError
from trigpoint.web.activity.views import EXCEL
from trigpoint.web.finance import services
from trigpoint.web.finance.desk import Desk, open_desk
from trigpoint.web.finance.presenters import downloads
from trigpoint.web.finance.presenters.contracts import contract_page, contracts_page
from trigpoint.web.finance.presenters.files import files_page, proposal_page
from trigpoint.web.finance.presenters.peers import peers_page
from trigpoint.web.finance.presenters.pictures import picture_of
from trigpoint.web.finance.presenters.position import position_page
from trigpoint.web.finance.presenters.risks import risks_page
from trigpoint.web.finance.presenters.rules import rules_page
from trigpoint.web.finance.presenters.schemes import scheme_page, schemes_page
from trigpoint.web.finance.presenters.tables import answer_of, table_of
from trigpoint.web.finance.presenters.triangulation import triangulation_page
from trigpoint.web.proposals.forms import sent_to
from trigpoint.web.proposals.services import proposal_for
from trigpoint.web.register.views import PICTURE_POLICY, WORD

CSV = "text/csv; charset=utf-8"


def _page(
    request: HttpRequest, desk: Desk, name: str, make: Callable[[], dict[str, Any]], **frame: str
) -> HttpResponse:
    """A page of finance; where there is none, how to make one, and where it cannot be computed, the reason."""
    section = frame.pop("section", f"finance-{name}")
    context = desk.context(section, **frame)
    if desk.model.book is None:
        return render(request, "finance/none.html", context | {"problems": desk.model.problems})
    try:
        return render(request, f"finance/{name}.html", context | make())
    except InputError as error:
        return render(request, "finance/refused.html", context | {"reason": str(error)})


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
    desk = open_desk(request, pk)
    return _page(request, desk, "triangulation", lambda: triangulation_page(desk))


@require_safe
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files behind the pages."""
    desk = open_desk(request, pk)
    return _page(request, desk, "files", lambda: files_page(desk))


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture as SVG."""
    from trigpoint.reports.render.picture import svg

    drawn = _found(lambda: svg(picture_of(open_desk(request, pk), request.GET).spec))
    headers = {"Content-Security-Policy": PICTURE_POLICY, "Cache-Control": "private, max-age=600"}
    return HttpResponse(drawn, content_type="image/svg+xml", headers=headers)


@require_safe
def table(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A table as CSV."""
    desk = open_desk(request, pk)
    year = f"-{desk.year.label.replace('/', '-')}" if desk.chosen and desk.year else ""
    return _file(_found(lambda: table_of(desk, name)), f"finance-{name}{year}.csv", CSV)


@require_safe
def answer(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A result as JSON, its numbers exact."""
    from trigpoint.reports.finance.exact import exact_json

    desk = open_desk(request, pk)
    return HttpResponse(_found(lambda: exact_json(answer_of(desk, name))), content_type="application/json")


def _found(make: Callable[[], Any]) -> Any:
    """What a download or picture is made of; *not found* where the files cannot make it: its page says why."""
    try:
        return make()
    except InputError:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a filled template: its mistakes by cell, or on to what it would change."""
    desk = open_desk(request, pk)
    if not desk.may_save:
        raise PermissionDenied
    form = sent_to(request)
    problems: tuple[str, ...] = ()
    if form.is_bound and form.is_valid():
        kept, problems = downloads.take_template(desk, form.cleaned_data["template"], request.user)
        if kept is not None:
            return redirect(desk.reading.url("finance-proposal", number=kept.pk))
    context = desk.context("finance-files", current="true")
    return render(request, "finance/send.html", context | {"form": form, "problems": problems})


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What a filled template would change; accept or discard it."""
    desk = open_desk(request, pk)
    if not desk.may_save:
        raise PermissionDenied
    found = proposal_for(services.TEMPLATES, desk.edition, number)
    context = desk.context("finance-files", current="true")
    shown = proposal_page(desk, found)
    if request.method != "POST":
        return render(request, "finance/proposal.html", context | shown)
    try:
        downloads.decide(found, shown, request.POST.get("action", ""), request.user)
    except InputError as error:
        return render(request, "finance/proposal.html", context | shown | {"reason": str(error)})
    return redirect(desk.reading.url("finance-files"))


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The template: empty, or filled with what is there."""
    return _file(downloads.template_of(open_desk(request, pk)), "finance-template.xlsx", EXCEL)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The Excel export, with formulas."""
    return _file(_found(lambda: downloads.export_of(open_desk(request, pk))), "finance.xlsx", EXCEL)


@require_safe
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word section of a committee paper."""
    return _file(_found(lambda: downloads.section_of(open_desk(request, pk))), "finance-section.docx", WORD)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
