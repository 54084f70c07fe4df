"""The results of a search, a page at a time; the address holds the whole question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from trigpoint.plans.model import leads_of
from trigpoint.web.config.wording import count_of
from trigpoint.web.forms.search import SearchForm
from trigpoint.web.register import search
from trigpoint.web.register.presenters.commitments import Commitment, commitment
from trigpoint.web.register.presenters.paging import page_links
from trigpoint.web.register.presenters.people import lead_names
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.search import Hit, Order

PAGE_SIZE = 50
COLUMNS = ((Order.DUE, "Due"), (Order.TEXT, "Commitment"), (Order.OBJECTIVE, "Objective"), (Order.STATE, "State"))


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One commitment in the table of results."""

    item: Commitment
    objective: str
    href: str
    leads: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that sorts: ``sorted`` is the value of aria-sort."""

    text: str
    href: str
    sorted: str


def _line(reading: Reading, hit: Hit) -> ResultLine:
    row = hit.objective
    item = commitment(hit.item, hit.state, reading.plan, reading.at)
    leads = "; ".join(lead_names(leads_of(hit.item, row)))
    if row is None:
        return ResultLine(item, "", "", leads)
    return ResultLine(item, row.heading, reading.url("objective", oid=row.id), leads)


def _headings(reading: Reading, question: dict[str, str], order: Order, down: bool) -> tuple[Heading, ...]:
    headings = []
    for column, text in COLUMNS:
        active = column is order
        turned = {"sort": column.value, "down": "1" if active and not down else ""}
        href = reading.url("search", query=question | turned)
        headings.append(Heading(text, href, ("descending" if down else "ascending") if active else "none"))
    return tuple(headings)


def _pagination(reading: Reading, question: dict[str, str], page: Page) -> dict[str, Any] | None:
    return page_links(
        page, lambda number: reading.url("search", query=question | {"page": number if number > 1 else ""})
    )


def results(reading: Reading, form: SearchForm, page_number: str) -> dict[str, Any]:
    """What the search page shows; an invalid form finds nothing and says why."""
    if not form.is_valid():
        return {"form": form, "count": "", "lines": (), "page": None, "page_words": ""}
    given = {name: value for name in form.fields if (value := form.data.get(name))}
    question = {name: str(value) for name, value in given.items() if name not in {"sort", "down"}}
    order, down = form.order(), form.cleaned_data["down"]
    hits = search.in_order(search.find(reading.plan, reading.states, form.wanted()), order, descending=down)
    page = Paginator(hits, PAGE_SIZE).get_page(page_number)
    sorting = {"sort": form.data.get("sort", ""), "down": "1" if down else ""}
    return {
        "form": form,
        "filtered": bool(question),
        "count": count_of(len(hits), "commitment"),
        "lines": tuple(_line(reading, hit) for hit in page),
        "headings": _headings(reading, question, order, down),
        "page": page,
        "page_words": f" (page {page.number} of {page.paginator.num_pages})" if page.paginator.num_pages > 1 else "",
        "has_leads": bool(search.leads(reading.plan)),
        "pagination": _pagination(reading, question | sorting, page),
        "csv": reading.url("search-csv", query=question | sorting),
    }


def all_results(reading: Reading, form: SearchForm) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headers and rows of the download; an invalid form gives no rows."""
    headers = (
        "Id", "Kind", "Commitment", "Due", "Date from", "As printed", "Place", "State", "Reported", "Illustrative",
        "Objective", "Leads",
    )  # fmt: skip
    if not form.is_valid():
        return headers, []
    found = search.find(reading.plan, reading.states, form.wanted())
    rows = []
    for hit in search.in_order(found, form.order(), descending=form.cleaned_data["down"]):
        line = _line(reading, hit)
        day = hit.state.deadline.day
        source = hit.state.deadline.kind.value if day else ""
        reported = hit.state.declared.value if hit.state.declared else ""
        rows.append(
            (line.item.id, line.item.kind, line.item.text, day.isoformat() if day else "", source, line.item.phrase,
             line.item.place, line.item.state.label, reported, "yes" if line.item.illustrative else "",
             line.objective, line.leads)
        )  # fmt: skip
    return headers, rows
