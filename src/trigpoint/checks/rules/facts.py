"""Rules on facts that a small shipped table knows: the years of statutes, the areas of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.pack import rows
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.patterns import any_of


@rule("KNOWN_FACT", Severity.WARNING)
def known_fact(subject: Subject) -> Iterator[Objection]:
    """A statute has the wrong year, or a body of another area is named.

    Years and chapters are those of the Acts' own citations; an Act of several years accepts each. Info for a
    police force whose area is not that of the plan's organisation: it may be a neighbour.

    Fires: "the Mental Capacity Act 2006". Does not: "the Children Act 2004".
    Remedy: correct the year, or the name.
    """
    years = {row["statute"].lower(): row["years"].split(";") for row in rows("statutes")}
    for passage in subject.texts:
        for match in _statute().finditer(passage.text):
            right = years[" ".join(match.group(1).lower().split())]
            if match.group(2) not in right:
                message = f"The {match.group(1)} is of {' or '.join(right)}, not {match.group(2)}."
                quoted = around(passage.text, match.start(), match.end(), before=1, after=1)
                yield Objection(message, passage.line, quoted, None, passage.where)
    yield from _foreign_bodies(subject)


@cache
def _statute() -> re.Pattern[str]:
    names = any_of(frozenset(row["statute"].lower() for row in rows("statutes")))
    return re.compile(rf"(?<!and )(?<!Care )(?<!Social )\b({names})(?:,)? (\d{{4}})\b", re.IGNORECASE)


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
