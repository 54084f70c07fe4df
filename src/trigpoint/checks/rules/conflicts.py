"""Rules on contradictions: one quantity or event that the document tells in two ways."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from trigpoint.checks.dated import dated_rows, dates_in, plan_years
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening, sentences
from trigpoint.checks.pack import table
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.rules.duplicates import trajectory_point, twins
from trigpoint.checks.rules.totals import CHANGE, COMPONENT, money
from trigpoint.checks.subject import Role, Subject
from trigpoint.checks.words import content, plain, stem
from trigpoint.periods import CalendarYear, DatePhrase, FinancialYear, long_date
from trigpoint.periods import Role as DateRole

CURRENT = re.compile(
    r"\bcurrent(?:ly)? (?P<what>[a-z-]+(?: [a-z-]+)??) (?:is|are|stands at|at|of)? ?"
    r"(?:circa|about|around|c\.?|approximately)? ?(?P<value>\d+(?:\.\d+)?)\s?%",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
WILL_BE = re.compile(r"\b(?P<what>(?:[A-Z][\w-]+ ){2,5})(?:\([A-Z]{2,6}\) )?will be (?P<verb>[a-z]+ed|let|set up)\b")
TO_COME = re.compile(r"\b(?:will|to be|shall|yet to|not yet)\b", re.IGNORECASE)
SET_BASELINE = re.compile(
    r"\b(?:establish|determine|agree|set|identify|collect)\w* (?:the |a |an )?(?:current )?baseline\b", re.I
)
APART = timedelta(days=31)
NEAR_WORDS = 8


@rule("CONFLICTING_VALUES", Severity.WARNING)
def conflicting_values(subject: Subject) -> Iterator[Objection]:
    """One quantity has two values in the document, or two statements cannot both be true.

    Compared are: what the text calls current with the baseline of the priority it speaks of; what "will be" done with
    baselines that say it is done; an amount named as growth with the growth rate printed for it; and an action to
    establish a baseline (info) that is printed beside it.

    Fires: "current utilisation is 64%" where the baseline is 62%. Does not: 3.1% in one place and 3% in another.
    Remedy: find out which is right, and say of when it is.
    """
    yield from _current_against_baseline(subject)
    yield from _coming_and_done(subject)
    yield from _growth_amounts(subject)
    yield from _known_baselines(subject)


def _current_against_baseline(subject: Subject) -> Iterator[Objection]:
    items: dict[str, str] = {}
    for passage in subject.items:
        key = passage.where.get("objective", "")
        items[key] = f"{items.get(key, '')} {passage.text}" if passage.role is not Role.BASELINE else items.get(key, "")
    baselines = [
        (row.objective, row.baseline.text, {Decimal(value) for value in PERCENT.findall(row.baseline.text)})
        for row in subject.plan.deliverables
        if row.baseline and PERCENT.search(row.baseline.text)
    ]
    for passage in subject.prose:
        for offset, sentence in sentences(passage.text):
            match = CURRENT.search(sentence)
            if match is None:
                continue
            value = Decimal(match["value"])
            others = {Decimal(each) for each in PERCENT.findall(sentence)} - {value}
            subject_stem = stem(match["what"].split()[-1].lower())
            for objective, printed, values in baselines:
                words = items.get(objective, "")
                shared = others & {Decimal(each) for each in PERCENT.findall(words)}
                rounding = any(abs(each - value) < 1 for each in values)
                if subject_stem in content(words) and shared and not rounding:
                    start = offset + match.start()
                    quoted = around(passage.text, start, start + len(match.group()), before=1, after=1)
                    message = f"{match['value']}% here, the baseline of the priority is {printed}."
                    yield Objection(message, passage.line, quoted, None, subject.where(objective=objective))


def _coming_and_done(subject: Subject) -> Iterator[Objection]:
    done = [passage for passage in subject.items if passage.role is Role.BASELINE]
    for passage in subject.prose:
        for match in WILL_BE.finditer(passage.text):
            name = plain(re.sub(r"^(?:An?|The|Our|This) ", "", match["what"]))
            for other in done:
                for part in re.split(r"[\n.;]", other.text):
                    said = plain(part)
                    if len(name.split()) > 1 and name in said and match["verb"] in said and not TO_COME.search(part):
                        message = f"To come here; a baseline says that it is done ({subject.spot(other.item)})."
                        quoted = around(passage.text, match.start("what"), match.end(), before=0, after=5)
                        yield Objection(message, passage.line, quoted, None, other.where)


def _growth_amounts(subject: Subject) -> Iterator[Objection]:
    """ "Due to demographic growth (£9m)" of a limit of £456m is 2%: the table says 0.3%."""
    for passage in subject.texts:
        change = CHANGE.search(passage.text)
        if change is None:
            continue
        base = money(change.group(1), change.group(2))
        for match in COMPONENT.finditer(passage.text, change.end()):
            name = re.findall(r"[a-z]+", passage.text[: match.start()].lower())[-2:]
            share = money(*match.groups()) / base * 100 if base else Decimal(0)
            for row in subject.rows:
                label = plain(" ".join(cell.text for cell in row.cells[:2]))
                rates = [Decimal(each) for cell in row.cells[2:] for each in PERCENT.findall(cell.text)]
                if len(name) == 2 and " ".join(name) in label and rates and share > 2 * max(rates):
                    quoted = around(passage.text, match.start(), match.end(), before=4, after=0)
                    printed = ", ".join(f"{rate}%" for rate in dict.fromkeys(rates))
                    message = f"{match.group()} is {share:.1f}% of the base; line {row.origin.line} prints {printed}."
                    yield Objection(message, passage.line, quoted)


def _known_baselines(subject: Subject) -> Iterator[Objection]:
    values = {
        row.id: row.baseline for row in subject.plan.deliverables if row.baseline and row.baseline.value is not None
    }
    for milestone in subject.plan.milestones:
        baseline = values.get(milestone.deliverable)
        match = SET_BASELINE.search(milestone.text)
        if baseline and match:
            where = subject.where(objective=milestone.objective, item=milestone.id)
            message = f"The baseline is printed already: {opening(baseline.text, 8)}."
            quoted = around(milestone.text, match.start(), match.end(), before=0, after=0)
            yield Objection(message, subject.line(milestone.id), quoted, Severity.INFO, where)


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
            message = f"“{event.phrase.text.strip()}” in line {event.line}; which date holds?"
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
            message = f"“{event.phrase.text.strip()}” in line {event.line}; which year holds?"
            yield Objection(message, other.line, quoted)


def _years_apart(first: date, second: date) -> bool:
    """One month in two years: a whole year or more lies between, and nothing else."""
    return first.month == second.month and first.year != second.year


def _slipped(first: DatePhrase, second: DatePhrase) -> bool:
    """Two phrases for one month, a season or part of a year aside, that differ in the year."""
    return first.earliest.month == second.earliest.month and _years_apart(first.due, second.due)


def _conflicting_events(subject: Subject) -> Iterator[tuple[Event, Event]]:
    """Each event of a table with the one of the text that is the same and lies more than a month apart."""
    years = plan_years(subject)
    told = [
        event
        for passage in subject.prose
        for event in _events(passage.text, passage.line, dates_in(passage.text, years))
    ]
    tabled = [
        event
        for dated in dated_rows(subject)
        for event in _events(dated.text, subject.line(dated.row.id), dated.phrases)
    ]
    by_key: dict[tuple[str, tuple[str, str]], list[Event]] = {}
    for event in told:
        for pair in event.pairs:
            by_key.setdefault((event.kind, pair), []).append(event)
    for event in tabled:
        for pair in event.pairs:
            for other in by_key.get((event.kind, pair), ()):
                if other.line != event.line and _apart(event.phrase, other.phrase):
                    yield event, other


def _events(text: str, line: int | None, phrases: tuple[DatePhrase, ...]) -> Iterator[Event]:
    kinds: dict[str, list[str]] = table("dates")["events"]
    for phrase in phrases:
        whole_year = isinstance(phrase.period, FinancialYear | CalendarYear)
        if phrase.role is DateRole.CONTEXT or whole_year or phrase.doubts:
            continue
        lead = re.findall(r"[a-z]+", text[max(0, phrase.start - 90) : phrase.start].lower())[-NEAR_WORDS:]
        lead += re.findall(r"[a-z]+", phrase.text.lower())
        kind = next((name for name, verbs in kinds.items() if set(lead) & set(verbs)), "")
        verbs = {verb for each in kinds.values() for verb in each}
        nouns = [stem(word) for word in lead if word not in verbs and len(word) > 3]
        pairs = frozenset(itertools.pairwise(nouns))
        if kind and pairs:
            yield Event(kind, pairs, phrase, text, line)


def _apart(first: DatePhrase, second: DatePhrase) -> bool:
    early, late = sorted((first, second), key=lambda phrase: phrase.earliest)
    return late.earliest - early.latest > APART


@rule("COPY_PASTE_RELATION", Severity.WARNING)
def copy_paste_relation(subject: Subject) -> Iterator[Objection]:
    """A row's related plan is that of another theme, and does not fit this one.

    The same words relate two objectives of different themes, and they name the one theme and not the other.

    Fires: "Cancer improvement plan" beside a priority on waiting lists. Does not: "Right Care" beside both.
    Remedy: name the plan that this priority relates to.
    """
    plan = subject.plan
    themes = {theme.id: content(theme.title) for theme in plan.themes}
    objectives = {row.id: row for row in plan.objectives}
    users: dict[str, set[str]] = {}
    for link in plan.links:
        users.setdefault(_link_key(link.text), set()).add(link.objective)
    for objective_id, links in plan.links_by_objective.items():
        objective = objectives[objective_id]
        own = themes.get(objective.theme, frozenset()) | content(f"{objective.title} {objective.summary}")
        for number, link in enumerate(links, start=1):
            words = content(link.text)
            others = {objectives[user].theme for user in users[_link_key(link.text)]} - {objective.theme}
            named = [theme for theme in sorted(others) if len(themes.get(theme, ())) <= 2 and themes[theme] <= words]
            if named and not own & themes[named[0]]:
                key = f"{objective_id}/link/{number}"
                where = subject.where(objective=objective_id, item=key)
                message = "Relates to another theme, from whose rows it seems to be copied."
                line = subject.line(key) or subject.line(objective_id)
                yield Objection(message, line, opening(link.text, 12), None, where)


def _link_key(text: str) -> str:
    """The first words of a related plan: a cell may run on into the next one."""
    return " ".join(plain(text).split()[:5])
