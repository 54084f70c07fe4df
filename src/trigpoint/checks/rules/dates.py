"""Rules on dates: outside their column, before the plan, ambiguous, out of order, two for one event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from trigpoint.checks.dated import dated_rows, dates_in, place_of, plan_years
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening, sentences
from trigpoint.checks.pack import patterns
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Passage, Role, Subject
from trigpoint.periods import (
    CalendarYear,
    Certainty,
    DatePhrase,
    Doubt,
    FinancialYear,
    Period,
    Quarter,
    long_date,
    period_of,
)
from trigpoint.periods import Role as DateRole
from trigpoint.plans.document import BlockKind
from trigpoint.plans.model import Item

INTRODUCTION = re.compile(r"(?:by|at|in|on|before|from)(?: the)?\s+", re.IGNORECASE)
PAST_MARGIN_DAYS = 183
"""A plan is written in the winter before it begins: promises for the half year before are to be expected."""

SOON_AFTER_DAYS = 183
"""A day so soon after the plan is no long-term target: it has slipped out of its column."""


@rule("DATE_OUTSIDE_COLUMN", Severity.ERROR)
def date_outside_column(subject: Subject) -> Iterator[Objection]:
    """A due date lies outside the quarter or year of the column it stands in.

    Tracking by column then asks for it at the wrong time. Dates that only give context do not count, nor long-term
    targets: a whole year after the plan, or a day more than half a year after it. Info where the date is the day after
    the column ends.

    Fires: "By October 2026" under Q2. Does not: "in readiness for April 2027"; "At the start of Q4" under Q4.
    Remedy: move it to its column, or correct the date.
    """
    years = plan_years(subject)
    for dated in dated_rows(subject):
        row, binding = dated.row, dated.binding
        column = period_of(row.column)
        if column is None:
            continue
        if row.due is not None and (not dated.phrases or binding is None or binding.due != row.due):
            # The item's own date decides: the dates among its words then only give context.
            yield from _printed_due(subject, row, column)
            continue
        for phrase in dated.phrases:
            whole_year = isinstance(phrase.period, FinancialYear | CalendarYear)
            early_start = phrase.role is DateRole.START and phrase.latest < column.start and not whole_year
            if (phrase is not binding and not early_start) or _year_open(phrase):
                continue
            severity = _outside(phrase, column, years)
            if severity:
                lead = INTRODUCTION.match(dated.text, phrase.start)
                start = lead.end() if lead else phrase.start
                quoted = around(dated.text, start, phrase.stop, before=4 if phrase.start else 0, after=2)
                message = f"“{phrase.text.strip()}” lies outside the column {row.column}; which of the two is right?"
                yield Objection(message, subject.line(row.id), quoted, severity, place_of(subject, row))


def _printed_due(subject: Subject, row: Item, column: Period) -> Iterator[Objection]:
    if row.due is not None and not column.start <= row.due <= column.end:
        message = f"Due on {long_date(row.due)}, which lies outside the column {row.column}; which of the two is right?"
        fragment = f"{opening(row.text, 8)} {row.due.isoformat()}"
        yield Objection(message, subject.line(row.id), fragment, None, place_of(subject, row))


def _outside(phrase: DatePhrase, column: Period, years: tuple[FinancialYear, ...]) -> Severity | None:
    if phrase.due < column.start:
        return Severity.ERROR
    if phrase.due <= column.end:
        return None
    if phrase.due == column.end + timedelta(days=1) and phrase.certainty is Certainty.EXACT:
        return Severity.INFO
    after = (phrase.due - max(year.end for year in years)).days if years else 0
    whole_year = isinstance(phrase.period, FinancialYear | CalendarYear)
    long_term = after > 0 if whole_year else after > SOON_AFTER_DAYS and phrase.period is None
    return None if long_term else Severity.ERROR


def _year_open(phrase: DatePhrase) -> bool:
    return Doubt.SEVERAL_YEARS in phrase.doubts or phrase.certainty is Certainty.VAGUE


@rule("DATE_BEFORE_PLAN", Severity.ERROR)
def date_before_plan(subject: Subject) -> Iterator[Objection]:
    """Something is promised for a date before the plan begins.

    Info for the half year before: a plan is written then. Past dates in the past tense are history, not promises;
    a date that stands in a column of the plan is the business of DATE_OUTSIDE_COLUMN.

    Fires: "will be implemented from April 2015" in the plan for 2017/18. Does not: "was implemented in April 2015".
    Remedy: correct the date, or say that it has been done.
    """
    years = plan_years(subject)
    if not years:
        return
    begins = min(year.start for year in years)
    for passage in _promises(subject):
        for phrase in dates_in(subject, passage.text):
            if phrase.role is DateRole.CONTEXT or phrase.due >= begins or phrase.doubts:
                continue
            future = passage.role is not Role.PARAGRAPH or _promised(passage.text, phrase)
            if not future:
                continue
            near = (begins - phrase.due).days <= PAST_MARGIN_DAYS
            quoted = around(passage.text, phrase.start, phrase.stop, before=8, after=2)
            message = f"A promise “{phrase.text.strip()}”: the plan only begins on {long_date(begins)}."
            yield Objection(message, passage.line, quoted, Severity.INFO if near else None, passage.where)


def _promises(subject: Subject) -> Iterator[Passage]:
    """Prose, and the plan's commitments that stand in no column, as paragraphs and as items."""
    for passage in subject.prose:
        if passage.role is not Role.HEADING:
            yield Passage(passage.text, Role.PARAGRAPH, passage.line)
    columns = {row.id: row.column for row in subject.commitments}
    loose = {
        block.origin.line
        for block in subject.blocks
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
    }
    for passage in subject.items:
        if passage.role is Role.MEASURE:
            yield passage
        elif passage.role is Role.DELIVERABLE and not columns.get(passage.item) and passage.line not in loose:
            yield Passage(passage.text, Role.PARAGRAPH, passage.line, passage.item, passage.where)


