"""Numbers in running text with a unit that can be tested: %, per million, £, "members of staff", "four of the ten"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.documents.numbers import SCALES

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?"
POPULATION = r"(?: (?:of )?(?:the )?(?:population|people|patients))?"
RATE = rf"per (?:million|1,?000,?000|100,?000|10,?000|1,?000|head){POPULATION}|/ ?100,?000"
PERCENTAGE = re.compile(rf"(?<![\w.,£/–-])({DIGITS})\s*(%|per ?cent\b)", re.IGNORECASE)
RATED = re.compile(rf"(?<![\w.,£/])({DIGITS})(?:\s*(?:[-–]|to)\s*({DIGITS}))?\s*({RATE})", re.IGNORECASE)
MONEY = re.compile(rf"£\s*({DIGITS})\s*(bn|billion|m|million|k)?\b", re.IGNORECASE)
NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
PART_OF = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|\d{1,2}) (?:out )?of (?:the |its |our )?(\w+)\b((?: [\w-]+){0,5})",
    re.IGNORECASE,
)


COUNTED = re.compile(rf"\d|\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and where it stands in the text. ``words`` say what is counted, where that is known."""

    value: Decimal
    unit: str
    start: int
    stop: int
    upper: Decimal | None = None
    words: str = ""

    @property
    def counted(self) -> bool:
        """Whether things are counted, rather than a share, rate or sum stated."""
        return self.unit not in ("%", "£") and not self.unit.startswith(("per ", "/"))


@cache
def target_words() -> dict[str, Any]:
    """The data pack of words around numbers."""
    return tomllib.loads(files("trigpoint.documents").joinpath("data/targets.toml").read_text("utf-8"))


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit, in order; a rate, share, sum or part takes precedence over a count in the same place.

    >>> [(str(one.value), one.unit) for one in quantities("Recruit 20 nurses and save £2m, 5% of spend")]
    [('20', 'nurses'), ('2000000', '£'), ('5', '%')]
    """
    if not COUNTED.search(text):
        return ()
    found = [*_rates(text), *_shares(text), *_sums(text), *_parts(text)]
    taken = [(one.start, one.stop) for one in found]
    found += [one for one in _counts(text) if all(one.stop <= a or b <= one.start for a, b in taken)]
    return tuple(sorted(found, key=lambda one: one.start))


def _rates(text: str) -> Iterator[Quantity]:
    for found in RATED.finditer(text):
        yield Quantity(_decimal(found[1]), found[3].lower(), *found.span(), _decimal(found[2]) if found[2] else None)


def _shares(text: str) -> Iterator[Quantity]:
    for found in PERCENTAGE.finditer(text):
        yield Quantity(_decimal(found[1]), "%", *found.span())


def _sums(text: str) -> Iterator[Quantity]:
    for found in MONEY.finditer(text):
        yield Quantity(_decimal(found[1]) * SCALES[(found[2] or "").lower()], "£", *found.span())


def _parts(text: str) -> Iterator[Quantity]:
    for found in PART_OF.finditer(text):
        part, whole = _count(found[1]), _count(found[2])
        if part is not None and whole is not None and part < whole:
            yield Quantity(part, f"of {whole}", *found.span(), words=found[3].strip())


def _counts(text: str) -> Iterator[Quantity]:
    for found in _count_pattern().finditer(text):
        value = _count(found[1])
        if value is not None and not _is_name(text[: found.start()].lower()):
            words = " ".join(f"{found[2]}{found[3]}".split())
            yield Quantity(value, found[3].lower(), found.start(1), found.end(), words=words)


@cache
def _count_pattern() -> re.Pattern[str]:
    pack = target_words()["counts"]
    nouns = "|".join(sorted(map(re.escape, pack["nouns"]), key=len, reverse=True))
    number = rf"\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{'|'.join(pack['words'])}"
    between = "|".join(pack["between"])
    return re.compile(rf"(?<![\w.,£/–-])({number})((?: (?:{between})){{0,6}} )({nouns})\b", re.IGNORECASE)


def _is_name(before: str) -> bool:
    """Whether the words before a count make it a name or description: "core 24 standards", "all 4 areas"."""
    return _name_pattern().search(before[-20:]) is not None


@cache
def _name_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in target_words()["counts"]["not_before"])
    return re.compile(rf"\b(?:{words})\s*$")


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _count(word: str) -> Decimal | None:
    if word.lower() in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS.index(word.lower()))
    digits = word.replace(",", "")
    return Decimal(digits) if digits.isdigit() and digits.isascii() else None
