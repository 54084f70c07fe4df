"""The part a date plays in its sentence, told from the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from trigpoint.periods.calendar import CalendarYear, FinancialYear
from trigpoint.periods.phrase import DatePhrase, Role
from trigpoint.periods.reading import Doubt, Kind
from trigpoint.periods.surroundings import Surroundings
from trigpoint.periods.words import Introducer, date_words
from trigpoint.periods.year_frame import YearFrame

_YEARS = frozenset({Kind.FINANCIAL_YEAR, Kind.CALENDAR_YEAR, Kind.POOL})
_FIRM = frozenset({Introducer.BINDS, Introducer.BEFORE})
_TO = frozenset({"to", "until", "till", "through", "through to", "up to"})
_CLOSE = 30
_TITLE_WORD = re.compile(r"[A-Z][\w&-]*\s{1,3}$")
# "2017/18 and 2018/19", "17/18, 18/19", "2017/18 – 2018/19", "for 2017/18 (£14.4m) and 2018/19", "month 5 (August)".
_CHAIN = re.compile(r"\s?(?:\([^()]{0,30}\))?\s{0,2}(?:,|,?\s?(?:and|&|or)\s{1,3}|[–/-]\s{0,2}|\()\s?")
_SENTENCE_END = re.compile(r"[.;!?](?:\s|$)|[\n\t•]|\*\s|</(?:p|li|td)>")


def role_alone(kind: Kind, around: Surroundings, latest: date, frame: YearFrame) -> tuple[Role, bool]:
    """The role of a date taken by itself, ``latest`` the last day it can mean, and whether it is firm."""
    introducer = around.introducer
    if kind is Kind.NOW or introducer is Introducer.CONTEXT or (kind is Kind.POOL and introducer not in _FIRM):
        return Role.CONTEXT, False
    if introducer in _FIRM:
        if around.article and around.is_adjective and around.part is None:
            return Role.CONTEXT, False
        return (Role.START, False) if around.onwards else (Role.DUE, True)
    if introducer is Introducer.START or around.onwards:
        return Role.START, False
    if _describes(kind, around) or _names_a_year(kind, around, latest, frame) or _tells_the_past(around, latest, frame):
        return Role.CONTEXT, False
    leads = introducer is not None or around.part is not None or kind not in _YEARS
    return Role.DUE, around.opens and leads


def _describes(kind: Kind, around: Surroundings) -> bool:
    """Whether a date that nothing binds is an adjective, a figure's date, or governed by "in readiness for"."""
    words = date_words()
    if words.to_date.match(around.after) or (not around.opens and words.governor.search(around.before)):
        return True
    if kind is Kind.PLAN_MONTH and around.introducer is not None and not around.opens:
        return True
    if not around.is_adjective or around.part is not None:
        return False
    if around.introducer is Introducer.DURING and not around.article:
        return False
    return not around.opens or kind in _YEARS or around.next_word in words.figure_nouns


def _names_a_year(kind: Kind, around: Surroundings, latest: date, frame: YearFrame) -> bool:
    """Whether a year only says which: "the 2017/18 and …", "Activity 2017/18", "targets to 2018/19", "(2013-14)"."""
    if kind not in _YEARS or around.part is not None:
        return False
    if around.article or around.said in _TO:
        return True
    if around.introducer is not None:
        return False
    before_plan = bool(frame.years) and latest < frame.years[0].start
    return before_plan or (not around.opens and _TITLE_WORD.search(around.before) is not None)


def _tells_the_past(around: Surroundings, latest: date, frame: YearFrame) -> bool:
    """Whether the sentence tells what has happened, and promises nothing."""
    words = date_words()
    clause = around.clause_before + (" " + around.clause_after if around.opens else "")
    if words.future.search(clause):
        return False
    if words.past.search(clause) or words.past.match(around.after.lstrip()):
        return True
    before_plan = bool(frame.years) and latest < frame.years[0].start
    return words.did.search(clause) is not None or (before_plan and words.done.search(clause) is not None)


def joined(
    text: str, previous: DatePhrase, phrase: DatePhrase, before: Surroundings, around: Surroundings
) -> tuple[DatePhrase, DatePhrase]:
    """Two dates that follow each other, the second in the part that the first gives it.

    Of a range ("from April 2016 to March 2017") the first is the start and the second due; in a list ("in 2017/18 and
    2018/19") both play the same part; and where the first only gives context ("for 18/19 to 20/21") so does the second.
    """
    between = text[previous.stop : phrase.start]
    ranged = around.said in _TO and not between.strip()
    chained = around.introducer is None and _CHAIN.fullmatch(between) is not None
    if not (ranged or chained) or phrase.role is Role.START:
        return previous, phrase
    second = replace(phrase, opens=False, firm=False)
    if previous.role is Role.CONTEXT:
        return previous, replace(second, role=Role.CONTEXT)
    if ranged or between.strip() in {"-", "–"} or previous.text.lower().startswith("between"):
        past = phrase.role is Role.CONTEXT and not ranged
        binds = before.introducer in _FIRM
        first = previous if binds else replace(previous, role=Role.START, firm=False, due=previous.earliest)
        return first, second if past else replace(second, role=Role.DUE)
    return previous, replace(second, role=previous.role)


def roles_in_sentences(text: str, phrases: Sequence[DatePhrase]) -> tuple[DatePhrase, ...]:
    """In a sentence that has its due date, a later start or weak year only gives context.

    A year that a promise of its own leads to ("… and the service will begin in 2018/19") stays due.
    """
    told: list[DatePhrase] = []
    due_before, firm_before = False, False
    for number, taken in enumerate(phrases):
        phrase = taken
        gap = text[phrases[number - 1].stop : phrase.start] if number else ""
        if phrase.opens or _SENTENCE_END.search(gap):
            due_before, firm_before = False, False
        weak = phrase.role is Role.DUE and not phrase.firm and isinstance(phrase.period, FinancialYear | CalendarYear)
        promised = date_words().future.search(gap[-_CLOSE:]) is not None
        listed = bool(number) and _CHAIN.fullmatch(gap) is not None
        if (weak and firm_before and not promised and not listed) or (phrase.role is Role.START and due_before):
            phrase = replace(phrase, role=Role.CONTEXT)
        due_before = due_before or phrase.role is Role.DUE
        firm_before = firm_before or (phrase.role is Role.DUE and phrase.firm)
        told.append(phrase)
    return tuple(told)


def doubts_of(kind: Kind, doubts: tuple[Doubt, ...], around: Surroundings) -> tuple[Doubt, ...]:
    """The doubts of a reading in its place: "by Q2" leaves open whether its start or end is meant."""
    if kind is Kind.QUARTER and around.introducer is Introducer.BINDS and around.part is None:
        return (*doubts, Doubt.START_OR_END)
    return doubts
