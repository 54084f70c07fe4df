"""What changed between two editions of a plan, as data.

Rows are matched by ``matching``; each matched pair is compared field by field, and each field belongs to one kind of
change. The order of rows and a mere change of ids are no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from trigpoint.plans.cells import encode
from trigpoint.plans.changes import FIELDS, Change, ChangeKind, FieldChange, Part, PlanDiff
from trigpoint.plans.matching import Row, match_rows
from trigpoint.plans.model import Baseline, Lead, Plan, RiskScore, Target


def diff(before: Plan, after: Plan) -> PlanDiff:
    """The changes that make the second edition of the first; none for the same plan, mirrored when swapped."""
    comparison = _Comparison()
    comparison.compare(Part.PLAN, [before], [after], words=lambda plan: plan.title, key=lambda _: "plan")
    comparison.compare(Part.THEME, before.themes, after.themes, words=lambda row: row.title)
    comparison.compare(
        Part.OBJECTIVE, before.objectives, after.objectives, words=lambda row: row.title, parent=lambda row: row.theme
    )
    for part, old, new in (
        (Part.DELIVERABLE, before.deliverables, after.deliverables),
        (Part.MILESTONE, before.milestones, after.milestones),
        (Part.MEASURE, before.measures, after.measures),
    ):
        comparison.compare(part, old, new, words=lambda row: row.text, parent=_under)
    comparison.compare(
        Part.LINK, before.links, after.links, words=lambda row: row.text, key=lambda _: "", parent=_under
    )
    comparison.compare(Part.INDICATOR, before.indicators, after.indicators, words=lambda row: row.title, parent=_under)
    comparison.keyed(Part.TRAJECTORY, before.trajectories, after.trajectories, ("indicator", "area", "series"))
    comparison.compare(Part.RISK, before.risks, after.risks, words=lambda row: row.title)
    for part, lines, other_lines in (
        (Part.FINANCE, before.finance, after.finance),
        (Part.ACTIVITY, before.activity, after.activity),
    ):
        comparison.compare(part, lines, other_lines, words=lambda row: f"{row.name} {row.period}")
    comparison.keyed(Part.UPDATE, before.updates, after.updates, ("item", "as_at"))
    return PlanDiff(_named(before), _named(after), tuple(comparison.changes))


def _named(plan: Plan) -> str:
    return f"{plan.title} ({plan.edition})" if plan.edition else plan.title


def _under(row: Any) -> str:
    """The id of what a row stands under."""
    return getattr(row, "deliverable", "") or str(row.objective)


class _Comparison:
    """One walk through two plans, parents before children: grows the changes and the map of matched ids."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        # What the later edition calls a row of the earlier one; a removed row has a name that no id can have.
        self.renamed: dict[str, str] = {"": ""}
        self.names: tuple[dict[str, str], dict[str, str]] = ({}, {})

    def now(self, row_id: str) -> str:
        """What the later edition calls a row of the earlier one."""
        return self.renamed.get(row_id, f"{row_id} (removed)")

    def compare(
        self,
        part: Part,
        before: Sequence[Any],
        after: Sequence[Any],
        *,
        words: Callable[[Any], str],
        key: Callable[[Any], str] = lambda row: row.id,
        parent: Callable[[Any], str] = lambda _: "",
    ) -> None:
        """Match the rows of one part and note how they changed."""
        old = [Row(key(row), words(row), self.now(parent(row))) for row in before]
        new = [Row(key(row), words(row), parent(row)) for row in after]
        pairs = match_rows(old, new)
        origin = {other: one for one, other in pairs.items()}
        for rows, names in zip((old, new), self.names, strict=True):
            names.update({row.id: row.words for row in rows if row.id})
        self.renamed.update({old[one].id: new[other].id for one, other in pairs.items() if old[one].id})
        for index, row in enumerate(after):
            ids = (old[origin[index]].id if index in origin else "", new[index].id)
            place = (part, ids, words(row), self.names[1].get(parent(row), ""))
            if index in origin:
                self.note(*place, _kinds(part, before[origin[index]], row, self))
            else:
                self.note(*place, {ChangeKind.ADDED: []})
        for index, row in enumerate(before):
            if index not in pairs:
                under = self.names[0].get(parent(row), "")
                self.note(part, (old[index].id, ""), words(row), under, {ChangeKind.REMOVED: []})

    def keyed(self, part: Part, before: Iterable[Any], after: Iterable[Any], names: Sequence[str]) -> None:
        """Compare rows that have no id of their own: the first of ``names`` holds the id of what they belong to."""
        old = _by_key(before, names, self.now)
        new = _by_key(after, names, str)
        for key in dict.fromkeys((*new, *old)):
            ids = tuple(str(getattr(side[key], names[0])) if key in side else "" for side in (old, new))
            under = self.names[1].get(ids[1]) or self.names[0].get(ids[0], "")
            if key in old and key in new:
                kinds = _kinds(part, old[key], new[key], self)
            else:
                kinds = {ChangeKind.ADDED if key in new else ChangeKind.REMOVED: []}
            self.note(part, (ids[0], ids[1]), " · ".join(filter(None, key[1:-1])), under, kinds)

    def note(
        self, part: Part, ids: tuple[str, str], words: str, under: str, kinds: Mapping[ChangeKind, list[FieldChange]]
    ) -> None:
        """One change for each kind."""
        self.changes.extend(
            Change(kind, part, *ids, words, under, tuple(kinds[kind])) for kind in ChangeKind if kind in kinds
        )


