"""Automatic lists: the number or bullet that Word prints before a paragraph, counted as Word counts.

Numbers are never part of a paragraph's words: they are worked out from ``numbering.xml``, level by level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.word.names import child, children, is_on, number, value
from trigpoint.documents.readers.word.styles import Style, Styles

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
LARGEST_LETTER = 780
LARGEST_ROMAN = 3999
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
KEPT_BULLETS = frozenset("-–•*·▪")
LETTERED = frozenset(("lowerLetter", "upperLetter", "lowerRoman", "upperRoman"))


class MarkerKind(Enum):
    """A bullet; a number; a letter or Roman number alone; or words with a number such as "Priority 1:"."""

    BULLET = "bullet"
    NUMBER = "number"
    LETTER = "letter"
    WORDED = "worded"


@dataclass(frozen=True, slots=True)
class Marker:
    """What Word prints before a paragraph, and the paragraph's level in its list, from 0."""

    text: str
    kind: MarkerKind
    level: int


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. ``restart``: the level from 1 whose numbers restart it, 0 for none."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class List:
    """A list's levels and how far each is counted; the lists of one definition count on together."""

    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A use of a list definition, with the levels that it changes and the numbers that it starts from."""

    definition: int
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """The lists of a document. Mutable: it counts as paragraphs are read in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        definitions = [] if root is None else children(root, "abstractNum")
        self._styles = styles
        self._definitions = {number(row, "abstractNumId"): row for row in definitions}
        self._uses = {number(row, "numId"): _use(row) for row in ([] if root is None else children(root, "num"))}
        self._lists: dict[int, List] = {}
        self._begun: set[tuple[int, int]] = set()

    def marker(self, style: Style, list_id: int | None, list_level: int | None) -> Marker | None:
        """Count a paragraph and give what Word prints before it; ``None`` where that is nothing.

        ``list_id`` and ``list_level`` are those of the paragraph itself; its style has the rest.
        """
        own = style.list_id if list_id is None else list_id
        use = self._uses.get(own)
        if not own or use is None:
            return None
        counted = self._list(use.definition)
        level = style.list_level if list_level is None else list_level
        if level is None:
            level = next((at for at, row in counted.levels.items() if row.style and row.style == style.id), 0)
        level = min(max(level, 0), LEVELS - 1)
        levels = {**counted.levels, **use.levels} if use.levels else counted.levels
        if level not in levels:
            return None
        self._count(own, use, counted, level, levels)
        return _printed(level, levels, counted.counts, use.starts)

    def _count(self, own: int, use: Numbered, counted: List, level: int, levels: dict[int, Level]) -> None:
        """Count one paragraph. A level above that no paragraph had counts from then on as if one had had it."""
        counts = counted.counts
        last = counts[level]
        if level in use.starts and (own, level) not in self._begun:
            self._begun.add((own, level))
            last = None
        counts[level] = use.starts.get(level, levels[level].start) if last is None else last + 1
        for above in range(level):
            if counts[above] is None and above in levels:
                counts[above] = use.starts.get(above, levels[above].start)
        for below in range(level + 1, LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or level + 1 <= restart:
                counts[below] = None

    def _list(self, definition: int) -> List:
        if definition not in self._lists:
            self._lists[definition] = List(self._levels(definition))
        return self._lists[definition]

    def _levels(self, definition: int) -> dict[int, Level]:
        """A definition's levels; one that names a list style has those of the style's list. Circles are cut."""
        seen: set[int | None] = set()
        at: int | None = definition
        while at in self._definitions and at not in seen:
            seen.add(at)
            element = self._definitions[at]
            link = child(element, "numStyleLink")
            if link is None:
                return _read_levels(element)
            use = self._uses.get(self._styles.style(value(link)).list_id)
            at = use.definition if use else None
        return {}


def _use(row: Element) -> Numbered:
    named = child(row, "abstractNumId")
    starts, levels = {}, {}
    for override in children(row, "lvlOverride"):
        at = number(override, "ilvl")
        if at is None or not 0 <= at < LEVELS:
            continue
        start, level = child(override, "startOverride"), child(override, "lvl")
        if start is not None:
            starts[at] = number(start) or 0
        if level is not None:
            levels[at] = _level(level)
    return Numbered(-1 if named is None else number(named) or 0, starts, levels)


def _read_levels(element: Element) -> dict[int, Level]:
    rows = ((number(row, "ilvl"), row) for row in children(element, "lvl"))
    return {at: _level(row) for at, row in rows if at is not None and 0 <= at < LEVELS}


def _level(row: Element) -> Level:
    start, format_, text = child(row, "start"), child(row, "numFmt"), child(row, "lvlText")
    restart, legal, style = child(row, "lvlRestart"), child(row, "isLgl"), child(row, "pStyle")
    hidden = child(child(row, "rPr"), "vanish")
    return Level(
        1 if start is None else number(start) or 0,
        "none" if hidden is not None and is_on(hidden) else "decimal" if format_ is None else value(format_),
        "" if text is None else value(text),
        None if restart is None else number(restart),
        legal is not None and is_on(legal),
        "" if style is None else value(style),
    )


def _printed(at: int, levels: dict[int, Level], counts: list[int | None], starts: dict[int, int]) -> Marker | None:
    level = levels[at]
    if level.format == "none":
        return None
    if level.format == "bullet":
        text = level.text.strip()
        return Marker(text if text in KEPT_BULLETS else "•", MarkerKind.BULLET, at)

    def place(found: re.Match[str]) -> str:
        which = int(found[1]) - 1
        shown = levels.get(which, level)
        count = counts[which]
        if count is None:
            count = starts.get(which, shown.start)
        return in_format(count, "decimal" if level.legal else shown.format)

    text = PLACE.sub(place, level.text[:100]).strip()
    return Marker(text, _kind(level), at) if text else None


def _kind(level: Level) -> MarkerKind:
    around = PLACE.sub("", level.text)
    if any(character.isalpha() for character in around) or level.format in ("cardinalText", "ordinalText"):
        return MarkerKind.WORDED
    alone = len(PLACE.findall(level.text)) == 1 and level.format in LETTERED and not level.legal
    return MarkerKind.LETTER if alone else MarkerKind.NUMBER


def in_format(count: int, format_: str) -> str:
    """A number as Word prints it in one of its formats; decimal where the format is rare or the number too large.

    >>> [in_format(28, name) for name in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "ordinal")]
    ['28', 'bb', 'XXVIII', '28', '28th']
    """
    if format_.endswith("Letter") and 0 < count <= LARGEST_LETTER:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if format_ == "upperLetter" else letters
    if format_.endswith("Roman") and 0 < count <= LARGEST_ROMAN:
        letters = ""
        for size, name in ROMAN:
            letters += name * (count // size)
            count %= size
        return letters.upper() if format_ == "upperRoman" else letters
    if format_ == "decimalZero":
        return f"{count:02}"
    if format_ == "ordinal":
        ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        return f"{count}{ending}"
    return str(count)
