"""Every assumption with its source, and the way in for a filled template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from trigpoint.activity.assumptions.growth import Growth
from trigpoint.activity.assumptions.scheme import Scheme
from trigpoint.activity.book.book import ActivityBook
from trigpoint.reports.activity.assumptions import where_words
from trigpoint.reports.activity.words import between, ramp_words
from trigpoint.reports.activity.words import number as shown
from trigpoint.tabular.stated import Stated
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.presenters.amounts import amount_words, interval_words, percent
from trigpoint.web.config.wording import day


@dataclass(frozen=True, slots=True)
class AssumptionLine:
    """One assumption as the table shows it."""

    name: str
    href: str
    what: str
    where: str
    value: str
    interval: str
    more: str
    stated: Stated
    on: str


def assumptions_page(desk: Desk) -> dict[str, Any]:
    """All that the model takes for granted, in groups."""
    book = desk.book
    groups = (
        ("Growth", [_growth(book, each) for each in book.growth]),
        ("Schemes", [_scheme(desk, each) for each in book.schemes]),
        ("Outturns that are given", [_total(desk, book, each) for each in book.totals]),
        ("Capacity, beds and prices", list(_others(desk, book))),
    )
    return {
        "groups": [{"heading": heading, "lines": lines} for heading, lines in groups if lines],
        "settings": _settings(book),
        "notes": _count_notes(desk, book),
        "problems": desk.model.problems,
        "invented": book.illustrative or any(line.stated.illustrative for _, lines in groups for line in lines),
    }


def _growth(book: ActivityBook, each: Growth) -> AssumptionLine:
    years = ", ".join(year.label for year in each.years)
    more = "; ".join(part for part in (years, "" if each.ramp.start is None else ramp_words(each.ramp)) if part)
    return _line(each.name, "", f"Growth: {each.kind.value}", where_words(book, each.where), amount_words(each),
                 interval_words(each), more, each.stated)  # fmt: skip


def _scheme(desk: Desk, each: Scheme) -> AssumptionLine:
    more = [ramp_words(each.ramp)] if each.ramp.start else []
    more += [f"cohort {percent(each.cohort, 0)}"] if each.cohort != 1 else []
    more += [f"probability {percent(each.delivery, 0)}"] if each.delivery != 1 else []
    more += [f"to {each.shift.pod} × {each.shift.ratio:g}"] if each.shift else []
    where, href = where_words(desk.book, each.where), desk.url("activity-scheme", sid=each.id)
    amount, interval = amount_words(each), interval_words(each)
    what = f"Scheme: {each.effect.value}"
    return _line(each.name, href, what, where, amount, interval, "; ".join(more), each.stated)


def _total(desk: Desk, book: ActivityBook, each: Any) -> AssumptionLine:
    amount = each.outturn
    interval = between(amount.low, amount.high) if amount.low is not None and amount.high is not None else ""
    name = f"{desk.model.pods.get(each.pod, each.pod)}, {book.settings.base_year}"
    return _line(name, "", "Outturn", desk.provider(each.provider), shown(amount.value), interval, "", each.stated)


def _others(desk: Desk, book: ActivityBook) -> Iterable[AssumptionLine]:
    for each in book.capacity:
        span = " to ".join(month.label for month in (each.first, each.last) if month)
        yield _line(_pod(desk, each), "", "Capacity", _where(desk, each), f"{shown(each.a_month)} a month", "", span,
                    each.stated)  # fmt: skip
    for stay in book.stays:
        more = f"beds at {percent(stay.occupancy, 0)} occupancy"
        yield _line(_pod(desk, stay), "", "Stay", _where(desk, stay), f"{shown(stay.days, 2)} days", "", more,
                    stay.stated)  # fmt: skip
    for price in book.prices:
        more = price.year.label if price.year else ""
        yield _line(_pod(desk, price), "", "Price", _where(desk, price), f"£{shown(price.gbp, 2)}", "", more,
                    price.stated)  # fmt: skip


def _pod(desk: Desk, each: Any) -> str:
    return desk.model.pods.get(each.pod, each.pod) if each.pod else "Every point of delivery"


def _where(desk: Desk, each: Any) -> str:
    return desk.provider(each.provider)


def _line(name: str, href: str, what: str, where: str, value: str, interval: str, more: str, stated: Stated):
    return AssumptionLine(name, href, what, where, value, interval or "–", more, stated, day(stated.on))


def _settings(book: ActivityBook) -> list[tuple[str, str]]:
    one = book.settings
    known = "as many as every series has" if one.months_known is None else f"{one.months_known} of 12"
    return [
        ("Base year", one.base_year.label),
        ("Plan years", ", ".join(year.label for year in one.years)),
        ("Months known of the base year", known),
        ("Forecast outturn by", one.method.value),
        ("Draws and seed", f"{one.draws:,}; {one.seed}"),
        ("Pooled records", f"{book.cells.height:,} cells" if book.cells is not None else "none"),
    ]


def _count_notes(desk: Desk, book: ActivityBook) -> list[str]:
    found = [
        f"{_pod(desk, each)}, {desk.provider(each.provider)}: {each.first.label} to {each.last.label}"
        f"{', ' + each.source if each.source else ''}{' (illustrative)' if each.illustrative else ''}"
        for each in book.count_notes
    ]
    return list(dict.fromkeys(found))
