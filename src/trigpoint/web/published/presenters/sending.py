"""Sending files, how far their reading is, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from trigpoint.releases.store.addition import Outcome
from trigpoint.web.config.wording import count_of, day
from trigpoint.web.intake.models import State
from trigpoint.web.intake.presenters.uploads import QUICK_SECONDS
from trigpoint.web.published.catalogue import known_releases, release_name, variant_words
from trigpoint.web.published.desk import Desk
from trigpoint.web.published.forms import MOST_FILES, SendForm
from trigpoint.web.published.models import Batch, Sending
from trigpoint.web.published.presenters.values import span_words
from trigpoint.web.published.results import REFUSED, Result, read_result
from trigpoint.web.register.presenters.looks import Look
from trigpoint.wording import capital

SHOWN = 8  # lines of a kind that are not folded away
# The words are those of `trigpoint data add`.
_OUTCOMES = {
    outcome: Look(slug, capital(outcome), shape)
    for outcome, slug, shape in (
        (Outcome.ADDED.value, "complete", "tick"),
        (Outcome.REPLACED.value, "complete", "tick"),
        (Outcome.KEPT_AS_OLDER.value, "later", "ring"),
        (Outcome.BESIDE.value, "later", "ring"),
        (Outcome.UNCHANGED.value, "undated", "dashes"),
        (REFUSED, "overdue", "warning"),
    )
}
_WAITING = Look("later", "Waiting to be read", "ring")
_READING = Look("due-this-quarter", "Being read", "half")


@dataclass(frozen=True, slots=True)
class Line:
    """One table of a file that was sent, as the page shows it."""

    name: str
    look: Look
    href: str = ""
    what: str = ""
    reason: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    more_left_out: int = 0

    @property
    def rejected(self) -> int:
        """How many rows or columns were left out."""
        return len(self.left_out) + self.more_left_out


def add_page(form: SendForm, batches: Sequence[Batch]) -> dict[str, Any]:
    """The form, what can be read, and the way back to what was sent last."""
    return {
        "form": form,
        "most": MOST_FILES,
        "kinds": [release.name for release in known_releases().values()],
        "batches": [
            (f"{count_of(each.size, 'file')}, {_when(each)}", reverse("published-added", kwargs={"pk": each.pk}))
            for each in batches
        ],
    }


def _when(batch: Batch) -> str:
    at = timezone.localtime(batch.at)
    return f"{day(at.date())} at {at:%H:%M:%S}, {batch.by}, for {batch.owner.name}"


def added_page(desk: Desk, batch: Batch, sendings: Sequence[Sending], *, still: bool) -> dict[str, Any]:
    """Every file with what became of it. ``still`` is for who does not want the page to look again by itself."""
    waiting = [one for one in sendings if one.state.under_way]
    address, at = reverse("published-added", kwargs={"pk": batch.pk}), timezone.localtime(batch.at)
    quick = (timezone.now() - batch.at).total_seconds() < QUICK_SECONDS
    read = len(sendings) - len(waiting)
    lines = [line for sending in sendings for line in _lines(desk, sending)]
    return {
        "lines": lines,
        "waiting": bool(waiting),
        "percent": _percent(sendings),
        "words": f"{read:,} of {count_of(len(sendings), 'file')} read",
        "headline": headline(lines),
        "sent": f"{batch.owner.name} · {batch.by}, {day(at.date())} at {at:%H:%M}",
        "still": still,
        "toggle": address if still else f"{address}?still=1",
        "again_seconds": 0 if still or not waiting else 1 if quick else 3,
        "shown": SHOWN,
    }


def _percent(sendings: Sequence[Sending]) -> int:
    """How far all files together are, by their sizes."""
    whole = sum(one.size for one in sendings) or 1
    return int(sum(one.size * _share(one) for one in sendings) * 100 // whole)


def _share(sending: Sending) -> float:
    if not sending.state.under_way:
        return 1.0
    return sending.done / sending.total if sending.total else 0.0


def headline(lines: Sequence[Line]) -> str:
    """What became of all of them, in a sentence."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.look.label] = counts.get(line.look.label, 0) + 1
    said = [f"{number:,} {label[:1].lower()}{label[1:]}" for label, number in counts.items()]
    return f"{count_of(len(lines), 'file')}: {', '.join(said)}." if lines else ""


def _lines(desk: Desk, sending: Sending) -> list[Line]:
    if sending.state is State.REFUSED:
        return [Line(sending.name, _OUTCOMES[REFUSED], reason=sending.reason, facts=_size(sending))]
    if sending.state.under_way:
        return [Line(sending.name, _WAITING if sending.state is State.WAITING else _READING, facts=_size(sending))]
    return [_line(desk, read_result(said)) for said in sending.results]


def _size(sending: Sending) -> tuple[tuple[str, str], ...]:
    return (("Size", filesizeformat(sending.size).replace("\xa0", " ")),)


def _line(desk: Desk, result: Result) -> Line:
    return Line(
        name=result.file,
        look=_OUTCOMES[result.outcome],
        href=desk.url("published-file", pk=result.number) if result.number else "",
        what=release_name(result.release) if result.release else "",
        reason=result.reason.replace("--month", "“Month”"),  # the command's option is the form's field
        facts=tuple((label, text) for label, text in facts_of(result) if text),
        remarks=tuple(map(capital, result.remarks)),
        notes=tuple(map(capital, result.notes)),
        left_out=tuple(map(capital, result.left_out)),
        more_left_out=result.rejected - len(result.left_out),
    )


def facts_of(result: Result) -> tuple[tuple[str, str], ...]:
    """What is said of a file in a line each."""
    if not result.release:
        return ()
    periods = [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in result.periods]
    of = f" of {count_of(result.organisations, 'organisation')}" if result.organisations else ""
    figures = f"{count_of(result.observations, 'figure')}{of}"
    return (
        ("Kind", variant_words(result.variant)),
        ("Period", span_words(periods)),
        ("Status", capital(result.status)),
        ("Published", day(date.fromisoformat(result.published)) if result.published else ""),
        ("Revised", day(date.fromisoformat(result.revised)) if result.revised else ""),
        ("Holds", figures),
        ("Left out", count_of(result.rejected, "row or column", "rows or columns") if result.rejected else ""),
    )
