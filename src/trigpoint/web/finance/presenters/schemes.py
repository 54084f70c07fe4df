"""Schemes: the board by stage and rating, and all there is of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.errors import InputError
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.finance.words import NOTHING, gbp_words
from trigpoint.reports.blocks import Table
from trigpoint.reports.finance.scheme_tables import scheme_sums_table
from trigpoint.reports.finance.words import whole_share
from trigpoint.web.activity.desk import model_of as activity_model
from trigpoint.web.config.wording import count_of, day
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.presenters.pictures import chart_of, scheme_of
from trigpoint.web.finance.presenters.position import WHOLE_POUNDS
from trigpoint.web.finance.results import schemes_of
from trigpoint.web.register.presenters.looks import Look
from trigpoint.wording import capital

RATINGS = {
    "red": Look("overdue", "Red", "warning"),
    "amber": Look("at-risk", "Amber", "half"),
    "green": Look("complete", "Green", "tick"),
    "": Look("undated", "Not rated", "dashes"),
}
GATE_LOOKS = {True: Look("complete", "Passed", "tick"), False: Look("undated", "Not passed", "dashes")}
UNRATED = "none"
NO_GROUP = "none"


@dataclass(frozen=True, slots=True)
class SchemeCard:
    """One scheme on the board."""

    name: str
    href: str
    part_of: str
    lead: str
    group: str
    part_year: str
    forecast: str
    delivered: str
    probability: str
    declared: Look
    computed: Look
    differs: bool
    reason: str
    lacking: tuple[str, ...]
    illustrative: bool
    identified: bool


def look_of(rating: str) -> Look:
    """How a rating is marked; one that is none of the three as it was written."""
    return RATINGS.get(rating.strip().lower()) or Look("undated", capital(rating), "dashes")


def schemes_page(desk: Desk, stage: str, rag: str, group: str) -> dict[str, Any]:
    """The board of a year: a column of cards for each stage, those that are asked for."""
    book = schemes_of(desk)
    asked = [each for each in book.schemes if _wanted(each, stage, rag, group)]
    stages = [name for name, _, _ in book.by_stage] or list(dict.fromkeys(each.scheme.stage for each in book.schemes))
    board = [(capital(name), [each for each in asked if each.scheme.stage == name]) for name in stages]
    return {
        "headline": headline(book),
        "sums": scheme_sums_table(book),
        "board": [(name, summed(found), [card(desk, each) for each in found]) for name, found in board if found],
        "count": _count(asked, book),
        "filters": _filters(book, stage, rag, group),
        "chart": chart_of(desk, "From full-year effect to forecast", "schemes") if book.schemes else None,
        "years": desk.years("finance-schemes"),
        "remarks": book.remarks,
        "illustrative": book.illustrative,
    }


def _wanted(each: SchemeYear, stage: str, rag: str, group: str) -> bool:
    rated, of_group = (each.rag or each.scheme.rag).lower(), each.scheme.group.value if each.scheme.group else ""
    return stage in ("", each.scheme.stage) and rag in ("", rated or UNRATED) and group in ("", of_group or NO_GROUP)


def _filters(book: SchemeBook, stage: str, rag: str, group: str) -> list[dict[str, Any]]:
    """What the board can be narrowed to, of what the year has."""
    stages = dict.fromkeys(each.scheme.stage for each in book.schemes)
    rated = dict.fromkeys((each.rag or each.scheme.rag).lower() for each in book.schemes)
    groups = dict.fromkeys(each.scheme.group.value if each.scheme.group else "" for each in book.schemes)
    return [
        choice("stage", "Stage", {name: capital(name) for name in stages}, stage),
        choice("rag", "Rating", {name or UNRATED: look_of(name).label for name in sorted(rated)}, rag),
        choice("group", "Group", {name or NO_GROUP: capital(name) or "No group" for name in sorted(groups)}, group),
    ]


def choice(name: str, label: str, values: dict[str, str], chosen: str) -> dict[str, Any]:
    """A field to narrow a page by: its values with their words, all of them first."""
    options = [{"value": "", "name": "All", "chosen": not chosen}]
    options += [{"value": value, "name": text, "chosen": value == chosen} for value, text in values.items()]
    return {"name": name, "label": label, "options": options}


def _count(asked: Sequence[SchemeYear], book: SchemeBook) -> str:
    if len(asked) == len(book.schemes):
        return count_of(len(asked), "scheme")
    return f"{len(asked):,} of {count_of(len(book.schemes), 'scheme')}"


def headline(book: SchemeBook) -> str:
    """What the schemes come to, in one sentence."""
    if not book.schemes:
        return f"No scheme takes effect in {book.year}."
    said = (
        f"{count_of(len(book.schemes), 'scheme')} with {gbp_words(book.full_year_gbp)} in a full year: "
        f"{gbp_words(book.part_year_gbp)} planned for {book.year}, {gbp_words(book.risk_adjusted_gbp)} weighted by "
        f"probability, {gbp_words(book.forecast_gbp)} forecast"
    )
    return f"{said}, against a target of {gbp_words(book.target_gbp)}." if book.target_gbp is not None else f"{said}."


def summed(found: Sequence[SchemeYear]) -> str:
    """How many schemes stand in a column, and what they are to save this year."""
    total = sum((each.part_year_gbp for each in found), start=found[0].part_year_gbp * 0)
    return f"{count_of(len(found), 'scheme')}, {gbp_words(total)} this year"


def card(desk: Desk, each: SchemeYear) -> SchemeCard:
    """A scheme as the board shows it."""
    scheme = each.scheme
    declared, computed = look_of(scheme.rag), look_of(each.rag)
    return SchemeCard(
        name=scheme.stated.name or scheme.id,
        href=desk.url("finance-scheme", sid=scheme.id),
        part_of=scheme.part_of,
        lead=scheme.lead,
        group=capital(scheme.group.value) if scheme.group else "",
        part_year=gbp_words(each.part_year_gbp),
        forecast=gbp_words(each.forecast_gbp),
        delivered=whole_share(each.delivery_ratio),
        probability=whole_share(scheme.probability),
        declared=declared,
        computed=computed,
        differs=bool(scheme.rag and each.rag) and declared != computed,
        reason=each.rag_reason,
        lacking=tuple(gate.sentence or f"{gate.name or gate.gate}: not passed" for gate in lacking_of(each)),
        illustrative=scheme.stated.illustrative,
        identified=scheme.identified,
    )


def lacking_of(each: SchemeYear) -> list[Any]:
    """The gates that the scheme's stage asks for and that it has not passed."""
    return [gate for gate in each.gates if not gate.passed]


