"""An edition diff as one HTML page, with removed and added words marked in the text itself."""

from __future__ import annotations

from trigpoint.plans.changes import ChangeKind, FieldChange, PlanDiff
from trigpoint.plans.diff_words import (
    LISTS,
    clause,
    count_sentence,
    grouped,
    heading_of,
    label_of,
    name_of,
    word_changes,
)
from trigpoint.reports.render.template import template
from trigpoint.wording import capital


def to_html(diff: PlanDiff) -> str:
    """A whole page that needs no other file. All words of the plans are escaped; changes are told by words and
    underlining as well as by colour."""
    page = template("diff.html")
    return page.render(
        diff=diff,
        groups=grouped(diff.changes),
        total=count_sentence(diff),
        capital=capital,
        clause=clause,
        heading_of=heading_of,
        label_of=label_of,
        name_of=name_of,
        shows_words=_shows_words,
        word_changes=word_changes,
    )


def _shows_words(field: FieldChange, kind: ChangeKind) -> bool:
    """Texts are compared word by word; dates, numbers and lists say what they were and are."""
    return kind is ChangeKind.RE_WORDED and field.field not in LISTS
