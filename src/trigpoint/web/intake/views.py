"""Reading a request of an import, and nothing more: what it changes is in ``services``, what it shows in presenters."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trigpoint.errors import InputError
from trigpoint.plans.provenance import Verdict
from trigpoint.web.accounts.models import Organisation
from trigpoint.web.intake import corrections, finishing, jobs, services, store, uploads
from trigpoint.web.intake.forms import UploadForm
from trigpoint.web.intake.listing import Listing
from trigpoint.web.intake.models import State, Upload
from trigpoint.web.intake.presenters.correction import correction_page
from trigpoint.web.intake.presenters.review import review_page
from trigpoint.web.intake.presenters.summary import summary_page
from trigpoint.web.intake.presenters.uploads import (
    finished_page,
    import_page,
    progress_page,
    refused_page,
    result_page,
    uploads_page,
)
from trigpoint.web.intake.requests import bulk, number, one_verdict, target
from trigpoint.web.intake.worker import worker

UPLOADS_A_PAGE = 25
require_form = require_http_methods(["GET", "HEAD", "POST"])
# The file is somebody else's: it is given back to be saved, never to be shown or run.
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
PAGES = {
    State.REVIEW: ("intake/result.html", result_page),
    State.NO_PLAN: ("intake/refused.html", refused_page),
    State.REFUSED: ("intake/refused.html", refused_page),
    State.FINISHED: ("intake/finished.html", finished_page),
}


@require_form
def imports(request: HttpRequest) -> HttpResponse:
    """Send a document; see what has been sent."""
    owners = store.owners_for(request.user)
    form = _upload_form(request, owners)
    if form.is_bound and form.is_valid():
        made = services.upload(**form.upload, by=request.user)
        return redirect("import", pk=made.pk)
    page = Paginator(store.uploads_for(request.user), UPLOADS_A_PAGE).get_page(request.GET.get("page"))
    if any(map(jobs.needs_a_worker, page)):
        worker.wake()
    context = uploads_page(page, form, discarded=request.GET.get("discarded") == "1")
    return render(request, "intake/imports.html", context)


def _upload_form(request: HttpRequest, owners: list[Organisation]) -> UploadForm:
    choices = {"owners": owners, "editions": store.editions_of(owners)}
    if request.method != "POST":
        return UploadForm(initial={"of": request.GET.get("of", "")}, **choices)
    return UploadForm(request.POST, request.FILES, too_large=uploads.too_large(request), **choices)


@require_safe
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is: being read, read, refused, finished."""
    upload = store.upload_for(request.user, pk)
    if not upload.state.under_way:
        template, made_by = PAGES[upload.state]
        return render(request, template, made_by(upload))
    if jobs.needs_a_worker(upload):
        worker.wake()
    context = progress_page(upload, still=request.GET.get("still") == "1")
    response = render(request, "intake/progress.html", context)
    if not context["still"]:
        # The header does without script what a script would need the policy opened for.
        response["Refresh"] = str(context["again_seconds"])
    return response


@require_safe
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The document as it was sent, to be saved."""
    upload = store.upload_for(request.user, pk)
    headers = {
        "Content-Disposition": content_disposition_header(True, upload.name),
        "Content-Length": str(upload.size),
        "Content-Security-Policy": FILE_POLICY,
    }
    return StreamingHttpResponse(uploads.pieces(upload), content_type="application/octet-stream", headers=headers)


def _in_review(request: HttpRequest, pk: int) -> Upload | HttpResponse:
    """The import while it is being reviewed, else the way to the page that says where it stands."""
    upload = store.upload_for(request.user, pk)
    return upload if upload.state is State.REVIEW else redirect("import", pk=pk)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Readings beside their source words."""
    upload = _in_review(request, pk)
    if isinstance(upload, HttpResponse):
        return upload
    return render(request, "intake/review.html", review_page(upload, Listing.of(request.GET), request.GET))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, skip or reopen one reading, and go back to where it stood."""
    upload, listing, verdict = store.upload_for(request.user, pk), Listing.of(request.GET), one_verdict(request.POST)
    row = store.proposal_for(upload, number(request.POST, "position"))
    try:
        done = services.decide(row, verdict=verdict, seen=number(request.POST, "seen"), by=request.user)
    except services.Conflict:
        return redirect(listing.url("import-review", upload, more={"conflict": row.position}) + "#conflict")
    except InputError:
        return redirect("import", pk=pk)
    more = {"done": done.turn} if verdict else {}
    return redirect(f"{listing.url('import-review', upload, more=more)}#{target(listing, row.position, verdict)}")


@require_POST
def decide_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept all sure readings, or accept or skip those that a page showed."""
    upload = store.upload_for(request.user, pk)
    rows, verdict = bulk(request, upload)
    try:
        done = services.decide_all(upload, rows, verdict=verdict, by=request.user)
    except InputError:
        return redirect("import", pk=pk)
    return redirect(Listing.of(request.GET).url("import-review", upload, more={"done": done.turn}) + "#done")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was just decided."""
    upload = store.upload_for(request.user, pk)
    try:
        services.undo(upload, turn=number(request.POST, "turn"), by=request.user)
    except InputError:
        return redirect("import", pk=pk)
    return redirect(Listing.of(request.GET).url("import-review", upload))


@require_form
def correct(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """One reading as a form, beside its source words."""
    upload = _in_review(request, pk)
    if isinstance(upload, HttpResponse):
        return upload
    listing, row = Listing.of(request.GET), store.proposal_for(upload, position)
    if request.method != "POST":
        return render(request, "intake/correct.html", correction_page(upload, row, listing))
    try:
        done = corrections.correct(row, request.POST, seen=number(request.POST, "seen"), by=request.user)
    except corrections.Refused as refused:
        return render(request, "intake/correct.html", correction_page(upload, refused.proposal, listing, refused))
    except InputError:
        return redirect("import", pk=pk)
    back = listing.url("import-review", upload, more={"done": done.turn})
    return redirect(f"{back}#{target(listing, position, Verdict.CORRECTED)}")


@require_form
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """What the edition will hold; and making it."""
    upload = _in_review(request, pk)
    if isinstance(upload, HttpResponse):
        return upload
    if request.method != "POST":
        return render(request, "intake/summary.html", summary_page(upload))
    given = {name: request.POST.get(name, "") for name in ("title", "edition")}
    try:
        finishing.finish(upload, **given, by=request.user)
    except finishing.PlanChanged:
        return redirect("import", pk=pk)
    except InputError as error:
        return render(request, "intake/summary.html", summary_page(upload, given, error))
    return redirect("import", pk=pk)


@require_form
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw an unfinished import away, after asking."""
    upload = store.upload_for(request.user, pk)
    if upload.state is State.FINISHED:
        return redirect("import", pk=pk)
    if request.method != "POST":
        return render(request, "intake/discard.html", import_page(upload))
    services.discard(upload, by=request.user)
    return redirect(f"{reverse('imports')}?discarded=1")
