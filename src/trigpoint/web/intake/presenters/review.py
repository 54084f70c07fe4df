"""The review page: each reading beside its source words, with what was decided of it and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from trigpoint.checks.finding import Severity
from trigpoint.documents.review import Action
from trigpoint.plans.model import Scope
from trigpoint.web.config.wording import count_of, day
from trigpoint.web.intake import store
from trigpoint.web.intake.listing import Listing
from trigpoint.web.intake.models import Proposal, Upload
from trigpoint.web.intake.presenters import labels
from trigpoint.web.intake.store import Show
from trigpoint.web.register.presenters.findings import FindingLine
from trigpoint.web.register.presenters.looks import SEVERITIES, Look
from trigpoint.web.register.presenters.paging import page_links

PAGE_SIZE = 25
LONGEST_NUMBER = 10
SHORT = 600  # characters of source words shown at once
SHOWS = {
    Show.ALL: "All",
    Show.DOUBTFUL: "Needs a decision",
    Show.SURE: "Sure, not yet accepted",
    Show.DECIDED: "Accepted or corrected",
    Show.SKIPPED: "Skipped",
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a reading: what will be taken, what the plan says now, and what was read where it was corrected."""

    label: str
    value: str
    current: str
    read_as: str
    changed: bool


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal as the page shows it. ``group`` is a heading where one begins, else ""."""

    position: int
    group: str
    kind: str
    title: str
    action: Look | None
    look: Look
    fields: tuple[FieldLine, ...]
    words: str
    more_words: str
    place: str
    doubts: tuple[str, ...]
    findings: tuple[FindingLine, ...]
    decided: str
    is_open: bool
    question: bool
    is_removal: bool
    turn: int
    correct: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done. ``before`` is the index of the line it stands before, 0 for the top."""

    text: str
    turn: int
    before: int


def field_lines(row: Proposal) -> tuple[FieldLine, ...]:
    """The fields of a proposal; a correction stands in the place of what was read, which is then said beside it."""
    lines = []
    for field in row.fields:
        if _is_told_elsewhere(row, field):
            continue
        read, corrected = field["proposed"], row.values.get(field["name"])
        value = read if corrected is None else corrected
        changed = bool(field["kind"]) or value != field["current"]
        if value or field["current"] or corrected is not None:
            read_as = read if corrected is not None and corrected != read else ""
            lines.append(FieldLine(field["label"], value, field["current"], read_as, changed))
    return tuple(lines)


def _is_told_elsewhere(row: Proposal, field: dict[str, Any]) -> bool:
    """What a new row stands under is its heading; that it binds the whole system goes without saying."""
    if row.action != Action.ADD.value or field["name"] in row.values:
        return False
    return field["name"] in ("theme", "objective") or (
        field["name"] == "scope" and field["proposed"] == Scope.SYSTEM.value
    )


def decided_words(row: Proposal) -> str:
    """Who decided, and when; "" for nobody.

    The name is the person's own, or the address where there is none.
    """
    if row.verdict is None or row.at is None:
        return ""
    at = timezone.localtime(row.at)
    return f"{labels.VERDICTS[row.verdict].label} by {row.by}, {day(at.date())} at {at:%H:%M}"


def look_of(row: Proposal) -> Look:
    """The state of a proposal."""
    if row.verdict is not None:
        return labels.VERDICTS[row.verdict]
    return labels.SURE if row.sure else labels.DOUBTFUL


def _finding(severity: str, rule: str, message: str, fragment: str) -> FindingLine:
    return FindingLine(SEVERITIES[Severity(severity)], rule, message, fragment, "", "", "")


def proposal_line(row: Proposal, listing: Listing, upload: Upload, group: str = "") -> ProposalLine:
    """One proposal with the address of its correction."""
    return ProposalLine(
        position=row.position,
        group=group,
        kind=labels.kind(row.table),
        title=row.title or "Without words",
        action=labels.ACTIONS[row.action] if upload.of_id else None,
        look=look_of(row),
        fields=field_lines(row),
        words=row.words[:SHORT],
        more_words=row.words[SHORT:],
        place=row.place,
        doubts=tuple(row.doubts),
        findings=tuple(_finding(*each) for each in row.findings),
        decided=decided_words(row),
        is_open=row.verdict is None,
        question=row.question,
        is_removal=row.action == Action.REMOVE.value,
        turn=row.turn,
        correct=listing.url("import-correct", upload, position=row.position),
    )


def _lines(rows: Sequence[Proposal], listing: Listing, upload: Upload) -> tuple[ProposalLine, ...]:
    lines, last = [], ""
    for row in rows:
        heading = labels.group_heading(row.theme, row.objective, row.table)
        lines.append(proposal_line(row, listing, upload, heading if heading != last else ""))
        last = heading
    return tuple(lines)


def _number(text: str) -> int:
    """A number of an address; 0, which none of them is, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else 0


def _notice(upload: Upload, turn: int, rows: Sequence[Proposal]) -> Notice | None:
    """What the decision of this turn was, as long as it holds; none where the row itself shows it."""
    count, first = store.decided_in(upload, turn) if turn else (0, None)
    if first is None or (count == 1 and any(row.pk == first.pk for row in rows)):
        return None
    label = labels.VERDICTS[first.verdict].label
    if count > 1:
        return Notice(f"{label}: {count:,} readings.", turn, 0)
    return Notice(f"{label}: {first.title}", turn, sum(row.position < first.position for row in rows))


def _conflict(upload: Upload, position: int) -> dict[str, str]:
    """That somebody else was quicker, in words."""
    row = store.proposal_at(upload, position) if position else None
    return {"title": row.title, "decided": decided_words(row) or "It is undecided again"} if row else {}


def _filters(listing: Listing, upload: Upload, found: store.Counts) -> list[tuple[str, int, str, bool]]:
    return [
        (text, found.shown[show], Listing(show, listing.table).url("import-review", upload), show is listing.show)
        for show, text in SHOWS.items()
    ]


def review_page(upload: Upload, listing: Listing, given: dict[str, str]) -> dict[str, Any]:
    """Everything that the page shows; ``given`` is the address, which may speak of what was just done."""
    found = store.counts(upload, listing.table)
    whole = store.counts(upload) if listing.table else found
    paginator = Paginator(store.proposals(upload, listing.show, listing.table), PAGE_SIZE)
    paginator.count = found.shown[listing.show]  # known already
    page = paginator.get_page(listing.page)
    listing = listing.on(page.number)
    rows = list(page)
    tables = sorted(store.tables(upload), key=lambda pair: labels.table_order(pair[0]))
    shown_open = [row for row in rows if row.verdict is None]
    return {
        "upload": upload,
        "listing": listing,
        "lines": _lines(rows, listing, upload),
        "count": count_of(found.shown[listing.show], "reading"),
        "left": whole.open,
        "sure": found.shown[Show.SURE],
        "open_here": len(shown_open),
        "acceptable_here": sum(not row.question for row in shown_open),
        "filters": _filters(listing, upload, found),
        "tables": [(key, labels.kinds(key), count) for key, count in tables],
        "notice": _notice(upload, _number(given.get("done", "")), rows),
        "conflict": _conflict(upload, _number(given.get("conflict", ""))),
        "page_words": f" (page {page.number} of {paginator.num_pages})" if paginator.num_pages > 1 else "",
        "pagination": page_links(page, lambda number: listing.on(number).url("import-review", upload)),
        "decide": listing.url("import-decide", upload),
        "decide_all": listing.url("import-decide-all", upload),
        "undo": listing.url("import-undo", upload),
        "summary": reverse("import-summary", kwargs={"pk": upload.pk}),
    }
