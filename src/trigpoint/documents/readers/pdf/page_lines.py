"""Words on a page → lines, and lines → paragraphs: where a line was only wrapped, and where the author ended it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.pdf.words import Word
from trigpoint.documents.readers.text import MARKER

SAME_LINE = 0.35  # of the size of the letters: base lines nearer to each other are one
SUPERSCRIPT = 0.6  # of its own height: a small word that stands this much beside a line belongs to it
BLANK = 0.25  # of the size: the width of a blank
NEW_PARAGRAPH = 1.3  # of the usual distance of base lines: more is a gap between paragraphs
FEW_STEPS, FEWEST_STEPS = 2, 10  # between lines: fewer tell nothing
SINGLE, DOUBLE = 0.8, 2.6  # sizes: steps between these may be those of one paragraph
TIGHTEST_PITCH, USUAL_PITCH, LOOSER = 1.1, 1.25, 1.25
LEADERS = "...."
BULLETS = frozenset("•·▪▫◦●○■□➢➤►▶‣⁃∙*–-—§✓✔✗☐☑☒→o")
PRIVATE = re.compile("[\ue000-\uf8ff]")
LINE_END_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
LETTERS = re.compile(r"[^\W\d_]+")
SENTENCE_END = (".", "!", "?", ":", ";")
SHORTEST_PART = 2
ROOM = 0.75  # of the longest line: a paragraph whose last line is shorter has ended
LONGEST_REST, SHORTEST_BROKEN = 3, 5  # letters of a word that a narrow cell breaks
NO_ROOM = 0.5  # of the size: a line with less room is full
KEPT_PREFIXES = frozenset(
    """anti bi co cross de e ex extra fore half high hyper inter intra long low macro mega micro mid mini multi near non
    off on one out over part peri poly post pre pro pseudo quasi re self semi short sub super tele trans tri two ultra
    un under up well x""".split()  # noqa: SIM905 - a word list reads better in a text
)


@dataclass(frozen=True)
class Line:
    """Words that stand on one base line, in the order of reading."""

    words: tuple[Word, ...]

    @cached_property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @cached_property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @cached_property
    def base(self) -> float:
        return median(word.base for word in self.words)

    @cached_property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @cached_property
    def bold(self) -> bool:
        return all(word.style.bold for word in self.words if any(map(str.isalnum, word.text)))

    @cached_property
    def text(self) -> str:
        return "".join(f"{'' if word.glued or not at else ' '}{word.text}" for at, word in enumerate(self.words))


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words that are read in one direction as lines from the top; words of one line from the left.

    Words turned by a quarter are read along their own base lines.
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (-one.size * SAME_LINE + one.base, one.order)):
        row = next((row for row in reversed(rows[-3:]) if _beside(row, word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    found = [Line(_in_order(row)) for row in rows]
    return sorted(found, key=lambda line: line.base)


def _beside(row: list[Word], word: Word) -> bool:
    largest = max(row, key=lambda one: one.size)
    size = max(largest.size, word.size)
    return abs(word.base - largest.base) <= SAME_LINE * size or (
        min(largest.size, word.size) <= SUPERSCRIPT * 1.2 * size and abs(word.base - largest.base) <= SUPERSCRIPT * size
    )


def _in_order(row: list[Word]) -> tuple[Word, ...]:
    turns = row[0].style.turns
    places = [((word.x0,), (-word.bottom,), (-word.x1,), (word.top,))[turns][0] for word in row]
    order = sorted(range(len(row)), key=places.__getitem__)
    if turns == 0 and sum(map(_is_right_to_left, row)) * 2 > len(row):
        order.reverse()
    return tuple(row[index] for index in order)


def _is_right_to_left(word: Word) -> bool:
    return unicodedata.bidirectional(word.text[0]) in ("R", "AL")


class Setting:
    """How a document is set: the words that it prints whole, and the usual distance of its lines in sizes of letters.

    By the words, what stands at the two sides of a line's end is judged. Made from lines; what stands first or last on
    a line may be half a word and is not among them.
    """

    def __init__(self, lines: Iterable[Sequence[str]], pitch: float = USUAL_PITCH) -> None:
        self._words = {part.lower() for line in lines for word in line[1:-1] for part in LETTERS.findall(word)}
        self.pitch = pitch

    def join(self, before: str, after: str, *, broken: bool = False) -> str:
        """Two lines as one: a blank between them, or none where a hyphen ends the first.

        The hyphen goes where the document has the word without it, or where what stands before it is no word; else it
        is the author's own ("e-cigarettes"). ``broken`` says that the first line is one word that fills its cell: then
        the cell may have broken it anywhere ("Incomplet", "e").

        >>> setting = Setting([["the", "implementation", "of", "smoking", "cessation", "services"]])
        >>> setting.join("its imple-", "mentation"), setting.join("e-", "cigarettes"), setting.join("to", "do")
        ('its implementation', 'e-cigarettes', 'to do')
        """
        first = LETTERS.match(after)
        if broken and first is not None and self._is_rest(before, first[0]):
            return before + after
        found = LINE_END_HYPHEN.search(before)
        if found is None or first is None:
            dash = before.endswith("-") and before[-2:-1].isalnum() and after[:1].isalnum()
            return f"{before}{'' if dash else ' '}{after}"
        left, right = found[1].lower(), first[0].lower()
        parts = left not in self._words and right not in self._words
        known = (left + right in self._words or parts) and left not in KEPT_PREFIXES
        cut = first[0][0].islower() and min(len(left), len(right)) >= SHORTEST_PART and known
        return f"{before[:-1] if cut or before.endswith(chr(0xAD)) else before}{after}"

    def _is_rest(self, before: str, first: str) -> bool:
        """Whether a line begins with the rest of the word that the line before it breaks off."""
        found = LETTERS.findall(before)
        start = found[-1].lower() if found and before.endswith(found[-1]) else ""
        short = len(first) <= LONGEST_REST and len(start) >= SHORTEST_BROKEN and first.islower()
        return short and first not in self._words and (start not in self._words or start + first in self._words)

    def joined(self, lines: Sequence[Line], widest: float = 0.0) -> str:
        """Lines of one paragraph as one text. ``widest`` is how long its lines may be, as far as that is known."""
        text = lines[0].text
        widest = max(widest, *(line.x1 - line.x0 for line in lines))
        for last, line in pairwise(lines):
            full = len(last.words) == 1 and widest - (last.x1 - last.x0) < NO_ROOM * last.size
            text = self.join(text, line.text, broken=full)
        return text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. ``marker`` is a bullet or number that was taken off the text; ``room`` says that the
    last line ends well before the longest of its column."""

    text: str
    marker: str
    lines: tuple[Line, ...]
    indent: float
    room: bool

    @property
    def bulleted(self) -> bool:
        return bool(self.marker) and not self.marker[0].isalnum() and self.marker[0] != "("


