"""Rules on sentences that have lost something: a unit, a word, a percent sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, sentences
from trigpoint.checks.pack import found, word_set
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject

CHANGE = r"(?:increas|decreas|reduc|fall|fell|fallen|risen|rise|rose|grow|grew|grown|improv|dropp?)\w*"
NO_UNIT = re.compile(
    rf"\b{CHANGE}\s+by\s+(?:about\s+|around\s+|circa\s+|c\.?\s*)?(\d{{1,3}}(?:\.\d+)?)(?![\d,%]|\.\d)(?=\s+(\w+)|\s*[.;)]|\s*$)",
    re.IGNORECASE,
)
BY_NUMBER = re.compile(r"by\s+(?:[a-z.]+\s*)?\d", re.IGNORECASE)
"""What every such change has: quickly looked for before the change itself."""
AND_NUMBER = re.compile(r"\s+(?:and|or|to)\s+\d")
COUNTED = re.compile(r"\b(?:number|count|total)s?\b", re.IGNORECASE)
PERCENTAGE = re.compile(r"\b\d+(?:\.\d+)?\s?%")
NEXT_IN_SERIES = re.compile(
    r"(?:[,;]|\band)\s+(\d+\.\d+)\s+(?!(?:%|pp\b|per\b|m\b|k\b|bn\b|million|billion|mmol|percent|point|year|day|week|"
    r"month|hour|minute|time|to\b|and\b|or\b|in\b|million|WTE|FTE|wte|fte))(?=[a-z])"
)
"""A number after a comma or "and" that no unit follows, and no other end of a range."""
DOUBLED_IN_LIST = re.compile(r", (?:[A-Za-z]+ )?[A-Za-z]+ and (?:[A-Za-z]+ )?[A-Za-z]+ and [A-Za-z]+(?=[.;,]|$)(?<!ed)")
DOUBLED_CONJUNCTION = re.compile(r"\b(?:and\s+or|or\s+and|but\s+and)\b", re.IGNORECASE)


@rule("UNIT_MISSING", Severity.WARNING)
def unit_missing(subject: Subject) -> Iterator[Objection]:
    """Something grew or fell by a number that has no unit.

    "By 12.8" can be per cent, percentage points, a rate per 100,000 or a count.

    Fires: "have decreased by 12.8 compared to England". Does not: "by 12.8% compared", "by 300 patients".
    Remedy: write the unit.
    """
    followers = word_set("text", "unitless_followers")
    for passage in subject.texts:
        for match in NO_UNIT.finditer(passage.text) if BY_NUMBER.search(passage.text) else ():
            follower = (match.group(2) or "").lower()
            counted = COUNTED.search(passage.text, max(0, match.start() - 80), match.start())
            paired = AND_NUMBER.match(passage.text, match.end(1))  # "rises of 2 and 3": the unit stands after both
            if (not follower or follower in followers) and not counted and not paired:
                yield Objection(
                    f"{match.group(1)} of what? The number has no unit.",
                    passage.line, around(passage.text, match.start(), match.end(), before=1, after=3),
                    None, passage.where,
                )  # fmt: skip


@rule("GARBLED_TEXT", Severity.ERROR)
def garbled_text(subject: Subject) -> Iterator[Objection]:
    """A sentence has lost a number's unit in a series of percentages, or a word, or doubles its conjunctions.

    Error where a member of the series has no "%" (the figure cannot be used); info for "and or" and for a missing
    "be", "in" or "of" in the turns of phrase where that is sure.

    Fires: "70% had A, 77.9 had B and 87.4% had C". Does not: "70% had A, 77.9% had B".
    Remedy: mend the sentence from its source.
    """
    for passage in subject.texts:
        for offset, sentence in sentences(passage.text) if passage.text.count("%") > 1 else ():
            percentages = [match.start() for match in PERCENTAGE.finditer(sentence)]
            for match in NEXT_IN_SERIES.finditer(sentence) if len(percentages) >= 2 else ():
                if percentages[0] < match.start() < percentages[-1]:
                    start, stop = offset + match.start(1), offset + match.end(1)
                    message = f"{match.group(1)} stands in a series of percentages and has no “%”."
                    quoted = around(passage.text, start, stop, before=4, after=9)
                    yield Objection(message, passage.line, quoted, None, passage.where)
        for match, say in found("text", "ungrammatical", passage.text):
            quoted = around(passage.text, match.start(), match.end(), before=3, after=3)
            yield Objection(f"A word is missing or wrong: {say}.", passage.line, quoted, Severity.INFO, passage.where)
        for match in DOUBLED_IN_LIST.finditer(passage.text):
            quoted = around(passage.text, match.start() + 2, match.end(), before=1, after=0)
            message = "The list closes with “and” twice; one of them should be a comma."
            yield Objection(message, passage.line, quoted, Severity.INFO, passage.where)
        for match in DOUBLED_CONJUNCTION.finditer(passage.text):
            yield Objection(
                f"“{match.group()}”: one conjunction too many, or “and/or” is meant.",
                passage.line, around(passage.text, match.start(), match.end()), Severity.INFO, passage.where,
            )  # fmt: skip
