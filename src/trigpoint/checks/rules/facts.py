"""Rules on facts that a small shipped table knows: the years of statutes, the areas of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.pack import Pattern, Sieve, rows, word_set
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.spot import elsewhere
from trigpoint.checks.subject import Passage, Subject
from trigpoint.patterns import any_of

DATED = re.compile(r"(?:act|regulations|order),? \d{4}\b", re.IGNORECASE)
"""What each title ends in, with a year: quickly looked for before the titles themselves."""
SHORTEST_NEED = 4


@rule("KNOWN_FACT", Severity.WARNING)
def known_fact(subject: Subject) -> Iterator[Objection]:
    """A statute has the wrong year, a body or scheme a wrong name, or a body of another area is named.

    Years are those of the citations of Acts and regulations; where several have one name each year is right. Info for
    a name that is often written wrongly, and for a police force whose area is not that of the plan's organisation: it
    may be a neighbour.

    Fires: "the Mental Capacity Act 2006"; "a patient group directive". Does not: "the Children Act 2004".
    Remedy: correct the year, or the name.
    """
    years = {row["statute"].lower(): row["years"].split(";") for row in rows("statutes")}
    for passage in subject.texts:
        for match in _statute().finditer(passage.text) if DATED.search(passage.text) else ():
            right = years[" ".join(match.group(1).lower().replace("&", "and").split())]
            if match.group(2) not in right and not _longer_title(passage.text[: match.start()]):
                message = f"The {match.group(1)} is of {' or '.join(right)}, not {match.group(2)}."
                quoted = around(passage.text, match.start(), match.end(), before=1, after=1)
                yield Objection(message, passage.line, quoted, None, passage.where)
    yield from _misnomers(subject)
    yield from _foreign_bodies(subject)


@cache
def _statute() -> re.Pattern[str]:
    names = any_of(frozenset(row["statute"].lower() for row in rows("statutes")))
    return re.compile(rf"\b({names.replace(' and ', ' (?:and|&) ')})(?:,)? (\d{{4}})\b", re.IGNORECASE)


def _longer_title(before: str) -> bool:
    """Whether what stands before a title makes it the end of a longer one: "Primary | Care Act"."""
    match = re.search(r"([A-Z][\w’'-]*|\))(?:,? (?:and|of|in|&))? $", before)
    return match is not None and match[1].lower() not in word_set("names", "leading")


def _misnomers(subject: Subject) -> Iterator[Objection]:
    """Names of bodies and schemes that are often written wrongly; small letters may be something else."""
    found: dict[str, list[tuple[Passage, re.Match[str]]]] = {}
    for passage in subject.texts:
        for wrong in _wrong_names().sifted(passage.text):
            for match in wrong.regex.finditer(passage.text):
                if match.group()[0].isupper():
                    found.setdefault(wrong.say, []).append((passage, match))
    for right, places in found.items():
        passage, match = places[0]
        others = elsewhere(subject, passage.line, (other.line for other, _ in places))
        quoted = around(passage.text, match.start(), match.end(), before=2, after=2)
        yield Objection(f"The name is “{right}”{others}.", passage.line, quoted, Severity.INFO, passage.where)


@cache
def _wrong_names() -> Sieve:
    """The wrong names with their right one; each needs the letters that it begins with."""
    found = []
    for row in rows("misnomers"):
        opening = re.match(r"[a-z ]*", row["wrong"])
        needs = (opening.group()[:-1],) if opening and len(opening.group()) > SHORTEST_NEED else ()
        regex = re.compile(rf"\b(?:{row['wrong']})(?!\w)", re.IGNORECASE)
        found.append(Pattern(regex, row["right"], needs))
    return Sieve(found)


def _foreign_bodies(subject: Subject) -> Iterator[Objection]:
    areas = {row["body"]: row["areas"].split(";") for row in rows("bodies")}
    home = {
        body
        for body, names in areas.items()
        if any(re.search(rf"\b{re.escape(name)}\b", subject.plan.organisation) for name in names)
    }
    if not home:
        return
    foreign = {body for body in areas if body not in home}
    pattern = re.compile(rf"\b(?:{any_of(frozenset(foreign))})\b")
    for passage in subject.texts:
        for match in pattern.finditer(passage.text):
            own = " or ".join(sorted(home))
            message = f"{match.group()} does not serve {subject.plan.organisation}; {own} does."
            quoted = around(passage.text, match.start(), match.end(), before=1, after=1)
            yield Objection(message, passage.line, quoted, Severity.INFO, passage.where)
