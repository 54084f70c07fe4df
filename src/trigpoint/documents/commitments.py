"""A cell of a plan table → the separate commitments in it.

Numbered items ("1. … 2. …", "1.Implement"), bullets, paragraphs and a dated sentence that opens in mid-paragraph
("… CHC. By October 16, …") each become one commitment; bullets under a sentence that announces them stay with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from trigpoint.documents.markup import Piece
from trigpoint.documents.words import alternatives, ended
from trigpoint.plans.model import Scope

NUMBERED_TITLE = re.compile(r"(\d{1,3})[.)]\s*(?=[A-Za-z])")
LABEL = re.compile(r"(?:priority|objective|aim|goal|action|outcome)\s+(\d{1,2}[a-z]?)\b[:.\s]*", re.IGNORECASE)
NUMBERED = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.)]\s*(?=[A-Za-z“\"'(‘])")
BULLET = re.compile(r"(?:^|\s+)(?:[•▪·]\s*|\*\s+)")
OPENING_DATE = re.compile(
    r"(?:By|Before|At the (?:start|end) of|No later than|In|During|From|On)\b[^,.;]{2,40},", re.IGNORECASE
)
SECOND_DATE = re.compile(r"(?<=[.;])\s+(?=(?:By|Before|At the (?:start|end) of|No later than)\s[^,.;]{2,40},)")
LOCAL = re.compile(
    r"\s*(?:local|locality|place)[ -]*(?:deliverables?|commitments?|actions?|milestones?)?\s*:\s*", re.IGNORECASE
)
REFERENCE = re.compile(
    r"((?:[A-Z]{1,5}[-./ ]?)?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)"
    r"(?:\s+[-–—]\s+|\s*[:)]\s+|\.\s+|\.(?=[A-Z]))(?=[A-Z\"'“‘(])"
    r"|(\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?)\s+(?=[A-Z\"'“‘(])"
)
CAPITALISED = r"[A-Z][\w'’-]+"
PLACE_BEFORE = rf"{CAPITALISED}(?:(?:,? (?:and |& )?){CAPITALISED})*"
ONLY_LEADING = 8


@dataclass(frozen=True, slots=True)
class Fragment:
    """One commitment, measure or other text of a cell.

    ``number`` counts it among the items of its cell, ``ref`` is its printed number where it is the row's one item, and
    ``more`` what the cell says beyond it; ``words`` are all that it was read from, label and number included.
    """

    text: str
    number: int | None = None
    scope: Scope = Scope.SYSTEM
    listed: bool = False
    words: str = ""
    ref: str = ""
    more: str = ""


def split_cell(paragraphs: tuple[Piece, ...]) -> tuple[Fragment, ...]:
    """The separate texts of one cell, in order.

    >>> [item.text for item in split_cell((Piece("1.Agree the model 2. Let the contract"),))]
    ['Agree the model', 'Let the contract']
    """
    found: list[Fragment] = []
    under = False
    for piece in paragraphs:
        for part in _parts(piece):
            if found and part.number is None and _remark().match(part.text):
                found[-1] = replace(
                    found[-1], text=f"{found[-1].text} {part.text}", words=f"{found[-1].words} {part.words}"
                )
                continue
            if found and (part.listed or under) and part.number is None and _belongs(found[-1], part, under):
                last = found[-1]
                mark = " • " if part.listed else " "
                found[-1] = replace(last, text=last.text + mark + part.text, words=f"{last.words} {part.words}")
                under = True
                continue
            under = False
            found.append(part)
    return tuple(_without_labels(found))


@cache
def _remark() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('remarks')})(?!\w)", re.IGNORECASE)


def referenced(text: str) -> tuple[str, str]:
    """The printed number that a text begins with, "" where it has none, and the text without it.

    >>> referenced("8 - Report the number"), referenced("2.1 Open the ward"), referenced("24 beds open")
    (('8', 'Report the number'), ('2.1', 'Open the ward'), ('', '24 beds open'))
    """
    found = REFERENCE.match(text)
    return (found[1] or found[2], text[found.end() :]) if found else ("", text)


def binding_words(text: str) -> str:
    """A commitment without the remark that follows it: what "Of note …" says binds nobody.

    >>> binding_words("Standard met. Of note is that the trial ends in February 2017.")
    'Standard met.'
    """
    found = _later_remark().search(text)
    return text[: found.start()] if found else text


@cache
def _later_remark() -> re.Pattern[str]:
    return re.compile(rf"(?<=[.;])\s+(?:{alternatives('remarks')})(?!\w)", re.IGNORECASE)


def _belongs(lead: Fragment, part: Fragment, under: bool) -> bool:
    """Whether a list item, or the stray line after one, belongs to the sentence that announced the list."""
    if under:
        short = len(part.text.split()) <= ONLY_LEADING and not ended(part.text)
        return part.listed or (short and not part.text[:1].isupper())
    return part.listed and not lead.listed and announces_list(lead.text)


def announces_list(text: str) -> bool:
    """Whether a text announces the list that follows: it ends on a colon, or says "including", "the following …"."""
    if text.endswith((":", ":-", ": -")):
        return len(text.split()) > 3
    tail = " ".join(text.lower().split()[-3:])
    return not ended(text) and _announcement().search(tail) is not None


@cache
def _announcement() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('announces')})\b")


def _parts(piece: Piece) -> Iterator[Fragment]:
    for number, text in _numbered(piece.text):
        chunks = _bullets(text, piece.listed)
        for index, (chunk, listed) in enumerate(chunks):
            for sentence in SECOND_DATE.split(chunk) if OPENING_DATE.match(_bare(chunk)) else [chunk]:
                if fragment := _fragment(sentence, number if index == 0 else None, listed):
                    yield fragment


def _numbered(text: str) -> Iterator[tuple[int | None, str]]:
    """Split "1. a 2. b 3. c" at its numbers; only numbers that run on by one count as numbers of items."""
    marks = list(NUMBERED.finditer(text))
    if not marks or marks[0].start() != 0:
        yield None, text
        return
    kept = [marks[0]]
    for mark in marks[1:]:
        if int(mark[1]) == int(kept[-1][1]) + 1:
            kept.append(mark)
    for mark, following in zip(kept, [*kept[1:], None], strict=True):
        yield int(mark[1]), text[mark.end() : following.start() if following else len(text)].strip()


def _bullets(text: str, listed: bool) -> list[tuple[str, bool]]:
    chunks = BULLET.split(text)
    if len(chunks) > 1:
        lead, *items = chunks
        found = [(lead, listed)] if lead.strip() else []
        return found + [(item, True) for item in items]
    if listed and re.search(r";\s+(?:and|or)\s", text):
        return [(re.sub(r"^(?:and|or)\s+", "", item.strip()), True) for item in text.split(";")]
    return [(text, listed)]


def _bare(text: str) -> str:
    return LOCAL.sub("", text, count=1) if LOCAL.match(text) else text


def _fragment(text: str, number: int | None, listed: bool) -> Fragment | None:
    scope = Scope.LOCAL if LOCAL.match(text) else Scope.SYSTEM
    plain = _bare(text).lstrip(" .;,").rstrip()
    return Fragment(plain, number, scope, listed, text.strip()) if plain else None


def _without_labels(found: list[Fragment]) -> Iterator[Fragment]:
    """Drop a lead that is only a bullet's or label's punctuation."""
    for fragment in found:
        if any(character.isalnum() for character in fragment.text):
            yield fragment


def scope_of(area: str) -> Scope:
    """Whom a commitment binds by the words of a column of places: one place, unless they speak of all.

    >>> scope_of("Hilltop").value, scope_of("System-wide").value, scope_of("All practices").value
    ('local', 'system', 'system')
    """
    return Scope.SYSTEM if _everywhere().match(area.strip()) else Scope.LOCAL


@cache
def _everywhere() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('everywhere')})(?![\w-])|\W*$", re.IGNORECASE)


def area_named(text: str) -> str:
    """The place that a local commitment names, in its own words, or "" when it names none.

    >>> area_named("A revised model in Hilltop & Brookside localities will have been delivered")
    'Hilltop & Brookside localities'
    """
    noun = alternatives("places")
    for found in re.finditer(rf"({PLACE_BEFORE})(?:\s+({noun})\b)?", text):
        words = found[1].split()
        if found[2]:
            return f"{found[1]} {found[2]}"
        if len(words) > 1 and words[-1].lower() in noun.split("|"):
            return found[1]
    return ""
