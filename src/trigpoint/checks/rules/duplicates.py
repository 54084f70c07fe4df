"""Rules on repetition: rows, sections and deliverables that stand twice, and dates that differ between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from trigpoint.checks.alike import alike_pairs
from trigpoint.checks.dated import dates_in
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import opening, sentences
from trigpoint.checks.outline import banners, is_heading_row, opening_rows
from trigpoint.checks.reported import reports
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Role, Subject
from trigpoint.checks.words import content, plain
from trigpoint.plans.document import Block, BlockKind
from trigpoint.plans.model import Deliverable

ALIKE = 0.8
SHORTEST_ROW = 40
LONGEST_HEADING = 60
SHORTEST_CLAUSE_WORDS = 10
LONG_UPDATE_WORDS = 20
LONG_SENTENCE_WORDS = 15
NUMERIC = re.compile(r"^[£\d.,%\s/*–-]*$")


def _row_key(row: Block) -> str:
    return "|".join(plain(cell.text) for cell in row.cells)


def _repeatable(row: Block) -> bool:
    """Rows that say something: not column headings, not numbers."""
    worded = [cell.text for cell in row.cells if not cell.empty and not NUMERIC.match(cell.text.strip())]
    return len(worded) >= 2 and sum(map(len, worded)) >= SHORTEST_ROW and not is_heading_row(row)


def _short(row: Block) -> bool:
    """Whether a row could be one of headings by the length of its cells."""
    return all(len(cell.text) <= LONGEST_HEADING for cell in row.cells)


@rule("DUPLICATE_ROW", Severity.ERROR, needs=Needs.DOCUMENT)
def duplicate_row(subject: Subject) -> Iterator[Objection]:
    """A table row that opens a priority or deliverable is repeated, mark-up and spaces aside.

    Column headings repeat on each page and above each table and are no duplicates; nor are rows of numbers, nor actions
    that two deliverables share.

    Fires: one priority printed under two headings. Does not: "Annual target" above and below the actuals.
    Remedy: delete one; give it to the heading it belongs to.
    """
    seen: dict[str, int | None] = {}
    headings = {row.origin.line for row in opening_rows(subject.blocks) if _short(row)}
    for row in subject.rows:
        if not _repeatable(row) or all(cell.empty for cell in row.cells[:2]):
            continue
        key = _row_key(row).strip("|")
        first = seen.setdefault(key, row.origin.line)
        if first != row.origin.line and not {first, row.origin.line} <= headings:
            fragment = next(cell.text for cell in row.cells if not cell.empty)
            yield Objection(f"Repeats {subject.spot_of(first)} word for word.", row.origin.line, opening(fragment, 14))


@rule("DUPLICATE_SECTION", Severity.ERROR, needs=Needs.DOCUMENT)
def duplicate_section(subject: Subject) -> Iterator[Objection]:
    """A whole section, its heading aside, is repeated.

    A heading that a page break repeats is no duplicate: what stands under it differs.

    Fires: the table of heading 4 again under heading 5. Does not: "Finance" on three pages with different rows.
    Remedy: delete the copy.
    """
    seen: dict[str, int | None] = {}
    for line, title, body in (*_table_sections(subject), *_prose_sections(subject)):
        keys = [key for key in body if key]
        repeats = [seen[key] for key in keys if key in seen]
        if keys and len(repeats) == len(keys):
            message = f"Everything under this heading stands already from {subject.spot_of(repeats[0])} on."
            yield Objection(message, line, title)
        for key in keys:
            seen.setdefault(key, line)


def _table_sections(subject: Subject) -> Iterator[tuple[int | None, str, list[str]]]:
    """Each table heading with the keys of its rows that say something."""
    starts = [(banner.line or 0, banner.text) for banner in banners(subject.blocks)]
    for index, (line, title) in enumerate(starts):
        stop = starts[index + 1][0] if index + 1 < len(starts) else len(subject.blocks) + 1
        rows = [row for row in subject.blocks[line : stop - 1] if row.kind is BlockKind.TABLE_ROW and _repeatable(row)]
        yield line, title, [_row_key(row).strip("|") for row in rows]


def _prose_sections(subject: Subject) -> Iterator[tuple[int | None, str, list[str]]]:
    """Each heading of running text with its long paragraphs."""
    current: tuple[int | None, str, list[str]] | None = None
    for block in subject.blocks:
        if block.kind is BlockKind.HEADING:
            if current and len(current[2]) > 1:
                yield current
            current = (block.origin.line, block.text, [])
        elif block.kind is BlockKind.PARAGRAPH and current and len(block.text) > 2 * SHORTEST_ROW:
            current[2].append(plain(block.text))
    if current and len(current[2]) > 1:
        yield current


@rule("DUPLICATE_DELIVERABLE", Severity.ERROR)
def duplicate_deliverable(subject: Subject) -> Iterator[Objection]:
    """Two deliverables promise the same thing.

    Points of a trajectory ("91% by Q3", "91% by Q4") and what is to continue are meant to be repeated. Info where
    the two stand under different objectives with the same date.

    Fires: "the plan is published" by June and by September. Does not: 91% by Q3 and 91% by Q4.
    Remedy: keep one.
    """
    for first, second in twins(subject):
        if first.due != second.due and trajectory_point(second):
            continue
        apart = first.objective != second.objective and first.due == second.due
        message = f"Promises what “{opening(first.text, 9)} …” promises ({subject.spot(first.id)})."
        where = subject.where(objective=second.objective, deliverable=second.id)
        line, fragment = subject.line(second.id), opening(second.text, 16)
        yield Objection(message, line, fragment, Severity.INFO if apart else None, where)


@lru_cache(maxsize=1)
def twins(subject: Subject) -> tuple[tuple[Deliverable, Deliverable], ...]:
    """Deliverables that say nearly the same when their dates are left out."""
    rows = [row for row in subject.plan.deliverables if len(row.text.split()) >= 4]
    sets = [content(_undated(subject, row.text)) for row in rows]
    return tuple((rows[first], rows[second]) for first, second in alike_pairs(sets, ALIKE) if len(sets[first]) >= 3)


def _undated(subject: Subject, text: str) -> str:
    for phrase in reversed(dates_in(subject, text)):
        text = text[: phrase.start] + text[phrase.stop :]
    return text


def trajectory_point(row: Deliverable) -> bool:
    """Whether a deliverable is one value of a series, or something to be kept up: meant to be said again."""
    return bool(row.targets) or bool(re.search(r"\d\s?%|\bcontinue\b|\bmaintain", row.text))


@rule("DUPLICATE_TEXT", Severity.INFO)
def duplicate_text(subject: Subject) -> Iterator[Objection]:
    """The same long sentence stands under two headings, or all actions of one deliverable repeat those of another.

    Either they are one piece of work, or one of them was never thought through.

    Fires: two deliverables with the same four actions. Does not: one action in common.
    Remedy: merge them, or write what is particular to each.
    """
    seen: dict[tuple[str, ...], str] = {}
    actions: dict[str, list[str]] = {}
    for row in subject.plan.milestones:
        if row.deliverable:
            actions.setdefault(row.deliverable, []).append(plain(row.text))
    for deliverable, texts in actions.items():
        if len(texts) < 2:
            continue
        key = tuple(sorted(texts))
        first = seen.setdefault(key, deliverable)
        if first != deliverable:
            copied = subject.plan.item(deliverable)
            text = copied.text if isinstance(copied, Deliverable) else ""
            message = f"All {len(texts)} actions are those of {subject.spot(first)}."
            where = subject.where(deliverable=deliverable)
            yield Objection(message, subject.line(deliverable), opening(text, 12), None, where)
    yield from _repeated_sentences(subject)


def _repeated_sentences(subject: Subject) -> Iterator[Objection]:
    """Long sentences of running text that stand twice, each named once."""
    first: dict[str, int | None] = {}
    told: set[str] = set()
    for passage in subject.prose:
        for _, sentence in sentences(passage.text) if passage.role is not Role.HEADING else ():
            said = plain(sentence)
            if len(said.split()) < LONG_SENTENCE_WORDS:
                continue
            before = first.setdefault(said, passage.line)
            if before != passage.line and said not in told:
                told.add(said)
                message = f"The same sentence as in {subject.spot_of(before)}."
                yield Objection(message, passage.line, opening(sentence, 12))


@rule("COPY_PASTE_TEXT", Severity.INFO)
def copy_paste_text(subject: Subject) -> Iterator[Objection]:
    """Two deliverables close with the same long clause, or two commitments are reported in the same long words.

    Fires: "… key areas such as waits, mortality and falls" at the end of both. Does not: the same opening words.
    Remedy: write what each is about.
    """
    seen: dict[str, Deliverable] = {}
    for row in subject.plan.deliverables:
        words = plain(row.text).split()
        if len(words) < 2 * SHORTEST_CLAUSE_WORDS:
            continue
        first = seen.setdefault(" ".join(words[-SHORTEST_CLAUSE_WORDS:]), row)
        if first is not row and plain(first.text) != plain(row.text):
            message = f"Closes with the same words as {subject.spot(first.id)}."
            fragment = " ".join(row.text.split()[-SHORTEST_CLAUSE_WORDS:])
            where = subject.where(objective=row.objective, deliverable=row.id)
            yield Objection(message, subject.line(row.id), fragment, None, where)
    notes: dict[str, str] = {}
    for each in reports(subject):
        said = plain(each.note)
        other = notes.setdefault(said, each.row.id) if len(said.split()) > LONG_UPDATE_WORDS else each.row.id
        if other != each.row.id:
            message = f"Reported in the same words as {subject.spot(other)}."
            where = subject.where(objective=each.row.objective, item=each.row.id)
            yield Objection(message, each.line, opening(each.note, 12), None, where)
