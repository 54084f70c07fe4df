"""Rules on acronyms that stand for two things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.rules.acronyms import UNKNOWN, Usage, bare_letters, known_acronyms, usage
from trigpoint.checks.subject import Passage, Subject
from trigpoint.checks.words import content

CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,6}")
LONGEST_RIVAL_WORDS = 4


@rule("ACRONYM_COLLISION", Severity.WARNING)
def acronym_collision(subject: Subject) -> Iterator[Objection]:
    """One acronym stands for two things.

    Either the plan expands it twice in different words, or it expands a well-known acronym in a way of its own and
    uses the well-known thing as well.

    Fires: "Care in Practice (CIP)" in a plan with cost improvement programmes. Does not: the same expansion twice.
    Remedy: give one of the two another name, or write it out.
    """
    found = usage(subject)
    whole = " ".join(passage.text.lower() for passage in subject.texts)
    for acronym, expansions in found.expansions.items():
        meant = content(expansions[0][0])
        known = known_acronyms().get(acronym.upper(), UNKNOWN)
        for phrase, passage, start, stop in expansions:
            quoted = around(passage.text, start, stop, before=6, after=0)
            if not content(phrase) & meant:
                message = f"{acronym} is “{expansions[0][0]}” elsewhere and “{phrase}” here."
                yield Objection(message, passage.line, quoted, None, passage.where)
            elif not content(known.words) & content(phrase) and (
                other := next((each for each in known.meanings if each and each.lower() in whole), "")
            ):
                message = f"{acronym} is “{phrase}” here; the plan also speaks of {other}s, which it usually means."
                yield Objection(message, passage.line, quoted, None, passage.where)
    yield from _borrowed(subject, found)


def _borrowed(subject: Subject, found: Usage) -> Iterator[Objection]:
    """A well-known acronym on a line that speaks of another thing with the same initials, and not of the known one.

    The other thing must stand in capitals somewhere in the plan. Each acronym is named once.
    """
    rivals = _rivals(subject, found)
    by_line: dict[tuple[int | str, str], list[str]] = {}
    for passage in subject.ordered_texts if rivals else ():
        by_line.setdefault(_line_of(passage), []).append(passage.text.lower())
    for acronym, names in rivals.items():
        meanings = known_acronyms()[acronym.upper()].meanings
        firsts = {meaning.split()[0].lower() for meaning in meanings}
        for passage in found.places[acronym]:
            line = " ".join(by_line[_line_of(passage)])
            meant = next((name for name in sorted(names) if name in line), "")
            match = re.search(rf"(?<![\w&]){re.escape(acronym)}(?![\w&])", passage.text)
            if meant and match and not any(first in line for first in firsts):
                message = f"{acronym} usually means {meanings[0]}; here it seems to be “{meant}”."
                quoted = around(passage.text, match.start(), match.end(), before=3, after=2)
                yield Objection(message, passage.line, quoted, Severity.INFO, passage.where)
                break


def _line_of(passage: Passage) -> tuple[int | str, str]:
    return (passage.line or passage.item, passage.where.get("file", ""))


def _rivals(subject: Subject, found: Usage) -> dict[str, set[str]]:
    """Each well-known acronym that the plan does not expand, with the plan's names of other things that it fits."""
    capitalised = _capitalised_names(subject)
    rivals: dict[str, set[str]] = {}
    for acronym in found.first:
        known = known_acronyms().get(acronym.upper())
        if known and acronym not in found.expansions:
            about = content(known.words)
            names = {name for name in capitalised.get(bare_letters(acronym), ()) if not content(name) & about}
            if names:
                rivals[acronym] = names
    return rivals


def _capitalised_names(subject: Subject) -> dict[str, set[str]]:
    """What the plan writes in capitals, by its initials, both in small letters."""
    names: dict[str, set[str]] = {}
    for passage in subject.texts:
        for run in CAPITALISED.finditer(passage.text):
            words = run.group().lower().split()
            for size in range(2, LONGEST_RIVAL_WORDS + 1):
                for at in range(len(words) - size + 1):
                    part = words[at : at + size]
                    names.setdefault("".join(word[0] for word in part), set()).add(" ".join(part))
    return names
