"""The list of imports, how far one is, and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from trigpoint.checks.finding import Severity
from trigpoint.plans.draft import NoteKind
from trigpoint.web.config.wording import count_of, day
from trigpoint.web.intake import store
from trigpoint.web.intake.forms import UploadForm, edition_name
from trigpoint.web.intake.listing import Listing
from trigpoint.web.intake.models import State, Upload
from trigpoint.web.intake.presenters import labels
from trigpoint.web.intake.store import Show
from trigpoint.web.register.presenters.findings import FindingLine
from trigpoint.web.register.presenters.looks import SEVERITIES, Look
from trigpoint.web.register.presenters.paging import page_links
from trigpoint.web.register.presenters.plans import years_in_words
from trigpoint.wording import verb

QUICK_SECONDS = 10  # the page looks again every second at first, then every three
WHOLE = 100
UNDERSTOOD = "All read; now being understood and checked"
SHOWN = 8  # remarks and findings of a kind that are not folded away
LOW = 0.9  # below this sureness a format is said to be hard to read

NOTES = {
    NoteKind.NOT_FOUND.value: ("What was not found", "The document does not say it, so the plan will not either."),
    NoteKind.INFERRED.value: ("What was inferred", "Please look whether it is right."),
    NoteKind.REPAIRED.value: ("What was repaired", "Where a table was cut or shifted, this is what was made of it."),
    NoteKind.SKIPPED.value: ("What was left out", "It stands in the document and is not proposed for the plan."),
}


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One import in the list."""

    name: str
    href: str
    state: str
    about: str


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """Remarks of one kind: how many there are, and the first of them with their place."""

    heading: str
    meaning: str
    total: int
    lines: tuple[tuple[str, str], ...]


def uploads_page(uploads: Page, form: UploadForm, *, discarded: bool) -> dict[str, Any]:
    """The form, and a page of the imports there are."""
    return {
        "form": form,
        "lines": [_line(upload) for upload in uploads],
        "discarded": discarded,
        "page_words": f" (page {uploads.number} of {uploads.paginator.num_pages})" if uploads.number > 1 else "",
        "pagination": page_links(uploads, lambda number: f"{reverse('imports')}?page={number}"),
    }


def _line(upload: Upload) -> UploadLine:
    href = reverse("import", kwargs={"pk": upload.pk})
    return UploadLine(upload.name, href, labels.STATES[upload.state], sent_words(upload))


def sent_words(upload: Upload) -> str:
    """For whom, by whom and when a file was sent."""
    at = timezone.localtime(upload.at)
    who = f"{upload.by}, {day(at.date())} at {at:%H:%M}"
    return f"{upload.organisation.name} · {who}" if upload.organisation.name else who


def import_page(upload: Upload) -> dict[str, Any]:
    """What every page of an import says of it."""
    return {
        "upload": upload,
        "sent": sent_words(upload),
        "size": filesizeformat(upload.size).replace("\xa0", " "),
        "of": edition_name(upload.of) if upload.of else "",
        "discardable": upload.state is not State.FINISHED,
    }


def refused_page(upload: Upload) -> dict[str, Any]:
    """Why a document was not read, or is no plan, in the words of who read it."""
    return import_page(upload) | {"no_plan": upload.state is State.NO_PLAN, "reason": _sentence(upload.reason)}


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def finished_page(upload: Upload) -> dict[str, Any]:
    """What became of an import, and what followed from its decisions."""
    at = timezone.localtime(upload.finished_at)
    told = upload.summary.get("told", [])
    return import_page(upload) | {"finished": f"{day(at.date())} at {at:%H:%M}", "told": told}


def progress_page(upload: Upload, *, still: bool) -> dict[str, Any]:
    """How far the reading is. ``still`` is for who does not want the page to look again by itself."""
    address = reverse("import", kwargs={"pk": upload.pk})
    waits = (timezone.now() - upload.at).total_seconds()
    percent = upload.done * 100 // upload.total if upload.total else 0
    known = upload.state is State.READING and 0 < percent < WHOLE
    return import_page(upload) | {
        "percent": percent,
        "known": known,
        "words": f"{percent}% read" if known else UNDERSTOOD if percent == WHOLE else labels.STATES[upload.state],
        "compared_anew": bool(upload.summary),
        "still": still,
        "toggle": address if still else f"{address}?still=1",
        "again_seconds": 0 if still else 1 if waits < QUICK_SECONDS else 3,
    }


def result_page(upload: Upload) -> dict[str, Any]:
    """What the document is, what was read in it and how surely, and what was not found."""
    summary, found = upload.summary, store.counts(upload)
    tables = sorted(store.tables(upload), key=lambda pair: labels.table_order(pair[0]))
    general = summary.get("general", [0, []])
    return import_page(upload) | {
        "summary": summary,
        "years": years_in_words(summary.get("years", [])),
        "hard": summary.get("sureness", 1) < LOW,
        "sureness": f"{summary.get('sureness', 1):.0%}",
        "other_owner": _other_owner(upload),
        "counts": [
            (labels.kinds(key), count, Listing(Show.ALL, key).url("import-review", upload)) for key, count in tables
        ],
        "found": found,
        "lede": lede(upload, found),
        "decided": found.total - found.open,
        "review": _review(upload, found),
        "notes": _notes(summary.get("notes", {})),
        "remarks": summary.get("remarks", [0, []]),
        "findings": _severities(summary.get("findings", {})),
        "shown": SHOWN,
        "general": (general[0], tuple(_general(*each) for each in general[1])),
    }


def lede(upload: Upload, found: store.Counts) -> str:
    """What was read, and what is to be done about it, in a sentence or two."""
    if not found.total:
        return "The document says what the plan says already: there is nothing to decide."
    news = " that the plan does not say, or says otherwise" if upload.of else ""
    parts = [f"{count_of(found.total, 'thing')} {verb(found.total, 'was', 'were')} read{news}."]
    sure, doubtful, decided = found.shown[Show.SURE], found.shown[Show.DOUBTFUL], found.total - found.open
    if found.open:
        parts.append(
            f"{sure:,} {verb(sure, 'is', 'are')} sure, {doubtful:,} {verb(doubtful, 'needs', 'need')} your decision."
        )
    if decided:
        parts.append(f"{decided:,} {verb(decided, 'is', 'are')} decided.")
    return " ".join(parts)


def _review(upload: Upload, found: store.Counts) -> str:
    """Where the review goes on: at what needs a decision, as long as there is any."""
    show = Show.DOUBTFUL if found.shown[Show.DOUBTFUL] else Show.ALL
    return Listing(show).url("import-review", upload)


def _other_owner(upload: Upload) -> str:
    """The organisation that the document names, where that is not the one that it was sent for."""
    named = upload.summary.get("organisation", "")
    return named if named and named.casefold() != upload.organisation.name.casefold() else ""


def _notes(notes: dict[str, Any]) -> list[NoteGroup]:
    return [
        NoteGroup(heading, meaning, notes[kind][0], tuple((text, place) for text, place in notes[kind][1]))
        for kind, (heading, meaning) in NOTES.items()
        if notes.get(kind, [0])[0]
    ]


def _severities(found: dict[str, int]) -> list[tuple[Look, str]]:
    return [
        (SEVERITIES[each], count_of(found[each.value], SEVERITIES[each].label.lower()))
        for each in Severity
        if found.get(each.value)
    ]


def _general(severity: str, rule: str, message: str, fragment: str, place: str) -> FindingLine:
    return FindingLine(SEVERITIES[Severity(severity)], rule, message, fragment, place, "", "")
