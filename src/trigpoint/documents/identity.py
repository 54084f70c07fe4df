"""Whose plan it is, what it is called, and which financial years it is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from trigpoint.documents.columns import column_kind
from trigpoint.documents.commitments import LOCAL
from trigpoint.documents.headings import may_head
from trigpoint.documents.layout_words import is_particular
from trigpoint.documents.runs import Run, table_runs
from trigpoint.documents.words import alternatives
from trigpoint.periods import CalendarYear, FinancialYear, Role, find_dates
from trigpoint.plans.document import Block, BlockKind, Document, Format
from trigpoint.plans.draft import Note, NoteKind

PRINTS_A_YEAR = re.compile(r"[a-z]\w* '?\d{2}(?:\d\d)?$|\d\d/\d\d", re.IGNORECASE)
TITLE_LINES = 40
LONGEST_TITLE = 150
LONGEST_TITLE_ROW = 200
MOST_YEARS = 10
ENOUGH_DATES = 500
FEWEST_DATES = 2
LINES_SEARCHED = 20_000
ROWS_SEARCHED = 30
BLOCKS_SEARCHED = 2_000
YEAR = re.compile(r"(?<![\d/])(?:FY ?)?(20\d\d)[/_–-](\d\d(?:\d\d)?)(?![\d/])")
OPENING_WORD = re.compile(r"(?:The|This|Our|At|In|For|Each|All|Every) ")
PLAN_WORD = re.compile(
    r"\b(?:plan|plans|strategy|programme|deliverables|objectives|priorities|risk register|assurance framework|roadmap|"
    r"tracker|action log|commitments|blueprint|framework for delivery)\b",
    re.IGNORECASE,
)
AS_AT = re.compile(r"\s*[;,(–-]?\s*(?:\bas (?:at|of|on)|\bposition (?:at|as)|\bupdated?:?)\s.{3,30}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself: title and its line, organisation, years, and what had to be inferred."""

    title: str
    line: int | None
    organisation: str
    years: tuple[FinancialYear, ...]
    notes: tuple[Note, ...]


def identify(document: Document, runs: tuple[Run, ...] | None = None) -> Identity:
    """Title, organisation and financial years of a plan; the file's own properties where its words say none."""
    named = plan_title(document)
    notes: list[Note] = []
    title, line = named or ("", None)
    own = " ".join(document.properties.get("title", "").split())
    if named is None and own and len(own) <= LONGEST_TITLE_ROW:
        title = own
        notes.append(Note(NoteKind.INFERRED, f"The title “{own}” is the one in the file's own properties"))
    years, year_note = plan_years(document, title, table_runs(document) if runs is None else runs)
    body, body_note = organisation(document, title)
    notes += [note for note in (year_note, body_note) if note]
    if not title:
        notes.append(Note(NoteKind.NOT_FOUND, "The document has no title"))
    return Identity(title, line, body, years, tuple(notes))


def plan_title(document: Document) -> tuple[str, int] | None:
    """The document's title and its line: the first short line that speaks of a plan, else its first heading.

    The words "as at November 2022" behind a title are the date of what it holds, and no part of it.
    """
    shown = [
        (block, text, number)
        for block, text, number in islice(_titles(document), TITLE_LINES)
        if 0 < len(text) <= LONGEST_TITLE_ROW and "://" not in text
    ]
    for _, text, number in shown:
        if PLAN_WORD.search(text) and not text.endswith((".", ";", ",")):
            return text, number
    return next(((text, number) for block, text, number in shown if block.kind is BlockKind.HEADING), None)


def _titles(document: Document) -> Iterator[tuple[Block, str, int]]:
    """Headings and short lines, and in a workbook or web page the rows above its tables that have one cell."""
    rows = document.format is not Format.TEXT
    for number, block in enumerate(document.blocks[:BLOCKS_SEARCHED], 1):
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and len(block.text) <= LONGEST_TITLE:
            yield block, _bare(block.text), number
        elif rows and block.kind is BlockKind.TABLE_ROW:
            filled = [cell.text for cell in block.cells if not cell.empty]
            if len(filled) == 1 and len(filled[0]) <= LONGEST_TITLE_ROW and not is_particular(filled[0]):
                yield block, _bare(" ".join(filled[0].split())), number
            elif len(filled) == 2 and re.match(r"(?:plan )?(?:title|name)\b", filled[0], re.IGNORECASE):
                yield block, _bare(" ".join(filled[1].split())), number


def _bare(text: str) -> str:
    words = " ".join(text.split())
    return AS_AT.sub("", words).strip(" ;–-") or words


