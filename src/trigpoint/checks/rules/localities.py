"""Rules on local commitments: marked as local, and the place they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.plans.model import Scope


@rule("LOCAL_TAG_INCONSISTENT", Severity.INFO)
def local_tag_inconsistent(subject: Subject) -> Iterator[Objection]:
    """A commitment calls itself local and is not tagged as a local one, where others are.

    Fires: "a local estates strategy" without the tag. Does not: "the local authority", "local people".
    Remedy: tag it and name its locality, or drop the word.
    """
    rows = subject.commitments
    if not any(row.scope is Scope.LOCAL for row in rows):
        return
    pattern = re.compile(
        r"\ba local (?:[a-z-]+ ){0,3}(?:strategy|plan|scheme|service|model|policy|programme|pathway|offer)\b", re.I
    )
    for row in rows:
        match = pattern.search(row.text)
        if match and row.scope is not Scope.LOCAL:
            yield Objection(
                "Says it is local and is not marked as a local deliverable.",
                subject.line(row.id), around(row.text, match.start(), match.end(), before=1, after=1),
                None, subject.where(objective=row.objective, item=row.id),
            )  # fmt: skip


@rule("LOCAL_WITHOUT_LOCALITY", Severity.WARNING)
def local_without_locality(subject: Subject) -> Iterator[Objection]:
    """A local deliverable names no place.

    Nobody can tell which locality answers for it.

    Fires: "Local Deliverable: the workforce plan is delivered". Does not: "… in Halesowen".
    Remedy: name the locality.
    """
    for row in subject.commitments:
        if row.scope is Scope.LOCAL and not row.area:
            where = subject.where(objective=row.objective, item=row.id)
            yield Objection("Local, and no place is named.", subject.line(row.id), opening(row.text, 14), None, where)
