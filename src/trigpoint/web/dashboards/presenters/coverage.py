"""What of a planning round the plan answers, priority by priority, with each target beside its standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.errors import InputError
from trigpoint.frameworks import Criterion, Framework, Standard
from trigpoint.measures.coverage import (
    Answer,
    Coverage,
    Difference,
    Evidence,
    Kind,
    PriorityCoverage,
    RequirementCoverage,
    StandardCoverage,
    coverage_of,
    framework_of,
)
from trigpoint.measures.coverage.comparison import shown_value
from trigpoint.web.dashboards.figures import entered
from trigpoint.web.forms.coverage import CoverageForm, Shown
from trigpoint.web.register import store
from trigpoint.web.register.presenters.looks import Look
from trigpoint.web.register.reading import Reading
from trigpoint.wording import capital

ANSWERS = {
    Answer.WITH_TARGET: Look("complete", "With a target", "tick"),
    Answer.IN_WORDS: Look("at-risk", "In words", "half"),
    Answer.MEASURED: Look("undated", "Measured, no target", "dashes"),
    Answer.NOT: Look("overdue", "Not answered", "warning"),
}
_TESTS = {
    Criterion.AT_LEAST: "at least {}",
    Criterion.AT_MOST: "at most {}",
    Criterion.LESS_THAN: "less than {}",
    Criterion.BETWEEN: "{}",
    Criterion.IMPROVE: "to improve",
    Criterion.REDUCE: "to fall",
    Criterion.REDUCE_BY: "to fall by at least {}",
    Criterion.IN_WORDS: "{}",
}
MOST_ROWS = 4
MOST_TARGETS = 6

HEADERS = (
    "Priority", "Title of the priority", "Kind", "Asked", "Test", "Code", "Years", "Level", "Confirmed", "Source",
    "Answered", "Where", "How it was recognised", "Targets beside the standard",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """A row of the plan that answers; ``href`` leads to its objective or table, "" where it has no page."""

    kind: str
    text: str
    why: str
    href: str


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A requirement or standard with what answers it; ``more`` and ``more_targets`` are those left to the download."""

    title: str
    test: str
    remarks: str
    answer: Look
    where: tuple[Where, ...]
    more: int
    targets: tuple[str, ...]
    more_targets: int


@dataclass(frozen=True, slots=True)
class PriorityBlock:
    """A priority with its rows; ``themes`` are the plan's own for it."""

    id: str
    heading: str
    answer: Look
    themes: tuple[str, ...]
    lines: tuple[AskedLine, ...]


def form_for(reading: Reading, data: Any) -> CoverageForm:
    """The choices of this plan, and what was asked."""
    return CoverageForm(data, _own(reading))


def _own(reading: Reading) -> Framework | None:
    try:
        return framework_of(reading.plan)[0]
    except InputError:
        return None


def _covered(reading: Reading, form: CoverageForm) -> tuple[Coverage | None, str]:
    """What the round asked for says, computed once for each revision; else nothing and the reason."""
    if not form.is_valid():
        return None, ""
    framework, year = form.cleaned_data["framework"], form.cleaned_data["year"]
    if not framework and _own(reading) is None:
        return (
            None,
            "The plan names no planning round that is known here, and its years do not show it. Choose one above.",
        )
    key = (*store.revision_key(reading.edition), "coverage", framework, year)

    def compute() -> Coverage:
        return coverage_of(reading.plan, framework=framework, year=year, book=entered(reading))

    return store.shelf.get(key, compute), ""


def coverage_page(reading: Reading, form: CoverageForm) -> dict[str, Any]:
    """What the page shows; an invalid form shows nothing and says why."""
    found, reason = _covered(reading, form)
    common = {"form": form, "reason": reason, "question": form.question(), "blocks": (), "found": found}
    if found is None:
        return common
    shown = form.shown()
    blocks = (_block(reading, row, shown) for row in found.priorities)
    return common | {
        "title": found.framework.title,
        "chosen": found.chosen,
        "finding": found.sentence,
        "blocks": tuple(each for each in blocks if each.lines or shown is Shown.ALL),
        "everything": shown is Shown.ALL,
        "csv": reading.url("coverage-csv", query=form.question()),
    }


def _block(reading: Reading, row: PriorityCoverage, shown: Shown) -> PriorityBlock:
    return PriorityBlock(
        f"p-{row.priority.id}",
        f"{row.priority.number} {row.priority.title}".strip(),
        ANSWERS[row.answer],
        tuple(f"{each.heading} ({each.why})" for each in row.evidence),
        tuple(_line(reading, each) for each in _rows(row, shown)),
    )