@cache
def _future() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern, _ in patterns("dates", "future")), re.IGNORECASE)


@cache
def _past() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern, _ in patterns("dates", "past")), re.IGNORECASE)


def _promised(text: str, phrase: DatePhrase) -> bool:
    """Whether the words before the date in its sentence speak of the future, and nothing nearer of the past."""
    for offset, sentence in sentences(text):
        if offset <= phrase.start < offset + len(sentence):
            lead = sentence[: phrase.stop - offset]
            after = sentence[phrase.stop - offset :]
            clause = after if phrase.opens else lead
            future = [match.end() for match in _future().finditer(clause)]
            past = [match.end() for match in _past().finditer(clause)]
            return bool(future) and (not past or future[-1] > past[-1])
    return False


@rule("DELIVERABLE_ALREADY_ACHIEVED", Severity.INFO)
def deliverable_already_achieved(subject: Subject) -> Iterator[Objection]:
    """A deliverable is promised that was done before the plan begins.

    Fires: "Network constituted in 2016" in the plan for 2017/18. Does not: "Network to be constituted in 2017".
    Remedy: promise what comes next.
    """
    years = plan_years(subject)
    if not years:
        return
    begins = min(year.start for year in years)
    for row in subject.plan.deliverables:
        for phrase in dates_in(subject, row.text):
            lead = row.text[max(0, phrase.start - 80) : phrase.start]
            done = _past().search(lead) and not _future().search(lead)
            if phrase.latest < begins and phrase.role is not DateRole.START and done:
                quoted = around(row.text, phrase.start, phrase.stop, before=5, after=1)
                message = f"Already done {phrase.text.strip()}, before the plan begins."
                yield Objection(message, subject.line(row.id), quoted, None, place_of(subject, row))


@rule("OUT_OF_ORDER", Severity.INFO, needs=Needs.DOCUMENT)
def out_of_order(subject: Subject) -> Iterator[Objection]:
    """In a list of dated commitments one is due before the one above it.

    Only lists of paragraphs are looked at: in a table the columns carry the order.

    Fires: "By August …" below "By September …". Does not: two items due on one day.
    Remedy: sort the list by date.
    """
    kinds = {block.origin.line: block.kind for block in subject.blocks}
    latest: dict[str, date] = {}
    for row in subject.plan.deliverables:
        line = subject.line(row.id)
        if row.due is None or kinds.get(line) is BlockKind.TABLE_ROW:
            continue
        before = latest.get(row.objective)
        if before and row.due < before:
            message = f"Due {long_date(row.due)}, after an item due {long_date(before)}."
            yield Objection(message, line, opening(row.text, 9), None, place_of(subject, row))
        latest[row.objective] = max(row.due, before or row.due)


@rule("EMPTY_QUARTER", Severity.INFO)
def empty_quarter(subject: Subject) -> Iterator[Objection]:
    """An objective has nothing due in a quarter of the plan, in years that are laid out by quarters.

    Nothing can be reported then: for half a year or more nobody will notice that it stands still.

    Fires: nothing in Q1 and Q2. Does not: a plan laid out by years; a last year with one column.
    Remedy: add a step, or say why there is none.
    """
    filled: dict[str, set[Quarter]] = {}
    by_quarter: set[FinancialYear] = set()
    for row in subject.commitments:
        column = period_of(row.column)
        if isinstance(column, Quarter):
            by_quarter.add(FinancialYear.of(column.start))
        if column is None and row.due is not None:
            column = Quarter.of(row.due)  # its column was lost; it is due all the same
        if isinstance(column, Quarter):
            filled.setdefault(row.objective, set()).add(column)
    quarters = [quarter for year in plan_years(subject) if year in by_quarter for quarter in year.quarters]
    for objective in subject.plan.objectives if quarters else ():
        empty = [quarter for quarter in quarters if quarter not in filled.get(objective.id, set())]
        if empty:
            names = ", ".join(quarter.label if len(quarters) > 4 else f"Q{quarter.number}" for quarter in empty)
            number = f"{objective.number}. " if objective.number else ""
            yield Objection(
                f"Nothing is due in {names}.", subject.line(objective.id), f"{number}{opening(objective.title, 12)}",
                None, subject.where(objective=objective.id),
            )  # fmt: skip