def scheme_page(desk: Desk, sid: str) -> dict[str, Any]:
    """One scheme: what it is to save and when, what it has saved, its gates, what it rests on."""
    found = scheme_of(desk, sid)
    return {
        "scheme": found.scheme,
        "name": found.scheme.stated.name or found.scheme.id,
        "card": card(desk, found),
        "amounts": amounts_of(found),
        "facts": facts_of(found),
        "gates": found.gates,
        "gate_looks": GATE_LOOKS,
        "chart": chart_of(desk, "Month by month", "scheme", sid) if found.months else None,
        "months": months_table(found),
        "links": links_of(desk, found),
        "forecast_reason": found.forecast_reason,
        "years": _years_of(desk, sid),
        "illustrative": found.scheme.stated.illustrative,
    }


def _years_of(desk: Desk, sid: str) -> list[dict[str, Any]]:
    """The years in which the scheme is there, as links; none where it is in one alone."""
    from trigpoint.finance.schemes.scheme_book import scheme_book
    from trigpoint.web.finance.results import kept

    def has(label: str) -> bool:
        year = next(each for each in desk.book.settings.years if each.label == label)
        book = kept(desk, lambda: scheme_book(desk.book, year), "schemes", label)
        return any(each.scheme.id == sid for each in book.schemes)

    shown = [each for each in desk.years("finance-scheme", sid=sid) if has(each["text"])]
    return shown if len(shown) > 1 else []


