"""Reading a request for the activity model, and nothing more: what a page shows is made by its presenter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trigpoint.errors import InputError
from trigpoint.web.activity import services
from trigpoint.web.activity.desk import Desk, open_desk
from trigpoint.web.activity.presenters import downloads
from trigpoint.web.activity.presenters.assumptions import assumptions_page
from trigpoint.web.activity.presenters.comparison import compare_page, scenarios_page
from trigpoint.web.activity.presenters.editor import Trial, editor_page, numbers_of, results_of, trial_of
from trigpoint.web.activity.presenters.monitor import monitor_page
from trigpoint.web.activity.presenters.outturns import back_test_page, outturn_page
from trigpoint.web.activity.presenters.overview import overview_page
from trigpoint.web.activity.presenters.pictures import picture_of
from trigpoint.web.activity.presenters.pod import months_csv, pod_page
from trigpoint.web.activity.presenters.schemes import scheme_page, schemes_page
from trigpoint.web.activity.sent_templates import PAGES
from trigpoint.web.config.responses import EXCEL, WORD, attachment, found, picture_response
from trigpoint.web.proposals.pages import decision_page, send_page
from trigpoint.web.register.model_pages import model_page
from trigpoint.web.register.tables import csv_response

Made = Callable[[], dict[str, Any]]
# The one page whose script asks the server for something says so; on all others no script may.
asking = csp_update({"connect-src": ["'self'"]})

_page = partial(model_page, folder="activity")


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every point of delivery with its trajectory, and the years in a table."""
    desk = open_desk(request, pk)
    return _page(request, desk, "overview", lambda: overview_page(desk), section="activity")


@require_safe
def pod(request: HttpRequest, pk: int, pod: str) -> HttpResponse:
    """One point of delivery."""
    desk, asked = open_desk(request, pk), request.GET
    made = lambda: pod_page(desk, pod, asked.get("provider", ""), asked.get("year", ""))  # noqa: E731
    return _page(request, desk, "pod", made, section="activity", current="true")


@require_safe
def pod_csv(request: HttpRequest, pk: int, pod: str) -> HttpResponse:
    """Its months as a download."""
    headers, rows = found(lambda: months_csv(open_desk(request, pk), pod, request.GET.get("provider", "")))
    return csv_response(f"{slugify(pod) or 'activity'}-months.csv", headers, rows)


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture as SVG."""
    return found(lambda: picture_response(picture_of(open_desk(request, pk), request.GET)))


@require_safe
def schemes(request: HttpRequest, pk: int) -> HttpResponse:
    """The league table of the schemes."""
    desk = open_desk(request, pk)
    return _page(request, desk, "schemes", lambda: schemes_page(desk, request.GET.get("year", "")))


@require_safe
def scheme(request: HttpRequest, pk: int, sid: str) -> HttpResponse:
    """One scheme."""
    desk = open_desk(request, pk)
    return _page(request, desk, "scheme", lambda: scheme_page(desk, sid), section="activity-schemes", current="true")


@asking
@require_http_methods(["GET", "HEAD", "POST"])
def editor(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the assumptions, see what comes of it, save it as a scenario."""
    desk = open_desk(request, pk)
    if desk.model.book is None or request.method != "POST":
        return _page(request, desk, "editor", lambda: editor_page(desk, trial_of(desk)))
    trial = trial_of(desk, request.POST)
    mistakes = _save(request, desk, trial) if request.POST.get("action") == "save" else {}
    if isinstance(mistakes, str):
        return redirect(f"{desk.reading.url('activity-scenarios')}#scenario-{mistakes}")
    return _page(request, desk, "editor", lambda: editor_page(desk, trial, mistakes))


def _save(request: HttpRequest, desk: Desk, trial: Trial) -> dict[str, str] | str:
    """Save what was entered; the key of the scenario, or what is in the way."""
    if not desk.may_save:
        raise PermissionDenied
    if trial.levers.errors:
        return {}
    key = services.key_of(trial.name)
    own = key == desk.scenario.id
    if not own and key in desk.model.scenarios and key not in desk.model.saved:
        name = desk.model.scenarios[key].name
        return {"name": f"a scenario called “{name}” is here already, from the workspace: give this one another name"}
    try:
        # Under another name it is a scenario of its own: the version that was opened says nothing about that.
        seen = trial.seen if own else 0
        saved = services.save_scenario(desk.edition, trial.named, by=request.user, seen=seen)
    except InputError as error:
        return {"name": str(error)}
    return str(saved.key)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What comes of the assumptions as they were moved, for the script of the editor."""
    desk = open_desk(request, pk)
    if desk.model.book is None:
        raise Http404
    try:
        trial = trial_of(desk, request.POST)
        shown = results_of(desk, trial)
        drawn = render_to_string("activity/results.html", shown, request)
        told = {"html": drawn, "said": shown["said"], "totals": numbers_of(desk, trial)}
    except InputError as error:
        return JsonResponse({"refused": str(error)})
    changed = [field.id for lever in trial.levers for field in lever.fields if field.changed]
    return JsonResponse(told | {"errors": trial.levers.mistakes, "changed": changed})


@require_safe
def scenarios(request: HttpRequest, pk: int) -> HttpResponse:
    """The scenarios there are."""
    desk = open_desk(request, pk)
    return _page(request, desk, "scenarios", lambda: scenarios_page(desk))


@require_POST
def withdraw(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take a scenario that was made here off the list."""
    desk = open_desk(request, pk)
    if not desk.may_save:
        raise PermissionDenied
    found(lambda: services.withdraw_scenario(desk.edition, key, by=request.user))
    return redirect(desk.reading.url("activity-scenarios"))


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two or more scenarios side by side."""
    desk = open_desk(request, pk)
    made = lambda: compare_page(desk, request.GET.getlist("with"))  # noqa: E731
    return _page(request, desk, "compare", made, section="activity-scenarios", current="true")


@require_safe
def outturn(request: HttpRequest, pk: int) -> HttpResponse:
    """The forecast outturn of the base year."""
    desk, asked = open_desk(request, pk), request.GET
    return _page(request, desk, "outturn", lambda: outturn_page(desk, asked.get("pod", ""), asked.get("provider", "")))


@require_safe
def back_test(request: HttpRequest, pk: int) -> HttpResponse:
    """How the forecasts would have done in years that are over."""
    desk = open_desk(request, pk)
    asked = [request.GET.get(name, "") for name in ("pod", "month", "year")]
    return _page(request, desk, "back-test", lambda: back_test_page(desk, *asked))


@require_safe
def monitor(request: HttpRequest, pk: int) -> HttpResponse:
    """The months that came beside what the model said."""
    desk = open_desk(request, pk)
    return _page(request, desk, "monitor", lambda: monitor_page(desk))


@require_safe
def assumptions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every assumption with its source."""
    desk = open_desk(request, pk)
    return _page(request, desk, "assumptions", lambda: assumptions_page(desk))


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
    return attachment(downloads.template_of(open_desk(request, pk)), "activity-template.xlsx", EXCEL)


@require_safe
def national_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The Excel return."""
    return attachment(found(lambda: downloads.return_of(open_desk(request, pk))), "activity-return.xlsx", EXCEL)


@require_safe
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word section."""
    return attachment(found(lambda: downloads.section_of(open_desk(request, pk))), "activity-section.docx", WORD)
