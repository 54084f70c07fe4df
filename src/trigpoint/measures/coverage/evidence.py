"""The rows of a plan that may answer what a planning round asks, and how they are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from trigpoint.errors import InputError
from trigpoint.frameworks import Priority, Requirement, Standard
from trigpoint.measures.book.book import Aim, AimKind, MeasureBook
from trigpoint.measures.coverage.coverage import Evidence, Ground, Kind
from trigpoint.measures.coverage.lines import lines_of
from trigpoint.measures.coverage.passage import Passage
from trigpoint.measures.coverage.words import TextIndex, recognised
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.series import in_order, series_pairs
from trigpoint.measures.trajectories import compute, parse_rule
from trigpoint.periods.calendar import Month
from trigpoint.periods.labels import period_of
from trigpoint.plans.model import (
    Comparator,
    Deliverable,
    IndicatorTable,
    Milestone,
    Plan,
    Polarity,
    Target,
)
from trigpoint.rounding import half_up
from trigpoint.wording import listed

_MEASURES = (Kind.TABLE, Kind.TRAJECTORY)
_CODE = re.compile(r"[A-Z]\.[A-Z]\.")
_TOTAL = re.compile(r"\b(?:total|overall|all|whole)\b", re.IGNORECASE)
_COMPARATORS = {Polarity.HIGHER: Comparator.AT_LEAST, Polarity.LOWER: Comparator.AT_MOST}


def passages_of(plan: Plan, book: MeasureBook | None = None) -> tuple[Passage, ...]:
    """Objectives, deliverables, steps with targets, success measures and tables of a plan, in printed order, then its
    lines of finance and activity, then the trajectories of its measures."""
    headings = {row.id: row.heading for row in plan.objectives}
    return (*_passages(plan, headings), *lines_of(plan), *(_trajectories(book, headings, plan.years) if book else ()))


def _passages(plan: Plan, headings: Mapping[str, str]) -> Iterator[Passage]:
    for row in plan.objectives:
        yield Passage(Kind.OBJECTIVE, row.id, row.id, row.heading, row.title)
    for kind, items in ((Kind.DELIVERABLE, plan.deliverables), (Kind.MILESTONE, plan.milestones)):
        for item in items:
            yield _of_item(kind, item, headings)
    for measure in plan.measures:
        heading = headings.get(measure.objective, "")
        yield Passage(Kind.MEASURE, measure.id, measure.objective, heading, measure.text, measure.targets)
    for table in plan.indicators:
        heading = headings.get(table.objective, "")
        yield _of_table(table, heading, plan)


def _of_item(kind: Kind, item: Deliverable | Milestone, headings: Mapping[str, str]) -> Passage:
    return Passage(kind, item.id, item.objective, headings.get(item.objective, ""), item.text, item.targets)


def _of_table(table: IndicatorTable, heading: str, plan: Plan) -> Passage:
    """A table, with the targets of its total, or of its first area where it has none."""
    pairs = [pair for pair in series_pairs(table) if pair.target is not None]
    pairs.sort(key=lambda pair: _TOTAL.search(pair.target.area if pair.target else "") is None)
    row = pairs[0].target if pairs else None
    if row is None:
        return Passage(Kind.TABLE, table.id, table.objective, heading, table.title)
    unit = table.unit or ("%" if table.kind == "percentage" else "")
    comparator = _COMPARATORS.get(table.polarity, Comparator.EQUAL)
    targets = tuple(
        Target(table.title, row.values[label], unit, comparator, label) for label in in_order(set(row.values))
    )
    named = (table.id, row.area, row.series)
    rule = next((each.rule for each in plan.trajectories if (each.indicator, each.area, each.series) == named), "")
    return Passage(Kind.TABLE, table.id, table.objective, heading, table.title, targets, rule)


def _trajectories(book: MeasureBook, headings: Mapping[str, str], years: Sequence[str]) -> Iterator[Passage]:
    """The plan's trajectory of each measure of the book, for the first place that has one."""
    first: dict[str, list[Aim]] = {}
    for aim in book.aims:
        if aim.kind is AimKind.PLAN and not aim.group:
            rows = first.setdefault(aim.indicator, [])
            if not rows or rows[0].place == aim.place:
                rows.append(aim)
    for indicator, aims in first.items():
        if definition := book.by_id.get(indicator):
            heading = headings.get(definition.objective, "")
            rule = next((aim.rule for aim in aims if aim.rule), "")
            targets = tuple(_aimed(definition, aims, years))
            invented = all(aim.illustrative for aim in aims)
            named = (Kind.TRAJECTORY, indicator, definition.objective, heading, definition.name)
            yield Passage(*named, targets, rule, invented)


def _aimed(definition: Definition, aims: Iterable[Aim], years: Sequence[str]) -> Iterator[Target]:
    """The points of a trajectory; of a rule its values in the plan's years, where it counts in years."""
    comparator = _COMPARATORS.get(definition.polarity, Comparator.EQUAL)
    for aim in aims:
        points = _ruled(aim.rule, years, definition.decimals) if aim.rule else ((aim.period, aim.value),)
        for at, value in points:
            if value is not None and at:
                yield Target(definition.name, value, definition.unit, comparator, at)


