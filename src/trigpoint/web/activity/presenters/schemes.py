"""Schemes: what each changes, beside what it was said to change, where it comes from and what must come first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.results.run import ActivityRun, SchemeResult
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear
from trigpoint.reports.activity.assumptions import where_words
from trigpoint.reports.activity.words import between, ramp_words, signed
from trigpoint.reports.activity.words import number as shown
from trigpoint.web.activity.desk import Desk, model_of
from trigpoint.web.activity.presenters.amounts import amount_words, interval_words, percent
from trigpoint.web.activity.presenters.overview import is_illustrative, scenario_choices
from trigpoint.web.activity.presenters.pictures import chart_of, year_of
from trigpoint.web.activity.runs import run_of
from trigpoint.web.activity.store import has_activity
from trigpoint.web.config.wording import day
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.resting import Resting


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """What one scheme changes in one point of delivery and year."""

    name: str
    href: str
    pod: str
    year: str
    mean: str
    likely: str
    delivered: str
    stated: str
    overlap: str
    part_of: str
    illustrative: bool


def schemes_page(desk: Desk, year: str) -> dict[str, Any]:
    """The league table of a year: the schemes that change most first."""
    run, chosen = run_of(desk), year_of(desk, year)
    lines = scheme_lines(desk, run, chosen)
    try:
        chart = chart_of(desk, f"What the schemes change in {chosen}", "schemes", year=chosen.label) if lines else None
    except InputError:
        chart = None
    return {
        "lines": lines,
        "chart": chart,
        "year": chosen.label,
        "years": [{"value": each.label, "chosen": each == chosen} for each in run.years],
        "scenarios": scenario_choices(desk),
        "illustrative": any(line.illustrative for line in lines) or is_illustrative(run),
        "idle": [each.name for each in run.book.schemes if each.id not in {one.id for one in run.schemes}],
    }


def scheme_lines(desk: Desk, run: ActivityRun, year: FinancialYear, pod: str = "") -> list[SchemeLine]:
    """The results of a year, of one point of delivery or of all, the largest change first."""
    schemes = {each.id: each for each in desk.book.schemes}
    found = [each for each in run.schemes if each.year == year and pod in ("", each.pod)]
    found.sort(key=lambda each: (-abs(each.mean), each.name, each.pod))
    return [_line(desk, each, schemes.get(each.id)) for each in found]


def _line(desk: Desk, result: SchemeResult, scheme: Scheme | None) -> SchemeLine:
    of_days = scheme is not None and scheme.effect is Effect.LENGTH_OF_STAY
    return SchemeLine(
        name=result.name,
        href=desk.url("activity-scheme", sid=result.id),
        pod=desk.model.pods.get(result.pod, result.pod),
        year=result.year.label,
        mean="Bed days only" if of_days else signed(result.mean),
        likely="–" if of_days else between(result.p10, result.p90),
        delivered=percent(result.delivered, 0),
        stated=signed(result.stated),
        overlap=shown(abs(result.overlap)) if abs(result.overlap) >= 0.5 else "–",
        part_of=scheme.part_of if scheme else "",
        illustrative=bool(scheme and scheme.stated.illustrative),
    )


def scheme_page(desk: Desk, sid: str) -> dict[str, Any]:
    """One scheme: its assumption, what it changes by point of delivery and year, and what of the plan it rests on."""
    scheme = next((each for each in desk.book.schemes if each.id == sid), None)
    if scheme is None:
        raise Http404
    run = run_of(desk)
    results = [_line(desk, each, scheme) for each in run.schemes if each.id == sid]
    return {
        "scheme": scheme,
        "facts": facts_of(desk, scheme),
        "results": results,
        "links": plan_links(desk, scheme),
        "off": sid in desk.scenario.without,
        "scenarios": scenario_choices(desk),
        "edit": desk.url("activity-editor") + "#" + _anchor(desk, sid),
    }


def resting_on(reading: Reading, items: Mapping[str, str]) -> list[Resting]:
    """The schemes that name one of ``items`` (id → text) as their deliverable or the milestone that comes first.

    Only the files are read, nothing is run: a page of the plan does not wait for the model.
    """
    if not has_activity(reading.edition) or (book := model_of(reading.edition).book) is None:
        return []
    found = []
    for each in book.schemes:
        on = [items[key] for key in dict.fromkeys((each.deliverable, each.milestone)) if key in items]
        if on:
            href = reading.url("activity-scheme", sid=each.id)
            said = f"{each.effect.value}: {amount_words(each)}, {where_words(book, each.where)}"
            found.append(Resting(each.name, href, "; ".join(on), said, each.stated.illustrative))
    return found


def _anchor(desk: Desk, sid: str) -> str:
    number = next(at for at, each in enumerate(desk.book.schemes, start=1) if each.id == sid)
    return f"scheme-{number}"


def facts_of(desk: Desk, scheme: Scheme) -> list[tuple[str, str]]:
    """All that the files say of a scheme, without what they leave out."""
    stated, shift = scheme.stated, scheme.shift
    facts = [
        ("Effect", f"{scheme.effect.value}: {amount_words(scheme)}"),
        ("Interval", interval_words(scheme)),
        ("Where", where_words(desk.book, scheme.where)),
        ("Cohort reached", percent(scheme.cohort, 0)),
        ("Comes in", ramp_words(scheme.ramp)),
        ("Probability of delivery", percent(scheme.delivery, 0)),
        ("Goes to", f"{shift.pod}{' of ' + shift.provider if shift.provider else ''}, {shift.ratio:g} for each one"
         if shift else ""),
        ("Part of", scheme.part_of),
        ("Source", stated.source),
        ("Author", stated.author),
        ("Dated", day(stated.on)),
        ("Note", stated.note),
        ("Written in", f"{stated.file}{f', row {stated.row}' if stated.row else ''}"),
    ]  # fmt: skip
    return [(label, text) for label, text in facts if text]


def plan_links(desk: Desk, scheme: Scheme) -> list[dict[str, str]]:
    """The deliverable and the milestone of the plan that a scheme names; one that the plan does not have is said so."""
    plan = desk.reading.plan
    items = {each.id: each for each in (*plan.deliverables, *plan.milestones)}
    found = []
    for label, key in (("Deliverable", scheme.deliverable), ("Milestone that must come first", scheme.milestone)):
        item = items.get(key)
        if item is not None:
            href = f"{desk.reading.url('objective', oid=item.objective)}#i-{item.id}"
            found.append({"label": label, "text": item.text, "href": href})
        elif key:
            found.append({"label": label, "text": f"“{key}”, which this plan does not have", "href": ""})
    return found
