"""Which row of a draft is which row of the plan that it is a later edition of, and what its id will be there.

Words decide, as in ``plans.matching``: a document numbers its rows anew, so the reader's ids tell nothing. Only a
*printed* number that no other row of the table has counts as a name, after the words have had their say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import digits
from typing import Any

from trigpoint.characters import without_unprintable
from trigpoint.documents.review.fields import TABLES, TableForm
from trigpoint.documents.review.memory import Memory
from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.limits import MAX_ID_CHARACTERS
from trigpoint.plans.matching import Row, match_rows
from trigpoint.plans.model import Plan

ALIKE = 85.0
"""Similarity of words (0 to 100) below which a person should look whether two rows are one."""

_SHOWN = 80


@dataclass(slots=True)
class Pairing:
    """Draft and plan side by side, table by table.

    ``existing`` maps a draft row's key to the key of its row in the plan; ``ids`` a draft row's id to the one it has,
    or will have, in the plan; ``doubts`` say of a pair why it may be none.
    """

    existing: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=lambda: {"": ""})
    doubts: dict[tuple[str, str], str] = field(default_factory=dict)


def keys_of(table: TableForm, plan: Plan) -> tuple[str, ...]:
    """The key of every row of a table: its id; a link's is that of its objective with its place there."""
    if table.name != "links":
        return tuple(row.id for row in table.rows(plan))
    places: Counter[str] = Counter()
    keys = []
    for row in plan.links:
        places[row.objective] += 1
        keys.append(f"{row.objective}/link/{places[row.objective]}")
    return tuple(keys)


def words_of(table: TableForm, row: Any) -> str:
    """The words that a row goes by."""
    if table.name in ("finance", "activity"):
        return f"{row.name} {row.period}".strip()
    return str(getattr(row, table.main) or getattr(row, "text", ""))


def parent_of(table: TableForm, row: Any) -> str:
    """The id of the row that a row stands under, the nearest one; "" for none."""
    parents = [str(getattr(row, one.name)) for one in table.fields if one.refers]
    return next(filter(None, reversed(parents)), "")


def pair(draft: PlanDraft, existing: Plan | None, memory: Memory) -> Pairing:
    """Match a draft with the plan it is a later edition of.

    A row whose words people changed is known by those that the document gave it. No new row gets an id that is, or was,
    another row's: what refers to that one would come to speak of this.
    """
    result = Pairing()
    if existing is None:
        for table in TABLES.values():
            result.existing[table.name] = {}
            result.ids.update({key: key for key in keys_of(table, draft.plan)})
        return result
    now = {"": ""}
    for table in TABLES.values():
        _pair_table(table, _Sides(draft, existing, memory), now, result)
    taken = {key for table in TABLES.values() for key in keys_of(table, existing)} | memory.items
    for table in TABLES.values():
        for key in keys_of(table, draft.plan):
            if key not in result.existing[table.name]:
                result.ids[key] = _free(key, taken)
                taken.add(result.ids[key])
    return result


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is matched, with what the plan remembers."""

    draft: PlanDraft
    existing: Plan
    memory: Memory

    def words(self, table: TableForm) -> list[str]:
        """The words that the plan's rows of a table are matched by."""
        said: defaultdict[str, set[str]] = defaultdict(set)
        for key, row in zip(keys_of(table, self.draft.plan), table.rows(self.draft.plan), strict=True):
            source = self.draft.sources.get(key)
            words = without_unprintable(source.words) if source and source.words else str(getattr(row, table.main))
            said[words].add(words_of(table, row))
        meant = {words: texts.pop() for words, texts in said.items() if words and len(texts) == 1}
        own = zip(keys_of(table, self.existing), table.rows(self.existing), strict=True)
        return [meant.get(self.memory.words(key, table.main), words_of(table, row)) for key, row in own]


def _pair_table(table: TableForm, sides: _Sides, now: dict[str, str], result: Pairing) -> None:
    """Match one table; ``now`` maps what the plan calls a row to what the draft calls it."""
    old, new = table.rows(sides.existing), table.rows(sides.draft.plan)
    old_keys, new_keys = keys_of(table, sides.existing), keys_of(table, sides.draft.plan)
    words = sides.words(table)
    before = _matchable(table, old, words, lambda key: now.get(key, f"{key} (removed)"))
    after = _matchable(table, new, [words_of(table, row) for row in new], str)
    pairs = match_rows(before, after)
    found = {new_keys[other]: old_keys[one] for one, other in pairs.items()}
    result.existing[table.name] = found
    result.ids.update(found)
    now.update({key: name for name, key in found.items()})
    for one, other in pairs.items():
        doubt = _doubt(_undated(words[one], old[one]), _undated(words_of(table, new[other]), new[other]))
        if doubt:
            result.doubts[table.name, new_keys[other]] = doubt


def _matchable(table: TableForm, rows: Sequence[Any], words: Sequence[str], now: Callable[[str], str]) -> list[Row]:
    numbers = Counter(getattr(row, "number", "") for row in rows)
    found = []
    for row, said in zip(rows, words, strict=True):
        number = getattr(row, "number", "")
        found.append(Row(number if numbers[number] == 1 else "", said, now(parent_of(table, row))))
    return found


def _doubt(before: str, after: str) -> str:
    """Why two rows that were matched may be two."""
    if before == after:
        return ""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 – only a plan that changed needs it

    if ratio(before, after) >= ALIKE:
        return ""
    return f"It was taken to be “{before[:_SHOWN]}”, whose words are not the same"


def _undated(words: str, row: Any) -> str:
    """The words without their date: a commitment that was put off is the same commitment."""
    phrase = getattr(row, "due_phrase", "")
    return " ".join(words.replace(phrase, "").split()) if phrase else words


def _free(key: str, taken: Collection[str]) -> str:
    """The id itself, or the first with a higher number at its end that is not taken."""
    if key not in taken:
        return key
    stem = key.rstrip(digits)
    number = int(key[len(stem) :] or 1)
    stem = stem if len(stem) < len(key) else f"{stem}-"
    while True:
        number += 1
        found = f"{stem[: MAX_ID_CHARACTERS - len(str(number))]}{number}"
        if found not in taken:
            return found


def renamed(table: TableForm, row: Any, ids: Mapping[str, str]) -> Any:
    """A draft's row with the ids that it and its parents have in the plan."""
    fields: dict[str, str] = {one.name: ids.get(getattr(row, one.name), "") for one in table.fields if one.refers}
    if table.name != "links":
        fields["id"] = ids[row.id]
    return replace(row, **fields)
