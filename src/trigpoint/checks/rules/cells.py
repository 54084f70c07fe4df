"""Rules on what stands in a row: two things in one, content in the wrong column, the same words twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.checks.dated import dates_in
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening
from trigpoint.checks.outline import is_heading_row, table_runs
from trigpoint.checks.pack import patterns
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Role, Subject
from trigpoint.checks.words import plain
from trigpoint.periods import FinancialYear, period_of
from trigpoint.plans.document import Block, BlockKind
from trigpoint.plans.model import Objective


@rule("COMPOUND_DELIVERABLE", Severity.INFO)
def compound_deliverable(subject: Subject) -> Iterator[Objection]:
    """One deliverable promises two outcomes.

    It cannot hold one status when one of them is done and the other late.

    Fires: "the framework is approved AND the appraisal is developed". Does not: "approved and published".
    Remedy: split it.
    """
    for row in subject.commitments:
        for pattern, _ in patterns("rows", "compound"):
            match = re.search(pattern.pattern, row.text)  # "AND" in capitals: letter case matters
            if match:
                where = subject.where(objective=row.objective, item=row.id)
                quoted = around(row.text, match.start(), match.end(), before=6, after=8)
                yield Objection("Two outcomes in one deliverable; split it.", subject.line(row.id), quoted, None, where)
                break


@rule("MERGED_ENTITIES", Severity.WARNING, needs=Needs.DOCUMENT)
def merged_entities(subject: Subject) -> Iterator[Objection]:
    """Two priorities stand in one row, or two dated commitments in one paragraph.

    Fires: "… agreed. By October 2026, staff are transferred" inside one paragraph. Does not: one paragraph each.
    Remedy: give each its own row or paragraph.
    """
    for row, _, cell in subject.cells:
        for paragraph in cell.paragraphs:
            opened = [phrase for phrase in dates_in(subject, paragraph) if phrase.opens and phrase.firm]
            for phrase in opened[1:]:
                quoted = around(paragraph, phrase.start, phrase.stop, before=8, after=3)
                line = cell.origin.line or row.origin.line
                yield Objection("A second dated commitment in one paragraph.", line, quoted)
    yield from _two_deliverables(subject)
    lines: dict[int, Objective] = {}
    for objective in subject.plan.objectives:
        line = subject.line(objective.id)
        if line is not None and line in lines:
            where = subject.where(objective=objective.id)
            yield Objection("Two priorities in one row.", line, opening(objective.title, 14), None, where)
        elif line is not None:
            lines[line] = objective


INTRODUCED = re.compile(r"(?<=\. )(?:[A-Z][\w-]+ ){1,5}\(([A-Z]{2,6})\)")


def _two_deliverables(subject: Subject) -> Iterator[Objection]:
    """A deliverable that introduces a second named thing, of which the baseline speaks as well."""
    for row in subject.plan.deliverables:
        match = INTRODUCED.search(row.text)
        if match and row.baseline and re.search(rf"\b{match.group(1)}\b", row.baseline.text):
            where = subject.where(objective=row.objective, deliverable=row.id)
            message = "Two deliverables in one row."
            yield Objection(message, subject.line(row.id), match.group(), Severity.INFO, where)


@rule("MISPLACED_CELL", Severity.WARNING)
def misplaced_cell(subject: Subject) -> Iterator[Objection]:
    """Content stands in the wrong column.

    Error where a numbered action stands in another column than the ones it carries on from. Warning where a cell
    holds the label of another column, or where promises with numbers stand among a row's related plans.

    Fires: actions 1 to 3 in one column, 5 and 6 in the next. Does not: numbers that start again at 1.
    Remedy: move it.
    """
    yield from _strayed_numbers(subject)
    for passage in subject.items:
        if passage.role is Role.MEASURE:
            for pattern, _ in patterns("rows", "column_labels"):
                if match := pattern.search(passage.text):
                    quoted = around(passage.text, match.start(1), match.end(1), before=0, after=3)
                    message = f"“{match.group(1)}” inside a success measure: it belongs in its own column."
                    yield Objection(message, passage.line, quoted, None, passage.where)
        elif passage.role is Role.LINK:
            for pattern, _ in patterns("rows", "promises"):
                if match := pattern.search(passage.text):
                    quoted = around(passage.text, match.start(), match.end(), before=4, after=2)
                    message = "A promise with a number among the related plans: it belongs to the success measures."
                    yield Objection(message, passage.line, quoted, None, passage.where)


NUMBERED = re.compile(r"^\s*(\d{1,2})\.\s?(?=[A-Z])")


def _strayed_numbers(subject: Subject) -> Iterator[Objection]:
    """Numbered cells that carry on in another column, and the unnumbered cell that took their place."""
    titles = {plain(objective.title) for objective in subject.plan.objectives}
    last, column = 0, -1
    unnumbered: list[tuple[int | None, str]] = []
    for row in subject.rows:
        numbered = [
            (int(match.group(1)), position, cell)
            for position, cell in enumerate(row.cells)
            if (match := NUMBERED.match(cell.text)) and plain(cell.text[match.end() :]) not in titles
        ]
        if not numbered:
            if last > 1 and 0 <= column < len(row.cells) and not row.cells[column].empty:
                unnumbered.append((row.origin.line, row.cells[column].text))
            continue
        number, position, cell = numbered[0]
        carries_on = last > 1 and last < number <= last + 2 and position == column - 1 and number > 2
        if carries_on:
            yield Objection("A numbered action in another column than the ones before it.", row.origin.line,
                            opening(cell.text, 10), Severity.ERROR)  # fmt: skip
            for line, text in unnumbered[-1:]:
                message = "Stands among numbered actions, which carry on in another column: swapped?"
                yield Objection(message, line, opening(text, 10), Severity.ERROR)
            unnumbered = []
            last = number
            continue
        last, column, unnumbered = number, position, []


@rule("NO_PROGRESSION", Severity.INFO)
def no_progression(subject: Subject) -> Iterator[Objection]:
    """The next year's action repeats this year's word for word.

    Fires: "Maintain the improvement plan" in both years. Does not: "Implement" after "Develop".
    Remedy: say what will be further on in the second year.
    """
    seen: dict[tuple[str, str, str], str] = {}
    for row in subject.plan.milestones:
        column = period_of(row.column)
        if not isinstance(column, FinancialYear):
            continue
        key = (row.objective, row.deliverable, " ".join(re.findall(r"[a-z0-9%]+", row.text.lower())))
        before = seen.setdefault(key, row.column)
        if before != row.column:
            where = subject.where(objective=row.objective, deliverable=row.deliverable, item=row.id)
            message = f"The same words as in {before}."
            yield Objection(message, subject.line(row.id), opening(row.text, 12), None, where)


@rule("COLUMN_SHIFT", Severity.WARNING, needs=Needs.DOCUMENT)
def column_shift(subject: Subject) -> Iterator[Objection]:
    """A row of a plan table has fewer cells than its table has columns.

    A merged or lost cell pushes what follows into the column before it: a baseline becomes a deliverable.
    Rows that only carry on the row above are left alone, for their place is told by it.

    Fires: six cells under seven headings. Does not: a row whose last cells are empty; a title across the table.
    Remedy: put the lost cell back.
    """
    of_plan = {line for anchor in subject.anchors.values() for line in anchor.lines}
    width = 0
    for run in table_runs(subject.blocks):
        own = any(map(is_heading_row, run))
        alike = len(run) > 2 and len({len(row.cells) for row in run}) == 1
        for row in run:
            if is_heading_row(row):
                width = len(row.cells)
                continue
            of_this_table = own or (row.origin.line in of_plan and not alike)
            filled = [cell for cell in row.cells if not cell.empty]
            narrow = 1 < len(row.cells) < width and len(filled) > 1 and not row.cells[-1].empty
            if narrow and of_this_table:
                message = f"{len(row.cells)} cells under {width} columns: a cell is lost, and others may have moved."
                yield Objection(message, row.origin.line, opening(filled[0].text, 12))


@rule("ORPHAN_CELL", Severity.WARNING, needs=Needs.DOCUMENT)
def orphan_cell(subject: Subject) -> Iterator[Objection]:
    """A dated commitment stands outside the table that holds the rest of its objective.

    It is easily overlooked, and its objective is a guess.

    Fires: a paragraph "By year end, …" between two tables. Does not: an objective that stands in paragraphs entirely.
    Remedy: move it into its row.
    """
    kinds = {block.origin.line: block.kind for block in subject.blocks}
    in_table = {row.objective for row in subject.commitments if kinds.get(subject.line(row.id)) is BlockKind.TABLE_ROW}
    for row in subject.commitments:
        line = subject.line(row.id)
        outside = kinds.get(line) in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        if outside and row.objective in in_table:
            where = subject.where(objective=row.objective, item=row.id)
            yield Objection("Stands outside the table of its objective.", line, opening(row.text, 14), None, where)


BROKEN_DOWN = re.compile(
    r"\b(?:broken down|split|analysed|shown) by ([a-z]+)(?:(?:,| and) (?:by )?([a-z]+))?", re.IGNORECASE
)
FIGURE = re.compile(r"[£]?[\d.,]+\s?%?")


@rule("CLAIM_NOT_SUPPORTED", Severity.WARNING, needs=Needs.DOCUMENT)
def claim_not_supported(subject: Subject) -> Iterator[Objection]:
    """The text says that figures are broken down by something that no table after it has.

    Fires: "broken down by locality and practice" before tables of localities. Does not: the same before both.
    Remedy: add the tables, or correct the claim.
    """
    for passage in subject.prose:
        for match in BROKEN_DOWN.finditer(passage.text):
            labels = " ".join(_labels_of_figures(subject, passage.line or 0))
            absent = [noun for noun in match.groups() if noun and noun.lower().rstrip("s") not in labels]
            if absent and labels:
                quoted = around(passage.text, match.start(), match.end(), before=3, after=1)
                yield Objection(f"No table has rows by {' or '.join(absent)}.", passage.line, quoted)


def _labels_of_figures(subject: Subject, line: int) -> Iterator[str]:
    """The labels of rows of figures after a line, and the first heading cell above each run of them."""
    before: Block | None = None
    for row in subject.rows:
        figures = sum(1 for cell in row.cells if FIGURE.fullmatch(cell.text.strip()))
        if (row.origin.line or 0) > line and figures > 1:
            yield row.cells[0].text.lower()
            if before is not None:
                yield before.cells[0].text.lower()
        before = row if figures < 2 else None
