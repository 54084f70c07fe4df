"""Protection of small numbers: what could tell on a person is not shown, nor what would give it away.

A count from 1 to below the definition's threshold hides its cell (primary). Where a total and all but one of its parts
are shown, the last part is the difference: so of every total with its parts none or at least two cells are hidden
(complementary), whichever hides least.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from trigpoint.measures.book.book import Actual
from trigpoint.measures.definitions.definition import Definition, Statistic
from trigpoint.measures.results.cells import Cells, Key, by_indicator
from trigpoint.measures.results.derivation import adds_up, alike
from trigpoint.measures.results.values import COUNTED, faults_by_period
from trigpoint.places.register import Places
from trigpoint.rounding import half_up

AGAINST_DIFFERENCE = "suppressed: with the total it would show a small number elsewhere"
# One relation: the cells of a total, then those of its parts.
_Relation = tuple[Cells, Sequence[Cells]]


def protect(found: Mapping[Key, Cells], places: Places) -> None:
    """Hide small numbers and what would give them away, in place; then round what is left where the rule says so."""
    for _, keys in by_indicator(dict(found)):
        definition = found[keys[0]].definition
        if definition.suppression.below > 1:
            for key in keys:
                _hide_small(found[key])
            relations = list(_relations(definition, keys, found, places))
            # Each pass may open a gap in another relation; every pass hides at least one cell, so it comes to an end.
            while sum(_close(relation) for relation in relations):
                pass
        if definition.suppression.round_to > 1:
            for key in keys:
                _round(found[key], definition.suppression.round_to)


def small(definition: Definition, cell: Actual) -> bool:
    """Whether a cell's count, its denominator or the rest of its people is from 1 to below the threshold."""
    if definition.statistic not in COUNTED:
        return False
    top, bottom = cell.numerator, cell.denominator
    if top is None and definition.statistic is Statistic.COUNT:
        top = cell.value
    if definition.statistic is Statistic.PROPORTION and top is not None and bottom is not None:
        rest = bottom - top if top.is_finite() and bottom.is_finite() else None
    else:
        rest = None
    sizes = [size for size in (top, bottom, rest) if size is not None and size.is_finite()]
    return any(0 < size < definition.suppression.below for size in sizes)


def _hide_small(cells: Cells) -> None:
    reason = f"suppressed: fewer than {cells.definition.suppression.below}"
    for number, row in cells.rows.items():
        if small(cells.definition, row) and (number not in cells.reasons or row.numerator is not None):
            cells.reasons[number] = reason


def hidden(cells: Cells, number: int) -> bool:
    """Whether a cell is kept from sight here or was so already where it comes from."""
    return "suppress" in cells.reasons.get(number, "").lower()


def _relations(
    definition: Definition, keys: Sequence[Key], found: Mapping[Key, Cells], places: Places
) -> Iterator[_Relation]:
    if adds_up(definition):
        by_parent: dict[Key, list[str]] = {}
        # In an order of their own: which of two equal cells is hidden must not hang on the order of the rows.
        for key in sorted(keys):
            if key.place in places and places[key.place].parent:
                by_parent.setdefault(key._replace(place=places[key.place].parent), []).append(key.place)
        for parent, codes in by_parent.items():
            if parent in found:
                yield found[parent], [found[parent._replace(place=code)] for code in alike(codes, places)]
    if definition.inequality is not None:
        for place in sorted({key.place for key in keys}):
            whole, groups = Key(definition.id, place, ""), definition.inequality.groups
            parts = [whole._replace(group=group) for group in groups]
            if whole in found and all(part in found for part in parts):
                yield found[whole], [found[part] for part in parts]


def _close(relation: _Relation) -> bool:
    """Hide one more cell wherever just one of a total and its parts is hidden; whether any was."""
    total, parts = relation
    changed = False
    for number in _numbers(relation):
        cells = [each for each in (total, *parts) if number in each.rows]
        if sum(hidden(each, number) for each in cells) != 1 or number not in total.rows:
            continue
        open_ = [each for each in parts if number in each.rows and not hidden(each, number)]
        # The smallest part that has anybody in it costs least; one of nobody hides nothing but is better than none.
        chosen = min(open_, key=lambda each: _size(each.rows[number]), default=total)
        if not hidden(chosen, number):
            chosen.reasons[number] = AGAINST_DIFFERENCE
            changed = True
    return changed


def _numbers(relation: _Relation) -> Iterable[int]:
    """Periods in which a cell of the relation is hidden."""
    total, parts = relation
    return sorted({number for each in (total, *parts) for number in each.reasons if hidden(each, number)})


def _size(row: Actual) -> tuple[bool, Decimal]:
    top = row.numerator if row.numerator is not None else row.value
    size = Decimal(0) if top is None or not top.is_finite() else top
    return size == 0, size


def _round(cells: Cells, step: int) -> None:
    """Counts as multiples of a step, half up; whatever is computed later comes from these."""
    if cells.definition.statistic not in COUNTED:
        return
    for number, row in cells.rows.items():
        if number not in cells.reasons:
            cells.rows[number] = replace(
                row, numerator=_to_step(row.numerator, step), denominator=_to_step(row.denominator, step)
            )
    cells.reasons = {**faults_by_period(cells.definition, cells.rows), **cells.reasons}


def _to_step(size: Decimal | None, step: int) -> Decimal | None:
    return None if size is None else half_up(size / step) * step