def years_printed(text: str) -> tuple[FinancialYear, ...]:
    """The financial years that a text names, the first to the last without a gap.

    >>> [year.label for year in years_printed("Operational Plan 2017/18 – 2019/20")]
    ['2017/18', '2018/19', '2019/20']
    """
    found = []
    for first, second in YEAR.findall(text):
        if (int(first) + 1) % 100 == int(second) % 100:
            found.append(int(first))
    if not found or max(found) - min(found) >= MOST_YEARS:
        return ()
    return tuple(FinancialYear(year) for year in range(min(found), max(found) + 1))


def plan_years(document: Document, title: str, runs: tuple[Run, ...]) -> tuple[tuple[FinancialYear, ...], Note | None]:
    """The plan's years: from its title, else from its column headings, sheet names or own properties, else from the
    dates that it is due by.
    """
    sheets = " ".join(dict.fromkeys(block.origin.sheet for block in document.blocks))
    own = " ".join(document.properties.get(name, "") for name in ("title", "header", "footer"))
    sources = (
        (title, ""),
        (" ".join(_headings(runs)), "the column headings"),
        (sheets, "the names of the sheets"),
        (own, "the file's own title, header or footer"),
    )
    for text, where in sources:
        if years := years_printed(text):
            labels = " and ".join(year.label for year in years)
            return years, Note(NoteKind.INFERRED, f"Plan years {labels} taken from {where}") if where else None
    return _years_of_dates(document)


def _headings(runs: tuple[Run, ...]) -> Iterator[str]:
    """The words of rows that may head a table, one of them at least as plan tables have it."""
    for run in runs:
        for at in range(min(len(run.rows), ROWS_SEARCHED)):
            if may_head(run, at):
                texts = [cell.text for cell in run.words(at)]
                if sum(column_kind(text).value != "unknown" for text in texts) > 1:
                    yield from texts


def _years_of_dates(document: Document) -> tuple[tuple[FinancialYear, ...], Note | None]:
    counts: Counter[FinancialYear] = Counter()
    for block in document.blocks[:LINES_SEARCHED]:
        if counts.total() >= ENOUGH_DATES:
            break
        for phrase in find_dates(block.text):
            bare = isinstance(phrase.period, CalendarYear)  # "by 2030" is an aim, and says nothing of the plan's years
            if phrase.role is Role.DUE and not bare and PRINTS_A_YEAR.search(phrase.text):
                counts[FinancialYear.of(phrase.due)] += 1
    if counts.total() < FEWEST_DATES:
        return (), Note(NoteKind.NOT_FOUND, "The document does not say which financial year it plans for")
    year = max(counts, key=lambda item: (counts[item], -item.first))
    return (year,), Note(
        NoteKind.INFERRED, f"Plan year {year.label} inferred: most of the due dates in the document fall in it"
    )


@cache
def _name(kinds: str) -> re.Pattern[str]:
    word = r"[A-Z][a-z][\w'’-]*"
    return re.compile(rf"(?<![\w-])((?:NHS )?{word}(?: (?:and |& |of |on )?{word}){{0,5}} (?:{alternatives(kinds)}))\b")


def organisation(document: Document, title: str) -> tuple[str, Note]:
    """The organisation whose plan it is: the one in the title, else in the headings or the file's own header, else the
    one named most often.

    Names inside commitments marked as local do not count: they name the part, not the whole.
    """
    for kinds in ("organisations", "bodies_named"):
        if found := _name(kinds).search(title):
            return found[1], Note(NoteKind.INFERRED, f"Organisation “{found[1]}” taken from the title")
    own = [document.properties.get(name, "") for name in ("header", "footer", "author", "title")]
    for text in own if document.format is not Format.TEXT else ():
        if found := _name("organisations").search(text) or _name("bodies_named").search(text):
            return found[1], Note(NoteKind.INFERRED, f"Organisation “{found[1]}” taken from the file's own properties")
    for kinds in ("organisations", "bodies_named"):
        counts = _counts(document, kinds)
        if counts:
            best = max(counts, key=lambda item: counts[item])
            text = f"Organisation “{best}” inferred: of all organisations it is named most often ({counts[best]} ×)"
            return best, Note(NoteKind.INFERRED, text)
    return "", Note(NoteKind.NOT_FOUND, "The document names no organisation as its author")


@cache
def _hint(kinds: str) -> re.Pattern[str]:
    """Most lines name no organisation: one quick search saves a slow one."""
    return re.compile(alternatives(kinds))


def _counts(document: Document, kinds: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    name = _name(kinds)
    for block in document.blocks[:LINES_SEARCHED]:
        if not _hint(kinds).search(block.text):
            continue
        for part in (part for cell in block.cells for part in cell.paragraphs) if block.cells else (block.text,):
            if not LOCAL.match(part):
                counts.update(found for found in name.findall(part) if not OPENING_WORD.match(found))
    return counts
