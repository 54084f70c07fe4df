"""An edition diff in words: one plain sentence a change, a text of all of them, and the same as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import itemgetter
from typing import Any

from trigpoint.periods.labels import long_date
from trigpoint.plans.changes import Change, ChangeKind, FieldChange, Part, PlanDiff
from trigpoint.wording import count, plural

_NAME_LENGTH = 90
_QUOTE_LENGTH = 300
_FORTNIGHT = 14
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST_COMPARED = 4_000  # words and blanks; longer texts are shown whole, for comparing them takes too long

# A target as a diff shows it: "seen in 4 hours >= 90.0% at 2017/18".
_TARGET = re.compile(
    r"(?P<measure>(?:.* )?)(?P<level>(?P<comparator>[<>]=?|=) (?P<value>-?[\d.,]+))"
    r"(?P<unit>(?:%| .*?)??)(?P<at> at \S.*)?",
    re.DOTALL,
)
_SAME = itemgetter("measure", "unit", "at")

_LABELS = {
    "due": "due date",
    "due_phrase": "date in words",
    "amount_gbp": "amount in pounds",
    "as_at": "reporting date",
    "done_on": "date of completion",
}
# Fields that hold several values: what came and what went is told, not the whole list.
LISTS = ("leads", "committees", "targets", "years")


class Edit(Enum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that was kept, removed or added."""

    edit: Edit
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one, word by word: kept and removed pieces make the first, kept and added ones the second.

    >>> [(piece.edit.value, piece.text) for piece in word_changes("by March 2018", "by June 2018")]
    [('kept', 'by '), ('removed', 'March'), ('added', 'June'), ('kept', ' 2018')]
    """
    from difflib import SequenceMatcher  # noqa: PLC0415 – only a plan that changed needs it

    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _LONGEST_COMPARED:
        whole = (Piece(Edit.REMOVED, before), Piece(Edit.ADDED, after))
        return tuple(piece for piece in whole if piece.text)
    pieces = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Edit.KEPT, "".join(old[i:j])))
            continue
        pieces.extend(
            Piece(edit, "".join(tokens))
            for edit, tokens in ((Edit.REMOVED, old[i:j]), (Edit.ADDED, new[k:m]))
            if tokens
        )
    return tuple(pieces)


def name_of(change: Change) -> str:
    """The row that changed, in a few words and with its id."""
    words = _cut(change.words, _NAME_LENGTH)
    return f"{words} ({change.id})" if words and change.id else words or change.id


def label_of(field: str) -> str:
    """A field's name in words."""
    return _LABELS.get(field, field.replace("_", " "))


def sentence(change: Change) -> str:
    """One change in one plain sentence.

    >>> fields = (FieldChange("due", "2018-03-31", "2018-06-30"),)
    >>> sentence(Change(ChangeKind.RE_DATED, Part.DELIVERABLE, "d1", "d1", "Open the hub", "Urgent care", fields))
    'Re-dated: Open the hub (d1) from 31 March 2018 to 30 June 2018 (13 weeks later).'
    """
    kind = change.kind.value.capitalize()
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        under = f", under {_cut(change.under, _NAME_LENGTH)}" if change.under else ""
        return _closed(f"{kind}: {name_of(change)}{under}")
    clauses = "; ".join(clause(field, change.kind) for field in change.fields)
    dash = "" if change.fields and change.fields[0].field == "due" else "– "  # "the hub from March to June" needs none
    return _closed(f"{kind}: {name_of(change)} {dash}{clauses}")


