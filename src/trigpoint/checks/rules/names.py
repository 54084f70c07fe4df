"""Rules on names: one place, body or programme spelt in two ways; a committee's name cut short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from trigpoint.checks.finding import Severity
from trigpoint.checks.known_names import misspelt_names
from trigpoint.checks.pack import word_set
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.spellings import Spot, other_spacing, small_letters
from trigpoint.checks.spot import elsewhere
from trigpoint.checks.subject import Subject
from trigpoint.checks.words import content, stem
from trigpoint.plans.model import Scope

PROPER = re.compile(r"\b[A-Z][a-z]{5,}\b")
PHRASE = re.compile(
    r"(?<![\w&-])[A-Z][\w’'-]*+(?:,? (?:(?:of|for|and|the|in|to|&) ){0,2}(?:[A-Z][\w’'-]*+|\d+(?= [A-Z]))){2,9}"
)
TRUST_FOLLOWS = re.compile(r" (?:NHS\b|\([A-Z]+FT\))")
TRUST = re.compile(
    r"(?<![\w&-])(?P<name>(?:[A-Z][\w’'-]++ )(?:(?:of |and |& |the )?[A-Z][\w’'-]++ ){0,6}?)"
    r"NHS (?:Foundation Trust|FT|Trust)\b"
)
KIND_WORDS = re.compile(r"\b(?:nhs|locality|localities|ccg|the)\b", re.IGNORECASE)
SHORT_WORD = 8
SHARED_AREAS = 3
MOST_NAMES = 200
MOST_TABLES = 100


@rule("NAME_VARIANT", Severity.WARNING)
def name_variant(subject: Subject) -> Iterator[Objection]:
    """One place, body or programme is spelt two ways, or not as a shipped list of bodies spells it.

    Warning for a proper name that differs by a letter or two from another one in the same company ("X, Amblecote &
    Brierley Hill") or from a known body, and for an area that takes the place of another in a table of the same areas;
    info for names written with and without a space, for names of bodies that differ in one word, and for local areas
    that overlap. Each rarer spelling is named once, at its first line.

    Fires: "Kingwinford" beside many a "Kingswinford". Does not: "Dudley" and "Dudley & Netherton".
    Remedy: choose one spelling; put the others among the place's aliases.
    """
    yield from _misspelt(subject)
    yield from _known_bodies(subject)
    yield from _odd_areas(subject)
    yield from other_spacing(subject)
    yield from small_letters(subject)
    yield from _bodies(subject)
    yield from _trusts(subject)
    yield from _local_areas(subject)


def _misspelt(subject: Subject) -> Iterator[Objection]:
    spots: dict[str, list[Spot]] = {}
    for passage in subject.ordered_texts:
        for match in PROPER.finditer(passage.text):
            spots.setdefault(match.group(), []).append(Spot(passage, match.start(), match.end()))
    names = {name: found for name, found in spots.items() if name.lower() not in subject.small_words}
    for rare, usual in _close_pairs(names):
        if stem(rare.lower()) == stem(usual.lower()) or not _same_company(names[rare], names[usual], rare, usual):
            continue
        first = names[rare][0]
        others = elsewhere(subject, first.passage.line, (spot.passage.line for spot in names[rare]))
        message = f"“{rare}”{others} is “{usual}” elsewhere."
        yield Objection(message, first.passage.line, first.quote(), None, first.passage.where)


def _known_bodies(subject: Subject) -> Iterator[Objection]:
    """Names of known bodies with one word misspelt, each named once."""
    spots: dict[str, list[Spot]] = {}
    meant: dict[str, str] = {}
    for passage in subject.ordered_texts:
        for each in misspelt_names(passage.text):
            words = passage.text[each.start : each.stop]
            spots.setdefault(words, []).append(Spot(passage, each.start, each.stop))
            meant[words] = each.name
    for words, found in spots.items():
        first = found[0]
        others = elsewhere(subject, first.passage.line, (spot.passage.line for spot in found))
        message = f"“{words}”{others}: the name is “{meant[words]}”."
        yield Objection(message, first.passage.line, first.quote(), None, first.passage.where)


def _close_pairs(names: Mapping[str, list[Spot]]) -> Iterator[tuple[str, str]]:
    """Each rarer name with the commonest one that is one letter away, or two for long names. Linear in the names."""
    by_key: dict[str, set[str]] = {}
    for name in names:
        for key in _shortened(name):
            by_key.setdefault(key, set()).add(name)
    ranks = {name: (len({spot.passage.line for spot in spots}), name) for name, spots in names.items()}
    usual: dict[str, str] = {}
    for group in by_key.values():
        best = max(group, key=lambda name: ranks[name])
        for name in group:
            if ranks[best] > max(ranks[name], ranks[usual.get(name, name)]):
                usual[name] = best
    yield from ((name, usual[name]) for name in names if name in usual)


def _shortened(name: str) -> set[str]:
    """The name, the name less a letter, and for long names less two: two names that share one are near."""
    once = {name[:index] + name[index + 1 :] for index in range(1, len(name))} | {name}
    if len(name) < SHORT_WORD:
        return once
    return once | {word[:index] + word[index + 1 :] for word in once for index in range(1, len(word))}


def _same_company(first: list[Spot], second: list[Spot], rare: str, usual: str) -> bool:
    """Whether the two names stand beside one same proper name."""
    return bool(_neighbours(first, {rare, usual}) & _neighbours(second, {rare, usual}))


def _neighbours(spots: Iterable[Spot], leave_out: set[str]) -> set[str]:
    found: set[str] = set()
    for spot in list(spots)[:20]:
        text = spot.passage.text
        before = re.findall(r"[A-Z][a-z]{2,}", text[max(0, spot.start - 40) : spot.start])[-1:]
        after = re.findall(r"[A-Z][a-z]{2,}", text[spot.stop : spot.stop + 40])[:1]
        found.update((*before, *after))
    return found - leave_out - {"Locality", "Localities", "The", "Local"}


def _odd_areas(subject: Subject) -> Iterator[Objection]:
    """In tables of the same areas, the one area that stands where another one stands elsewhere."""
    tables: list[tuple[str, dict[str, tuple[int, str]]]] = []
    for indicator in subject.plan.indicators:
        areas: dict[str, tuple[int, str]] = {}
        for index, row in enumerate(indicator.rows):
            areas.setdefault(_area_key(row.area), (index, row.area))
        tables.append((indicator.id, areas))
    seen = Counter(area for _, areas in tables for area in areas)
    reported: set[str] = set()
    for table_id, areas in tables:
        odd = [area for area in areas if seen[area] == 1 and not _is_total(area)]
        for _, other in tables[:MOST_TABLES] if odd else ():
            missing = [area for area in other if area not in areas and seen[area] > 1 and not _is_total(area)]
            if len(odd) == len(missing) == 1 and len(areas.keys() & other.keys()) >= SHARED_AREAS:
                respelt = len(set(odd[0].split()) & set(missing[0].split())) * 2 > len(odd[0].split())
                if odd[0] in reported or respelt:
                    continue
                reported.add(odd[0])
                index, printed = areas[odd[0]]
                message = f"“{printed}” stands where other tables have “{other[missing[0]][1]}”."
                key = f"{table_id}/{index}"
                yield Objection(message, subject.line(key), printed, None, subject.where(item=key))


def _area_key(area: str) -> str:
    return " ".join(sorted(re.findall(r"[a-z]+", KIND_WORDS.sub("", area.replace("&", "")).lower())))


def _is_total(area: str) -> bool:
    return bool(re.search(r"\b(?:total|overall|all|england|national)\b", area))


def _bodies(subject: Subject) -> Iterator[Objection]:
    """Names of bodies, plans and programmes that have the same words but one or two."""
    spots: dict[str, list[Spot]] = {}
    for passage in subject.ordered_texts:
        for start, name in _named_bodies(passage.text):
            spots.setdefault(name, []).append(Spot(passage, start, start + len(name)))
    by_head: dict[str, list[str]] = {}
    for name in spots:
        by_head.setdefault(stem(name.split()[-1].lower()), []).append(name)
    words = {name: content(re.sub(r"\bGP\b", "General Practice", name)) for name in spots}
    for names in by_head.values():
        for rare in names[:MOST_NAMES]:
            usual = _usual_name(rare, names[:MOST_NAMES], words, spots)
            if usual:
                spot = spots[rare][0]
                message = f"“{rare}” here, “{usual}” elsewhere: the same thing?"
                yield Objection(message, spot.passage.line, rare, Severity.INFO, spot.passage.where)


def _named_bodies(text: str) -> Iterator[tuple[int, str]]:
    """Every run of capitalised words up to a head word ("Board", "Framework"), three words and more."""
    heads = word_set("names", "heads")
    leading = word_set("names", "leading")
    for run in PHRASE.finditer(text):
        words = [(run.start() + match.start(), match.group()) for match in re.finditer(r"\S+", run.group())]
        while words and words[0][1].lower() in leading:
            words.pop(0)
        for index, (start, word) in enumerate(words):
            if index >= 2 and word.lower().strip(",").rstrip("s") in heads:
                name = text[words[0][0] : start + len(word)].strip(" ,")
                listed = len(set(name.lower().split())) < len(name.split())  # two names of a list run together
                if not listed and not TRUST_FOLLOWS.match(text, start + len(word)):
                    yield words[0][0], name
                break


def _usual_name(
    rare: str, names: list[str], words: Mapping[str, frozenset[str]], spots: Mapping[str, list[Spot]]
) -> str | None:
    """The commoner name that ``rare`` is most likely a variant of: all words but one or two in common."""
    found = []
    for other in names:
        if (len(spots[other]), other) <= (len(spots[rare]), rare) or other.rstrip("s") == rare.rstrip("s"):
            continue
        shared, apart = words[rare] & words[other], words[rare] ^ words[other]
        longer_by_lead = other.endswith(rare) or rare.endswith(other)
        one_in_other = words[rare] < words[other] or words[other] < words[rare]
        if (
            (not apart and len(shared) >= 2)
            or (one_in_other and not longer_by_lead and len(apart) <= 2 and len(shared) >= 3)
            or (len(apart) <= 2 and len(shared) >= 5)
        ):
            found.append((len(apart), -len(spots[other]), other))
    return min(found)[2] if found else None


def _trusts(subject: Subject) -> Iterator[Objection]:
    """Trusts whose names differ by a plural, or by a word that one of them has more."""
    spots: dict[str, list[Spot]] = {}
    for passage in subject.ordered_texts:
        for match in TRUST.finditer(passage.text):
            words = match["name"].split()
            while words and words[0].lower() in word_set("names", "leading"):
                words.pop(0)
            if words:
                spots.setdefault(" ".join(words), []).append(Spot(passage, match.start(), match.end()))
    names = sorted(spots, key=lambda name: (-len(spots[name]), name))[:MOST_NAMES]
    for place, rare in enumerate(names):
        for usual in names[:place]:
            apart = content(rare) ^ content(usual)
            shared = content(rare) & content(usual)
            if len(shared) >= 2 and (not apart or (len(apart) == 1 and rare.split()[:2] == usual.split()[:2])):
                spot = spots[rare][0]
                message = f"“{rare}” here, “{usual}” elsewhere: one trust, two names?"
                yield Objection(message, spot.passage.line, spot.quote(), None, spot.passage.where)
                break


def _local_areas(subject: Subject) -> Iterator[Objection]:
    """Local commitments whose areas share a place name and are not the same area."""
    first: dict[str, tuple[str, str]] = {}
    for row in subject.commitments:
        if row.scope is Scope.LOCAL and row.area:
            first.setdefault(row.area, (row.id, row.objective))
    generic = word_set("names", "area_words")
    owner: dict[str, str] = {}
    for area, (item, objective) in first.items():
        for word in re.findall(r"[a-z]+", area.lower()):
            if word in generic:
                continue
            other = owner.setdefault(word, area)
            if other != area:
                message = f"Areas overlap: “{area}” here, “{other}” elsewhere; which localities does the plan have?"
                yield Objection(
                    message, subject.line(item), area, Severity.INFO, subject.where(objective=objective, item=item)
                )
                break


@rule("NAME_INCOMPLETE", Severity.WARNING)
def name_incomplete(subject: Subject) -> Iterator[Objection]:
    """A committee's name stops before it says what kind of body it is.

    Fires: "Primary Care Commissioning" as the committee responsible. Does not: "Clinical Executive".
    Remedy: write the name in full.
    """
    bodies = word_set("names", "bodies")
    cut = word_set("names", "cut_committee")
    for objective in subject.plan.objectives:
        for committee in objective.committees:
            words = committee.lower().replace(",", " ").split()
            if words and words[-1] in cut and not bodies & set(words):
                yield Objection(
                    f"“{committee}” does not say what body it is: committee, board, group?",
                    subject.line(objective.id), committee, None, subject.where(objective=objective.id),
                )  # fmt: skip
