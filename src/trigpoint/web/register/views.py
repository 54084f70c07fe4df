"""Reading a request, and nothing more: what a page shows is made by its presenter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trigpoint.checks.finding import Severity
from trigpoint.web.accounts.access import Right
from trigpoint.web.config.responses import WORD, attachment, picture_response
from trigpoint.web.forms.search import SearchForm
from trigpoint.web.register import store
from trigpoint.web.register.presenters.findings import checks_page
from trigpoint.web.register.presenters.measures import picture
from trigpoint.web.register.presenters.objective import objective_page
from trigpoint.web.register.presenters.overview import overview
from trigpoint.web.register.presenters.papers import paper_for, papers_page
from trigpoint.web.register.presenters.plans import plan_list
from trigpoint.web.register.presenters.results import all_results, results
from trigpoint.web.register.presenters.risks import risks_page
from trigpoint.web.register.reading import open_reading
from trigpoint.web.register.tables import csv_response

# A paper is one file with its style and pictures inside.
PAPER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans this person may see."""
    user = request.user
    return render(
        request, "register/plans.html", plan_list(store.editions_for(user)) | {"may_import": user.may(Right.IMPORT)}
    )


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan on a page."""
    reading = open_reading(request, pk)
    return render(request, "register/plan.html", reading.context("plan") | overview(reading))


@require_safe
def objective(request: HttpRequest, pk: int, oid: str) -> HttpResponse:
    """One objective: the quarter grid, measures, findings."""
    reading = open_reading(request, pk)
    context = reading.context("plan", current="true") | objective_page(reading, oid)
    return render(request, "register/objective.html", context)


@require_safe
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """Commitments by words and filters."""
    reading = open_reading(request, pk)
    form = SearchForm(request.GET, reading)
    context = reading.context("search") | results(reading, form, request.GET.get("page", "1"))
    return render(request, "register/search.html", context)


@require_safe
def search_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same search as a download."""
    reading = open_reading(request, pk)
    headers, rows = all_results(reading, SearchForm(request.GET, reading))
    return csv_response("commitments.csv", headers, rows)


@require_safe
def measure_picture(request: HttpRequest, pk: int, mid: str, which: str) -> HttpResponse:
    """A picture as SVG."""
    return picture_response(picture(open_reading(request, pk), mid, which))


@require_safe
def risks(request: HttpRequest, pk: int) -> HttpResponse:
    """The risk register."""
    reading = open_reading(request, pk)
    return render(request, "register/risks.html", reading.context("risks") | risks_page(reading))


@require_safe
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """What the checks said, all or of one severity."""
    reading = open_reading(request, pk)
    severity = next((each for each in Severity if each.value == request.GET.get("severity")), None)
    return render(request, "register/checks.html", reading.context("checks") | checks_page(reading, severity))


@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """The committee papers there are."""
    reading = open_reading(request, pk)
    return render(request, "register/papers.html", reading.context("papers") | papers_page(reading))


@require_safe
def paper_html(request: HttpRequest, pk: int) -> HttpResponse:
    """A committee paper to read."""
    from trigpoint.reports.render.html import html

    page = html(paper_for(open_reading(request, pk), request.GET.get("committee", "")))
    return HttpResponse(page, headers={"Content-Security-Policy": PAPER_POLICY})


@require_safe
def paper_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """A committee paper for Word."""
    from trigpoint.reports.render.docx import docx

    reading = open_reading(request, pk)
    content = docx(paper_for(reading, request.GET.get("committee", "")))
    return attachment(content, f"committee-paper-{reading.at.isoformat()}.docx", WORD)
