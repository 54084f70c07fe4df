"""Whether a title or text goes on with the one above it: what a page break or a lost cell border cut.

Every rule asks for a sign on the page: a small letter at the start, an end on "of the", an open bracket, a number that
is missing where the column counts its items. Where there is none, the text stands on its own.
"""

from __future__ import annotations

from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.commitments import LABEL, NUMBERED_TITLE, Fragment
from trigpoint.documents.events import Row
from trigpoint.documents.reading import EntryRead, Reading
from trigpoint.documents.words import ended, normal, opens_mid_sentence, unfinished
from trigpoint.plans.model import Scope

ENTRY_KINDS = (
    ColumnKind.DELIVERABLE,
    ColumnKind.BASELINE,
    ColumnKind.MILESTONE,
    ColumnKind.MEASURE,
    ColumnKind.LINK,
)
OWN = frozenset((ColumnKind.NUMBER, ColumnKind.DUE, ColumnKind.STATUS, ColumnKind.COMPLETED, ColumnKind.LEAD))
FREE_TEXT = frozenset((ColumnKind.BASELINE, ColumnKind.MEASURE, ColumnKind.LINK))
MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


def continues_title(reading: Reading, row: Row, title: str) -> bool:
    """Whether a title cell holds the rest of the title above rather than a new one.

    Straight after a page break, besides the signs in the words themselves: most other cells of the row begin in
    mid-sentence too, or the row has no deliverable of its own in a table where each objective has one.
    """
    above = reading.objective
    if above is None or NUMBERED_TITLE.match(title) or LABEL.match(title) or above.theme is not reading.theme:
        return False
    year_missing = title[:1].isdigit() and stops_before_year(above.title)
    mid_sentence = opens_mid_sentence(title) or year_missing
    if not row.fresh:
        return mid_sentence and not ended(above.title) and _cut(reading, row, above.title)
    if mid_sentence or unfinished(above.title) or normal(title) == normal(above.title):
        return True
    others = [cell for column, cell in row.cells if column.kind in ENTRY_KINDS and not cell.empty]
    begun = sum(opens_mid_sentence(cell.paragraphs[0]) for cell in others)
    if begun * 2 > len(others):
        return True
    has_column = any(column.kind is ColumnKind.DELIVERABLE and not column.label for column, _ in row.cells)
    return has_column and row.cell(ColumnKind.DELIVERABLE) is None and bool(reading.current) and bool(others)


def _cut(reading: Reading, row: Row, above: str) -> bool:
    """Whether a row in the midst of a table may be the rest of the one above.

    Not when it has a number, date, lead or status of its own; and where a format keeps its rows whole only when the
    text above has certainly not ended.
    """
    own = any(column.kind in OWN and not cell.empty for column, cell in row.cells)
    return not own and (reading.cut or unfinished(above))


def stops_before_year(title: str) -> bool:
    """Whether a title stops where a year or number must follow ("by no later than April").

    >>> stops_before_year("All referrals electronic by April"), stops_before_year("All referrals electronic")
    (True, False)
    """
    words = title.lower().split()
    return unfinished(title) or (bool(words) and words[-1] in MONTHS)


def continues_text(
    reading: Reading, last: EntryRead, fragment: Fragment, row: Row, column: Column, *, joined: bool
) -> bool:
    """Whether a fragment goes on with the last text of its column.

    ``joined`` says that an earlier fragment of the same cell was: then only its list goes on.
    """
    if fragment.number is not None or fragment.scope is Scope.LOCAL:
        return False
    if joined:
        return fragment.listed and last.number is not None
    if not row.fresh and not _cut(reading, row, last.text):
        return False
    if unfinished(last.text):
        return True
    if opens_mid_sentence(fragment.text):
        return row.fresh or not ended(last.text)
    if not row.fresh:
        return False
    if column.kind in FREE_TEXT:
        cut = row.cell(ColumnKind.OBJECTIVE) is None or last.objective.lines[-1] == row.line
        same = last.objective is reading.objective and column.kind is not ColumnKind.BASELINE
        return same and cut and not ended(last.text) and row.cell(ColumnKind.DELIVERABLE) is None
    return last.number is not None
