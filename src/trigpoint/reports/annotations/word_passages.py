"""Where in a Word file's XML some words of a block stand: from which character of which element to which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from trigpoint.characters import UNPRINTABLE
from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.word.content import Line, Span
from trigpoint.documents.readers.word.names import KIND
from trigpoint.documents.readers.word.symbols import readable

FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a file: before the character ``offset`` of a text element; 0 is before it, its length behind it."""

    element: Element
    offset: int


@dataclass(frozen=True, slots=True)
class Passage:
    """From one place in a file to another."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a block's words, from which place in the file to which; ``None`` where Word puts it there."""

    text: str
    place: Passage | None


class Passages:
    """Finds words in the blocks of a Word file. ``holders`` has for each block the lines of words of each cell."""

    def __init__(self, holders: Sequence[Sequence[Sequence[Line]]]) -> None:
        self._holders = holders
        self._read: dict[int, list[list[list[Letter]]]] = {}

    def find(self, line: int, fragment: str) -> Passage | None:
        """The words of a block (counted from 1) that a finding quotes: exactly those, else those spelt alike, else the
        paragraph that begins like them, else its first filled cell. ``None`` where none of it stands in the file.
        """
        if line not in self._read:
            self._read[line] = [[_letters(words) for words in cell] for cell in self._holders[line - 1]]
        cells = self._read[line]
        wanted = " ".join(fragment.split())
        if wanted:
            scopes = [*(_joined(cell) for cell in cells), _joined([words for cell in cells for words in cell])]
            for fold in (False, True):
                for letters in scopes:
                    if found := _within(letters, wanted, fold=fold):
                        return found
            for letters in (words for cell in cells for words in cell):
                if _begins_alike(_words(letters), wanted) and (found := _span_of(letters)):
                    return found
        filled = (found for cell in cells if (found := _span_of(_joined(cell))))
        return next(filled, None)


def _begins_alike(line: str, wanted: str) -> bool:
    """Whether a line holds the first words quoted, or the words quoted begin with the line and go on in another."""
    opening = " ".join(wanted.split()[:FEWEST_WORDS])
    return opening in line or (" " in line and wanted.startswith(line))


def _within(letters: list[Letter], wanted: str, *, fold: bool) -> Passage | None:
    text = "".join(letter.text for letter in letters)
    if fold:
        lowered = text.lower()
        text, wanted = (lowered if len(lowered) == len(text) else text), wanted.lower()
    at = text.find(wanted)
    return _span_of(letters[at : at + len(wanted)]) if at >= 0 else None


def _words(letters: list[Letter]) -> str:
    return "".join(letter.text for letter in letters).strip()


def _joined(lines: Iterable[list[Letter]]) -> list[Letter]:
    return [letter for line in lines for letter in line]


def _span_of(letters: Iterable[Letter]) -> Passage | None:
    """From the first of these letters that stands in the file to the last."""
    places = [letter.place for letter in letters if letter.place is not None and letter.text.strip()]
    return Passage(places[0].start, places[-1].end) if places else None


def _letters(line: Line) -> list[Letter]:
    """The characters of a line as a reader quotes them: one blank for any white space, and one at the end."""
    found: list[Letter] = []
    for letter in (each for span in line for each in _letters_of(span)):
        if not letter.text.isspace():
            found.append(letter)
        elif found and found[-1].text != " ":
            found.append(Letter(" ", letter.place))
    if found and found[-1].text != " ":
        found.append(Letter(" ", None))
    return found


def _letters_of(span: Span) -> Iterator[Letter]:
    """The characters of a span, each with the characters of its element that it was read from."""
    place = _places(span)
    for at, character in enumerate(span.text):
        if not UNPRINTABLE.match(character):
            yield Letter(character, place(at))


def _places(span: Span) -> Callable[[int], Passage | None]:
    element = span.element
    if element is None:
        return lambda _: None
    length = len(element.text or "") if KIND[element.tag] == "t" else 1
    whole = Passage(Point(element, 0), Point(element, length))
    if KIND[element.tag] != "t":
        return lambda _: whole
    if len(span.text) == length:
        return lambda at: Passage(Point(element, at), Point(element, at + 1))
    origins = [at for at, character in enumerate(element.text or "") for _ in readable(character)]
    if len(origins) != len(span.text):
        return lambda _: whole  # a font that draws signs: letters and signs do not correspond one by one
    return lambda at: Passage(Point(element, origins[at]), Point(element, origins[at] + 1))
