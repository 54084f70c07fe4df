"""Rules on trajectories: targets worse than where things stand, flat, undated, out of reach, or not to be measured."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from trigpoint.checks.alike import alike_pairs
from trigpoint.checks.dated import dates_in
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.pack import word_set
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.series import Point, Series, pairs, read_series, worse
from trigpoint.checks.subject import Subject
from trigpoint.checks.words import content
from trigpoint.measures.series import SeriesKind
from trigpoint.plans.model import Comparator, Deliverable, IndicatorTable, Polarity

FLAT_PERIODS = 3
PACE_RATIO = Decimal(2)
ANOMALY_POINTS = 4
ANOMALY_RATIO = Decimal("1.25")
ALIKE = 0.75
REACHED = re.compile(
    r"\btargets?\b[^.;\d]{0,60}?(?<![\d,.])(?P<target>\d[\d,]*(?:\.\d+)?) (?P<unit>[a-z]+)\b[^;\d]{0,40}?"
    r"(?<![\d,.])(?P<reached>\d[\d,]*(?:\.\d+)?) (?P=unit) (?:were|was|have been|had been|are) "
    r"(?:actually |in fact |already )?(?:received|achieved|made|reached|completed|delivered|seen|recorded)\b",
    re.IGNORECASE,
)
"""A target and what was reached, in one breath and the same unit."""
NATIONAL_AREA = re.compile(r"\b(?:England|national|regional?)\b", re.IGNORECASE)


@rule("TARGET_ABOVE_BASELINE", Severity.WARNING)
def target_above_baseline(subject: Subject) -> Iterator[Objection]:
    """The first target is worse than the baseline.

    The baseline is the first value of a target series that its actual series shares, or that has no actual.
    Named once a table, at the first such value.

    Fires: deaths of 23.6 at the baseline and a target of 24.2. Does not: more referrals than at the baseline.
    Remedy: set the target on the side of the baseline that is better.
    """
    for table, series in read_series(subject):
        actuals = {(each.area, each.key): dict(_values(each)) for each in series if each.kind is SeriesKind.ACTUAL}
        found: list[tuple[Series, Point, Point]] = []
        for each in series:
            if each.kind is not SeriesKind.TARGET or len(each.points) < 2:
                continue
            base, first = each.points[0], each.points[1]
            actual = actuals.get((each.area, each.key), {}).get(base.label, base.value)
            if actual == base.value and worse(first.value, base.value, table.polarity):
                found.append((each, base, first))
        if found:
            told = "; ".join(f"{each.shown} {first.value} against {base.value}" for each, base, first in found)
            message = f"The target for {found[0][2].label} is worse than the baseline: {told}."
            where = subject.where(item=found[0][0].row)
            yield Objection(message, found[0][2].line, table.title or found[0][0].shown, None, where)


def _values(series: Series) -> Iterator[tuple[str, Decimal]]:
    return ((point.label, point.value) for point in series.points)


@rule("TARGET_REGRESSES", Severity.WARNING)
def target_regresses(subject: Subject) -> Iterator[Objection]:
    """A target is worse than an earlier one.

    Looked at are printed series after their baseline, and commitments of one objective that differ in date and value.

    Fires: 86% by Q3 and 85% by Q4. Does not: 20% of patients waiting, then 15%.
    Remedy: correct one of the two, or say why it falls.
    """
    for table, series in read_series(subject):
        for each in series:
            if each.kind is SeriesKind.TARGET:
                for before, after in zip(each.points[1:], each.points[2:], strict=False):
                    if worse(after.value, before.value, table.polarity):
                        message = (
                            f"The target goes from {before.value} ({before.label}) to {after.value} ({after.label})."
                        )
                        fragment = f"{each.shown} {after.label} {after.value}"
                        yield Objection(message, after.line, fragment, None, subject.where(item=each.row))
    yield from _regressing_commitments(subject)


def _regressing_commitments(subject: Subject) -> Iterator[Objection]:
    rows = [row for row in subject.plan.deliverables if len(row.targets) == 1 and row.due]
    sets = []
    for row in rows:
        text = row.text
        for phrase in reversed(dates_in(subject, text)):
            text = text[: phrase.start] + text[phrase.stop :]
        sets.append(content(re.sub(r"\d+(?:\.\d+)?\s?%?", "", text)) | {f"objective {row.objective}"})
    for first, second in alike_pairs(sets, ALIKE):
        early, late = sorted((rows[first], rows[second]), key=_due_key)
        if _worse_target(early, late):
            before, after = early.targets[0], late.targets[0]
            message = f"The target goes from {before.value}{before.unit} to {after.value}{after.unit}."
            where = subject.where(objective=late.objective, deliverable=late.id)
            printed = re.search(rf"{re.escape(str(after.value))}\s?{re.escape(after.unit)}", late.text)
            start, stop = printed.span() if printed else (0, 0)
            quoted = around(late.text, start, stop, before=0, after=9)
            yield Objection(message, subject.line(late.id), quoted, None, where)


def _due_key(row: Deliverable) -> tuple[int, str]:
    return (row.due.toordinal() if row.due else 0, row.id)


def _worse_target(early: Deliverable, late: Deliverable) -> bool:
    before, after = early.targets[0], late.targets[0]
    if early.due == late.due or early.objective != late.objective:
        return False
    if before.unit != after.unit or before.comparator is not after.comparator:
        return False
    if after.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        return after.value > before.value
    return after.value < before.value and after.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)


@rule("TARGET_STALE", Severity.WARNING)
def target_stale(subject: Subject) -> Iterator[Objection]:
    """The final target is worse than the latest actual: it asks for less than has been reached.

    Named once a table, at its last row.

    Fires: a target of 21.4 deaths where 20.5 are reached. Does not: a target still ahead.
    Remedy: reset the target from the latest actual.
    """
    for table, series in read_series(subject):
        found = []
        for target, actual in pairs(series):
            if target.points and actual.points:
                final, latest = target.points[-1], actual.points[-1]
                if final.period.end > latest.period.end and worse(final.value, latest.value, table.polarity):
                    found.append((target, final, latest))
        if found:
            final = found[0][1]
            told = "; ".join(f"{each.shown} {end.value} against {now.value} in {now.label}" for each, end, now in found)
            message = f"The target for {final.label} asks for less than is reached already: {told}."
            fragment = f"{final.label} {' '.join(str(end.value) for _, end, _ in found)}"
            yield Objection(message, final.line, fragment, None, subject.where(item=found[0][0].row))
    for passage in subject.prose:
        for match in REACHED.finditer(passage.text):
            asked, reached = (Decimal(match[name].replace(",", "")) for name in ("target", "reached"))
            if worse(asked, reached, polarity_of(match["unit"])):
                quoted = around(passage.text, match.start("target"), match.end(), before=1, after=0)
                message = f"The target is {asked:,}, and {reached:,} are reached already."
                yield Objection(message, passage.line, quoted)


def polarity_of(unit: str) -> Polarity:
    """Whether more of a thing is better; unknown for what nobody wants more of for its own sake."""
    return Polarity.HIGHER if unit.lower().rstrip("s") in word_set("targets", "more_is_better") else Polarity.NEITHER


@rule("TARGET_NO_PROGRESSION", Severity.INFO)
def target_no_progression(subject: Subject) -> Iterator[Objection]:
    """A trajectory of three periods or more is flat, though better is possible.

    Named once a table.

    Fires: 1,098 referrals in each of five years. Does not: 100% in each.
    Remedy: let it rise, or call it a standard to be kept.
    """
    for table, series in read_series(subject):
        flat = [
            each
            for each in series
            if each.kind is SeriesKind.TARGET
            and len(each.points) >= FLAT_PERIODS
            and len({point.value for point in each.points}) == 1
            and each.points[0].value != 100
        ]
        if flat and table.polarity is not Polarity.NEITHER:
            first = flat[0]
            names = ", ".join(each.area or each.name for each in flat[:6])
            message = f"The target stays the same for {len(first.points)} periods: {names}."
            fragment = f"{first.points[0].label} {first.points[0].value} {first.shown}"
            yield Objection(message, first.points[0].line, fragment, None, subject.where(item=first.row))


@rule("TARGET_INFEASIBLE", Severity.INFO)
def target_infeasible(subject: Subject) -> Iterator[Objection]:
    """The pace needed to reach the final target is a multiple of the pace seen; both are printed.

    Pace is the change a year. For tables with a total row only that row is named.

    Fires: 34,000 a year needed where 8,000 a year were done. Does not: the pace of the past carried on.
    Remedy: explain what will be different, or set another target.
    """
    for table, series in read_series(subject):
        found = [(target, actual) for target, actual in pairs(series) if len(actual.points) >= 2 and target.points]
        found = [(target, actual) for target, actual in found if not NATIONAL_AREA.search(target.area)]
        if any(target.total for target, _ in found):
            found = [(target, actual) for target, actual in found if target.total]
        for target, actual in found:
            yield from _pace(subject, table, target, actual)


def _pace(subject: Subject, table: IndicatorTable, target: Series, actual: Series) -> Iterator[Objection]:
    first, latest, final = actual.points[0], actual.points[-1], target.points[-1]
    years_seen = Decimal((latest.period.end - first.period.end).days) / Decimal("365.25")
    years_left = Decimal((final.period.end - latest.period.end).days) / Decimal("365.25")
    if years_left <= 0 or years_seen <= 0 or not worse(latest.value, final.value, table.polarity):
        return
    needed = (final.value - latest.value) / years_left
    seen = (latest.value - first.value) / years_seen
    opposite = (needed > 0) != (seen > 0) or not seen
    if not opposite and abs(needed) < PACE_RATIO * abs(seen):
        return
    ratio = "" if opposite else f", {_round(needed / seen, 1)} times as much"
    message = (
        f"From {latest.value} ({latest.label}) to {final.value} ({final.label}) needs "
        f"{_round(needed, table.decimals + 1)} a year; seen were {_round(seen, table.decimals + 1)} a year{ratio}."
    )
    yield Objection(message, final.line, target.shown, None, subject.where(item=target.row))


def _round(value: Decimal, places: int) -> Decimal:
    """Half up, as the NHS prints; Python's own rounding is half to even."""
    return value.quantize(Decimal(1).scaleb(-min(places, 2)), rounding=ROUND_HALF_UP)


