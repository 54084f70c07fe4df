"""A definition in words: every field that says something, its standards and how it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from trigpoint.measures.definitions.definition import (
    Aggregation,
    ChartKind,
    Comparison,
    ControlChart,
    DatedStandard,
    Definition,
    IntervalMethod,
    Overdispersion,
    Part,
    PeerGroup,
)
from trigpoint.measures.figures import PERCENTAGE, difference
from trigpoint.measures.results.sentences import target_words
from trigpoint.measures.results.values import told
from trigpoint.periods.labels import long_date
from trigpoint.plans.model import Comparator, Polarity
from trigpoint.wording import count

_POLARITY = {Polarity.HIGHER: "Higher is better", Polarity.LOWER: "Lower is better", Polarity.NEITHER: "Neither way"}
_COMPARATORS = {
    Comparator.AT_LEAST: "at least",
    Comparator.MORE_THAN: "more than",
    Comparator.AT_MOST: "at most",
    Comparator.LESS_THAN: "less than",
    Comparator.EQUAL: "exactly",
}
_AGGREGATIONS = {
    Aggregation.SUM: "Values are added",
    Aggregation.PARTS: "Numerators and denominators are added",
    Aggregation.LAST: "The last value counts",
    Aggregation.MEAN: "Values are averaged",
    Aggregation.NONE: "",
}
_PEERS = {
    PeerGroup.NATIONAL: "all places of its kind",
    PeerGroup.PARENT: "the places of the same parent",
    PeerGroup.PEER_GROUP: "the places named as its peers",
    PeerGroup.NEAREST_NEIGHBOURS: "its nearest neighbours",
}


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A national standard: what it asks, from when to when, and where that is said."""

    asks: str
    holds: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Description:
    """All that is said of a definition; ``fields`` are pairs of a name and what it holds."""

    fields: tuple[tuple[str, str], ...]
    standards: tuple[StandardLine, ...]
    changes: tuple[tuple[str, str, str], ...]


def description_of(definition: Definition) -> Description:
    """The definition in words; a field that says nothing is left out."""
    return Description(
        tuple((name, text) for name, text in _fields(definition) if text),
        tuple(_standard(definition, row) for row in definition.standards),
        tuple((_day(row.on), row.text, row.by) for row in definition.change_log),
    )


def _fields(row: Definition) -> Iterator[tuple[str, str]]:
    yield "Name", row.name
    yield "Id and version", f"{row.id}, version {row.version}"
    yield "Code", row.code
    yield "Why it matters", row.rationale
    yield "Numerator", _part(row.numerator)
    yield "Denominator", _part(row.denominator)
    yield "Statistic", _statistic(row)
    yield "Better", _POLARITY[row.polarity]
    yield "Period", row.period_type.value.capitalize()
    yield "Over time", _AGGREGATIONS[row.over_time]
    yield "Over places", _AGGREGATIONS[row.over_places]
    yield "Year to date", _AGGREGATIONS[row.year_to_date]
    yield "Standard population", row.standard_population
    yield "Interval", "None" if row.interval is IntervalMethod.NONE else f"{100 * row.level:g}% confidence"
    yield "Small numbers", _suppression(row)
    yield "Amber", f"within {_distance(row)} of the target" if row.rag.amber_within else ""
    yield "Control chart", _chart(row.spc)
    yield "Compared with", _comparison(row.comparison)
    yield "Inequality", f"{row.inequality.dimension}: {', '.join(row.inequality.groups)}" if row.inequality else ""
    yield "Owner", row.owner
    yield "Last review", _day(row.reviewed_on)
    yield "Next review", _day(row.next_review)
    yield "Source", row.source
    yield "Published after", "" if row.publication_lag_days is None else count(row.publication_lag_days, "day")
    yield "Tags", ", ".join(row.tags)
    yield "Caveats", row.caveats


def _day(value: date | None) -> str:
    return long_date(value) if value else ""


def _distance(row: Definition) -> str:
    """How far from its target a measure is still amber: between percentages in percentage points."""
    if row.unit == "%":
        return difference(row.rag.amber_within, row.decimals, kind=PERCENTAGE)
    return told(row, row.rag.amber_within)


def _part(part: Part | None) -> str:
    if part is None:
        return ""
    return f"{part.description} ({part.source})" if part.source else part.description


def _statistic(row: Definition) -> str:
    per = f", per {row.multiplier:,}" if row.multiplier not in {1, 100} else ""
    unit = f", in {row.unit}" if row.unit else ""
    return f"{row.statistic.value.capitalize()}{per}{unit}, printed with {count(row.decimals, 'decimal')}"


def _suppression(row: Definition) -> str:
    rule = row.suppression
    hidden = f"counts from 1 to {rule.below - 1:,} are not shown" if rule.below > 1 else ""
    rounded = f"counts are rounded to {rule.round_to:,}" if rule.round_to else ""
    return "; ".join(part for part in (hidden, rounded) if part)


def _chart(chart: ControlChart) -> str:
    if chart.chart is ChartKind.NONE:
        return "None"
    baseline = f", limits from the first {count(chart.baseline, 'point')}" if chart.baseline else ""
    return f"{chart.chart.value} chart, rule set {chart.rule_set}{baseline}"


def _comparison(row: Comparison) -> str:
    named = f": {', '.join(row.places)}" if row.places else ""
    widened = "" if row.overdispersion is Overdispersion.NONE else f"; {row.overdispersion.value} overdispersion"
    return f"{_PEERS[row.peers]}{named}{widened}"


def _standard(definition: Definition, row: DatedStandard) -> StandardLine:
    value = "" if row.value is None else target_words(definition, Fraction(row.value))
    asked = f"{_COMPARATORS[row.comparator]} {value}" if value else row.rule
    when = f", {row.basis}" if row.basis and row.basis != "not stated" else ""
    level = f" ({row.level})" if row.level else ""
    reference = " ".join(part for part in (row.framework, row.standard) if part)
    return StandardLine(
        asks=f"{asked or 'as the framework says'}{when}{level}",
        holds=_validity(row),
        source="; ".join(part for part in (row.source, reference) if part),
        confirmed=row.confirmed,
    )


def _validity(row: DatedStandard) -> str:
    begins = f"from {_day(row.valid_from)}" if row.valid_from else ""
    ends = f"to {_day(row.valid_to)}" if row.valid_to else ""
    return " ".join(part for part in (begins, ends) if part) or "without a date"
