"""Rules on acronyms: never expanded, expanded twice, spelt in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.pack import rows, table
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Passage, Subject
from trigpoint.checks.words import shouts

TOKEN = re.compile(r"(?<![\w#@/.-])(?:\d)?[A-Z][A-Za-z&]{1,7}\d?[A-Z]?(?![\w@]|\.\w|[-/]\d)")
CODE = re.compile(r"[A-Z]{1,6}[ .]?\d+[a-z]?")
"""The number of an action or risk, which is all of its cell: "UEC1"."""
CAPITALS = re.compile(r"[A-Z]")
BRACKETED = re.compile(r"[“\"'(]?\((?:the )?[“\"']?([A-Z0-9][A-Za-z&/ ]{1,9}?)s?[”\"']?\)")
DEFINED_BEFORE = re.compile(r"\b([A-Z][A-Za-z&]{1,7})s? \(((?:[A-Za-z][\w’'-]*[ ,]*){2,8})\)")
WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9’']*")
SMALL = frozenset({"of", "the", "and", "for", "in", "to", "a", "on", "with", "at", "s"})
RUN = re.compile(r"(?<![\w-])[A-Z][\w’'-]*+(?:[ ,]+(?:(?:of|the|and|for|in|to|on|with|&) )*[A-Z][\w’'-]*+)+")
NAME = re.compile(r"\b[A-Z][a-z]{2,7}\b")
OFTEN_LINES = 3
LONGEST_RUN = 8
Found = TypeVar("Found")
LONGEST_LEAD = 160


@dataclass(frozen=True)
class Usage:
    """All acronyms of a plan: where each is first used, on how many lines, and how the plan expands it."""

    first: Mapping[str, tuple[Passage, int, int]]
    places: Mapping[str, tuple[Passage, ...]]
    expansions: Mapping[str, tuple[tuple[str, Passage, int, int], ...]]

    def lines(self, acronym: str) -> int:
        """On how many lines it is used."""
        return len({(each.line, each.item) for each in self.places[acronym]})


@dataclass(frozen=True, slots=True)
class Acronym:
    """A shipped acronym: what it can stand for, the likeliest first, and whether every reader knows it."""

    meanings: tuple[str, ...]
    common: bool

    @property
    def words(self) -> str:
        """All that it can stand for."""
        return " ".join(self.meanings)


UNKNOWN = Acronym(("",), False)


@cache
def known_acronyms() -> Mapping[str, Acronym]:
    """Shipped acronyms, in upper case."""
    return {
        row["acronym"].upper(): Acronym(tuple(row["expansion"].split(";")), row["common"] == "yes")
        for row in rows("acronyms")
    }


@lru_cache(maxsize=1)
def usage(subject: Subject) -> Usage:
    """The acronyms of a plan. Words in a line of capitals are not counted; plural "s" is dropped."""
    first: dict[str, tuple[Passage, int, int]] = {}
    places: dict[str, list[Passage]] = {}
    expansions: dict[str, list[tuple[str, Passage, int, int]]] = {}
    for passage in subject.ordered_texts:
        defined = list(_definitions(passage.text))
        for acronym, phrase, start, stop in defined:
            expansions.setdefault(acronym, []).append((phrase, passage, start, stop))
        if shouts(passage.text) or CODE.fullmatch(passage.text.strip()):
            continue
        here: dict[str, None] = {}
        for match in TOKEN.finditer(passage.text):
            acronym = singular(match.group())
            if acronym and not any(start <= match.start() < stop for _, _, start, stop in defined):
                first.setdefault(acronym, (passage, match.start(), match.end()))
                here[acronym] = None
        for acronym in here:
            places.setdefault(acronym, []).append(passage)
    return Usage(first, _frozen(places), _frozen(expansions))


def _frozen(groups: Mapping[str, list[Found]]) -> dict[str, tuple[Found, ...]]:
    return {key: tuple(found) for key, found in groups.items()}


@lru_cache(maxsize=20_000)
def singular(token: str) -> str:
    word = token[:-1] if token.endswith("s") and token[:-1].isupper() else token
    capitals = len(CAPITALS.findall(word))
    if capitals < 2 or capitals * 2 < len(word) or word.upper() in table("names")["shouted"]:
        return ""
    if re.fullmatch(r"X+|[A-Z]\d|[IVX]+", word):
        return ""
    return word.strip("&").rstrip("0123456789")


def _definitions(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Every "Long Form (LF)" and "LF (Long Form)" of a text whose letters fit."""
    if "(" not in text:
        return
    for match in BRACKETED.finditer(text):
        acronym = match.group(1).strip()
        if len(CAPITALS.findall(acronym)) < 2:
            continue
        words = text[max(0, match.start() - LONGEST_LEAD) : match.start()].split()[-10:]
        if phrase := _fitting(acronym, " ".join(words)):
            yield acronym, phrase, max(0, text.rfind(phrase, 0, match.start())), match.end()
    for match in DEFINED_BEFORE.finditer(text):
        if len(CAPITALS.findall(match.group(1))) >= 2 and _fits(match.group(1), match.group(2)):
            yield match.group(1), match.group(2).strip(), match.start(), match.end()


