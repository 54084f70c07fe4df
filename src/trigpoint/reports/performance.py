"""The part of a paper on measures: each against its trajectory, with chart, finding and figures; then the targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from trigpoint.charts.trajectory import drawable, several_finding, small_multiples, trajectory_picture
from trigpoint.measures.figures import figure, signed
from trigpoint.measures.series import series_pairs
from trigpoint.measures.standing import Judgement, SeriesStanding, pair_form, standings
from trigpoint.measures.trajectories import reproduce
from trigpoint.periods.labels import long_date
from trigpoint.plans.model import Comparator, IndicatorTable, Item, Plan, SuccessMeasure, Target
from trigpoint.reports.blocks import Block, Figure, Heading, Paragraph, Points, Table
from trigpoint.reports.committee import Remit
from trigpoint.wording import capital, count, listed

NOTHING = "–"
_COMPARED: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: "at least",
    Comparator.AT_MOST: "at most",
    Comparator.MORE_THAN: "more than",
    Comparator.LESS_THAN: "less than",
    Comparator.EQUAL: "",
}


def performance_blocks(remit: Remit) -> Iterator[Block]:
    """Each indicator table of the committee's objectives; where there is none, a sentence on where they are."""
    yield Heading("Measures against trajectory")
    if not remit.indicators:
        yield Paragraph(_where_measures_are(remit.plan))
    for table in remit.indicators:
        yield from _indicator(table, remit.plan)
    yield from _targets(remit)


def missed(remit: Remit) -> frozenset[str]:
    """Which of the committee's indicator tables have some area whose latest actual missed its target, by their id."""
    return frozenset(
        table.id
        for table in remit.indicators
        if any(each.standing.judgement is Judgement.MISSED for each in standings(table))
    )


def _where_measures_are(plan: Plan) -> str:
    if not plan.indicators:
        return "The plan prints no table of targets and actuals."
    serving = dict.fromkeys(table.objective for table in plan.indicators)
    named = [row.heading for row in plan.objectives if row.id in serving]
    tables = count(len(plan.indicators), "table of targets and actuals", "tables of targets and actuals")
    where = f"; they serve {listed(named)}" if named else "; it ties them to no objective"
    return f"The plan prints {tables}, none of them for an objective of this committee{where}."


def _indicator(table: IndicatorTable, plan: Plan) -> Iterator[Block]:
    yield Heading(table.title, level=3)
    judged = [each for each in standings(table) if each.pair.actual is not None]
    yield Paragraph(_finding(judged))
    if len(judged) > 1:
        yield _standing_table(table, judged)
    pairs = [pair for pair in series_pairs(table) if drawable(pair)]
    if len(pairs) == 1:
        yield Figure(trajectory_picture(table, pairs[0], plan_years=plan.years), f"{table.title}: target and actual")
    elif pairs:
        yield Figure(small_multiples(table, plan_years=plan.years), f"{table.title}: target and actual by area")
    tried = reproduce(table, plan.trajectories)
    if any(series.cells for series in tried.series):
        yield Paragraph(capital(tried.sentence.removeprefix(f"{table.title}: ")))
    strayed = tuple(series.sentence for series in tried.series if not series.agrees)
    if strayed:
        yield Points(strayed)
    if table.note:
        yield Paragraph(f"Note: {table.note}")
    if table.source:
        yield Paragraph(f"Source: {table.source}.".replace("..", "."))


def _finding(judged: list[SeriesStanding]) -> str:
    if len(judged) == 1:
        return judged[0].standing.told_of(judged[0].pair.label)
    return several_finding([each.pair for each in judged], [each.standing for each in judged])


def _standing_table(table: IndicatorTable, judged: list[SeriesStanding]) -> Table:
    rows = []
    for each in judged:
        form, found = pair_form(table, each.pair), each.standing
        shown = [
            NOTHING if value is None else figure(value, form.decimals, kind=form.kind)
            for value in (found.actual, found.target)
        ]
        gap = NOTHING if found.gap is None else signed(found.gap, form.decimals)
        rows.append((each.pair.label or table.title, found.period, *shown, gap, capital(found.judgement.value)))
    caption = f"{table.title}: latest actual against target{f' ({table.unit})' if table.unit else ''}"
    headers = ("Series", "Period", "Actual", "Target", "Actual less target", "Result")
    return Table(caption, headers, tuple(rows), (34, 12, 12, 12, 12, 18))


def _targets(remit: Remit) -> Iterator[Block]:
    """The single targets that the plan sets for the committee's commitments and success measures."""
    plan, rows = remit.plan, []
    for objective in remit.objectives:
        holders: tuple[Item | SuccessMeasure, ...] = (
            *plan.deliverables_by_objective[objective.id],
            *plan.milestones_by_objective[objective.id],
            *plan.measures_by_objective[objective.id],
        )
        title = objective.heading
        rows += [
            (capital(target.measure), target_words(target), at_words(target.at), title)
            for holder in holders
            for target in holder.targets
        ]
    if rows:
        yield Heading("Targets set by the plan")
        headers = ("Measure", "Target", "At", "Objective")
        yield Table("Targets of this part of the plan", headers, tuple(rows), (36, 16, 16, 32))


def at_words(at: str) -> str:
    """When a target is to be met: a day in words, a period as it stands.

    >>> at_words("2018-03-31"), at_words("2018/19"), at_words("")
    ('31 March 2018', '2018/19', 'No date')
    """
    try:
        return long_date(date.fromisoformat(at))
    except ValueError:
        return at or "No date"


def target_words(target: Target) -> str:
    """A target in words.

    >>> from decimal import Decimal
    >>> target_words(Target("seen within four hours", Decimal("95"), "%", Comparator.AT_LEAST, "2017/18"))
    'at least 95%'
    """
    value = f"{target.value:,f}"
    amount = f"{value}%" if target.unit == "%" else f"{value} {target.unit}"
    return f"{_COMPARED[target.comparator]} {amount}".strip()