def _rows(row: PriorityCoverage, shown: Shown) -> list[RequirementCoverage | StandardCoverage]:
    every = (*row.requirements, *row.standards)
    if shown is Shown.NOT:
        return [each for each in every if each.answer is Answer.NOT]
    if shown is Shown.DOUBTFUL:
        return [each for each in row.standards if _doubtful(each)]
    return list(every)


def _doubtful(row: StandardCoverage) -> bool:
    """What the finding counts: a weaker target, only a later one, or none with a date; a plan's own are left out."""
    told = {each.difference for each in row.comparisons}
    late = Difference.LATER in told and not told & {Difference.SAME, Difference.STRONGER}
    undated = bool(told) and all(each.undated for each in row.comparisons)
    return not row.local and (Difference.WEAKER in told or late or undated)


def _line(reading: Reading, row: RequirementCoverage | StandardCoverage) -> AskedLine:
    standard = row.standard if isinstance(row, StandardCoverage) else None
    targets = _targets(row)
    return AskedLine(
        _title(row),
        capital(_test(standard)) if standard else "",
        _remarks(standard) if standard else "",
        ANSWERS[row.answer],
        tuple(_where(reading, each) for each in row.evidence[:MOST_ROWS]),
        max(0, len(row.evidence) - MOST_ROWS),
        targets[:MOST_TARGETS],
        max(0, len(targets) - MOST_TARGETS),
    )


def _title(row: RequirementCoverage | StandardCoverage) -> str:
    return row.standard.title if isinstance(row, StandardCoverage) else row.requirement.title


def _targets(row: RequirementCoverage | StandardCoverage) -> tuple[str, ...]:
    return tuple(each.finding for each in row.comparisons) if isinstance(row, StandardCoverage) else ()


def _test(standard: Standard) -> str:
    """What the standard asks for: its rule, or its number with how it is tested."""
    if standard.rule:
        return f"by the rule {standard.rule}"
    number = "" if standard.value is None else shown_value(standard.value, standard.unit)
    low = f"{shown_value(standard.lowest, '')} to " if standard.lowest is not None and number else ""
    words = _TESTS[standard.test]
    return words.format(f"{low}{number}") if number or "{}" not in words else "in words"


def _years(standard: Standard) -> str:
    return " to ".join(year for year in dict.fromkeys((standard.applies_from, standard.applies_to)) if year)


def _remarks(standard: Standard) -> str:
    said = (_years(standard), standard.level, standard.code, "" if standard.confirmed else "not confirmed")
    return ", ".join(word for word in said if word)


def _where(reading: Reading, row: Evidence) -> Where:
    return Where(capital(row.kind.value), row.text, row.why, _href(reading, row))


def _href(reading: Reading, row: Evidence) -> str:
    if row.kind is Kind.TABLE:
        return reading.url("measure", mid=row.item)
    if not row.objective:
        return ""
    href = reading.url("objective", oid=row.objective)
    return f"{href}#i-{row.item}" if row.kind in (Kind.DELIVERABLE, Kind.MILESTONE) else href


def coverage_rows(reading: Reading, form: CoverageForm) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headers and rows of the download, whole where the page is cut; an invalid form gives no rows."""
    found, _ = _covered(reading, form)
    return HEADERS, list(_csv_rows(found.priorities, form.shown())) if found else []


def _csv_rows(priorities: Sequence[PriorityCoverage], shown: Shown) -> Iterator[tuple[str, ...]]:
    for priority in priorities:
        for row in _rows(priority, shown):
            yield (
                priority.priority.number,
                priority.priority.title,
                *_asked_cells(row),
                row.answer.value,
                "; ".join(each.text for each in row.evidence),
                "; ".join(each.why for each in row.evidence),
                "; ".join(_targets(row)),
            )


def _asked_cells(row: RequirementCoverage | StandardCoverage) -> tuple[str, ...]:
    if isinstance(row, RequirementCoverage):
        needed = row.requirement
        return "requirement", needed.title, "", "", "", "", "yes" if needed.confirmed else "no", needed.source
    asked = row.standard
    confirmed = "yes" if asked.confirmed else "no"
    years = (asked.code, _years(asked), asked.level)
    return "standard", asked.title, _test(asked), *years, confirmed, asked.source
