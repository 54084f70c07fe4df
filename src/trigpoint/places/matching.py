"""Finding the place that a name means, and saying how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from trigpoint.places.model import Place
from trigpoint.places.names import Name, differs_tellingly, likeness, pair_words, take_apart
from trigpoint.places.register import Places

# A place is taken from this likeness on, and only where no other comes close; below it, candidates are offered.
THRESHOLD = 0.8
_CANDIDATE = 0.4
_MOST_CANDIDATES = 5
_CLEAR_LEAD = 0.05
# How many of a large register are compared word by word, after a quick comparison of all.
_SHORTLIST = 40
_VARIANT = 0.85


class How(Enum):
    """How a name was matched."""

    EXACT = "exact"
    ALIAS = "alias"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """The place a name means, or ``None``, and how that was found.

    ``sure`` is false for any place found by likeness alone: a person should look. ``candidates`` are the likeliest
    places with their score (0 to 1), best first; they are offered where ``place`` is ``None``.
    """

    name: str
    place: Place | None
    score: float
    how: How
    sure: bool
    candidates: tuple[tuple[Place, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Index:
    """A register's names, ready to be looked up."""

    exact: dict[str, tuple[Place, ...]]
    alias: dict[str, tuple[Place, ...]]
    normalised: dict[str, tuple[tuple[Place, Name], ...]]


def match(name: str, places: Places, *, at: date | None = None, threshold: float = THRESHOLD) -> Match:
    """The place that a name, alias or code means; of places that existed on ``at`` alone, where a day is given.

    An exact name or code, an alias, and a name that agrees after leaving out case, punctuation, order and noise words
    ("NHS", "Locality") are sure. A name alike by ``threshold`` (0 to 1) or more and clearly ahead of the next is taken
    but not sure. Otherwise no place is taken and the candidates are offered. Never raises.

    >>> from trigpoint.places.model import PlaceKind
    >>> register = Places((Place("lye", "Stourbridge, Wollescote & Lye", PlaceKind.LOCALITY),))
    >>> found = match("Stourbridge, Woollscote & Lye Locality", register)
    >>> found.place.code, found.how.value, found.sure, round(found.score, 2)
    ('lye', 'fuzzy', False, 0.96)
    """
    index = _index(places if at is None else places.at(at))
    wanted = " ".join(name.split()).casefold()
    for how, table in ((How.EXACT, index.exact), (How.ALIAS, index.alias)):
        if found := table.get(wanted):
            return _certain(name, found, how)
    taken = take_apart(name)
    same = tuple(place for place, other in index.normalised.get(taken.key, ()) if not _kinds_clash(taken, other, place))
    if same and taken.words:
        return _certain(name, tuple(dict.fromkeys(same)), How.NORMALISED)
    return _alike(name, taken, index, threshold)


def _certain(name: str, found: tuple[Place, ...], how: How) -> Match:
    """One place for certain, or several of the same name to choose from."""
    if len(found) == 1:
        return Match(name, found[0], 1.0, how, sure=True, candidates=((found[0], 1.0),))
    return Match(name, None, 1.0, how, sure=False, candidates=tuple((place, 1.0) for place in found))


def _alike(name: str, taken: Name, index: _Index, threshold: float) -> Match:
    best: dict[Place, float] = {}
    for key in _shortlist(taken.key, index):
        for place, other in index.normalised[key]:
            score = likeness(taken, other)
            if _kinds_clash(taken, other, place) or differs_tellingly(taken, other):
                score = min(score, max(0.0, threshold - _CLEAR_LEAD))
            best[place] = max(score, best.get(place, 0.0))
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0].name, pair[0].code))
    candidates = tuple((place, score) for place, score in ranked if score >= _CANDIDATE)[:_MOST_CANDIDATES]
    if not candidates:
        return Match(name, None, ranked[0][1] if ranked else 0.0, How.NONE, sure=False)
    score = candidates[0][1]
    clear = len(candidates) == 1 or score - candidates[1][1] >= _CLEAR_LEAD
    if score >= threshold and clear:
        return Match(name, candidates[0][0], score, How.FUZZY, sure=False, candidates=candidates)
    return Match(name, None, score, How.NONE, sure=False, candidates=candidates)


def _shortlist(key: str, index: _Index) -> list[str]:
    """The keys of a register that look most like this one."""
    if len(index.normalised) <= _SHORTLIST:
        return list(index.normalised)
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - see names.likeness

    found = process.extract(key, list(index.normalised), scorer=fuzz.token_set_ratio, limit=_SHORTLIST)
    return [choice for choice, _, _ in found]


def _kinds_clash(name: Name, other: Name, place: Place) -> bool:
    """Whether a name says another kind of place: "Dudley Council" for NHS Dudley CCG."""
    return bool(name.kinds) and place.kind not in name.kinds and not name.kinds & other.kinds


@lru_cache(maxsize=64)
def _index(places: Places) -> _Index:
    exact: dict[str, dict[Place, None]] = {}
    alias: dict[str, dict[Place, None]] = {}
    normalised: dict[str, dict[tuple[Place, Name], None]] = {}
    for place in places:
        for text in (place.code, place.name):
            exact.setdefault(" ".join(text.split()).casefold(), {})[place] = None
        for text in place.aliases:
            alias.setdefault(" ".join(text.split()).casefold(), {})[place] = None
        for text in (place.name, *place.aliases):
            name = take_apart(text)
            normalised.setdefault(name.key, {})[(place, name)] = None
    return _Index(
        {key: tuple(found) for key, found in exact.items()},
        {key: tuple(found) for key, found in alias.items()},
        {key: tuple(pairs) for key, pairs in normalised.items()},
    )


def variants(names: Iterable[str], *, threshold: float = _VARIANT) -> tuple[tuple[str, ...], ...]:
    """Groups of spellings of what is probably one name, each group and the groups in alphabetical order.

    Names that differ only in case, punctuation, order of parts or noise words are one spelling and make no group; all
    of them stand in the group where another spelling joins. The order of ``names`` does not matter.

    >>> variants(["Kingswinford & Lye", "Kingwinford and Lye Locality", "Dudley North", "Dudley South"])
    (('Kingswinford & Lye', 'Kingwinford and Lye Locality'),)
    """
    from rapidfuzz.fuzz import token_sort_ratio  # noqa: PLC0415 - see names.likeness

    spellings: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        spellings.setdefault(take_apart(name).key, []).append(name)
    keys = sorted(key for key in spellings if key)
    group = {key: key for key in keys}
    for number, key in enumerate(keys):
        for other in keys[number + 1 :]:
            if token_sort_ratio(key, other, score_cutoff=50) and _one_name(key, other, threshold):
                kept, gone = sorted((group[key], group[other]))
                group = {word: kept if leader == gone else leader for word, leader in group.items()}
    groups: dict[str, list[str]] = {}
    for key, leader in group.items():
        groups.setdefault(leader, []).append(key)
    found = [
        sorted(name for key in members for name in spellings[key]) for members in groups.values() if len(members) > 1
    ]
    return tuple(tuple(members) for members in sorted(found))


def _one_name(key: str, other: str, threshold: float) -> bool:
    """Whether two keys have the same words but for their spelling; a word too many is another name."""
    paired = pair_words(Name(tuple(key.split()), frozenset()), Name(tuple(other.split()), frozenset()))
    return paired.complete and paired.score >= threshold
