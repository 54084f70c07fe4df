"""Words of a status column → what they say of progress, by the data pack or by the document's own key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from trigpoint.documents.columns import QUARTER, Column, ColumnKind
from trigpoint.periods import find_dates
from trigpoint.plans.draft import PrintedStatus
from trigpoint.plans.model import Progress

ENDS = re.compile(r"\s*(?:\s[-–—]+\s?|[:;(,.\n|–—]|\s-\s).*$", re.DOTALL)
SPACES = re.compile(r"[\s_]+")
PERCENT = re.compile(r"(\d{1,3})\s*%(?:\s*complete[d]?)?$")
WHOLE = 100
LONGEST_STATUS = 60
LETTERS = re.compile(r"\brag\b|\bbrag|^b\W*r\W*a\W*g|^r\W*a\W*g|rating|colour", re.IGNORECASE)
NO_KEY: Mapping[str, Progress] = MappingProxyType({})


@cache
def _pack() -> dict[str, Any]:
    return tomllib.loads(files("trigpoint.documents").joinpath("data/statuses.toml").read_text("utf-8"))


@cache
def _meanings() -> dict[str, Progress]:
    return {word: Progress(row["progress"]) for row in _pack()["status"] for word in row["words"]}


@cache
def _others() -> frozenset[str]:
    return frozenset(_pack()["other"]["words"])


def status_words(name: str) -> Any:
    """A list of the data pack of statuses beside the meanings."""
    return _pack()[name]


def plain(text: str) -> str:
    """A status as its word is looked up: lower case, no brackets, dashes or full stops around it."""
    return SPACES.sub(" ", text.lower()).strip(" .:;,*-–—()[]/\"'“”‘’")


@lru_cache(maxsize=4096)
def meaning(text: str) -> Progress | None:
    """What a status says of progress, ``None`` where it is not known or says nothing of it.

    >>> meaning("Complete – June 2022"), meaning("Ongoing"), meaning("Paused")
    (<Progress.COMPLETE: 'complete'>, <Progress.NOT_COMPLETE: 'not complete'>, None)
    """
    if len(text) > LONGEST_STATUS * 5:
        return None
    for words in _readings(text):
        if words in _others():
            return None
        if words in _meanings():
            return _meanings()[words]
        if found := PERCENT.fullmatch(words):
            share = int(found[1])
            return Progress.COMPLETE if share >= WHOLE else Progress.NOT_COMPLETE if share else Progress.NOT_STARTED
    return None


def _readings(text: str) -> tuple[str, ...]:
    """A status whole, then without its brackets, then up to its first dash, colon or full stop."""
    whole = plain(text)
    without = plain(re.sub(r"\([^()]*\)", " ", text))
    joined = plain(re.sub(r"\s[-–—:]\s|[-–—:,/()]\s*", " ", text))
    return tuple(dict.fromkeys(words for words in (whole, joined, without, plain(ENDS.sub("", text.strip()))) if words))


def is_status(text: str) -> bool:
    """Whether a cell holds a word that status columns hold, whether or not it says anything of progress."""
    return meaning(text) is not None or plain(text) in _others()


def read_status(text: str, column: Column, key: Mapping[str, Progress] = NO_KEY) -> Progress | None:
    """What a cell of a status column says of progress; ``key`` is the document's own, by plain words.

    >>> read_status("12/05/2022", Column(ColumnKind.COMPLETED, "Date completed"))
    <Progress.COMPLETE: 'complete'>
    """
    words = plain(text)
    if words in key:
        return key[words]
    if column.kind is ColumnKind.COMPLETED:
        if words in _pack()["completed"]["yes"] or (find_dates(text) and len(words) <= LONGEST_STATUS):
            return Progress.COMPLETE
        if words in _pack()["completed"]["no"]:
            return Progress.NOT_COMPLETE
    if len(words) == 1 and words.isalpha() and not LETTERS.search(column.heading):
        return None  # "A" is amber only where colours are asked for
    if words in _pack()["letters"]["complete"]:
        return Progress.COMPLETE
    return meaning(text)


def printed_status(
    item: str,
    status: Sequence[tuple[Column, str]],
    update: Sequence[tuple[Column, str]],
    line: int,
    key: Mapping[str, Progress] = NO_KEY,
) -> PrintedStatus:
    """What the status cells of an item say, with the updates beside them.

    Of columns for several periods the last one filled holds. Of several columns (a status and a colour) all words are
    kept, and the one that says more than "not complete" tells the progress.
    """
    held = _latest(status)
    said = [progress for column, text in held if (progress := read_status(text, column, key)) is not None]
    telling = [one for one in said if one is not Progress.NOT_COMPLETE] or said
    several = len({column.heading for column, _ in held}) > 1
    words = [
        f"{column.heading}: {text}" if column.kind is ColumnKind.COMPLETED and several else text
        for column, text in held
    ]
    note = [f"{column.heading}: {text}" if len(update) > 1 else text for column, text in _latest(update)]
    return PrintedStatus(
        item, " / ".join(dict.fromkeys(words)), telling[0] if telling else None, "\n".join(dict.fromkeys(note)), line
    )


def _latest(cells: Sequence[tuple[Column, str]]) -> list[tuple[Column, str]]:
    """The cells of the last period that has any, with those whose heading names none."""
    periods = [column.period for column, _ in cells if column.period is not None]
    last = max(periods, key=lambda period: period.end, default=None)
    quarters = [found[0] for column, _ in cells if column.period is None and (found := QUARTER.search(column.heading))]
    kept = []
    for column, text in cells:
        quarter = QUARTER.search(column.heading) if column.period is None else None
        if (column.period is None or column.period == last) and (quarter is None or quarter[0] == max(quarters)):
            kept.append((column, text))
    return kept
