"""Plans without a table: headings with dated commitments below them, and objectives whose table a converter lost.

What is read from running text is less sure than a table, and is noted as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.commitments import LOCAL
from trigpoint.documents.events import WORDED, Event, Header, Loose, Row
from trigpoint.documents.identity import PLAN_WORD, Identity
from trigpoint.documents.layout_words import says_nothing
from trigpoint.documents.loose import is_numbered_title, opens_with_date
from trigpoint.documents.objectives import enter_theme, imply
from trigpoint.documents.owner_lines import owner_named
from trigpoint.documents.reading import EntryRead, Reading
from trigpoint.documents.verbs import opens_with_verb, prose_words
from trigpoint.documents.words import normal, opens_mid_sentence
from trigpoint.periods import DatePhrase, FinancialYear, due_date
from trigpoint.plans.document import Block, BlockKind, Document
from trigpoint.plans.draft import NoteKind
from trigpoint.wording import count

LINES_AHEAD = 4
FEWEST_LOST = 2
OPENING = re.compile(r"\W*(?:by|before|no later than|at the (?:start|end) of|from)\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'])")
BOX = re.compile(r"\[([ xX✓✔])\]\s+(?=\S)")
IN_BRACKETS = re.compile(r"\((?:lead|owner|sro|responsible|led by)\s*[:–-]\s*([^,;()]{3,80})", re.IGNORECASE)
DONE = Column(ColumnKind.COMPLETED, "Done")
LONGEST = 3_000
LONGEST_SENTENCE = 600
LONGEST_HEADING = 120
SURENESS = 0.5
UNDATED = 0.4


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of running text: its words, the date that binds it, and the headings it stands under.

    ``owners`` are the lines beside it that say who answers; ``ticked`` is the mark of a list that is ticked off.
    """

    text: str
    line: int
    due_words: str
    dated: bool
    number: str
    headings: tuple[tuple[str, int], ...]
    owners: tuple[str, ...] = ()
    ticked: str = ""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(prose_words()[name], re.IGNORECASE)


def lost_tables(document: Document, years: tuple[FinancialYear, ...]) -> tuple[Loose, ...]:
    """Paragraphs of a plan that lost its table: from the first numbered title that dated commitments follow.

    Headings and paragraphs are then read as if their table had been lost.
    """
    shown = [(number, block) for number, block in enumerate(document.blocks, 1) if block.kind in WORDED]
    for place, (_, block) in enumerate(shown):
        if is_numbered_title(block):
            following = [one for _, one in shown[place + 1 : place + 1 + LINES_AHEAD]]
            if any(_is_due(one.text, years) for one in following):
                if sum(_is_due(one.text, years) for _, one in shown[place:]) < FEWEST_LOST:
                    return ()
                before = shown[place - 1 : place] if place and shown[place - 1][1].kind is BlockKind.HEADING else []
                return tuple(Loose(one, number) for number, one in (*before, *shown[place:]))
    return ()


def _is_due(text: str, years: tuple[FinancialYear, ...]) -> bool:
    """Whether a paragraph says by when, before it says what."""
    return OPENING.match(LOCAL.sub("", text, count=1)) is not None and opens_with_date(text, years)


def promises(document: Document, years: tuple[FinancialYear, ...]) -> tuple[Promise, ...]:
    """Every commitment in running text, in order: dated ones, and the items of a list that "We will:" brings in."""
    prose = _Prose(years)
    found = tuple(prose.read(document))
    return tuple(replace(one, owners=one.owners or prose.owners_under(one)) for one in found)