def amounts_of(found: SchemeYear) -> list[tuple[str, str]]:
    """The sums of the scheme's year."""
    form = WHOLE_POUNDS
    told = [
        ("In a full year", form.words(found.scheme.full_year_effect_gbp)),
        (f"In {found.year}, gross", form.words(found.part_year_gbp)),
        ("Net of its investment", form.words(found.net_gbp)),
        ("Weighted by its probability", form.words(found.risk_adjusted_gbp)),
        ("Planned to date", form.words(found.plan_to_date_gbp)),
        ("Saved to date", form.words(found.actual_to_date_gbp)),
        ("Of the plan to date", whole_share(found.delivery_ratio)),
        ("Forecast", form.words(found.forecast_gbp)),
        ("Still to come next year (tail)", form.words(found.tail_gbp)),
        ("Rate at the end of the year", form.words(found.exit_gbp)),
    ]
    if found.counted_gbp != found.part_year_gbp:
        told.insert(3, ("Counted once double counting is taken out", form.words(found.counted_gbp)))
    return [(label, text) for label, text in told if text != NOTHING]


def facts_of(found: SchemeYear) -> list[tuple[str, str]]:
    """All that the files say of a scheme, without what they leave out."""
    scheme, stated = found.scheme, found.scheme.stated
    facts = [
        ("Stage", capital(scheme.stage)),
        ("Starts", scheme.start.label),
        ("Recurrent or not", scheme.recurrence.value),
        ("Probability of delivery", whole_share(scheme.probability)),
        ("Investment in a full year", gbp_words(scheme.investment_gbp) if scheme.investment_gbp else ""),
        ("Releases cash", "yes" if scheme.cash_releasing else "no"),
        ("Identified", "" if scheme.identified else "no: a balance without a scheme yet"),
        ("Commissioning group", capital(scheme.group.value) if scheme.group else ""),
        ("Shares its money with", scheme.double_count),
        ("Lead", scheme.lead),
        ("Part of", scheme.part_of),
        ("Source", stated.source),
        ("Author", stated.author),
        ("Dated", day(stated.on)),
        ("Note", stated.note),
        ("Written in", f"{stated.file}{f', row {stated.row}' if stated.row else ''}"),
    ]
    return [(label, text) for label, text in facts if text]


def months_table(found: SchemeYear) -> Table:
    """The months of the scheme: planned, saved, forecast."""
    rows = tuple(
        (month.label, *map(WHOLE_POUNDS.words, row))
        for month, row in zip(found.year.months, found.months, strict=False)
    )
    return Table(f"The months of {found.year}", ("Month", "Planned", "Saved", "Forecast"), rows)


def links_of(desk: Desk, found: SchemeYear) -> list[dict[str, str]]:
    """What the scheme names elsewhere: interventions, deliverable, measure, contract; what is not there is said so."""
    scheme = found.scheme
    links = [_intervention(desk, key) for key in scheme.activity]
    plan = desk.reading.plan
    items = {each.id: each for each in (*plan.deliverables, *plan.milestones)}
    if scheme.deliverable in items:
        item = items[scheme.deliverable]
        href = f"{desk.reading.url('objective', oid=item.objective)}#i-{item.id}"
        links.append(_link("Deliverable", item.text, href))
    elif scheme.deliverable:
        links.append(_missing("Deliverable", scheme.deliverable, "plan"))
    measures = {each.id: each.title for each in plan.indicators}
    if scheme.measure in measures:
        links.append(_link("Measure", measures[scheme.measure], desk.reading.url("measure", mid=scheme.measure)))
    elif scheme.measure:
        links.append(_link("Measure", scheme.measure, ""))
    contracts = {each.id: each.stated.name or each.id for each in desk.book.contracts}
    if scheme.contract in contracts:
        href = desk.url("finance-contract", cid=scheme.contract)
        links.append(_link("Contract", contracts[scheme.contract], href))
    elif scheme.contract:
        links.append(_missing("Contract", scheme.contract, "finance book"))
    return links


def _intervention(desk: Desk, key: str) -> dict[str, str]:
    try:
        book = activity_model(desk.edition).book
    except InputError:
        book = None
    for each in book.schemes if book else ():
        if each.id == key:
            return _link("Intervention of the activity model", each.name, desk.reading.url("activity-scheme", sid=key))
    return _missing("Intervention of the activity model", key, "activity model")


def _link(label: str, text: str, href: str) -> dict[str, str]:
    return {"label": label, "text": text, "href": href}


def _missing(label: str, key: str, where: str) -> dict[str, str]:
    return _link(label, f"“{key}”, which the {where} does not have", "")
