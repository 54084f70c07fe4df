"""The words around dates, read once from the data pack and made into patterns."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from trigpoint.patterns import any_of


class Introducer(Enum):
    """What the words before a date say of it: the groups of ``[introducers]`` in ``date_words.toml``."""

    BINDS = "binds"
    DURING = "during"
    WEAK = "weak"
    BEFORE = "before"
    START = "start"
    CONTEXT = "context"


class Part(Enum):
    """Which part of a period is meant: "the end of Q3", "mid-January"."""

    END = "end"
    START = "start"
    EARLY = "early"
    MID = "mid"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class DateWords:
    """The data pack, ready for use. Patterns that look back are anchored at the end of the text they are given."""

    introducers: dict[str, Introducer]
    lead: re.Pattern[str]
    governor: re.Pattern[str]
    onwards: re.Pattern[str]
    past: re.Pattern[str]
    done: re.Pattern[str]
    did: re.Pattern[str]
    future: re.Pattern[str]
    function_words: frozenset[str]
    figure_nouns: frozenset[str]
    to_date: re.Pattern[str]
    changed: re.Pattern[str]
    season_starts: dict[str, int]


# "the end of", "early", "mid-": which part of the period is meant. "of the financial year" may stand in between.
_PART = (
    r"(?:(?P<end>(?:end|close)(?:\s+of)?)|(?P<start>(?:start|beginning)\s+of)|(?P<early>early(?:\s+in)?|first\s+week\s+(?:of|in))|"
    r"(?P<mid>mid(?:dle\s+of)?|(?:second|third)\s+week\s+(?:of|in))|"
    r"(?P<late>late(?:\s+in)?|(?:fourth|last|final)\s+week\s+(?:of|in)))(?:[\s–-]+|$)"
)
_FILLER = r"(?:the|this|month\s+of|financial\s+year|calendar\s+year|fiscal\s+year|year)"


@cache
def date_words() -> DateWords:
    """The shipped data pack, read once."""
    pack = tomllib.loads((files("trigpoint.periods") / "data" / "date_words.toml").read_text("utf-8"))
    introducers = {word: Introducer(group) for group, words in pack["introducers"].items() for word in words}
    flags = re.IGNORECASE
    return DateWords(
        introducers=introducers,
        lead=re.compile(
            rf"(?<![\w-])(?:(?P<introducer>{any_of(introducers)})\s+)?(?P<article>(?:the|this|our|its|their)\s+)?"
            rf"(?:{_PART})?(?P<filler>(?:(?:{_FILLER}|(?:{any_of(pack['weekdays']['words'])}),?)\s+){{0,2}})$",
            flags,
        ),
        governor=re.compile(rf"\b(?:{any_of(pack['governors']['context'])})\b[^.,;:()]*$", flags),
        onwards=re.compile(rf"\s+(?:{any_of(pack['suffixes']['start'])})\b", flags),
        past=re.compile(rf"\b(?:{any_of(pack['tense']['past'])})\b", flags),
        done=re.compile(rf"\b(?:{any_of(pack['tense']['done'])})\b", flags),
        did=re.compile(rf"\b(?:{any_of(pack['tense']['subjects'])})\s+(?:{any_of(pack['tense']['done'])})\b", flags),
        future=re.compile(rf"\b(?:{any_of(pack['tense']['future'])})\b", flags),
        function_words=frozenset(pack["function_words"]["words"]),
        figure_nouns=frozenset(pack["figure_nouns"]["words"]),
        to_date=re.compile(rf"\s+(?:{any_of(pack['figures']['words'])})\b", flags),
        changed=re.compile(rf"\b(?:{any_of(pack['change_verbs']['words'])})\s+by\s+$", flags),
        season_starts=pack["seasons"],
    )
