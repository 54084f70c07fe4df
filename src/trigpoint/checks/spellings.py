"""One name in two spellings that differ in spaces or capitals alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.lexicon import lexicon
from trigpoint.checks.pack import table
from trigpoint.checks.rule import Objection
from trigpoint.checks.subject import Passage, Subject

SPACED = re.compile(r"\b[A-Z][A-Za-z]{3,}(?: [A-Z][A-Za-z]{2,})?\b")
PAIR = re.compile(r"(?=(?<![\w’'-])([A-Z][a-z]{3,} [A-Z][a-z]{4,})(?![\w-]))")
ANYHOW = re.compile(r"(?=(?<![\w’'-])([A-Za-z]{4,} [A-Za-z]{5,})(?![\w-]))")
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
    for passage in subject.calm_texts:
        for match in SPACED.finditer(passage.text):
            for form in {match.group(), match.group().split()[0]}:
                spot = Spot(passage, match.start(), match.start() + len(form))
                forms.setdefault(form.replace(" ", "").lower(), {}).setdefault(form, []).append(spot)
    for bare, spellings in forms.items():
        if len(spellings) < 2 or bare in subject.small_words or bare in table("names")["known_spellings"]:
            continue
        capitals = any(re.search(r"[a-z][A-Z]", form) or form.isupper() for form in spellings) and not _label(spellings)
        spaces = len({" " in form for form in spellings}) == 2
        if not capitals and not spaces:
            continue
        usual = max(sorted(spellings), key=lambda form: len(spellings[form]))
        for form, spots in spellings.items():
            if form != usual:
                message = f"“{form}” here, “{usual}” elsewhere: choose one."
                yield Objection(message, spots[0].passage.line, spots[0].quote(), Severity.INFO, spots[0].passage.where)


def _label(spellings: Mapping[str, list[Spot]]) -> bool:
    """Whether the spellings are a plain word, in capitals or opening its text: "ACTION" over a column, "Action: …"."""
    return all(
        form.isupper() or (lexicon().has(form.lower()) and all(spot.start == 0 for spot in spots))
        for form, spots in spellings.items()
    )


def small_letters(subject: Subject) -> Iterator[Objection]:
    """A name of two words that nearly always has two capitals, and here lacks one or both."""
    spots: dict[str, dict[str, list[Spot]]] = {}
    texts = subject.calm_texts
    names = Counter(name for passage in texts for name in PAIR.findall(passage.text))
    usual = {name.lower(): name for name, count in names.items() if count >= OFTEN}
    if not usual:
        return
    for passage in texts:
        for match in ANYHOW.finditer(passage.text):
            bare = match[1].lower()
            if bare in usual:
                found = spots.setdefault(bare, {})
                found.setdefault(match[1], []).append(Spot(passage, match.start(1), match.end(1)))
    for bare, forms in spots.items():
        often = len(forms.get(usual[bare], ()))
        rare = [(form, where) for form, where in forms.items() if form != usual[bare]]
        if sum(len(where) for _, where in rare) * OFTEN <= often:
            for form, where in rare:
                message = f"“{form}” here, “{usual[bare]}” everywhere else."
                spot = where[0]
                yield Objection(message, spot.passage.line, spot.quote(), Severity.INFO, spot.passage.where)
