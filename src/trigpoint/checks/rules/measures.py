"""Rules on success measures: unquantified, circular, or testing something other than was promised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from trigpoint.checks.dated import plan_years
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening, sentences
from trigpoint.checks.outline import table_place
from trigpoint.checks.pack import patterns, word_set
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Role, Subject
from trigpoint.checks.words import content, plain
from trigpoint.periods import Quarter, period_of
from trigpoint.plans.model import Deliverable, Objective, SuccessMeasure

NUMBER = re.compile(r"\d")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent)", re.IGNORECASE)
DIRECTION = re.compile(r"\b(?:reduc|increas|decreas|improv)\w*\b", re.IGNORECASE)
REPEATED_WORDS = 4
NOTHING: frozenset[str] = frozenset()
MANY, MANY_SHARE = 20, 0.4
DEFINED_NUMBERS = re.compile(
    r"\b(?:\d+[- ](?:day|week|hour|month|minute|year)s?|24/7|core \d+|pathway \d|tier \d|\d+ day)\b", re.I
)


@rule("UNQUANTIFIED_MEASURE", Severity.WARNING)
def unquantified_measure(subject: Subject) -> Iterator[Objection]:
    """A measure says which way and not how far: no value, target or date.

    Any change at all would meet it. Where it is the habit of the plan (more than 20 measures, two in five), the plan
    gets one warning and each measure an info. Info where the promise has a figure and none of its measures has one,
    or where a commitment in a plan without measures says that something is increased.

    Fires: "Reduced mortality rate". Does not: "Mortality reduced by 5% by March 2027".
    Remedy: write from what to what by when.
    """
    plan = subject.plan
    found = list(_directions(subject))
    habit = len(found) > MANY and len(found) > MANY_SHARE * len(plan.measures)
    if habit:
        line, fragment, where = table_place(subject)
        message = f"{len(found)} of {len(plan.measures)} measures say which way and not how far: no value, no date."
        yield Objection(message, line, fragment, None, where)
    for each in found:
        yield replace(each, severity=Severity.INFO) if habit else each
    for objective in plan.objectives:
        measures = plan.measures_by_objective[objective.id]
        figures = PERCENT.search(objective.title)
        if figures and measures and not any(NUMBER.search(each.text) for each in measures):
            first = measures[0]
            where = subject.where(objective=objective.id, item=first.id)
            message = f"The priority promises {figures.group()}; its success measures carry no figure."
            yield Objection(message, subject.line(first.id), first.text, Severity.INFO, where)
    if not plan.measures:
        yield from _unquantified_commitments(subject)


def _directions(subject: Subject) -> Iterator[Objection]:
    """The measures that give a direction and no figure."""
    for measure in subject.plan.measures:
        where = subject.where(objective=measure.objective, deliverable=measure.deliverable, item=measure.id)
        bare = DEFINED_NUMBERS.sub("", measure.text)
        match = next((found for pattern, _ in patterns("rows", "direction") if (found := pattern.search(bare))), None)
        if match and not NUMBER.search(bare) and not measure.targets:
            at = max(0, measure.text.find(match.group()))
            quoted = around(measure.text, at, at + len(match.group()), before=2, after=8)
            message = "Says which way and not how far: no value, no date."
            yield Objection(message, subject.line(measure.id), quoted, None, where)


def _unquantified_commitments(subject: Subject) -> Iterator[Objection]:
    for passage in subject.items:
        if passage.role not in (Role.DELIVERABLE, Role.MILESTONE):
            continue
        for pattern, _ in patterns("rows", "countable"):
            match = pattern.search(passage.text)
            if match and not PERCENT.search(passage.text):
                quoted = around(passage.text, match.start(), match.end(), before=1, after=1)
                message = "Something countable is to change, and no amount is given."
                yield Objection(message, passage.line, quoted, Severity.INFO, passage.where)


@rule("CIRCULAR_MEASURE", Severity.ERROR)
def circular_measure(subject: Subject) -> Iterator[Objection]:
    """The success measure repeats the deliverable, or names nothing measurable of its own.

    "Target met" for "Target met" is true of anything.

    Fires: "Target met". Does not: "95% of patients are seen within four hours".
    Remedy: name what is counted, and how much of it.
    """
    plan = subject.plan
    generic = word_set("rows", "generic_measure")
    promised = {key: _promises(rows) for key, rows in plan.deliverables_by_objective.items()}
    for measure in plan.measures:
        said, about = promised.get(measure.objective, (frozenset(), frozenset()))
        where = subject.where(objective=measure.objective, deliverable=measure.deliverable, item=measure.id)
        words = plain(measure.text).split()
        parts = [sentence.strip() for _, sentence in sentences(measure.text)]
        if words and all(word in generic for word in words):
            message = "Names nothing of its own that could be measured."
            yield Objection(message, subject.line(measure.id), measure.text, None, where)
        elif repeated := next((part for part in parts if plain(part) in said or _matter(part) in about), None):
            message = "The measure only repeats the deliverable."
            yield Objection(message, subject.line(measure.id), repeated, None, where)


def _promises(rows: Iterable[Deliverable]) -> tuple[frozenset[str], frozenset[frozenset[str]]]:
    """What the deliverables of an objective say: their words, and what each is about."""
    said = frozenset(plain(row.text) for row in rows)
    return said, frozenset(_matter(text) for text in said) - {NOTHING}


def _matter(text: str) -> frozenset[str]:
    """What a text is about, but for the form of its verb ("Reduce …", "Reduction in …"); of a short one nothing."""
    about = content(DIRECTION.sub("", text))
    return about if len(about) >= REPEATED_WORDS else NOTHING


@rule("MEASURE_TARGET_MISMATCH", Severity.ERROR)
def measure_target_mismatch(subject: Subject) -> Iterator[Objection]:
    """The priority promises one value, the success measure tests another.

    Compared are percentages of a priority whose measures share its words and give only other percentages.

    Fires: "100% by April 2028" tested by "80% attained". Does not: 80% in the first year and 100% in the second.
    Remedy: test what was promised.
    """
    plan = subject.plan
    for objective in plan.objectives:
        promised = {Decimal(value) for value in PERCENT.findall(objective.title)}
        tested = [
            (measure, {Decimal(value) for value in PERCENT.findall(measure.text)})
            for measure in plan.measures_by_objective[objective.id]
        ]
        given = set().union(*(values for _, values in tested)) if tested else set()
        if not promised or not given or promised & given:
            continue
        measure = next(measure for measure, values in tested if values)
        if _about_the_same(subject, objective, measure):
            shown = ", ".join(f"{value}%" for value in sorted(promised))
            where = subject.where(objective=objective.id, item=measure.id)
            message = f"The priority promises {shown}; the measure tests something else."
            yield Objection(message, subject.line(measure.id), opening(measure.text, 14), None, where)


def _about_the_same(subject: Subject, objective: Objective, measure: SuccessMeasure) -> bool:
    """Whether the measure speaks of the promise: shared words with the objective or the actions under it."""
    actions = " ".join(row.text for row in subject.plan.milestones_by_objective[objective.id])
    return bool(content(measure.text) & content(f"{objective.title} {actions}"))


@rule("TRAJECTORY_INCOMPLETE", Severity.INFO)
def trajectory_incomplete(subject: Subject) -> Iterator[Objection]:
    """A trajectory by quarters gives no value for the end of a year.

    Fires: "2026/27 Q3 16.8%, 2027/28 Q2 19%". Does not: a value for each Q4.
    Remedy: give at least the value at each year's end.
    """
    years = plan_years(subject)
    for measure in subject.plan.measures:
        quarters = {period_of(target.at) for target in measure.targets}
        dated = [quarter for quarter in quarters if isinstance(quarter, Quarter)]
        missing = [year for year in years if not any(q.year == year and q.number == 4 for q in dated)]
        if len(dated) >= 2 and missing:
            text = measure.text
            first = re.search(r"\b(?:\d\d/\d\d|20\d\d/\d\d)?\s?Q[1-4]\b", text)
            start = first.start() if first else 0
            quoted = around(text, start, min(len(text), start + 20), before=2, after=3)
            where = subject.where(objective=measure.objective, item=measure.id)
            names = " or ".join(year.label for year in missing)
            message = f"{len(dated)} of {4 * len(years)} quarters have a value, none for the end of {names}."
            yield Objection(message, subject.line(measure.id), quoted, None, where)


SOURCE_NOTE = re.compile(r"\([^)]*\)")
WORDED = 3


@rule("BASELINE_MEASURE_MISMATCH", Severity.WARNING)
def baseline_measure_mismatch(subject: Subject) -> Iterator[Objection]:
    """The baseline and the success measure are different quantities.

    Fires where a baseline in words with a number shares no word with any measure of its deliverable.

    Fires: "57% have a health check" measured by "Reduced mortality rate". Does not: "62%", which has no words.
    Remedy: measure what the baseline gives, or give the baseline of what is measured.
    """
    measures: dict[str, list[SuccessMeasure]] = {}
    for measure in subject.plan.measures:
        measures.setdefault(measure.deliverable, []).append(measure)
    for row in subject.plan.deliverables:
        own = measures.get(row.id, [])
        if row.baseline is None or not own or not PERCENT.search(row.baseline.text):
            continue
        printed = content(PERCENT.sub("", SOURCE_NOTE.sub("", row.baseline.text)))
        tested = content(" ".join(measure.text for measure in own))
        countable = any(pattern.search(each.text) for each in own for pattern, _ in patterns("rows", "direction"))
        if len(printed) >= WORDED and countable and not printed & tested:
            where = subject.where(objective=row.objective, deliverable=row.id, item=own[0].id)
            message = f"The baseline is another quantity: {opening(row.baseline.text, 10)}."
            yield Objection(message, subject.line(own[0].id), own[0].text, None, where)
