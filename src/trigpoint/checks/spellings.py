"""One name in two spellings that differ in spaces or capitals alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.pack import table
from trigpoint.checks.rule import Objection
from trigpoint.checks.subject import Passage, Subject
from trigpoint.checks.words import shouts

SPACED = re.compile(r"\b[A-Z][A-Za-z]{3,}(?: [A-Z][A-Za-z]{2,})?\b")
PAIR = re.compile(r"(?=(?<![\w’'-])([A-Z][a-z]{3,} [A-Z][a-z]{4,})(?![\w-]))")
OFTEN = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where a name stands."""

    passage: Passage
    start: int
    stop: int

    def quote(self) -> str:
        return around(self.passage.text, self.start, self.stop, before=3, after=4)


def other_spacing(subject: Subject) -> Iterator[Objection]:
    """RightCare, Right Care and Rightcare: the same letters, capitals and spaces apart."""
    forms: dict[str, dict[str, list[Spot]]] = {}
    common: set[str] = set()
    for passage in subject.ordered_texts:
        common.update(re.findall(r"\b[a-z]{4,}\b", passage.text))
        if shouts(passage.text):
            continue
        for match in SPACED.finditer(passage.text):
            for form in {match.group(), match.group().split()[0]}:
                spot = Spot(passage, match.start(), match.start() + len(form))
                forms.setdefault(form.replace(" ", "").lower(), {}).setdefault(form, []).append(spot)
    for bare, spellings in forms.items():
        if len(spellings) < 2 or bare in common or bare in table("names")["known_spellings"]:
            continue
        capitals = any(re.search(r"[a-z][A-Z]", form) or form.isupper() for form in spellings)
        spaces = len({" " in form for form in spellings}) == 2
        if not capitals and not spaces:
            continue
        usual = max(sorted(spellings), key=lambda form: len(spellings[form]))
        for form, spots in spellings.items():
            if form != usual:
                message = f"“{form}” here, “{usual}” elsewhere: choose one."
                yield Objection(message, spots[0].passage.line, spots[0].quote(), Severity.INFO, spots[0].passage.where)


def small_letters(subject: Subject) -> Iterator[Objection]:
    """A name of two words that nearly always has two capitals, and here lacks one or both."""
    spots: dict[str, dict[str, list[Spot]]] = {}
    texts = [passage for passage in subject.ordered_texts if not shouts(passage.text)]
    names = Counter(match[1] for passage in texts for match in PAIR.finditer(passage.text))
    usual = {name.lower(): name for name, count in names.items() if count >= OFTEN}
    if not usual:
        return
    anyhow = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(usual)))})(?![\w-])", re.IGNORECASE)
    for passage in texts:
        for match in anyhow.finditer(passage.text):
            found = spots.setdefault(match.group().lower(), {})
            found.setdefault(match.group(), []).append(Spot(passage, match.start(), match.end()))
    for bare, forms in spots.items():
        often = len(forms.get(usual[bare], ()))
        rare = [(form, where) for form, where in forms.items() if form != usual[bare]]
        if sum(len(where) for _, where in rare) * OFTEN <= often:
            for form, where in rare:
                message = f"“{form}” here, “{usual[bare]}” everywhere else."
                spot = where[0]
                yield Objection(message, spot.passage.line, spot.quote(), Severity.INFO, spot.passage.where)
