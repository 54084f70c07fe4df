"""Lines of running text that say who answers for what stands under the same heading: "Executive lead: Chief Nurse"."""

from __future__ import annotations

import re

from trigpoint.documents.columns import OWNERS, ColumnKind, column_kind
from trigpoint.documents.leads import ownership
from trigpoint.plans.model import Lead

LONGEST_OWNER = 160
MOST_LABEL_WORDS = 5
LABELLED = re.compile(r"\s*([A-Z][^:.\n]{1,60}?)\s*:\s*(\S[^\n]*?)[\s.]*$")


def owner_named(text: str) -> tuple[tuple[Lead, ...], tuple[str, ...]]:
    """The leads and committees that a line names after a label of owners; none where it is no such line.

    >>> [lead.role for lead in owner_named("Priority lead: Head of Education")[0]], owner_named("Note: nobody")
    (['Head of Education'], ((), ()))
    """
    found = LABELLED.match(text) if len(text) <= LONGEST_OWNER else None
    if found is None or len(found[1].split()) > MOST_LABEL_WORDS:
        return (), ()
    kind = column_kind(found[1])
    if kind not in OWNERS or kind is ColumnKind.LEAD_AND_DUE:
        return (), ()
    if kind is ColumnKind.COMMITTEE:
        return (), (found[2],)
    return ownership((found[2],))
