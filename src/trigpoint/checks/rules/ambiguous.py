"""The rule on dates that can be read in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.checks.dated import MONTH, PRINTED_YEAR, dated_rows, dates_in, place_of
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, sentences
from trigpoint.checks.pack import found
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.spot import elsewhere
from trigpoint.checks.subject import Role, Subject
from trigpoint.periods import (
    Doubt,
    long_date,
)
from trigpoint.periods import Role as DateRole


@rule("AMBIGUOUS_DATE", Severity.WARNING)
def ambiguous_date(subject: Subject) -> Iterator[Objection]:
    """A date can be read in two ways.

    Warning for a commitment "By Q4" (its start or its end?) or "By 31st March" (of which year?). Info for a month
    without a year in the text, for "June 16" (a year or a day? named once, with all its lines), for a change of two
    values without years, and for a date that is said to be set and is not given.

    Fires: "By Q4". Does not: "By the end of Q4"; "by March 2027".
    Remedy: write day, month and year, or "the end of".
    """
    yield from _ambiguous_commitments(subject)
    yield from _year_or_day(subject)
    yield from _months_without_year(subject)
    yield from _said_not_given(subject)


def _ambiguous_commitments(subject: Subject) -> Iterator[Objection]:
    for dated in dated_rows(subject):
        row, phrase = dated.row, dated.binding
        if phrase is None:
            continue
        day_or_month = MONTH.search(phrase.text) and not PRINTED_YEAR.search(phrase.text)
        if Doubt.START_OR_END in phrase.doubts:
            message = f"“{phrase.text.strip()}”: its beginning or its end? Read as {long_date(phrase.due)}."
        elif day_or_month and {Doubt.NO_YEAR, Doubt.SEVERAL_YEARS} & set(phrase.doubts):
            message = f"“{phrase.text.strip()}” names no year. Read as {long_date(phrase.due)}."
        else:
            continue
        quoted = around(dated.text, phrase.start, phrase.stop, before=0, after=6)
        yield Objection(message, subject.line(row.id), quoted, None, place_of(subject, row))
    for measure in subject.plan.measures:
        for phrase in dates_in(subject, measure.text):
            if Doubt.SEVERAL_YEARS in phrase.doubts and phrase.role is DateRole.DUE:
                quoted = around(measure.text, phrase.start, phrase.stop, before=6, after=1)
                message = f"“{phrase.text.strip()}” of which year? The plan has several."
                where = subject.where(objective=measure.objective, item=measure.id)
                yield Objection(message, subject.line(measure.id), quoted, Severity.INFO, where)


def _year_or_day(subject: Subject) -> Iterator[Objection]:
    found = [
        (dated, phrase)
        for dated in dated_rows(subject)
        for phrase in dated.phrases
        if Doubt.YEAR_OR_DAY in phrase.doubts and phrase.role is DateRole.DUE
    ]
    if found:
        dated, phrase = found[0]
        row = dated.row
        others = elsewhere(subject, subject.line(row.id), (subject.line(each.row.id) for each, _ in found))
        quoted = around(dated.text, phrase.start, phrase.stop, before=0, after=5)
        message = f"“{phrase.text.strip()}” can be read as a day; write the year in full{others}."
        yield Objection(message, subject.line(row.id), quoted, Severity.INFO, place_of(subject, row))


def _months_without_year(subject: Subject) -> Iterator[Objection]:
    items = {subject.line(row.id) for row in subject.commitments}
    for passage in subject.prose:
        if passage.role is Role.HEADING or passage.line in items:
            continue
        for offset, sentence in sentences(passage.text):
            if PRINTED_YEAR.search(sentence):
                continue
            for phrase in dates_in(subject, sentence):
                if MONTH.search(phrase.text):
                    start = offset + phrase.start
                    quoted = around(passage.text, start, start + len(phrase.text), before=3, after=6)
                    message = f"“{phrase.text.strip()}” names no year."
                    yield Objection(message, passage.line, quoted, Severity.INFO)


def _said_not_given(subject: Subject) -> Iterator[Objection]:
    for passage in subject.texts:
        for key, message in (
            ("date_said", "A date is said to be set and is not given."),
            ("change_without_years", "Two values without years: from when to when?"),
        ):
            for match, _ in found("dates", key, passage.text):
                sentence = _sentence_at(passage.text, match.start())
                if not PRINTED_YEAR.search(sentence) and not MONTH.search(sentence):
                    quoted = around(passage.text, match.start(), match.end(), before=2, after=1)
                    yield Objection(message, passage.line, quoted, Severity.INFO, passage.where)


def _sentence_at(text: str, at: int) -> str:
    return next((sentence for offset, sentence in sentences(text) if offset <= at < offset + len(sentence)), text)
