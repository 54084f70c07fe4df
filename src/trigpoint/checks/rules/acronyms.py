"""Rules on acronyms: never expanded, expanded twice, spelt in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.pack import rows, table
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Passage, Subject
from trigpoint.checks.words import shouts

TOKEN = re.compile(r"(?<![\w#@/.-])(?:\d)?[A-Z][A-Za-z&]{1,7}\d?[A-Z]?(?![\w@]|\.\w)")
CAPITALS = re.compile(r"[A-Z]")
SPELT_APART = re.compile(r"(?<![\w&])(?!I )[A-Z]{1,4} (?:&|and|[A-Z]{1,6})(?: [A-Z]{1,6})?(?![\w&])")
VERSION = re.compile(r"(?<![\w/-])([A-Z]{3,6})( ?)(\d)(?![\d.,/:%-]|\w)")
BRACKETED = re.compile(r"[“\"'(]?\((?:the )?[“\"']?([A-Z0-9][A-Za-z&/ ]{1,9}?)s?[”\"']?\)")
DEFINED_BEFORE = re.compile(r"\b([A-Z][A-Za-z&]{1,7})s? \(((?:[A-Za-z][\w’'-]*[ ,]*){2,8})\)")
WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9’']*")
SMALL = frozenset({"of", "the", "and", "for", "in", "to", "a", "on", "with", "at", "s"})
OFTEN_LINES = 3
LONGEST_LEAD = 160


@dataclass(frozen=True)
class Usage:
    """All acronyms of a plan: where each is first used, on how many lines, and how the plan expands it."""

    first: Mapping[str, tuple[Passage, int, int]]
    lines: Mapping[str, int]
    expansions: Mapping[str, tuple[tuple[str, Passage, int, int], ...]]


@cache
def known_acronyms() -> Mapping[str, tuple[str, bool]]:
    """Shipped acronyms: upper case → expansion, and whether every reader knows it."""
    return {row["acronym"].upper(): (row["expansion"], row["common"] == "yes") for row in rows("acronyms")}


@lru_cache(maxsize=1)
def usage(subject: Subject) -> Usage:
    """The acronyms of a plan. Words in a line of capitals are not counted; plural "s" is dropped."""
    first: dict[str, tuple[Passage, int, int]] = {}
    lines: Counter[str] = Counter()
    expansions: dict[str, list[tuple[str, Passage, int, int]]] = {}
    for passage in subject.ordered_texts:
        defined = list(_definitions(passage.text))
        for acronym, phrase, start, stop in defined:
            expansions.setdefault(acronym, []).append((phrase, passage, start, stop))
        if shouts(passage.text):
            continue
        here = set()
        for match in TOKEN.finditer(passage.text):
            acronym = _singular(match.group())
            if acronym and not any(start <= match.start() < stop for _, _, start, stop in defined):
                first.setdefault(acronym, (passage, match.start(), match.end()))
                here.add(acronym)
        lines.update(here)
    return Usage(first, lines, {key: tuple(found) for key, found in expansions.items()})


def _singular(token: str) -> str:
    word = token[:-1] if token.endswith("s") and token[:-1].isupper() else token
    capitals = len(CAPITALS.findall(word))
    if capitals < 2 or capitals * 2 < len(word) or word.upper() in table("names")["shouted"]:
        return ""
    if re.fullmatch(r"X+|[A-Z]\d|[IVX]+", word):
        return ""
    return word.strip("&").rstrip("0123456789")


def _definitions(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Every "Long Form (LF)" and "LF (Long Form)" of a text whose letters fit."""
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
    for acronym, (passage, start, stop) in found.first.items():
        suggestion, common = known_acronyms().get(acronym.upper(), ("", False))
        if common or acronym in found.expansions or _expanded_apart(acronym, found.expansions):
            continue
        quoted = around(passage.text, start, stop, before=4, after=2)
        untied = f" {bare_letters(acronym)}" in initials if len(acronym) > 2 else False
        often = found.lines[acronym] >= OFTEN_LINES
        severity = None if often and not suggestion and not untied and len(acronym) > 2 else Severity.INFO
        hint = f" (“{suggestion}”?)" if suggestion else ""
        said = "is never tied to its long form" if untied else f"is never expanded{hint}"
        yield Objection(f"{acronym} {said}.", passage.line, quoted, severity, passage.where)


def _expanded_apart(acronym: str, expansions: Mapping[str, object]) -> bool:
    bare = bare_letters(acronym)
    return any(bare_letters(other) in (bare, bare + "s") for other in expansions)


def _initials(subject: Subject) -> str:
    """The initials of every run of capitalised words, small words left out, each run after a space."""
    runs: list[str] = []
    for passage in subject.texts:
        for run in re.finditer(
            r"(?<![\w-])[A-Z][\w’'-]++(?:[ ,]+(?:(?:of|the|and|for|in|to|on|with|&) )*[A-Z][\w’'-]++)+", passage.text
        ):
            words = [word for word in WORDS.findall(run.group().replace("-", " ")) if word.lower() not in SMALL]
            letters = "".join(word[0].lower() for word in words if not word.isupper())
            runs.extend(letters[index:] for index in range(len(letters) - 1))
    return " " + " ".join(runs)


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
        if len(forms) < 2 or not any(" " not in form or _programme(form) for form in forms):
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
    for passage in subject.ordered_texts:
        if shouts(passage.text):
            continue
        taken = list(SPELT_APART.finditer(passage.text))
        for match in (*taken, *TOKEN.finditer(passage.text)):
            form = _singular(match.group()) if match not in taken else match.group()
            bare = bare_letters(form.replace(" and ", "&")) if form else ""
            if 2 <= len(bare) <= 9:
                found.setdefault(bare, {}).setdefault(form, []).append((passage, match.start(), match.end()))
    return found


def _programme(form: str) -> bool:
    """Whether two acronyms side by side are likely one name: the second is known to every reader."""
    return (
        " " in form
        and len(bare_letters(form)) >= 5
        and known_acronyms().get(form.rsplit(" ", 1)[1].upper(), ("", False))[1]
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


@rule("REDUNDANT_NAME", Severity.INFO)
def redundant_name(subject: Subject) -> Iterator[Objection]:
    """The last word of an acronym is said again after it.

    Fires: "NHSE England", "the ISAP process". Does not: "NHS England".
    Remedy: drop the word.
    """
    defined = {acronym: spots[0][0] for acronym, spots in usage(subject).expansions.items()}
    for passage in subject.texts:
        for match in re.finditer(r"\b([A-Z]{3,7})s? ([A-Za-z]+)\b", passage.text):
            phrase = defined.get(match.group(1)) or known_acronyms().get(match.group(1), ("", False))[0]
            if phrase.startswith("a "):
                continue  # the pack explains a product's name, it does not expand it
            last = WORDS.findall(phrase)[-1:] if phrase else []
            if last and len(last[0]) > 3 and match.group(2).lower().rstrip("s") == last[0].lower().rstrip("s"):
                quoted = around(passage.text, match.start(), match.end(), before=1, after=1)
                message = f"{match.group(1)} already says “{match.group(2)}”."
                yield Objection(message, passage.line, quoted, None, passage.where)
