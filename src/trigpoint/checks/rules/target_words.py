"""Rules on what is said of targets: no year, no date, a wrong unit, a missing baseline, data that have ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from trigpoint.checks.dated import dates_in, plan_years
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening
from trigpoint.checks.pack import patterns
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.series import Series, read_series
from trigpoint.checks.subject import Role, Subject
from trigpoint.measures.series import SeriesKind
from trigpoint.periods import period_of
from trigpoint.plans.document import BlockKind

NOTE_LINES = 12
NOTE_WORDS = 5
TARGET_NUMBER = re.compile(
    r"\btargets?\b(?!-)(?![^.;,]{0,20}\bof NHS\b)[^.;,]{0,70}?"
    r"(?:\b(?:of|is|are|was|were|for|to|at|be|than|around|about)|:)\s+\(?£?\d(?![\d,.]*[- ]?(?:year|month|week|day))",
    re.IGNORECASE,
)
NATIONAL = re.compile(r"\b(?:national|constitutional|statutory|England|NHS Constitution)\b[^.;,]{0,20}$", re.IGNORECASE)
YEARLY = re.compile(r"\b(?:annual|yearly|per year|a year|each year)\b", re.IGNORECASE)
STEP = re.compile(r"(\d+(?:\.\d+)?)\s?%\s+(?:increase|decrease|rise|fall|reduction|improvement|growth)", re.IGNORECASE)
BASELINE_YEAR = re.compile(
    r"\bbaseline(?: year)?:?\s+((?:19|20)\d\d(?:[/-]\d\d)?)|\b((?:19|20)\d\d(?:[/-]\d\d)?) baseline", re.I
)


@rule("TARGET_YEAR_MISSING", Severity.WARNING)
def target_year_missing(subject: Subject) -> Iterator[Objection]:
    """A table of targets gives no year, or none for a year of the plan.

    Warning where its targets have no year at all, or none falls into the plan; info where only some years lack one.
    A target that says it is annual needs no year. Named once a table.

    Fires: "Target number of referrals" beside actuals of past years. Does not: a target for each year of the plan.
    Remedy: add the year to the heading, or the missing targets.
    """
    years = plan_years(subject)
    for table, series in read_series(subject):
        targets = [each for each in series if each.kind is SeriesKind.TARGET]
        undated = [each for each in targets if each.undated and not each.points and not YEARLY.search(each.name)]
        dated = [each for each in targets if each.points]
        if undated and not dated:
            first = next((each for each in undated if "number" in each.name), undated[0])
            message = "The targets have no year, and the plan's years have no target."
            where = subject.where(item=first.row)
            yield Objection(message, _heading_line(subject, first), first.name, None, where)
        elif dated and years:
            covered = [point.period for each in dated for point in each.points]
            missing = [year for year in years if not any(p.start <= year.end and p.end >= year.start for p in covered)]
            if missing:
                last = max(dated[0].points, key=lambda point: point.period.end)
                names = " or ".join(year.label for year in missing)
                severity = None if len(missing) == len(years) else Severity.INFO
                fragment = f"{last.label} {opening(table.title or dated[0].shown, 8)}"
                where = subject.where(item=table.id)
                yield Objection(f"No target for {names}.", last.line, fragment, severity, where)


def _heading_line(subject: Subject, series: Series) -> int | None:
    """The line of the table's heading row that names targets, where there is a document."""
    if series.line is None or subject.document is None:
        return series.line
    for block in reversed(subject.blocks[max(0, series.line - 4) : series.line - 1]):
        if block.kind is BlockKind.TABLE_ROW and "target" in block.text.lower():
            return block.origin.line
    return series.line


@rule("TARGET_UNDATED", Severity.WARNING)
def target_undated(subject: Subject) -> Iterator[Objection]:
    """A target is stated in words without a date.

    Info inside the plan's rows, where a column may date it. National standards need no date of their own.

    Fires: "the target is 210 referrals". Does not: "the target for 2026/27 is 210"; "the national target of 80%".
    Remedy: say by when.
    """
    for passage in subject.prose:
        if passage.role is Role.HEADING:
            continue
        for match in TARGET_NUMBER.finditer(passage.text):
            sentence_start = max(passage.text.rfind(mark, 0, match.start()) for mark in (". ", ";", "\n")) + 1
            ends = [at for mark in (",", ";", ". ") if (at := passage.text.find(mark, match.end())) >= 0]
            clause = passage.text[sentence_start : min(ends, default=len(passage.text))]
            if dates_in(subject, clause) or NATIONAL.search(passage.text[: match.start()]):
                continue
            quoted = around(passage.text, match.start(), match.end(), before=2, after=3)
            yield Objection("A target without a date.", passage.line, quoted)
    for measure in subject.plan.measures:
        undated = [target for target in measure.targets if not target.at]
        if undated and len(undated) == len(measure.targets):
            where = subject.where(objective=measure.objective, item=measure.id)
            shown = ", ".join(_amount(target.value, target.unit) for target in undated)
            quoted = opening(measure.text, 14)
            message = f"The measure's target ({shown}) has no date."
            yield Objection(message, subject.line(measure.id), quoted, Severity.INFO, where)


