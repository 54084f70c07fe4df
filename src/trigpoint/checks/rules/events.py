"""Rules on one event that is promised for two dates."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from trigpoint.checks.dated import dated_rows, dates_in
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening
from trigpoint.checks.pack import table
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.rules.duplicates import trajectory_point, twins
from trigpoint.checks.subject import Subject
from trigpoint.checks.words import stem
from trigpoint.periods import CalendarYear, DatePhrase, FinancialYear, Role, long_date

APART = timedelta(days=31)
NEAR_WORDS = 8
MOST_TOLD = 60
"""Events of the text of one kind and name that one of a table is compared with: keeps the work linear in the plan."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that begins, ends or is published at a date: its kind, the words before the date, and where."""

    kind: str
    pairs: frozenset[tuple[str, str]]
    phrase: DatePhrase
    text: str
    line: int | None


@rule("CONFLICTING_DATES", Severity.ERROR)
def conflicting_dates(subject: Subject) -> Iterator[Objection]:
    """The same deliverable or event is promised for two dates (for two years: see CONFLICTING_YEARS).

    Two deliverables that say the same with their dates left out; or an event of the text and one of a table that
    both begin (end, are published, are let), are named by the same two words, and lie more than a month apart.

    Fires: "the plan is published" by June and by September. Does not: "91% are seen" by June and by September.
    Remedy: decide which date holds.
    """
    for first, second in twins(subject):
        if not first.due or not second.due or trajectory_point(second):
            continue
        if first.due != second.due and not _years_apart(first.due, second.due):
            message = f"Promised for {long_date(first.due)} here and for {long_date(second.due)} as well."
            where = subject.where(objective=first.objective, deliverable=first.id)
            yield Objection(message, subject.line(first.id), opening(first.text, 10), None, where)
    for event, other in _conflicting_events(subject):
        if not _slipped(event.phrase, other.phrase):
            quoted = around(other.text, other.phrase.start, other.phrase.stop, before=6, after=0)
            message = f"“{event.phrase.text.strip()}” in {subject.spot_of(event.line)}; which date holds?"
            yield Objection(message, other.line, quoted)


@rule("CONFLICTING_YEARS", Severity.ERROR)
def conflicting_years(subject: Subject) -> Iterator[Objection]:
    """The same deliverable or event is promised for the same month of two years.

    Most likely one of the two years is a slip of the pen.

    Fires: a plan published by June 2026 in the text and by June 2027 in the table. Does not: by June and by October.
    Remedy: correct the wrong year.
    """
    for first, second in twins(subject):
        if first.due and second.due and _years_apart(first.due, second.due) and not trajectory_point(second):
            message = f"Promised for {long_date(first.due)} here and for {long_date(second.due)} as well."
            where = subject.where(objective=first.objective, deliverable=first.id)
            yield Objection(message, subject.line(first.id), opening(first.text, 10), None, where)
    for event, other in _conflicting_events(subject):
        if _slipped(event.phrase, other.phrase):
            quoted = around(other.text, other.phrase.start, other.phrase.stop, before=6, after=0)
            message = f"“{event.phrase.text.strip()}” in {subject.spot_of(event.line)}; which year holds?"
            yield Objection(message, other.line, quoted)


def _years_apart(first: date, second: date) -> bool:
    """One month in two years: a whole year or more lies between, and nothing else."""
    return first.month == second.month and first.year != second.year


def _slipped(first: DatePhrase, second: DatePhrase) -> bool:
    """Two phrases for one month, a season or part of a year aside, that differ in the year."""
    return first.earliest.month == second.earliest.month and _years_apart(first.due, second.due)


def _conflicting_events(subject: Subject) -> Iterator[tuple[Event, Event]]:
    """Each event of a table with the one of the text that is the same and lies more than a month apart."""
    told = [
        event
        for passage in subject.prose
        for event in _events(passage.text, passage.line, dates_in(subject, passage.text))
    ]
    if not told:
        return
    tabled = [
        event
        for dated in dated_rows(subject)
        for event in _events(dated.text, subject.line(dated.row.id), dated.phrases)
    ]
    by_key: dict[tuple[str, tuple[str, str]], list[Event]] = {}
    for event in told:
        for pair in event.pairs:
            named = by_key.setdefault((event.kind, pair), [])
            if len(named) < MOST_TOLD:
                named.append(event)
    for event in tabled:
        for pair in event.pairs:
            for other in by_key.get((event.kind, pair), ()):
                if other.line != event.line and _apart(event.phrase, other.phrase):
                    yield event, other


def _events(text: str, line: int | None, phrases: tuple[DatePhrase, ...]) -> Iterator[Event]:
    kinds, every_verb = _verbs()
    for phrase in phrases:
        whole_year = isinstance(phrase.period, FinancialYear | CalendarYear)
        if phrase.role is Role.CONTEXT or whole_year or phrase.doubts:
            continue
        lead = re.findall(r"[a-z]+", text[max(0, phrase.start - 90) : phrase.start].lower())[-NEAR_WORDS:]
        lead += re.findall(r"[a-z]+", phrase.text.lower())
        kind = next((name for name, verbs in kinds.items() if not verbs.isdisjoint(lead)), "")
        nouns = [stem(word) for word in lead if word not in every_verb and len(word) > 3] if kind else []
        pairs = frozenset(itertools.pairwise(nouns))
        if pairs:
            yield Event(kind, pairs, phrase, text, line)


@cache
def _verbs() -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """The verbs of each kind of event, and all of them."""
    kinds = {name: frozenset(verbs) for name, verbs in table("dates")["events"].items()}
    return kinds, frozenset().union(*kinds.values())


def _apart(first: DatePhrase, second: DatePhrase) -> bool:
    early, late = sorted((first, second), key=lambda phrase: phrase.earliest)
    return late.earliest - early.latest > APART
