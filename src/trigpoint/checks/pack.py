"""The rules' data packs: word lists, patterns, statutes. They are data beside the code, never in it."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML pack ``name`` as a dictionary."""
    return tomllib.loads(files("trigpoint.checks.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The CSV pack ``name`` as rows; lines that begin with "#" say where its data come from."""
    text = files("trigpoint.checks.data").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def word_set(pack: str, key: str) -> frozenset[str]:
    """A list of words of a TOML pack as a set, in lower case."""
    return frozenset(str(word).lower() for word in table(pack)[key])


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a pack: what to say where it is found, and the letters one set of which a text must have for it."""

    regex: re.Pattern[str]
    say: str
    needs: tuple[str, ...]


class Sieve:
    """Patterns that are looked for in the same texts: tells at little cost which of them a text may hold."""

    def __init__(self, each: Iterable[Pattern]) -> None:
        self.each = tuple(each)
        self._needs = tuple((need, index) for index, one in enumerate(self.each) for need in one.needs)
        self._always = frozenset(index for index, one in enumerate(self.each) if not one.needs)
        self._unsifted = tuple(one for one in self.each if not one.needs)

    def sifted(self, text: str) -> tuple[Pattern, ...]:
        """The patterns that need nothing, or something that the text has in small letters, in their order.

        >>> sieve = Sieve([Pattern(re.compile("a+b"), "", ("ab",)), Pattern(re.compile("c"), "", ())])
        >>> len(sieve.sifted("CAB")), len(sieve.sifted("ACB"))
        (2, 1)
        """
        lowered = text.lower()
        met = [index for need, index in self._needs if need in lowered]
        if not met:
            return self._unsifted
        wanted = self._always.union(met)
        return tuple(one for index, one in enumerate(self.each) if index in wanted)


@cache
def sieve(pack: str, key: str) -> Sieve:
    """A list of ``{pattern, say, needs}`` of a TOML pack, compiled (letter case ignored)."""
    return Sieve(
        Pattern(re.compile(row["pattern"], re.IGNORECASE), row.get("say", ""), tuple(row.get("needs", ())))
        for row in table(pack)[key]
    )


@cache
def patterns(pack: str, key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A list of ``{pattern, say}`` of a TOML pack, compiled (letter case ignored)."""
    return tuple((each.regex, each.say) for each in sieve(pack, key).each)


def found(pack: str, key: str, text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every place in a text that a pattern of a pack fits, with what the pack says of it.

    >>> [match.group() for match, _ in found("placeholders", "anywhere", "Lead TBC, cost £XX")]
    ['£XX', 'TBC']
    """
    for each in sieve(pack, key).sifted(text):
        for match in each.regex.finditer(text):
            yield match, each.say