class _Prose:
    """The walk over paragraphs, with the headings and the lead-in of a list that hold."""

    def __init__(self, years: tuple[FinancialYear, ...]) -> None:
        self.years = years
        self.headings: list[tuple[int, str, int]] = []
        self.lead: DatePhrase | None = None
        self.brought = False
        self.owners: dict[int, tuple[str, ...]] = {}

    def owners_under(self, promise: Promise) -> tuple[str, ...]:
        """The lines under the promise's own heading that say who answers."""
        return self.owners.get(promise.headings[-1][1], ()) if promise.headings else ()

    def read(self, document: Document) -> Iterator[Promise]:
        for line, block in enumerate(document.blocks, 1):
            if block.kind is BlockKind.HEADING and len(block.text) <= LONGEST_HEADING:
                self._heading(block, line)
            elif block.kind is BlockKind.LIST_ITEM and len(block.text) <= LONGEST:
                yield from self._item(block, line)
            elif block.kind is BlockKind.PARAGRAPH and len(block.text) <= LONGEST:
                yield from self._paragraph(block, line)
            elif block.kind is BlockKind.TABLE_ROW:
                self.brought, self.lead = False, None

    def _heading(self, block: Block, line: int) -> None:
        level = max(block.level, 1)
        self.headings = [row for row in self.headings if row[0] < level]
        brings = _pattern("brings_in").search(block.text) is not None
        self.brought, self.lead = brings, due_date(block.text, years=self.years) if brings else None
        if not brings and not says_nothing(block.text):
            self.headings.append((level, block.text, line))

    def _item(self, block: Block, line: int) -> Iterator[Promise]:
        box = BOX.match(block.text)
        text = block.text[box.end() :] if box else block.text
        own = due_date(text, years=self.years)
        acts = box is not None or opens_with_verb(text) or _is_promise(text)
        if own is not None and (acts or self.brought) and not _pattern("not_a_promise").search(text):
            promise = self._promise(text, line, "", block.marker, dated=True)
            yield replace(promise, ticked=box[1].strip()) if box else promise
        elif self.brought and own is None and (self.lead is not None or acts):
            words = self.lead.text if self.lead else ""
            yield self._promise(text, line, words, block.marker, dated=self.lead is not None)

    def _paragraph(self, block: Block, line: int) -> Iterator[Promise]:
        self.brought = _pattern("brings_in").search(block.text.strip()) is not None
        self.lead = due_date(block.text, years=self.years) if self.brought else None
        if self.brought:
            return
        sentences = SENTENCE.split(block.text)
        owners = tuple(sentence for sentence in sentences if any(owner_named(sentence)))
        promised = [
            self._promise(sentence, line, "", "", dated=True)
            for sentence in sentences
            if _is_dated_promise(sentence, self.years)
        ]
        if owners and not promised and self.headings:
            self.owners[self.headings[-1][2]] = owners
        yield from (replace(one, owners=owners or one.owners) for one in promised)

    def _promise(self, text: str, line: int, due_words: str, marker: str, *, dated: bool) -> Promise:
        number = marker.strip("().") if marker[:1].isdigit() else ""
        owners = tuple(f"Lead: {found[1]}" for found in IN_BRACKETS.finditer(text))
        return Promise(text, line, due_words, dated, number, tuple((name, at) for _, name, at in self.headings), owners)


def _is_dated_promise(sentence: str, years: tuple[FinancialYear, ...]) -> bool:
    """Whether a sentence stands by itself and says by when: no "This will continue", no "In 2026/27 we look at:"."""
    if len(sentence) > LONGEST_SENTENCE or opens_mid_sentence(sentence):
        return False
    if not _is_promise(sentence) or _pattern("leans").search(sentence):
        return False
    phrase = due_date(sentence, years=years)
    return phrase is not None and (phrase.firm or not isinstance(phrase.period, FinancialYear))


def _is_promise(text: str) -> bool:
    return _pattern("promise").search(text) is not None and _pattern("not_a_promise").search(text) is None


def is_plan(found: tuple[Promise, ...], title: str) -> bool:
    """Whether commitments in running text are enough to make a plan of a document of this title."""
    dated = sum(one.dated for one in found)
    titled = PLAN_WORD.search(title) is not None
    return dated >= int(prose_words()["fewest" if titled else "fewest_untitled"])


def beside_tables(found: tuple[Promise, ...], events: Sequence[Event], title: str) -> tuple[Promise, ...]:
    """The dated commitments under headings of their own, in a document whose other headings have plan tables."""
    headed = {event.path[-1].line for event in events if isinstance(event, Header) and event.path}
    loose = {event.line for event in events if isinstance(event, Loose | Row)}
    return tuple(
        one
        for one in found
        if one.dated
        and one.line not in loose
        and one.headings
        and one.headings[-1][1] not in headed
        and normal(one.headings[-1][0]) != normal(title)
    )


def read_promises(reading: Reading, found: tuple[Promise, ...], identity: Identity) -> None:
    """Take the commitments of running text in: the heading over each is its objective, the one over that its theme."""
    column = Column(ColumnKind.DELIVERABLE, "")
    for one in found:
        path = [(text, line) for text, line in one.headings if normal(text) != normal(identity.title)]
        reading.theme = None
        if len(path) > 1:
            enter_theme(reading, "", path[-2][0], path[-2][1], path[-2][0])
        text, line = path[-1] if path else (identity.title or "Commitments", one.line)
        objective = imply(reading, text, line)
        entry = EntryRead(ColumnKind.DELIVERABLE, objective, column, one.text, one.text, [one.line])
        entry.due_words, entry.ref = one.due_words, one.number
        entry.sureness = SURENESS if one.dated else UNDATED
        entry.status = [(DONE, one.ticked)] if one.ticked else []
        for words in one.owners:
            entry.leads.extend(lead for lead in owner_named(words)[0] if lead not in entry.leads)
        reading.entries.append(entry)
    told = f"{count(len(found), 'commitment')} {'was' if len(found) == 1 else 'were'} read from running text"
    where = "outside the plan's tables" if reading.rows else "as the document has no plan table"
    reading.note(NoteKind.INFERRED, f"{told} {where}, under the headings over them", found[0].line)
