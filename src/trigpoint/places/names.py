"""Names made comparable: noise left out, words in order, and how alike two names are."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from trigpoint.places.model import PlaceKind

# Below this, two words are different words. "Woolecote" and "Wollescote" are at 0.84, "Dudley" and "Dursley" at 0.77.
_ALIKE_WORDS = 0.78
# Short words and numbers must agree: "Lye" and "Rye", "Ward 1" and "Ward 2" are different places.
_SHORT = 3
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its telling words in alphabetical order, and the kinds of place that its other words say."""

    words: tuple[str, ...]
    kinds: frozenset[PlaceKind]

    @property
    def key(self) -> str:
        """What equal names have in common, whatever their case, punctuation and order of parts."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _NameWords:
    noise: frozenset[str]
    telling: frozenset[str]
    kinds: tuple[tuple[tuple[str, ...], frozenset[PlaceKind]], ...]


@cache
def _name_words() -> _NameWords:
    pack = tomllib.loads((files("trigpoint.places") / "data" / "name_words.toml").read_text("utf-8"))
    kinds: dict[tuple[str, ...], set[PlaceKind]] = {}
    for kind, phrases in pack["kinds"].items():
        for phrase in phrases:
            kinds.setdefault(tuple(phrase.split()), set()).add(PlaceKind(kind))
    longest_first = sorted(kinds.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return _NameWords(
        noise=frozenset(pack["noise"]),
        telling=frozenset(pack["telling"]),
        kinds=tuple((words, frozenset(meant)) for words, meant in longest_first),
    )


@lru_cache(maxsize=65536)
def take_apart(name: str) -> Name:
    """A name without case, punctuation, accents, noise words and order.

    >>> take_apart("Stourbridge, Wollescote & Lye Locality").key
    'lye stourbridge wollescote'
    """
    plain = unicodedata.normalize("NFKD", name[:_LONGEST_NAME].replace("&", " and ")).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", re.sub(r"['’]", "", plain))
    known = _name_words()
    kinds: set[PlaceKind] = set()
    kept: list[str] = []
    position = 0
    while position < len(words):
        for phrase, meant in known.kinds:
            if tuple(words[position : position + len(phrase)]) == phrase:
                kinds |= meant
                position += len(phrase)
                break
        else:
            kept.append(words[position])
            position += 1
    telling = [word for word in kept if word not in known.noise]
    return Name(tuple(sorted(telling or words)), frozenset(kinds))


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two names laid side by side: how alike they are (0 to 1), and whether each word found its like."""

    score: float
    complete: bool


def likeness(first: Name, second: Name) -> float:
    """How alike two names are, 0 to 1: the share of letters in words that both have, alike words by their likeness.

    Order plays no part; numbers, short words and words such as "north" count only when they agree. Symmetric.

    >>> round(likeness(take_apart("Kingwinford & Amblecote"), take_apart("Amblecote and Kingswinford Locality")), 2)
    0.98
    """
    return pair_words(first, second).score


def pair_words(first: Name, second: Name) -> Pairing:
    """Each word of a name with its like in the other, the most alike first. Symmetric."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - few commands compare names, all pay for imports

    letters = sum(len(word) for word in (*first.words, *second.words))
    if not letters:
        return Pairing(0.0, complete=False)
    common = Counter(first.words) & Counter(second.words)
    mine = sorted((Counter(first.words) - common).elements())
    other = sorted((Counter(second.words) - common).elements())
    matched = 2.0 * sum(len(word) * count for word, count in common.items())
    pairs = [(ratio(a, b) / 100, a, b) for a in mine for b in other if _comparable(a, b)]
    for score, a, b in sorted(pairs, key=lambda pair: (-pair[0], sorted(pair[1:]))):
        if score >= _ALIKE_WORDS and a in mine and b in other:
            mine.remove(a)
            other.remove(b)
            matched += score * (len(a) + len(b))
    return Pairing(matched / letters, complete=not mine and not other)


def _comparable(first: str, second: str) -> bool:
    telling = _name_words().telling
    return not any(
        len(word) <= _SHORT or word in telling or any(letter.isdigit() for letter in word) for word in (first, second)
    )


def differs_tellingly(first: Name, second: Name) -> bool:
    """Whether a number or a word such as "north" stands in one name alone, or each has a short word of its own.

    >>> [differs_tellingly(take_apart("Dudley North"), take_apart(other)) for other in ("Dudley South", "Dudley")]
    [True, True]
    >>> differs_tellingly(take_apart("Wollescote & Lye"), take_apart("Wollescote"))
    False
    """
    mine, other = set(first.words) - set(second.words), set(second.words) - set(first.words)
    telling = _name_words().telling
    if any(word in telling or any(letter.isdigit() for letter in word) for word in mine | other):
        return True
    return all(any(len(word) <= _SHORT for word in words) for words in (mine, other))
