"""Rules on what is reported: a status that its own update denies, a date that passed, an update that says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from trigpoint.checks.dated import dates_in, place_of
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening
from trigpoint.checks.pack import patterns
from trigpoint.checks.reported import Reported, reports
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.periods import long_date
from trigpoint.plans.model import Item, Progress

MANY = 8
"""More rows than this of one kind are named in one finding."""
QUOTED_WORDS = 10
FEW = 0.34
"""Where a larger part of the commitments has no status, the report is on some of them only."""


def _first(key: str, text: str) -> re.Match[str] | None:
    return next((match for pattern, _ in patterns("progress", key) if (match := pattern.search(text))), None)


@rule("STATUS_CONTRADICTED", Severity.WARNING)
def status_contradicted(subject: Subject) -> Iterator[Objection]:
    """A status says one thing and the update beside it another.

    Warning where something complete is said not to be ("not fully implemented", "has been paused", "will be
    completed"); info where something open is said to be done, and where something complete was due only after the
    date of the report and no day of completion is given: done early, or reported too soon.

    Fires: "Complete: the programme was not fully implemented". Does not: "Complete: training will continue".
    Remedy: correct the status, or the update.
    """
    for each in reports(subject):
        if each.progress is Progress.COMPLETE:
            yield from _not_done(subject, each)
        elif each.progress is not None and _first("done", each.note.strip()):
            message = f"Reported as {each.status.lower()}, and the update says that it is done."
            yield _objection(subject, each, message, each.note, Severity.INFO)


def _not_done(subject: Subject, each: Reported) -> Iterator[Objection]:
    match = _first("not_done", each.note)
    if match and not _first("not_done_exempt", each.note):
        message = f"Reported as {each.status.lower()}, and the update says that it is not."
        yield _objection(subject, each, message, around(each.note, match.start(), match.end(), before=4, after=4))
    elif each.as_at and each.done_on and each.done_on > each.as_at:
        message = f"Done on {long_date(each.done_on)}, after the day of the report ({long_date(each.as_at)})."
        yield _objection(subject, each, message, _named(each.row))
    elif each.as_at and each.row.due and each.row.due > each.as_at and not each.done_on and not each.note.strip():
        message = (
            f"Complete at {long_date(each.as_at)}, due {long_date(each.row.due)}: done early, or reported too soon?"
        )
        yield _objection(subject, each, message, _named(each.row), Severity.INFO)


@rule("OVERDUE_WITHOUT_DATE", Severity.WARNING)
def overdue_without_date(subject: Subject) -> Iterator[Objection]:
    """Something was due before the date of the report, is not complete, and has no new date.

    Its old date tells nobody when it will be done. A forecast, or a later date in its update, is a new date.

    Fires: due in June, "in progress" at the end of July. Does not: the same with "now expected in September".
    Remedy: give a new date, or close it and say why.
    """
    for each in reports(subject):
        due, as_at = each.row.due, each.as_at
        if due is None or as_at is None or due >= as_at or each.progress in (None, Progress.COMPLETE):
            continue
        later = any(phrase.due > due for phrase in dates_in(subject, each.note)) if each.note else False
        if (each.forecast is None or each.forecast <= due) and not later:
            message = (
                f"Was due {long_date(due)}, is “{each.status.lower()}” at {long_date(as_at)}, and has no new date."
            )
            yield _objection(subject, each, message, _named(each.row))


@rule("STATUS_WITHOUT_UPDATE", Severity.INFO)
def status_without_update(subject: Subject) -> Iterator[Objection]:
    """A status stands alone, in a report where others have an update; or the update says nothing.

    Where many do, they are named in one finding. What is complete needs none.

    Fires: "Incomplete" and an empty update; "No update available". Does not: a report without updates at all.
    Remedy: say what has been done and what comes next.
    """
    found = [each for each in reports(subject) if each.status and each.progress is not Progress.COMPLETE]
    if not any(each.note.strip() for each in reports(subject)):
        return
    empty = [each for each in found if not each.note.strip() or _first("no_update", each.note.strip())]
    yield from _together(
        subject,
        empty,
        lambda each: f"“{each.status}” with no update.",
        "have a status that is not complete and no update",
    )


@rule("STATUS_MISSING", Severity.INFO)
def status_missing(subject: Subject) -> Iterator[Objection]:
    """A commitment has no status, in a report where nearly all others have one.

    Where many lack one, they are named in one finding. A deliverable whose milestones are reported needs none.

    Fires: one empty status cell among twenty. Does not: a plan without statuses; a report on some of its commitments.
    Remedy: say how it stands.
    """
    found = {each.row.id for each in reports(subject) if each.status}
    steps = {row.deliverable for row in subject.plan.milestones if row.id in found}
    deliverables = subject.plan.deliverables
    without = [row for row in deliverables if row.id not in found and row.id not in steps]
    if len(without) > FEW * len(deliverables) or not found:
        return
    empty = [Reported(row, None, "", "", None, line=subject.line(row.id)) for row in without]
    yield from _together(subject, empty, lambda _: "No status.", "have no status, where nearly all others have one")


def _together(
    subject: Subject, found: list[Reported], message: Callable[[Reported], str], summary: str
) -> Iterator[Objection]:
    """One objection each, or one for all where they are many."""
    if len(found) <= MANY:
        for each in found:
            yield _objection(subject, each, message(each), _named(each.row))
        return
    names = ", ".join(each.row.number or str(each.line or each.row.id) for each in found)
    yield _objection(subject, found[0], f"{len(found)} commitments {summary}: {names}.", _named(found[0].row))


def _named(row: Item) -> str:
    return opening(row.text, QUOTED_WORDS)


def _objection(
    subject: Subject, each: Reported, message: str, quoted: str, severity: Severity | None = None
) -> Objection:
    return Objection(message, each.line, quoted, severity, place_of(subject, each.row))