def _closed(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def clause(field: FieldChange, kind: ChangeKind) -> str:
    """One changed field as the rest of a sentence that begins with the row's name."""
    if field.field == "due":
        return _redated(field)
    label = label_of(field.field)
    if field.field in LISTS:
        return f"{label}: {came_and_went(field)}"
    if kind in (ChangeKind.RE_WORDED, ChangeKind.MOVED) or field.field == "due_phrase":
        before, after = (f"“{_cut(text, _QUOTE_LENGTH)}”" if text else "" for text in (field.before, field.after))
    else:
        before, after = _cut(field.before, _QUOTE_LENGTH), _cut(field.after, _QUOTE_LENGTH)
    if not before:
        return f"{label} is now {after}"
    return f"{label} from {before} to {after}" if after else f"{label} is gone (was {before})"


def _redated(field: FieldChange) -> str:
    if not field.before:
        return f"is now due {long_date(date.fromisoformat(field.after))}"
    before = date.fromisoformat(field.before)
    if not field.after:
        return f"has no due date any more (was {long_date(before)})"
    after = date.fromisoformat(field.after)
    return f"from {long_date(before)} to {long_date(after)} ({_shift((after - before).days)})"


def _shift(days: int) -> str:
    """Days up to a fortnight, then weeks, which is how planners speak of a delay."""
    direction = "later" if days > 0 else "earlier"
    size = abs(days)
    if size < _FORTNIGHT:
        return f"{count(size, 'day')} {direction}"
    return f"{'' if size % 7 == 0 else 'about '}{(2 * size + 7) // 14} weeks {direction}"


def came_and_went(field: FieldChange) -> str:
    """Which of several values were added, which removed, and which targets have another value."""
    before, after = field.before.split("\n"), field.after.split("\n")
    came = [value for value in after if value and value not in before]
    went = [value for value in before if value and value not in after]
    moved = _moved_targets(came, went) if field.field == "targets" else []
    told = [f"{verb} {', '.join(values)}" for verb, values in (("added", came), ("removed", went)) if values]
    return "; ".join([*moved, *told]) or "in another order"


def _moved_targets(came: list[str], went: list[str]) -> list[str]:
    """Targets of one measure, unit and date that have another value, in words; they are taken out of both lists."""
    told = []
    for old in tuple(went):
        was = _TARGET.fullmatch(old)
        found = ((new, match) for new in came if (match := _TARGET.fullmatch(new)))
        new, now = next(((new, now) for new, now in found if was and _SAME(was) == _SAME(now)), ("", None))
        if was is None or now is None:
            continue
        came.remove(new)
        went.remove(old)
        level = "value" if was["comparator"] == now["comparator"] else "level"
        ends = (f"{match[level]}{match['unit']}" for match in (was, now))
        told.append(f"{was['measure']}from {' to '.join(ends)}{was['at']}")
    return told


def _cut(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def count_sentence(diff: PlanDiff) -> str:
    """How many changes there are: ``"3 changes: 2 added, 1 re-dated."``"""
    if not diff.changes:
        return "No differences."
    total = len(diff.changes)
    kinds = ", ".join(f"{number:,} {kind.value}" for kind, number in diff.counts.items())
    return f"{count(total, 'change')}: {kinds}."


def grouped(changes: Sequence[Change]) -> dict[Part, list[Change]]:
    """The changes by part, in the order of the parts."""
    groups: dict[Part, list[Change]] = {}
    for change in sorted(changes, key=lambda change: list(Part).index(change.part)):
        groups.setdefault(change.part, []).append(change)
    return groups


def heading_of(part: Part) -> str:
    """The plural heading of a part."""
    words = {Part.PLAN: "The plan itself", Part.ACTIVITY: "Activity assumptions"}
    return words.get(part, plural(0, part.value.capitalize()))


def to_text(diff: PlanDiff) -> str:
    """All changes as plain text, one a line, under a heading for each part of the plan."""
    lines = [f"From {diff.before} to {diff.after}", count_sentence(diff)]
    for part, changes in grouped(diff.changes).items():
        lines.extend(["", heading_of(part), *(f"  {sentence(change)}" for change in changes)])
    return "\n".join([*lines, ""])


def to_json(diff: PlanDiff) -> dict[str, Any]:
    """The diff as plain data: names of the editions, counts by kind, and every change with its fields."""
    return {
        "before": diff.before,
        "after": diff.after,
        "counts": {kind.value: number for kind, number in diff.counts.items()},
        "changes": [
            {
                "kind": change.kind.value,
                "part": change.part.value,
                "before_id": change.before_id or None,
                "after_id": change.after_id or None,
                "words": change.words,
                "under": change.under,
                "fields": [
                    {"field": field.field, "before": field.before, "after": field.after} for field in change.fields
                ],
                "sentence": sentence(change),
            }
            for change in diff.changes
        ],
    }