def _by_key(rows: Iterable[Any], names: Sequence[str], now: Callable[[str], str]) -> dict[tuple[str, ...], Any]:
    """Rows by their key; of several with the same key, the first is 1, the second 2."""
    found: dict[tuple[str, ...], Any] = {}
    counts: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        first, *rest = (getattr(row, name) for name in names)
        key = (now(first), *(encode(value) for value in rest))
        counts[key] += 1
        found[*key, str(counts[key])] = row
    return found


def _kinds(part: Part, old: Any, new: Any, comparison: _Comparison) -> dict[ChangeKind, list[FieldChange]]:
    """The changed fields of one row by kind of change."""
    kinds: dict[ChangeKind, list[FieldChange]] = {}
    for field, kind in FIELDS[part].items():
        mine, other = getattr(old, field), getattr(new, field)
        if kind is ChangeKind.MOVED:
            if comparison.now(mine) != other:
                names = (comparison.names[0].get(mine, mine), comparison.names[1].get(other, other))
                kinds.setdefault(kind, []).append(FieldChange(field, *names))
        elif mine != other:
            kinds.setdefault(kind, []).append(FieldChange(field, _shown(mine), _shown(other)))
    _tell_once(kinds)
    if part is Part.INDICATOR:
        for kind, change in _value_changes(old, new):
            kinds.setdefault(kind, []).append(change)
    return kinds


def _tell_once(kinds: dict[ChangeKind, list[FieldChange]]) -> None:
    """Words that changed with their date belong to the new date: they are told with it, not as a change of wording."""
    words = [field for field in kinds.get(ChangeKind.RE_WORDED, []) if field.field == "due_phrase"]
    if words and ChangeKind.RE_DATED in kinds:
        kinds[ChangeKind.RE_DATED] += words
        kinds[ChangeKind.RE_WORDED].remove(words[0])
        if not kinds[ChangeKind.RE_WORDED]:
            del kinds[ChangeKind.RE_WORDED]


def _value_changes(old: Any, new: Any) -> Iterator[tuple[ChangeKind, FieldChange]]:
    """Changed numbers of an indicator: targets re-target it, actuals re-value it."""
    mine, other = _values(old), _values(new)
    for key in dict.fromkeys((*other, *mine)):
        if mine.get(key) != other.get(key):
            kind = ChangeKind.RE_TARGETED if "target" in key[1].lower() else ChangeKind.RE_VALUED
            label = " · ".join(word for word in key[:3] if word)
            yield kind, FieldChange(label, encode(mine.get(key)), encode(other.get(key)))


def _values(table: Any) -> dict[tuple[str, str, str, int], Any]:
    """The numbers of an indicator by area, series and period; of several with the same, the first is 1."""
    found: dict[tuple[str, str, str, int], Any] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in table.rows:
        for period, value in row.values.items():
            counts[row.area, row.series, period] += 1
            found[row.area, row.series, period, counts[row.area, row.series, period]] = value
    return found


def _shown(value: object) -> str:
    """A field's value in words; several values one a line."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\n".join(map(_shown, value))
    if isinstance(value, Lead):
        lead = ", ".join(word for word in (value.name, value.role) if word)
        return f"{lead} (accountable)" if value.accountable else lead
    if isinstance(value, Target):
        level = f"{value.comparator.value} {_figure(value.value, value.unit)}"
        words = (value.measure, level, f"at {value.at}" if value.at else "")
        return " ".join(word for word in words if word)
    if isinstance(value, RiskScore):
        return _score(value)
    if isinstance(value, Baseline):
        figure = _figure(value.value, value.unit) if value.value is not None else value.unit
        return f"{value.text} ({figure})" if figure else value.text
    return encode(value)


def _score(value: RiskScore) -> str:
    """A risk's score as registers print it: "4 × 5 = 20 (Likely)", as far as it is given."""
    factors = " × ".join(encode(part) for part in (value.likelihood, value.impact) if part is not None)
    printed = encode(value.score)
    sum_ = f"{factors} = {printed}" if factors and printed else factors or printed
    return f"{sum_} ({value.words})" if sum_ and value.words else sum_ or value.words


def _figure(value: Decimal, unit: str) -> str:
    """A number with its unit; a percent sign closes up, a word stands apart."""
    gap = "" if unit.startswith("%") else " "
    return f"{encode(value)}{gap}{unit}".rstrip()