def paragraphs_of(lines: Sequence[Line], setting: Setting, widest: float = 0.0) -> list[Paragraph]:
    """The paragraphs of lines in reading order, as one column of text whose lines may be as long as ``widest``.

    A new one begins after a gap, at a bullet, at another size of letters, and where the line before it was ended with
    room to spare and the next begins like a sentence.
    """
    if not lines:
        return []
    left = min(line.x0 for line in lines)
    widest = max(widest, *(line.x1 - line.x0 for line in lines))
    pitch = _pitch(lines, setting.pitch)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1], line, widest, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, left, widest, setting) for group in groups]


def _pitch(lines: Sequence[Line], usual: float) -> float:
    """The distance of two base lines of one paragraph, in sizes of letters; not much more than usual."""
    alike = [(a, b) for a, b in pairwise(lines) if abs(a.size - b.size) < 0.1 * a.size]
    steps = sorted(step for a, b in alike if SINGLE < (step := (b.base - a.base) / a.size) < DOUBLE)
    return min(max(steps[len(steps) // 4], TIGHTEST_PITCH), usual * LOOSER) if len(steps) > FEW_STEPS else usual


def usual_pitch(steps: Sequence[float]) -> float:
    """The usual distance of lines among all that follow each other: the least that is common.

    >>> usual_pitch([1.4, 1.41, 1.38, 2.4, 2.41, 1.4] * 2), usual_pitch([2.4])
    (1.4, 1.25)
    """
    counted = Counter(round(step, 1) for step in steps if SINGLE < step < DOUBLE)
    common = [step for step, often in counted.items() if often * 5 >= counted.total()]
    return max(min(common), TIGHTEST_PITCH) if common and counted.total() >= FEWEST_STEPS else USUAL_PITCH


def _begins(group: Sequence[Line], line: Line, widest: float, pitch: float) -> bool:
    """Whether a line begins a new paragraph after those of the group."""
    last = group[-1]
    step = (line.base - last.base) / max(last.size, line.size)
    if step > pitch * NEW_PARAGRAPH or step < 0 or bullet_of(line) or LEADERS in last.text:
        return True
    if abs(line.size - last.size) > 0.12 * last.size and len(line.words) > 1:
        return True
    if line.bold != last.bold and (line.bold or len(group) == 1) and _begins_sentence(line):
        return last.bold != all(word.style.bold for word in line.words[:1]) and _ends_early(last, line, widest)
    return _ends_early(last, line, widest) and _begins_sentence(line)


def _ends_early(last: Line, line: Line, widest: float) -> bool:
    """Whether the first word of the next line would have fitted on the line: then its author ended it."""
    first = line.words[0]
    needed = (last.x1 - last.x0) + BLANK * last.size + (first.x1 - first.x0)
    return needed < widest - 0.3 * last.size


def _begins_sentence(line: Line) -> bool:
    first = line.words[0].text
    return not first[:1].islower() and first[:1] not in ")]}&/,;%"


def bullet_of(line: Line) -> str:
    """The bullet that a line begins with, or ""."""
    first = line.words[0].text
    if len(line.words) > 1 and first in BULLETS and (first not in "o-–—*" or _hangs(line)):
        return first
    return ""


def _hangs(line: Line) -> bool:
    """Whether more than a blank stands after the first word, as after a bullet."""
    return line.words[1].x0 - line.words[0].x1 > BLANK * line.size * 1.6


def _paragraph(group: Sequence[Line], left: float, widest: float, setting: Setting) -> Paragraph:
    marker = bullet_of(group[0])
    lines = [Line(group[0].words[1:]), *group[1:]] if marker else list(group)
    text = setting.joined(lines, widest)
    text = tidy(PRIVATE.sub("", text))
    if not marker and (found := MARKER.match(text)) and found[1][0].isalnum() and found.end() < len(text):
        marker = found[1]
        text = text[found.end() :]
    room = group[-1].x1 - group[-1].x0 < ROOM * widest
    return Paragraph(text, marker, tuple(group), group[0].x0 - left, room)
