"""Rows of the integrated performance table: one measure a row, made of the same objects as its page and chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from trigpoint.measures.book.book import AimKind
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.results.result import MeasureResult, Rating
from trigpoint.measures.results.sentences import target_words
from trigpoint.measures.results.values import DASH
from trigpoint.measures.spc.control import Assurance, Variation
from trigpoint.measures.standing import Judgement
from trigpoint.places.model import Place


@dataclass(frozen=True, eq=False, slots=True)
class SummaryRow:
    """One measure of one place in the integrated performance table.

    ``latest`` is the period's figure as printed, "–" where there is none; ``target`` the one it is judged by, ``plan``
    and ``national`` those of the plan and of the centre, "" where there is none. ``variation`` and ``assurance`` are
    ``None`` where the measure has no control chart. ``year_to_date`` is "" where the measure has none.
    ``illustrative`` says that a figure or target of it is invented. ``measure`` is the result that all comes from.
    """

    definition: Definition
    place: Place
    group: str
    latest: str
    period: str
    target: str
    plan: str
    national: str
    variation: Variation | None
    assurance: Assurance | None
    rating: Rating
    judgement: Judgement
    year_to_date: str
    rank: str
    sentence: str
    illustrative: bool
    measure: MeasureResult


def summary_row(measure: MeasureResult) -> SummaryRow:
    """The row of a measure: its own figures, standing and icons, and its own sentence."""
    definition, latest, standing, spc = measure.definition, measure.latest, measure.standing, measure.spc
    targets = {each.kind: _target(definition, each.target) for each in measure.standings if each.kind is not None}
    shown_target = targets.get(standing.kind, "") if standing.kind is not None else ""
    so_far, peers = measure.year_to_date, measure.peers
    return SummaryRow(
        definition,
        measure.place,
        measure.group,
        latest.shown if latest else DASH,
        latest.period.label if latest else "",
        shown_target,
        targets.get(AimKind.PLAN, ""),
        targets.get(AimKind.NATIONAL, ""),
        spc.variation if spc else None,
        spc.assurance if spc else None,
        standing.rating,
        standing.judgement,
        so_far.shown if so_far and so_far.value is not None else "",
        f"{peers.rank} of {peers.of}" if peers else "",
        measure.finding,
        measure.illustrative,
        measure,
    )


def _target(definition: Definition, value: float | None) -> str:
    return "" if value is None else target_words(definition, Fraction(repr(value)))


HEADERS = (
    "Measure", "Place", "Latest", "Period", "Target", "Plan", "National", "Variation", "Assurance", "Rating",
    "Year to date", "Rank", "Illustrative", "Finding",
)  # fmt: skip


def summary_table(rows: Sequence[SummaryRow]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The integrated performance table as text: headers, and one row a measure."""
    return HEADERS, tuple(
        (
            row.definition.name,
            ", ".join(part for part in (row.place.name, row.group) if part),
            row.latest,
            row.period,
            row.target,
            row.plan,
            row.national,
            row.variation.value if row.variation else "",
            row.assurance.value if row.assurance else "",
            row.rating.value,
            row.year_to_date,
            row.rank,
            "yes" if row.illustrative else "",
            row.sentence,
        )
        for row in rows
    )
