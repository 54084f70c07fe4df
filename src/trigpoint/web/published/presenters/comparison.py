"""Every organisation in one period: a table from the highest to the lowest, the chosen one marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from trigpoint.releases.measure import PublishedMeasure, Statistic
from trigpoint.releases.tables.spans import period_words
from trigpoint.web.config.wording import count_of
from trigpoint.web.published import store
from trigpoint.web.published.catalogue import release_name
from trigpoint.web.published.desk import Desk
from trigpoint.web.published.models import PublishedFigure
from trigpoint.web.published.presenters.files import attribution, source_href
from trigpoint.web.published.presenters.measure import HEADERS, csv_row, ordered
from trigpoint.web.published.presenters.values import BASES, part_of, value_of, with_unit
from trigpoint.web.published.store import Slot
from trigpoint.wording import capital


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation with its rank, "" where it has no value."""

    rank: str
    code: str
    name: str
    href: str
    value: str
    numerator: str
    denominator: str
    status: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is compared: a slot, all that there are, and the figures in it from the highest to the lowest."""

    slot: Slot | None
    slots: Sequence[Slot]
    figures: Sequence[PublishedFigure]
    names: Mapping[str, str]
    org: str


def _asked(desk: Desk, measure: PublishedMeasure, given: Mapping[str, str]) -> _Asked:
    """Raises ``Http404`` for a basis that there are no figures on; of an unknown period the latest stands in."""
    slots = store.latest_slots(desk.owner, measure.id)
    basis, period = given.get("basis", ""), given.get("period", "")
    found = [slot for slot in slots if slot.basis.value == basis] if basis else slots
    found = [slot for slot in found if written(slot) == period] or found
    if not found:
        if basis:
            raise Http404
        return _Asked(None, slots, (), {}, "")
    slot = found[0]
    figures = ordered(store.compared(desk.owner, measure.id, slot))
    names = store.all_names(desk.owner, slot.basis)
    return _Asked(slot, slots, figures, names, given.get("org", ""))


def written(slot: Slot) -> str:
    """A period as an address names it."""
    return f"{slot.start.isoformat()}_{slot.end.isoformat()}"


def compare_page(desk: Desk, measure: PublishedMeasure, given: Mapping[str, str]) -> dict[str, Any]:
    """The table of one basis and period, with the ways to the others."""
    asked = _asked(desk, measure, given)
    slot = asked.slot
    bases = dict.fromkeys(each.basis for each in asked.slots)
    periods = [each for each in asked.slots if slot is not None and each.basis is slot.basis]
    question = {"org": asked.org, "basis": slot.basis.value if slot else "", "period": written(slot) if slot else ""}
    return {
        "measure": measure,
        "slot": slot,
        "org": asked.org,
        "heading": period_words(slot.start, slot.end) if slot else "",
        "finding": finding(measure, asked) if slot else "",
        "lines": _lines(desk, measure, asked),
        "parted": measure.statistic in (Statistic.PROPORTION, Statistic.MEAN),
        "bases": [(each.value, capital(BASES[each][1]), slot is not None and each is slot.basis) for each in bases],
        "periods": [(written(each), period_words(each.start, each.end), each == slot) for each in periods],
        "csv": desk.url("published-compare-csv", mid=measure.id, query=question),
        "back": desk.url("published-measure", mid=measure.id, query={"org": asked.org}),
        "attribution": attribution(measure.release),
        "source": source_href(desk, measure.release),
        "release_name": release_name(measure.release),
    }


def finding(measure: PublishedMeasure, asked: _Asked) -> str:
    """Where the chosen organisation stands, and how far apart they are, in a sentence."""
    slot, known = asked.slot, [each for each in asked.figures if each.value is not None]
    noun = count_of(len(asked.figures), *BASES[slot.basis])
    if not known:
        return f"None of {noun} has a value in {period_words(slot.start, slot.end)}."
    ends = f"from {with_unit(measure, known[-1].value)} to {with_unit(measure, known[0].value)}"
    spread = f"{noun} in {period_words(slot.start, slot.end)}, {ends}."
    chosen = next((each for each in asked.figures if each.org == asked.org), None)
    if chosen is None:
        return spread
    name = asked.names.get(chosen.org, chosen.org)
    if chosen.value is None:
        return f"{name} has no value. {spread}"
    rank = 1 + sum(each.value > chosen.value for each in known)
    place = f"number {rank:,} of {len(known):,} from the highest"
    return f"{name} is {place}, with {with_unit(measure, chosen.value)}. {spread}"


def _lines(desk: Desk, measure: PublishedMeasure, asked: _Asked) -> list[Line]:
    lines, rank, before = [], 0, None
    several = len({slot.basis for slot in asked.slots}) > 1
    for place, figure in enumerate(asked.figures, start=1):
        if figure.value != before:
            rank, before = place, figure.value
        question = {"org": figure.org, "basis": figure.basis.value if several else ""}
        lines.append(
            Line(
                rank=f"{rank:,}" if figure.value is not None else "",
                code=figure.org,
                name=asked.names.get(figure.org, figure.org),
                href=desk.url("published-measure", mid=measure.id, query=question),
                value=value_of(measure, figure),
                numerator=part_of(figure.numerator),
                denominator=part_of(figure.denominator),
                status=capital(figure.status.value),
                chosen=figure.org == asked.org,
            )
        )
    return lines


def compare_rows(
    desk: Desk, measure: PublishedMeasure, given: Mapping[str, str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The download of the same table."""
    asked = _asked(desk, measure, given)
    return HEADERS, [csv_row(measure, asked.names.get(each.org, each.org), each) for each in asked.figures]
