"""The dictionary of British English with the health service's own words: what is a word, and which one was meant.

The lists stand compressed in ``data/dictionary`` (made by ``scripts/dictionary.py``) and are read when a rule first
asks: half a megabyte that most commands never need.
"""

from __future__ import annotations

import csv
import lzma
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

PREFIXES = (
    "counter", "inter", "intra", "micro", "multi", "under", "super", "trans", "ultra", "extra", "infra", "neuro",
    "cardio", "psycho", "socio", "over", "anti", "semi", "post", "tele", "mega", "mini", "mono", "auto", "fore", "non",
    "pre", "sub", "mis", "out", "dis", "bio", "geo", "eco", "un", "re", "de", "co",
)  # fmt: skip
LOOSE = frozenset(
    {"ad", "al", "anti", "bi", "co", "counter", "cross", "de", "down", "e", "el", "en", "et", "ex", "extra", "fro",
     "hoc", "inter", "intra", "la", "le", "macro", "meta", "micro", "mid", "mini", "multi", "neo", "non", "off", "per",
     "poly", "post", "pre", "pro", "quasi", "re", "self", "semi", "sub", "super", "trans", "tri", "ultra", "un", "uni",
     "vice", "x"}
)  # fmt: skip
"""What may stand before or after a hyphen without being a word."""
SHORTEST_BASE = 5
SHORTEST_PART = 3
SHORT_WORD = 5
INFLECTED = re.compile(r"([a-z]{5,})(?<!s)s|([a-z]{3,}i[sz])(?:ed|ing|es|er|ers|able)")
GLUED = re.compile(r"(?:(?P<first>the|and|for|with|from|that|this|which|will|are)(?P<rest>[a-z]{4,})|"
                   r"(?P<before>[a-z]{4,})(?P<last>the|and|for|with|from|that|this|which|will))")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All words: the ``common`` ones, those that are ``known`` (common ones among them) and ``names``."""

    common: frozenset[str]
    known: frozenset[str]
    names: frozenset[str]
    american: Mapping[str, str]

    def has(self, word: str) -> bool:
        """Whether a word in small letters is one, a hyphenated or prefixed one included.

        >>> [lexicon().has(word) for word in ("reprofiling", "practice-based", "café", "demoliton")]
        [True, True, True, False]
        """
        word = word.replace("’", "'").strip("'-")
        if self._listed(word) or (not word.isascii() and self._listed(_unaccented(word))):
            return True
        if "-" in word:
            return self._listed(word.replace("-", "")) or all(
                len(part) < SHORTEST_PART or part in LOOSE or self._listed(part) for part in word.split("-")
            )
        return self._prefixed(word) or self._inflected(word) or self._compound(word)

    def _listed(self, word: str) -> bool:
        bare = word.removesuffix("'s").removesuffix("'") if "'" in word else word
        return word in self.known or bare in self.known or (bare != word and bare.capitalize() in self.names)

    def _prefixed(self, word: str) -> bool:
        return any(
            len(word) - len(each) >= SHORTEST_BASE and word.startswith(each) and word[len(each) :] in self.known
            for each in PREFIXES
        )

    def _inflected(self, word: str) -> bool:
        """A form that the list has not: a plural, or a form of a verb in "-ise"."""
        match = INFLECTED.fullmatch(word)
        if match is None:
            return False
        return match[1] in self.known if match[1] else f"{match[2]}e" in self.known

    def _compound(self, word: str) -> bool:
        """Two common words written together ("bedbound"), the one no article or preposition ("thecare")."""
        if GLUED.fullmatch(word) and self.glued(word):
            return False
        return any(
            word[:at] in self.common and word[at:] in self.common
            for at in range(SHORTEST_PART + 1, len(word) - SHORTEST_PART)
        )

    def glued(self, word: str) -> str:
        """The two words that have lost the space between them, "" where there are not two.

        >>> lexicon().glued("thecare"), lexicon().glued("therapy")
        ('the care', '')
        """
        match = GLUED.fullmatch(word)
        if match is None or word in self.known:
            return ""
        parts = (match["first"], match["rest"]) if match["first"] else (match["before"], match["last"])
        return " ".join(parts) if all(part in self.common for part in parts) else ""

    def suggestion(self, word: str, *, most: int = 2) -> str:
        """The common word that was most likely meant, else another one; "" where none is near.

        ``most`` is the number of letters that may differ: one at most in a short word.

        >>> lexicon().suggestion("demoliton"), lexicon().suggestion("straregy"), lexicon().suggestion("xqzxwv")
        ('demolition', 'strategy', '')
        """
        apart = min(most, 1 if len(word) <= SHORT_WORD else 2)
        for words in (_listing(self, common=True), _listing(self, common=False)):
            near = extract(word, words, scorer=OSA.distance, score_cutoff=apart, limit=5)
            if near:
                return min(near, key=lambda each: (each[1], *_unlike(word, each[0])))[0]
        return ""


def _unaccented(word: str) -> str:
    """A word in plain letters: the list has most words with the accents that English keeps, and all without."""
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))


def _unlike(word: str, other: str) -> tuple[bool, bool, int, str]:
    """What tells two words that are equally near apart: a single letter for a double one is the likeliest slip."""
    undoubled = (re.sub(r"(.)\1", r"\1", each) for each in (word, other))
    return len(set(undoubled)) == 2, other[:1] != word[:1], abs(len(other) - len(word)), other


@cache
def _listing(lexicon: Lexicon, *, common: bool) -> tuple[str, ...]:
    return tuple(sorted(lexicon.common if common else lexicon.known - lexicon.common))


@cache
def lexicon() -> Lexicon:
    """The shipped dictionary."""
    folder = files("trigpoint.checks.data").joinpath("dictionary")
    packed = lzma.decompress(folder.joinpath("british.txt.xz").read_bytes()).decode()
    common, other, names = (frozenset(block.split("\n")) for block in packed.split("\n\n"))
    own = tomllib.loads(folder.joinpath("nhs.toml").read_text(encoding="utf-8"))
    of_health = frozenset(word for group in own.values() for word in group)
    pairs = csv.DictReader(folder.joinpath("american.csv").read_text(encoding="utf-8").splitlines())
    american = {row["american"]: row["british"] for row in pairs}
    return Lexicon(common, common | other | of_health, names, american)
