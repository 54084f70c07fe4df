"""The list of measures: filtered, sorted, under headings, a page at a time; the address holds the whole question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator

from trigpoint.web.config.wording import count_of
from trigpoint.web.dashboards.figures import Figures, figures_of
from trigpoint.web.dashboards.listing import Entry, find, in_order, in_sections, rows_under, sections_of
from trigpoint.web.dashboards.presenters.lines import HEADERS, csv_rows, groups_of
from trigpoint.web.dashboards.presenters.looks import RATINGS, legend
from trigpoint.web.forms.measures import MeasuresForm
from trigpoint.web.register.presenters.paging import page_links
from trigpoint.web.register.reading import Reading
from trigpoint.wording import plural

PAGE_SIZE = 50
MOST_PROBLEMS = 100


def form_for(reading: Reading, data: Any) -> MeasuresForm:
    """The filters with the choices of this plan, and what was asked."""
    return MeasuresForm(data, figures_of(reading).choices)


def _found(figures: Figures, form: MeasuresForm) -> tuple[Entry, ...]:
    return in_order(find(figures.entries_in(form.place_asked()), form.wanted()), form.order())


def measures_page(reading: Reading, form: MeasuresForm, page_number: str) -> dict[str, Any]:
    """What the list shows; an invalid form finds nothing and says why."""
    figures = figures_of(reading)
    common = {
        "form": form,
        "total": len(figures.entries),
        "problems": figures.problems[:MOST_PROBLEMS],
        "more_problems": max(0, len(figures.problems) - MOST_PROBLEMS),
        "committees": figures.choices.committees,
        "icons": legend(),
        "ratings": tuple(RATINGS.values()),
        "question": form.question(),
    }
    if not form.is_valid():
        return common | {"groups": (), "page": None, "page_words": ""}
    found = _found(figures, form)
    page = Paginator(rows_under(in_sections(found, form.sections())), PAGE_SIZE).get_page(page_number)
    asked = form.question()
    pages = page.paginator.num_pages
    return common | {
        "groups": groups_of(reading, sections_of(page.object_list)),
        "count": count_of(len(found), "measure"),
        "headline": headline(found),
        "illustrative": any(entry.illustrative for entry in found),
        "page": page,
        "page_words": f" (page {page.number} of {pages})" if pages > 1 else "",
        "pagination": page_links(
            page, lambda number: reading.url("measures", query=asked | {"page": number if number > 1 else ""})
        ),
        "csv": reading.url("measures-csv", query=asked),
    }


def headline(found: Sequence[Entry]) -> str:
    """How many meet and miss their target, in one sentence."""
    judged = [entry for entry in found if entry.met or entry.missed]
    if not judged:
        return ""
    missed = sum(entry.missed for entry in judged)
    met, when = len(judged) - missed, "with a target for the latest period"
    if len(judged) == 1:
        return f"The one measure {when} {'meets' if met else 'misses'} it."
    if not met or not missed:
        both = len(judged) == 2
        which = ("Neither of 2" if both else f"None of {len(judged):,}") if missed else f"All {len(judged):,}"
        return f"{'Both' if both and met else which} measures {when} {'meets' if missed else 'meet'} it."
    said = f"{met:,} {plural(met, 'meets', 'meet')} it and {missed:,} {plural(missed, 'misses', 'miss')} it"
    return f"Of {len(judged):,} measures {when}, {said}."


def all_measures(reading: Reading, form: MeasuresForm) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headers and rows of the download; an invalid form gives no rows."""
    return HEADERS, csv_rows(_found(figures_of(reading), form)) if form.is_valid() else []
