"""The rule on acronyms in two spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.rules.acronyms import TOKEN, UNKNOWN, bare_letters, known_acronyms, singular
from trigpoint.checks.subject import Passage, Subject

SPELT_APART = re.compile(r"(?<![\w&])(?!I )[A-Z]{1,4} (?:(?:&|and) [A-Z]{1,6}|[A-Z]{1,6}(?: [A-Z]{1,6})?)(?![\w&])")
VERSION = re.compile(r"(?<![\w/-])([A-Z]{3,6})( ?)(\d)(?![\d.,/:%-]|\w)")


@rule("ACRONYM_VARIANT", Severity.INFO)
def acronym_variant(subject: Subject) -> Iterator[Objection]:
    """Two spellings of one acronym.

    Letters that differ only in a space, an "and" or one letter in five or more.

    Fires: "CYP IAPT", "CYPIAPT" and "CYIAPT". Does not: "CCG" and "CQC".
    Remedy: choose one spelling.
    """
    yield from _numbered_versions(subject)
    spellings = _spellings(subject)
    groups = _near(sorted(spellings))
    for group in groups:
        forms = sorted({form for key in group for form in spellings[key]})
        if len(forms) < 2 or max(map(len, group)) < 3 or not any(" " not in form or _programme(form) for form in forms):
            continue
        counts = {form: len(spots) for key in group for form, spots in spellings[key].items()}
        usual = max(sorted(counts), key=lambda form: counts[form])
        for key in sorted(group):
            for form, spots in spellings[key].items():
                if form != usual:
                    passage, start, stop = spots[0]
                    message = f"“{form}” here, “{usual}” elsewhere: one spelling is enough."
                    quoted = around(passage.text, start, stop, before=2, after=2)
                    yield Objection(message, passage.line, quoted, None, passage.where)


def _numbered_versions(subject: Subject) -> Iterator[Objection]:
    """An acronym with the number of its version, written with and without a space."""
    first: dict[str, dict[bool, list[tuple[Passage, int, int]]]] = {}
    for passage in subject.ordered_texts:
        for match in VERSION.finditer(passage.text):
            spaced = first.setdefault(match[1] + match[3], {}).setdefault(bool(match[2]), [])
            spaced.append((passage, match.start(), match.end()))
    for bare, forms in first.items():
        if len(forms) == 2 and not bare.startswith("FY"):
            apart = len(forms[True]) <= len(forms[False])
            passage, start, stop = forms[apart][0]
            message = f"“{passage.text[start:stop]}” here, with{'out' if apart else ''} a space elsewhere."
            quoted = around(passage.text, start, stop, before=2, after=2)
            yield Objection(message, passage.line, quoted, None, passage.where)


Spots = list[tuple[Passage, int, int]]


def _spellings(subject: Subject) -> dict[str, dict[str, Spots]]:
    """Bare letters → each spelling → where."""
    found: dict[str, dict[str, Spots]] = {}
    for passage in subject.calm_texts:
        taken = list(SPELT_APART.finditer(passage.text))
        for match in (*taken, *TOKEN.finditer(passage.text)):
            form = singular(match.group()) if match not in taken else match.group()
            bare = bare_letters(form.replace(" and ", "&")) if form else ""
            if 2 <= len(bare) <= 9:
                found.setdefault(bare, {}).setdefault(form, []).append((passage, match.start(), match.end()))
    return found


def _programme(form: str) -> bool:
    """Whether two acronyms side by side are likely one name: the second is known to every reader."""
    return (
        " " in form
        and len(bare_letters(form)) >= 5
        and known_acronyms().get(form.rsplit(" ", 1)[1].upper(), UNKNOWN).common
    )


def _near(keys: list[str]) -> list[set[str]]:
    """Groups of keys that are equal but for one letter added, for keys of five letters and more."""
    groups: dict[str, set[str]] = {key: {key} for key in keys}
    for key in keys:
        if len(key) < 6:
            continue
        for index in range(len(key)):
            shorter = key[:index] + key[index + 1 :]
            if shorter in groups and len(shorter) >= 5 and groups[shorter] is not groups[key]:
                joined = groups[shorter] | groups[key]
                for member in joined:
                    groups[member] = joined
    return list({id(group): group for group in groups.values()}.values())
