"""Rules on what depends on what: a step before the one it rests on, a sentence's end that a list swallowed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from trigpoint.checks.dated import place_of
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import closing, opening
from trigpoint.checks.outline import table_place
from trigpoint.checks.pack import patterns, table, word_set
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Passage, Role, Subject
from trigpoint.checks.words import content
from trigpoint.frameworks import known_frameworks, load_framework
from trigpoint.periods import long_date
from trigpoint.plans.model import Item

MOST_STEPS = 60
"""Steps of one objective that are compared with each other: keeps the work linear in the plan."""
SHARED_WORDS = 2
LEAD_IN = re.compile(r":\s*[-–]?\s*$")
FINITE = re.compile(r"\b(?:will|shall|must|should|can|is|are|was|were|has|have|had|does|do)\b", re.IGNORECASE)
CLOSING_PREDICATE = re.compile(r"\b(?:will|shall|must|should) (?:all |both )?be [a-z]+\b", re.IGNORECASE)
SHORTEST_LIST = 3


@cache
def _stages() -> tuple[tuple[int, re.Pattern[str]], ...]:
    stages: dict[str, int] = table("order")["stages"]
    return tuple((stages[say], pattern) for pattern, say in patterns("order", "stage"))


def _stage(text: str) -> int:
    """How far a step goes, by its first verb that tells: 1 written, 2 put forward, 3 approved, 4 done, 5 reviewed."""
    found = [(match.start(), stage) for stage, pattern in _stages() if (match := pattern.search(text))]
    return min(found)[1] if found else 0


@rule("SEQUENCE_CONFLICT", Severity.INFO)
def sequence_conflict(subject: Subject) -> Iterator[Objection]:
    """A step is due before the one it depends on.

    Compared are the steps of one objective that share two telling words, or an acronym: what is approved comes after
    what is written, what is done after what is approved. Done on the very day that approval is asked for counts too.

    Fires: a function moved by June, its business case put forward for approval by June. Does not: a strategy written
    by September and carried out by March.
    Remedy: move one of the two dates, or say that the one does not wait for the other.
    """
    by_objective: dict[str, list[Item]] = {}
    for row in subject.commitments:
        if row.due is not None:
            by_objective.setdefault(row.objective, []).append(row)
    for rows in by_objective.values():
        staged = [(stage, row) for row in rows[:MOST_STEPS] if (stage := _stage(row.text))]
        reported: set[str] = set()
        for early_stage, early in staged:
            for late_stage, late in staged:
                if early.id not in reported and _conflict(early_stage, early, late_stage, late):
                    reported.add(early.id)
                    message = f"Due {_day(early)}; it comes before {subject.spot(late.id)}, done by {_day(late)}."
                    line = subject.line(early.id)
                    yield Objection(message, line, opening(early.text, 12), None, place_of(subject, early))


def _day(row: Item) -> str:
    return long_date(row.due) if row.due else ""


def _conflict(early_stage: int, early: Item, late_stage: int, late: Item) -> bool:
    """Whether ``early`` must precede ``late`` and is due after it, or on its day while still to be approved."""
    if not early_stage < late_stage or early.due is None or late.due is None:
        return False
    asked_on_the_day = early.due == late.due and early_stage == PUT_FORWARD and late_stage == DONE
    if not early.due > late.due and not asked_on_the_day:
        return False
    acronyms = _acronyms(early.text) & _acronyms(late.text)
    return bool(acronyms) if asked_on_the_day else len(_matter(early.text) & _matter(late.text)) >= SHARED_WORDS


PUT_FORWARD, DONE = 2, 4


def _acronyms(text: str) -> set[str]:
    return set(re.findall(r"\b[A-Z]{3,7}\b", text)) - set(table("order")["common"])


def _matter(text: str) -> frozenset[str]:
    """What a step is about: its words without its verbs of progress and without words of every plan."""
    for _, pattern in _stages():
        text = pattern.sub(" ", text)
    return content(text) - content(" ".join(table("order")["everywhere"]))


@rule("MISPLACED_TEXT", Severity.INFO, needs=Needs.DOCUMENT)
def misplaced_text(subject: Subject) -> Iterator[Objection]:
    """The end of the sentence that introduces a list stands in the list's last item.

    Read alone, the last item promises something, and the others nothing.

    Fires: "The four standards: – review; – access; – care will be met by March". Does not: a list of full sentences.
    Remedy: write the promise into the sentence before the list.
    """
    for lead, items in _lists(subject):
        if len(items) < SHORTEST_LIST or FINITE.search(lead.text.split(". ")[-1]):
            continue
        last = items[-1]
        if CLOSING_PREDICATE.search(last.text) and not any(FINITE.search(item.text) for item in items[:-1]):
            message = "This ends the sentence above the list, and holds for all of its items."
            yield Objection(message, last.line, closing(last.text, 12))


def _lists(subject: Subject) -> Iterator[tuple[Passage, Sequence[Passage]]]:
    """Every list with the passage that introduces it."""
    lead: Passage | None = None
    items: list[Passage] = []
    for passage in (*subject.prose, None):
        if passage is not None and passage.role is Role.LIST_ITEM:
            items.append(passage)
            continue
        if lead is not None and items and LEAD_IN.search(lead.text):
            yield lead, items
        lead, items = passage, []


@rule("COVERAGE_GAP", Severity.INFO)
def coverage_gap(subject: Subject) -> Iterator[Objection]:
    """A challenge that the text declares, or a national priority, is answered by no objective, action or measure.

    Looked at are the short items of lists of challenges, national priorities and must-dos: an item is answered where
    one row of the plan has its first telling word and one more of its words. Where the plan names its planning round,
    each priority of the round is answered by any row or heading that shares a word with its title.

    Fires: "delayed transfers of care" among the challenges and nowhere in the plan's rows. Does not: "cancer waiting
    times" where an action speaks of waits for cancer.
    Remedy: add what answers it, or say who else does.
    """
    if not subject.plan.objectives:
        return
    yield from _unanswered_priorities(subject)
    lead_in = [pattern for pattern, _ in patterns("order", "declares")]
    headings = [each for each in subject.prose if each.role is Role.HEADING and each.line is not None]
    lines = [each.line or 0 for each in headings]
    declared: list[Passage] = []
    for lead, items in _lists(subject):
        before = bisect_left(lines, lead.line or 0)
        above = headings[before - 1].text if before else ""
        if any(pattern.search(lead.text) or pattern.search(above) for pattern in lead_in):
            declared.extend(items)
    yield from _unanswered_challenges(subject, declared)


LONGEST_CHALLENGE = 15


def _unanswered_challenges(subject: Subject, declared: Sequence[Passage]) -> Iterator[Objection]:
    """The declared items whose first telling word and one more of their words no row of the plan has together."""
    answers: dict[str, set[int]] = {}
    for index, passage in enumerate(subject.items) if declared else ():
        for word in content(passage.text):
            answers.setdefault(word, set()).add(index)
    for item in declared:
        head = re.split(r"[,;(]| which | that | where | and ", item.text)[0]
        first = _first_telling(head)
        wanted = content(head)
        if not first or len(item.text.split()) > LONGEST_CHALLENGE or len(wanted) < SHARED_WORDS:
            continue
        of_first = answers.get(first, set())
        if not any(of_first & answers.get(word, set()) for word in wanted - {first}):
            yield Objection("No objective, action or measure answers this.", item.line, opening(item.text, 10))


def _unanswered_priorities(subject: Subject) -> Iterator[Objection]:
    """Priorities of the plan's own planning round that nothing in the plan speaks of."""
    plan = subject.plan
    if plan.framework not in known_frameworks():
        return
    said = {
        word
        for text in (*(theme.title for theme in plan.themes), *(row.text for row in subject.items))
        for word in content(text)
    }
    for priority in load_framework(plan.framework).priorities:
        if not content(priority.title) & said:
            message = f"No theme, objective or action answers the round's priority “{priority.title}”."
            line, fragment, where = table_place(subject)
            yield Objection(
                message, line, priority.title if line is None else fragment, None, {**where, "item": priority.id}
            )


def _first_telling(text: str) -> str:
    """The stem of the first word that tells what a text is about."""
    for word in re.findall(r"[A-Za-z0-9-]+", text.lower()):
        if word not in word_set("order", "how_much") and (stems := content(word)):
            return next(iter(stems))
    return ""
