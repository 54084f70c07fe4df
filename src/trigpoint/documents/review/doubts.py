"""What speaks against taking a reading over unseen: the reader's own remarks, dates with two readings, low sureness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from trigpoint.periods import Doubt, FinancialYear, due_date, period_of
from trigpoint.plans.draft import Note, NoteKind, PlanDraft, Source

SURE = 0.9
"""From this sureness on a reading may be accepted unseen."""

_SAID = re.compile("“([^”]+)”")
_PARTICULAR = re.compile("“[^”]*”|(?:line )?\\d[\\d/–-]*(?: Q\\d)?")
_DOUBTFUL = (NoteKind.REPAIRED, NoteKind.INFERRED)


class Doubts:
    """The doubts of a draft by item."""

    def __init__(self, draft: PlanDraft, words: dict[str, str]) -> None:
        """``words`` are the rows' own, by the key of their source."""
        self.years = tuple(year for label in draft.plan.years if isinstance(year := period_of(label), FinancialYear))
        self.whole = [note for note in draft.notes if note.kind in _DOUBTFUL and note.line is None]
        self.document = draft.document
        self._notes = _by_item(draft, words)

    def of(self, key: str, source: Source | None, row: Any) -> tuple[str, ...]:
        """Every doubt of one row, each one sentence without its full stop."""
        found = [note.text for note in self._notes.get(key, ())]
        if source is not None and source.sureness < min(SURE, self.document.sureness):
            found.append(f"The reader is only {source.sureness:.0%} sure of it")
        if self.document.sureness < SURE:
            found.append(
                f"A {self.document.format.value} file does not mark its tables: rows are told by where words stand"
            )
        phrase = getattr(row, "due_phrase", "")
        if phrase and row.due is not None:
            found += date_doubts(phrase, self.years, row.column)
        return tuple(dict.fromkeys(found))

    def of_whole(self, value: str) -> tuple[str, ...]:
        """The remarks on the document as a whole that name a value."""
        return tuple(note.text for note in self.whole if value and value in note.text)

    def sureness_of(self, source: Source | None) -> float:
        """How sure the reader is, 0 to 1: never more than the format lets it be."""
        return min(source.sureness if source else 1.0, self.document.sureness)


def kind_of_doubt(doubt: str) -> str:
    """The same for all doubts that differ in the words and numbers they cite alone.

    >>> kind_of_doubt("“By June 16”: two digits after a month")
    '…: two digits after a month'
    """
    return _PARTICULAR.sub("…", doubt)


def _by_item(draft: PlanDraft, words: dict[str, str]) -> dict[str, list[Note]]:
    """Remarks by item. Where a remark cites words, they are looked for among the items of its line.

    A table row holds an objective, its deliverables, measures and more on one line: a remark on one of them says
    nothing of the others. One that cites no item's words is on the line as a whole.
    """
    noted = {note.line for note in draft.notes if note.kind in _DOUBTFUL and note.line is not None}
    keys: defaultdict[int, dict[str, Source]] = defaultdict(dict)
    for key, source in draft.sources.items():
        for line in source.lines:
            if line in noted:
                keys[line][key] = source
    found: defaultdict[str, list[Note]] = defaultdict(list)
    for note in draft.notes:
        if note.kind in _DOUBTFUL and note.line is not None:
            here = keys[note.line]
            said = [_plain(part) for part in _SAID.findall(note.text)]
            cited = [key for key in here if _cites(said, (words.get(key, ""), here[key].words))]
            for key in dict.fromkeys(map(_owner, cited or here)):
                found[key].append(note)
    return found


def _owner(key: str) -> str:
    """The row that a source belongs to: the series of an indicator to the indicator, a link to itself."""
    return key if "/link/" in key else key.partition("/")[0]


def _cites(said: Sequence[str], texts: Iterable[str]) -> bool:
    plain = [_plain(text) for text in texts]
    return any(part and part in text for part in said for text in plain)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip("…")


@lru_cache(maxsize=4096)
def date_doubts(phrase: str, years: tuple[FinancialYear, ...], column: str) -> tuple[str, ...]:
    """Why a printed date could be read in another way; that its year is the plan's own is no reason.

    >>> date_doubts("By June 16", (FinancialYear(2016),), "")
    ('“By June 16”: the two digits after the month were taken as the year; they could be the day',)
    """
    period = period_of(column)
    for words in (phrase, f"by {phrase}"):
        found = due_date(words, years=years, column=period)
        if found is not None:
            return tuple(f"“{phrase}”: {doubt.value}" for doubt in found.doubts if doubt is not Doubt.NO_YEAR)
    return ()