def _ruled(rule: str, years: Iterable[str], decimals: int) -> Iterator[tuple[str, Decimal]]:
    """A rule's values in the plan's years, or in March of each where it counts in months or quarters."""
    wanted = [period for period in map(period_of, years) if period is not None]
    for periods in (wanted, [Month.of(period.end) for period in wanted]):
        try:
            values = compute(parse_rule(rule), periods)
        except InputError:  # it counts in shorter periods, or needs a baseline: said where the measures are shown
            continue
        if values:
            yield from ((label, half_up(value, decimals)) for label, value in values.items())
            return


class Passages:
    """The rows of a plan, made ready for many searches: by words, by a measure's id, by a national code."""

    def __init__(self, rows: Sequence[Passage]) -> None:
        self.rows = rows
        self._texts = TextIndex([row.text for row in rows])
        self._of_target = [number for number, row in enumerate(rows) for _ in row.targets]
        self._at = [position for row in rows for position, _ in enumerate(row.targets)]
        self._targets = TextIndex([each.measure for row in rows for each in row.targets])
        # A row with a single target may say in its own words what the target is of.
        self._single = [number for number, row in enumerate(rows) if len(row.targets) == 1]
        self._both = TextIndex([f"{rows[number].targets[0].measure} {rows[number].text}" for number in self._single])
        self._coded = [number for number, row in enumerate(rows) if _CODE.search(f"{row.item} {row.text}")]
        self._measures: dict[str, list[int]] = {}
        for number, row in enumerate(rows):
            if row.kind in _MEASURES:
                self._measures.setdefault(row.item, []).append(number)

    def of_standard(self, standard: Standard) -> tuple[Evidence, ...]:
        """The rows that speak of a standard: by the measure's id, by the national code, or by all words of a term.

        A step counts only with a target that speaks of it: an action about waits is no answer to a waiting time.
        """
        found: dict[int, Evidence] = {}
        for number in self._measures.get(standard.measure, ()) if standard.measure else ():
            row = self.rows[number]
            invented = ", illustrative" if row.illustrative else ""
            found[number] = _evidence(row, Ground.MEASURE, f"its id is “{row.item}”{invented}", row.targets)
        for number in self._coded if standard.code else ():
            row = self.rows[number]
            if number not in found and _has_code(standard.code, f"{row.item} {row.text}"):
                found[number] = _evidence(row, Ground.CODE, f"it names {standard.code}", row.targets)
        for number, evidence in self._by_words(standard.terms):
            found.setdefault(number, evidence)
        return tuple(found[number] for number in sorted(found))

    def _by_words(self, terms: Sequence[str]) -> Iterator[tuple[int, Evidence]]:
        in_text = self._texts.found(terms)
        in_targets: dict[int, list[int]] = {}
        words_of_target: dict[int, tuple[str, ...]] = {}
        for entry, words in self._targets.found(terms).items():
            in_targets.setdefault(self._of_target[entry], []).append(self._at[entry])
            words_of_target.setdefault(self._of_target[entry], words)
        for entry, words in self._both.found(terms).items():
            in_targets.setdefault(self._single[entry], [0])
            words_of_target.setdefault(self._single[entry], words)
        for number in sorted({*in_text, *in_targets}):
            row = self.rows[number]
            spoken = tuple(row.targets[position] for position in in_targets.get(number, ()))
            if row.kind is Kind.TRAJECTORY or (row.kind is Kind.MILESTONE and not spoken):
                continue
            place = "words" if number in in_text else "target"
            words = in_text.get(number) or words_of_target[number]
            yield number, _evidence(row, Ground.WORDS, f"{_quoted(words)} in its {place}", spoken)

    def of_requirement(self, requirement: Requirement) -> tuple[Evidence, ...]:
        """The objectives, deliverables and success measures that speak of a requirement."""
        kinds = (Kind.OBJECTIVE, Kind.DELIVERABLE, Kind.MEASURE)
        found = self._texts.found(requirement.terms)
        rows = [(self.rows[number], words) for number, words in found.items() if self.rows[number].kind in kinds]
        return tuple(_evidence(row, Ground.WORDS, f"{_quoted(words)} in its words", ()) for row, words in rows)


def _has_code(code: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(code)}(?![\w.]|-\d)", text) is not None


def of_priority(priority: Priority, plan: Plan) -> tuple[Evidence, ...]:
    """The themes of a plan that are headed by a priority: same number and a word in common, or the words alone."""
    found = []
    for theme in plan.themes:
        words = recognised(priority.terms, theme.title)
        if not words:
            continue
        numbered = bool(priority.number) and theme.number.strip(". ") == priority.number
        why = f"{'number ' + theme.number + ' and ' if numbered else ''}{_quoted(words)} in its title"
        ground = Ground.NUMBER if numbered else Ground.WORDS
        found.append(Evidence(Kind.THEME, theme.id, "", theme.heading, theme.title, ground, why))
    return tuple(found)


def _evidence(row: Passage, ground: Ground, why: str, targets: tuple[Target, ...]) -> Evidence:
    return Evidence(row.kind, row.item, row.objective, row.heading, row.text, ground, why, targets, row.rule)


def _quoted(words: Iterable[str]) -> str:
    told = [f"“{word}”" for word in words]
    return listed(told)