@rule("TARGET_INCONSISTENT_AGGREGATE", Severity.INFO)
def target_inconsistent_aggregate(subject: Subject) -> Iterator[Objection]:
    """The overall trajectory cannot be a weighted mean of its parts.

    Its change lies outside the changes of the parts, or at their edge while a part changes more.

    Fires: every locality rises by 10 or 15 points, the whole by 10. Does not: by 12.
    Remedy: compute the whole from its parts.
    """
    for table, series in read_series(subject):
        if table.kind == "count":
            continue
        targets = [each for each in series if each.kind is SeriesKind.TARGET]
        for total in [each for each in targets if each.total and len(each.points) > 1]:
            parts = [each for each in targets if not each.total and each.key == total.key]
            changes = [_change(each) for each in parts if len(each.points) == len(total.points)]
            if len(changes) < 2:
                continue
            whole, low, high = _change(total), min(changes), max(changes)
            if whole < low or whole > high or (low < high and whole in (low, high)):
                message = f"The whole changes by {whole}, its parts by {low} to {high}: no weighted mean does that."
                yield Objection(message, total.line, total.shown, None, subject.where(item=total.row))


def _change(series: Series) -> Decimal:
    return series.points[-1].value - series.points[0].value


@rule("DATA_ANOMALY", Severity.INFO)
def data_anomaly(subject: Subject) -> Iterator[Objection]:
    """An actual jumps further than the series has done before.

    Either something happened, or the figure is wrong. Named once a table.

    Fires: 794 then 859, where changes had been of 45 at most. Does not: a series of three values.
    Remedy: check the figure, and say what happened.
    """
    for _, series in read_series(subject):
        for each in series:
            if each.kind is not SeriesKind.ACTUAL or len(each.points) <= ANOMALY_POINTS:
                continue
            values = [point.value for point in each.points]
            changes = [after - before for before, after in itertools.pairwise(values)]
            growing = all(change > 0 for change in changes)
            before = max(abs(change) for change in changes[:-1])
            if not growing and before and abs(changes[-1]) > ANOMALY_RATIO * before:
                last = each.points[-1]
                message = f"{each.shown} changes by {changes[-1]} to {last.label}; before that by {before} at most."
                fragment = f"{last.label} {last.value} {each.area}"
                yield Objection(message, last.line, fragment, None, subject.where(item=each.row))
                break
