"""Reading a request for published statistics, and nothing more: what a page shows is made by its presenter."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trigpoint.web.config.responses import picture_response
from trigpoint.web.intake import uploads
from trigpoint.web.published import jobs, services, store
from trigpoint.web.published.catalogue import known_releases, measure_of
from trigpoint.web.published.desk import Desk, open_desk
from trigpoint.web.published.forms import SendForm
from trigpoint.web.published.presenters.comparison import compare_page, compare_rows
from trigpoint.web.published.presenters.files import file_page, files_page
from trigpoint.web.published.presenters.measure import figures_rows, measure_page, picture_of
from trigpoint.web.published.presenters.measures import measures_page, organisation_page
from trigpoint.web.published.presenters.organisations import organisations_page
from trigpoint.web.published.presenters.sending import add_page, added_page
from trigpoint.web.register.tables import csv_response

FILES_A_PAGE = ORGANISATIONS_A_PAGE = 50


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure with its latest figure of England."""
    desk = open_desk(request)
    return render(request, "published/measures.html", desk.context("published") | measures_page(desk))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Send files."""
    desk = open_desk(request)
    if not desk.may_add:
        raise PermissionDenied
    form = _form(request, desk)
    if form.is_bound and form.is_valid():
        batch = services.send(**form.sent, by=request.user)
        return redirect("published-added", pk=batch.pk)
    return render(
        request, "published/add.html", desk.context("published-add") | add_page(form, store.batches_of(desk.may_add))
    )


def _form(request: HttpRequest, desk: Desk) -> SendForm:
    if request.method != "POST":
        return SendForm(initial={"organisation": desk.owner.pk}, owners=desk.may_add)
    return SendForm(request.POST, request.FILES, owners=desk.may_add, too_large=uploads.too_large(request))


@require_safe
def added(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of files that were sent together; while some are still to be read, the page looks again."""
    batch = store.batch_for(request.user, pk)
    desk, sendings = open_desk(request, batch.owner), list(batch.sendings.all())
    if any(map(jobs.needs_a_worker, sendings)):
        jobs.worker.wake()
    shown = added_page(desk, batch, sendings, still=request.GET.get("still") == "1")
    response = render(request, "published/added.html", desk.context("published-add", current="true") | shown)
    if shown["again_seconds"]:
        response["Refresh"] = str(shown["again_seconds"])
    return response


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """The files that are held."""
    desk = open_desk(request)
    page = Paginator(store.files_of(desk.owner), FILES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "published/files.html", desk.context("published-files") | files_page(desk, page))


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: where it comes from, what it holds, what was left out."""
    found = store.file_for(request.user, pk)
    desk = open_desk(request, found.owner)
    context = desk.context("published-files", current="true") | file_page(desk, found)
    return render(request, "published/file.html", context)


@require_safe
def source(request: HttpRequest, release: str) -> HttpResponse:
    """On to the publisher's own page of a release."""
    found = known_releases().get(release)
    if found is None or not found.page:
        raise Http404
    return redirect(found.page)


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Find an organisation by its code or words of its name."""
    desk = open_desk(request)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    page = Paginator(store.organisations_of(desk.owner, words), ORGANISATIONS_A_PAGE).get_page(request.GET.get("page"))
    context = desk.context("published-organisations") | organisations_page(desk, words, page)
    return render(request, "published/organisations.html", context)


@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """The latest figures of one organisation."""
    desk = open_desk(request)
    context = desk.context("published-organisations", current="true") | organisation_page(desk, code)
    return render(request, "published/organisation.html", context)


@require_safe
def measure(request: HttpRequest, mid: str) -> HttpResponse:
    """A measure in one organisation: every period, and a control chart where there are enough."""
    desk = open_desk(request)
    shown = measure_page(desk, measure_of(mid), request.GET.get("org", ""), request.GET.get("basis", ""))
    return render(request, "published/measure.html", desk.context("published", current="true") | shown)


@require_safe
def picture(request: HttpRequest, mid: str) -> HttpResponse:
    """The control chart as SVG."""
    desk = open_desk(request)
    drawn = picture_of(desk, measure_of(mid), request.GET.get("org", ""), request.GET.get("basis", ""))
    return picture_response(drawn)


@require_safe
def figures_csv(request: HttpRequest, mid: str) -> HttpResponse:
    """The figures of a measure in one organisation as a download."""
    desk = open_desk(request)
    headers, rows = figures_rows(desk, measure_of(mid), request.GET.get("org", ""))
    return csv_response(f"{mid}.csv", headers, rows)


@require_safe
def compare(request: HttpRequest, mid: str) -> HttpResponse:
    """Every organisation in one period, in order."""
    desk = open_desk(request)
    shown = compare_page(desk, measure_of(mid), request.GET)
    return render(request, "published/compare.html", desk.context("published", current="true") | shown)


@require_safe
def compare_csv(request: HttpRequest, mid: str) -> HttpResponse:
    """The same as a download."""
    desk = open_desk(request)
    headers, rows = compare_rows(desk, measure_of(mid), request.GET)
    return csv_response(f"{mid}-compared.csv", headers, rows)
