"""The dates of a plan's commitments, read once for all rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from trigpoint.checks.subject import Subject
from trigpoint.periods import DatePhrase, FinancialYear, binding_date, find_dates, period_of
from trigpoint.plans.model import Item, Milestone

MONTH = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
PRINTED_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d\d/\d\d\b")


@lru_cache(maxsize=1)
def plan_years(subject: Subject) -> tuple[FinancialYear, ...]:
    """The financial years of the plan, those that can be read."""
    periods = (period_of(label) for label in subject.plan.years)
    return tuple(period for period in periods if isinstance(period, FinancialYear))


_READ: WeakKeyDictionary[Subject, dict[str, tuple[DatePhrase, ...]]] = WeakKeyDictionary()


def dates_in(subject: Subject, text: str) -> tuple[DatePhrase, ...]:
    """The dates in a text of a subject, read once for all the rules that ask, and kept as long as the subject is."""
    read = _READ.setdefault(subject, {})
    if text not in read:
        read[text] = find_dates(text, years=plan_years(subject))
    return read[text]


@dataclass(frozen=True, slots=True)
class Dated:
    """A commitment, its words and the dates in them; a printed date that is not among the words goes before them."""

    row: Item
    text: str
    phrases: tuple[DatePhrase, ...]

    @property
    def binding(self) -> DatePhrase | None:
        """The date the commitment is due."""
        return binding_date(self.phrases)


@lru_cache(maxsize=1)
def dated_rows(subject: Subject) -> tuple[Dated, ...]:
    """Every commitment of the plan with the dates in its words."""
    found = []
    for row in subject.commitments:
        apart = row.due_phrase and row.due_phrase.lower() not in row.text.lower()
        text = f"{row.due_phrase}, {row.text}" if apart else row.text
        found.append(Dated(row, text, dates_in(subject, text)))
    return tuple(found)


def place_of(subject: Subject, row: Item) -> dict[str, str]:
    """The names a finding on a commitment carries."""
    deliverable = row.deliverable if isinstance(row, Milestone) else row.id
    return subject.where(objective=row.objective, deliverable=deliverable, item=row.id)
