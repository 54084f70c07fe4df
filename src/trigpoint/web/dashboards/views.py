"""Reading a request for measures, and nothing more: what a page shows is made by its presenter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from trigpoint.web.config.responses import picture_response
from trigpoint.web.dashboards.figures import figures_of
from trigpoint.web.dashboards.presenters.committees import committee_drawn, committees_page
from trigpoint.web.dashboards.presenters.coverage import coverage_page, coverage_rows
from trigpoint.web.dashboards.presenters.coverage import form_for as coverage_form
from trigpoint.web.dashboards.presenters.download import figures_of_measure
from trigpoint.web.dashboards.presenters.measure import chosen_of, page_of
from trigpoint.web.dashboards.presenters.measures import all_measures, form_for, measures_page
from trigpoint.web.dashboards.presenters.pictures import available, find_picture, picture_of
from trigpoint.web.register.reading import open_reading
from trigpoint.web.register.tables import csv_response


@require_safe
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    """Every measure with its latest figure, target, icons and sentence."""
    reading = open_reading(request, pk)
    shown = measures_page(reading, form_for(reading, request.GET), request.GET.get("page", "1"))
    return render(request, "dashboards/measures.html", reading.context("measures") | shown)


@require_safe
def measures_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same list as a download."""
    reading = open_reading(request, pk)
    headers, rows = all_measures(reading, form_for(reading, request.GET))
    return csv_response("measures.csv", headers, rows)


@require_safe
def committees(request: HttpRequest, pk: int) -> HttpResponse:
    """All measures of one committee in one picture and one table."""
    reading = open_reading(request, pk)
    shown = committees_page(reading, request.GET.get("committee", ""))
    return render(request, "dashboards/committees.html", reading.context("measures", current="true") | shown)


@require_safe
def committee_image(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a committee's measures as SVG."""
    return picture_response(committee_drawn(open_reading(request, pk), request.GET.get("committee", "")))


@require_safe
def measure(request: HttpRequest, pk: int, mid: str) -> HttpResponse:
    """One measure, in the place and group that the address names."""
    reading = open_reading(request, pk)
    template, shown = page_of(reading, mid, request.GET.get("place", ""), request.GET.get("group", ""))
    return render(request, template, reading.context("measures", current="true") | shown)


@require_safe
def picture(request: HttpRequest, pk: int, mid: str) -> HttpResponse:
    """One picture of a measure as SVG."""
    reading = open_reading(request, pk)
    figures = figures_of(reading)
    indicator = figures.indicator(mid)
    chosen = chosen_of(figures, indicator, request.GET.get("place", ""), request.GET.get("group", ""))
    wanted = find_picture(available(indicator, chosen), request.GET.get("kind", ""))
    return picture_response(picture_of(reading, chosen, wanted))


@require_safe
def figures_csv(request: HttpRequest, pk: int, mid: str) -> HttpResponse:
    """The figures of a measure as a download."""
    title, headers, rows = figures_of_measure(open_reading(request, pk), mid)
    return csv_response(f"{slugify(title) or 'figures'}.csv", headers, rows)


@require_safe
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """What of a planning round the plan answers."""
    reading = open_reading(request, pk)
    shown = coverage_page(reading, coverage_form(reading, request.GET))
    return render(request, "dashboards/coverage.html", reading.context("coverage") | shown)


@require_safe
def coverage_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a download."""
    reading = open_reading(request, pk)
    headers, rows = coverage_rows(reading, coverage_form(reading, request.GET))
    return csv_response("coverage.csv", headers, rows)