def _amount(value: object, unit: str) -> str:
    """A value with its unit as people write it: £20m, 5%, 210 referrals."""
    if unit.startswith("£"):
        return f"£{value}{unit[1:]}"
    return f"{value}{unit}" if unit in ("", "%") else f"{value} {unit}"


@rule("UNIT_AMBIGUITY", Severity.INFO, needs=Needs.DOCUMENT)
def unit_ambiguity(subject: Subject) -> Iterator[Objection]:
    """ "3% increase" is said of a percentage that moves by three percentage points.

    Three per cent of 50% are 1.5 points: readers may compute the wrong target.

    Fires: "based on 3% increase" under 50.3%, 53.3%, 56.3%. Does not: "3 percentage points".
    Remedy: write "percentage points".
    """
    for table, series in read_series(subject):
        if table.kind != "percentage":
            continue
        steps = {
            after.value - before.value
            for each in series
            if each.kind is SeriesKind.TARGET
            for before, after in zip(each.points, each.points[1:], strict=False)
        }
        for line, text in _notes(subject, series):
            for match in STEP.finditer(text):
                if Decimal(match.group(1)) in {abs(step) for step in steps}:
                    quoted = around(text, match.start(), match.end(), before=3, after=3)
                    message = (
                        f"The series moves by {match.group(1)} percentage points, not by {match.group(1)} per cent."
                    )
                    yield Objection(message, line, quoted)
                    break


def _notes(subject: Subject, series: tuple[Series, ...]) -> Iterator[tuple[int | None, str]]:
    """The paragraphs that stand straight under a table."""
    lines = [point.line for each in series for point in each.points if point.line]
    if not lines:
        return
    for block in subject.blocks[max(lines) : max(lines) + NOTE_LINES]:
        next_title = len(block.text.split()) < NOTE_WORDS and ":" not in block.text
        if block.kind in (BlockKind.TABLE_ROW, BlockKind.HEADING) or (block.text.strip() and next_title):
            return
        if block.text.strip():
            yield block.origin.line, block.text


@rule("TARGET_BASELINE_MISSING", Severity.INFO, needs=Needs.DOCUMENT)
def target_baseline_missing(subject: Subject) -> Iterator[Objection]:
    """A table cites a baseline year whose value it does not print.

    Fires: "baseline year 2013/14" under a table that starts in 2014/15. Does not: a table with that year.
    Remedy: print the baseline.
    """
    for table, series in read_series(subject):
        printed = {point.period for each in series for point in each.points}
        if not printed:
            continue
        titled = (next((each.line for each in series if each.line), None), table.title)
        for line, text in (titled, *_notes(subject, series)):
            match = BASELINE_YEAR.search(text)
            cited = period_of(match.group(1) or match.group(2)) if match else None
            if match and cited is not None and cited not in printed:
                quoted = around(text, match.start(), match.end(), before=4, after=2)
                yield Objection(
                    "The baseline it cites is not printed.", line, quoted, None, subject.where(item=table.id)
                )


@rule("TARGET_UNMEASURABLE", Severity.WARNING, needs=Needs.DOCUMENT)
def target_unmeasurable(subject: Subject) -> Iterator[Objection]:
    """The data for a target are no longer collected, or do not cover those it is about.

    Fires: "data stopped being reported nationally". Does not: "data are reported quarterly".
    Remedy: choose a measure that can be had.
    """
    for passage in subject.texts:
        for pattern, _ in patterns("targets", "no_data"):
            if match := pattern.search(passage.text):
                quoted = around(passage.text, match.start(), match.end(), before=4, after=3)
                yield Objection("The target's data have ended.", passage.line, quoted, None, passage.where)
