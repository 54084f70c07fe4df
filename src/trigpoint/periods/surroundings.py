"""The words before and after an expression, as far as they belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trigpoint.periods.reading import Expression
from trigpoint.periods.words import Introducer, Part, date_words

# How far to look, in characters. Enough for "during the course of the financial year", and keeps reading linear.
_REACH = 90
# The end of a sentence, clause, bullet or cell.
_BREAK = re.compile(r"[.;:!?]\s|[\n\t•*>|()]|\s[–-]\s")
_OPENING = re.compile(r"(?:^|[.;:!?]\s{1,3}|[\n\t•*>|“\"]\s{0,3}|\s[–-]\s{1,3})(?:\d{1,2}[.)]\s{1,3})?$")
_PARTS = tuple((part, part.value) for part in Part)
_NOUN = re.compile(r"\s{1,3}([A-Za-z][\w’'-]*)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """An expression's place: ``start`` is where its introducing words begin, ``before`` and ``after`` the text around.

    ``said`` are the introducing words in lower case ("by no later than"), ``article`` whether "the" or "our" stands
    before it, ``part`` which part of the period is meant, ``onwards`` the length of "onwards" after it.
    """

    start: int
    stop: int
    introducer: Introducer | None
    said: str
    article: bool
    part: Part | None
    before: str
    after: str
    onwards: int
    opens: bool

    @property
    def next_word(self) -> str:
        """The word that follows at once, in lower case; "" where punctuation, a number or nothing does."""
        match = _NOUN.match(self.after)
        return match[1].lower() if match else ""

    @property
    def is_adjective(self) -> bool:
        """Whether a noun follows at once: "2017/18 CQUIN", "winter pressures", "September's figures"."""
        if self.after.startswith(("'s", "’s")):
            return True
        word = self.next_word
        return not self.onwards and bool(word) and word not in date_words().function_words

    @property
    def clause_before(self) -> str:
        """The text before, back to the last break."""
        breaks = list(_BREAK.finditer(self.before))
        return self.before[breaks[-1].end() :] if breaks else self.before

    @property
    def clause_after(self) -> str:
        """The text after, up to the next break."""
        found = _BREAK.search(self.after)
        return self.after[: found.start()] if found else self.after


def surroundings(text: str, expression: Expression, floor: int) -> Surroundings:
    """What stands around an expression; introducing words are looked for no further back than ``floor``."""
    words = date_words()
    begin = max(floor, expression.start - _REACH)
    match = words.lead.search(text[begin : expression.start])
    introducer, said, article, part, start = None, "", False, None, expression.start
    if match is not None:
        said = " ".join((match["introducer"] or "").lower().split())
        introducer = words.introducers.get(said)
        if said == "between" and expression.reading.period is None:
            introducer = Introducer.DURING  # "between Q1 and Q3": the expression holds both ends
        part = next((part for part, name in _PARTS if match[name]), None)
        article = bool(match["article"]) or "the" in match["filler"].lower().split()
        if said or part or match["filler"]:
            start = begin + match.start()
    after = text[expression.stop : expression.stop + _REACH]
    onwards = words.onwards.match(after)
    before = text[max(0, start - _REACH) : start]
    return Surroundings(
        start=start,
        stop=expression.stop,
        introducer=introducer,
        said=said,
        article=article,
        part=part,
        before=before,
        after=after,
        onwards=onwards.end() if onwards else 0,
        opens=_opens(before, at_beginning=start <= _REACH),
    )


def _opens(before: str, at_beginning: bool) -> bool:
    """Whether a sentence, bullet or cell begins after these words."""
    match = _OPENING.search(before)
    return match is not None and (at_beginning or match.start() > 0)