def _fitting(acronym: str, lead: str) -> str:
    """The shortest tail of ``lead`` whose words can be shortened to the acronym."""
    words = lead.split()
    letters = bare_letters(acronym)
    for size in range(1, len(words) + 1):
        tail = " ".join(words[-size:])
        if size >= min(2, len(letters)) and _fits(acronym, tail) and tail[:1].lower() == letters[:1]:
            return tail.strip(" ,")
    return ""


def _fits(acronym: str, phrase: str) -> bool:
    """Whether the acronym's letters stand in the phrase in order, nearly all of them at the beginning of a word."""
    letters = bare_letters(acronym)
    words = WORDS.findall(phrase.replace("-", " "))
    initials = "".join(word.lower() if word.isupper() else word[0].lower() for word in words)
    at = hits = 0
    for letter in letters:
        found = initials.find(letter, at)
        if found >= 0:
            hits += 1
            at = found + 1
    return hits >= max(2, len(letters) - 1) and len(initials) <= 2 * len(letters) + 2


def bare_letters(acronym: str) -> str:
    return "".join(char for char in acronym.lower() if char.isalnum())


@rule("UNDEFINED_ACRONYM", Severity.WARNING)
def undefined_acronym(subject: Subject) -> Iterator[Objection]:
    """An acronym is never expanded.

    A shipped list of acronyms that every reader of NHS plans knows is exempt. Info where it is used on one line
    only, where the list can suggest what it stands for, or where the long form stands elsewhere untied. Named once,
    at its first use.

    Fires: "delivery of FOSW" used throughout. Does not: "RTT"; "Care Review Group (CRG)".
    Remedy: write the long form at the first use, with the acronym in brackets.
    """
    found = usage(subject)
    initials = _initials(subject)
    defined = {bare_letters(other) for other in found.expansions}
    capitalised = {word for passage in subject.texts for word in NAME.findall(passage.text)}  # ARUP is Arup shouted
    for acronym, (passage, start, stop) in found.first.items():
        known = known_acronyms().get(acronym.upper())
        bare = bare_letters(acronym)
        if (
            (known and known.common)
            or acronym.capitalize() in capitalised
            or bare in defined
            or bare.removesuffix("s") in defined
            or f"{bare}s" in defined
        ):
            continue
        quoted = around(passage.text, start, stop, before=4, after=2)
        untied = len(bare) > 2 and bare[:LONGEST_RUN] in initials
        often = found.lines(acronym) >= OFTEN_LINES
        severity = None if often and not known and not untied and len(acronym) > 2 else Severity.INFO
        hint = f" (“{'” or “'.join(known.meanings[:2])}”?)" if known else ""
        said = "is never tied to its long form" if untied else f"is never expanded{hint}"
        yield Objection(f"{acronym} {said}.", passage.line, quoted, severity, passage.where)


def _initials(subject: Subject) -> frozenset[str]:
    """The initials that runs of capitalised words begin with, from any of their words on; small words left out."""
    found: set[str] = set()
    for passage in subject.texts:
        for run in RUN.finditer(passage.text):
            words = [word for word in WORDS.findall(run.group().replace("-", " ")) if word.lower() not in SMALL]
            letters = "".join(word[0].lower() for word in words if not word.isupper())
            for start in range(len(letters) - 1):
                found.update(
                    letters[start:stop] for stop in range(start + 2, min(len(letters), start + LONGEST_RUN) + 1)
                )
    return frozenset(found)


@rule("REDUNDANT_NAME", Severity.INFO)
def redundant_name(subject: Subject) -> Iterator[Objection]:
    """The last word of an acronym is said again after it.

    Fires: "NHSE England", "the ISAP process". Does not: "NHS England".
    Remedy: drop the word.
    """
    defined = {acronym: spots[0][0] for acronym, spots in usage(subject).expansions.items()}
    for passage in subject.texts:
        for match in re.finditer(r"\b([A-Z]{3,7})s? ([A-Za-z]+)\b", passage.text):
            phrase = defined.get(match.group(1)) or known_acronyms().get(match.group(1), UNKNOWN).meanings[0]
            if phrase.startswith("a ") or match.group(1) in table("names")["rightly_repeated"]:
                continue  # the pack explains a product's name, it does not expand it
            last = WORDS.findall(phrase)[-1:] if phrase else []
            if last and len(last[0]) > 3 and match.group(2).lower().rstrip("s") == last[0].lower().rstrip("s"):
                quoted = around(passage.text, match.start(), match.end(), before=1, after=1)
                message = f"{match.group(1)} already says “{match.group(2)}”."
                yield Objection(message, passage.line, quoted, None, passage.where)
