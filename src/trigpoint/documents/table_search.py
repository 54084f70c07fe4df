"""Where the tables of a plan begin: heading rows, forms, and the tables that follow under headings of their own.

Inside a table a row of words such as "Agree the action plan | Programme lead" looks like a heading row and is none:
there a heading row repeats the one above, stands after a gap, or is sure by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from trigpoint.documents.bands import Band, band_at
from trigpoint.documents.fitting import fits
from trigpoint.documents.forms import Form, form_at
from trigpoint.documents.headings import may_head, row_words
from trigpoint.documents.layout_words import is_particular
from trigpoint.documents.runs import Run
from trigpoint.documents.words import normal
from trigpoint.periods import FinancialYear

LONGEST_INSIDE = 60
ROWS_WITHOUT_HEADING = 200
HEADING_WORDS = 5
MOST_CELLS_LOST = 2


@dataclass(slots=True)
class Found:
    """Heading rows and forms by the line of their first row, and the first lines of tables that are something else."""

    bands: dict[int, Band] = field(default_factory=dict)
    forms: dict[int, Form] = field(default_factory=dict)
    foreign: set[int] = field(default_factory=set)
    headed: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.bands or self.forms)


def search(runs: tuple[Run, ...], years: tuple[FinancialYear, ...], *, marked: bool) -> Found:
    """Every heading row and form of the runs.

    ``marked`` says that the format marks its own tables, so that a new run without a heading row that is no piece of
    the table above is a table of something else; in plain text every run may be such a piece.
    """
    found = Found()
    current: Band | None = None
    width = 0
    for run in runs:
        inherited = current
        before = len(found.bands) + len(found.forms)
        current = _search_run(run, None if marked else current, found, years)
        if marked and len(found.bands) + len(found.forms) == before:
            if inherited is not None and _carries_on(run, inherited, width, years):
                current = inherited
                continue
            found.foreign.add(run.first_line)
            current = inherited if _is_short_piece(run) else None
        width = run.width
    return found


def _search_run(run: Run, current: Band | None, found: Found, years: tuple[FinancialYear, ...]) -> Band | None:
    gap = True
    at = unheaded = 0
    while at < len(run.rows) and unheaded < ROWS_WITHOUT_HEADING:
        form = form_at(run, at) if gap else None
        band = _band_here(run, at, current, years, gap=gap)
        if band is not None and (form is None or (band.plain and band.known > 2)):
            found.bands[run.line(at)] = current = band
            found.headed.update(run.line(row) for row in range(at, at + band.depth))
            at += band.depth
            gap = False
            continue
        if form is not None:
            found.forms[run.line(at)] = form
            found.headed.update(run.line(row) for row in range(at, form.stop))
            current, gap = None, True
            at = form.stop
            continue
        gap = run.spans_all(at) or (gap and _keeps_open(run, at))
        unheaded += current is None and len(run.words(at)) > 1
        at += 1
    return current


def _band_here(run: Run, at: int, current: Band | None, years: tuple[FinancialYear, ...], *, gap: bool) -> Band | None:
    if not may_head(run, at):
        return None
    if current is None:
        band = band_at(run, at, years)
        return band if band is not None and (gap or band.sure) else None
    opening = current.texts[0].startswith(normal(run.words(at)[0].text))
    if opening and row_words(run, at, current.depth) == current.texts:
        return Band(at, current.depth, current.texts, current.known, current.columns, current.risks)
    if not gap and any(len(cell.text) > LONGEST_INSIDE for cell in run.words(at)):
        return None
    band = band_at(run, at, years)
    accepted = band is not None and (band.same(current) or band.sure or (gap and band.plain))
    return band if accepted else None


def _keeps_open(run: Run, at: int) -> bool:
    """Whether a row above a heading is a title, or a particular of the document with its label: "Version: | 3"."""
    filled = run.words(at)
    if all(cell.empty for cell in run.rows[at].cells[1:]):
        return True
    return len(filled) == 2 and (filled[0].text.rstrip().endswith(":") or is_particular(filled[0].text))


def _carries_on(run: Run, above: Band, width: int, years: tuple[FinancialYear, ...]) -> bool:
    """Whether a table without a heading is a piece of the one above: as wide, or its first row fits there."""
    if _looks_headed(run):
        return False
    if run.width == width:
        return True
    near = abs(run.width - len(above.columns)) <= MOST_CELLS_LOST
    return near and not above.risks and fits(run.rows[0].cells, above.columns, years)


def _looks_headed(run: Run) -> bool:
    """Whether the first row of a run heads it: all places filled, with a few words each and no numbers."""
    filled = run.words(0)
    full = len(filled) == len(run.rows[0].cells)
    few = all(len(cell.text.split()) <= HEADING_WORDS and not any(map(str.isdigit, cell.text)) for cell in filled)
    return len(run.rows) > 1 and full and few


def _is_short_piece(run: Run) -> bool:
    """A row or two between the pieces of a table, such as a title, end nothing."""
    return len(run.rows) == 1 and len(run.words(0)) == 1
