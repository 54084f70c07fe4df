"""The files that are held: where each comes from, what it holds, what was left out, what it replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils import timezone

from trigpoint.releases.tables.spans import period_words
from trigpoint.web.config.wording import count_of, day
from trigpoint.web.published import holding
from trigpoint.web.published.catalogue import era_name, known_releases, release_name, variant_words
from trigpoint.web.published.desk import Desk
from trigpoint.web.published.models import PublishedFile, Standing
from trigpoint.web.published.presenters.values import span_words
from trigpoint.web.register.presenters.looks import Look
from trigpoint.web.register.presenters.paging import page_links
from trigpoint.wording import capital

IN_FORCE = Look("complete", "In force", "tick")
FILLS = Look("later", "Fills in", "ring", "It only fills what other files lack.")
PARTLY = Look("at-risk", "Replaced in part", "half")
REPLACED = Look("undated", "Replaced", "dashes")
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in the list."""

    name: str
    href: str
    release: str
    variant: str
    period: str
    status: str
    look: Look
    observations: int
    added: str


def attribution(release: str) -> str:
    """The line that the licence asks for."""
    known = known_releases().get(release)
    if known is None:
        return release
    licence = f"Contains public sector information licensed under the {known.licence}."
    return f"Source: {known.publisher}, {known.name}. {licence}"


def standing_look(file: PublishedFile, now: Standing) -> Look:
    """How far a file is in force."""
    held = holding.held_of(file, now)
    if not held.in_force:
        return REPLACED
    if held.superseded:
        return PARTLY
    return FILLS if held.beside else IN_FORCE


def files_page(desk: Desk, page: Page) -> dict[str, Any]:
    """A page of the files, the newest first, and whose they are."""
    page.object_list = page.object_list.defer("told", "remarks")
    lines = [_line(desk, file, now) for file, now in holding.with_standing(page)]
    releases = dict.fromkeys(file.release for file in page)
    return {
        "lines": lines,
        "count": count_of(page.paginator.count, "file"),
        "page_words": f" (page {page.number} of {page.paginator.num_pages})" if page.number > 1 else "",
        "pagination": page_links(page, lambda number: desk.url("published-files", query={"page": number})),
        "sources": [(attribution(name), source_href(desk, name), release_name(name)) for name in releases],
    }


def source_href(desk: Desk, release: str) -> str:
    """The way to the publisher's page, "" where none is known."""
    known = known_releases().get(release)
    return desk.url("published-source", release=release) if known is not None and known.page else ""


def _line(desk: Desk, file: PublishedFile, now: Standing) -> FileLine:
    return FileLine(
        name=file.label,
        href=desk.url("published-file", pk=file.pk),
        release=release_name(file.release),
        variant=variant_words(file.variant),
        period=span_words(holding.spans(file.periods)),
        status=capital(file.status.value),
        look=standing_look(file, now),
        observations=file.observations,
        added=day(file.on),
    )


def file_page(desk: Desk, file: PublishedFile) -> dict[str, Any]:
    """One file."""
    now = file.standings.select_related("because").last()
    periods = holding.spans(file.periods)
    rejected, notes = file.told.get("rejected", []), file.told.get("notes", [])
    return {
        "file": file,
        "look": standing_look(file, now),
        "facts": [(label, text) for label, text in _facts(file, periods) if text],
        "remarks": [capital(text) for text in file.remarks],
        "since": _since(desk, file, now),
        "notes": [capital(text) for text in notes],
        "rejected": [capital(text) for text in rejected[:MOST_ROWS]],
        "more_rejected": max(len(rejected) - MOST_ROWS, 0),
        "attribution": attribution(file.release),
        "source": source_href(desk, file.release),
        "release_name": release_name(file.release),
    }


def _facts(file: PublishedFile, periods: tuple[Any, ...]) -> list[tuple[str, str]]:
    at = timezone.localtime(file.at)
    covers = span_words(periods)
    if len(periods) > 1:
        covers += f", in {count_of(len(periods), 'period')}"
    return [
        ("Release", release_name(file.release)),
        ("Title in the file", file.title),
        ("Kind", variant_words(file.variant)),
        ("Layout", era_name(file.release, file.era)),
        ("Covers", covers),
        ("Status", capital(file.status.value)),
        ("Published", day(file.published)),
        ("Revised", day(file.revised)),
        ("Holds", f"{count_of(file.observations, 'figure')} of {count_of(file.organisations, 'organisation')}"),
        ("Organisations", "" if file.whole else "Some only: it never takes the place of a file that holds all"),
        ("Added", f"{day(file.on)}, by {file.by or 'the command line'}" + (f" at {at:%H:%M}" if file.by else "")),
        ("SHA-256", file.digest),
    ]


def _since(desk: Desk, file: PublishedFile, now: Standing) -> dict[str, str] | None:
    """The file that was last to take something of this one's place, and what is no longer in force."""
    if now.because_id == file.pk or not now.superseded:
        return None
    gone = [period for one in now.superseded for period in holding.spans(one["periods"])]
    words = period_words(min(start for start, _ in gone), max(end for _, end in gone))
    return {"name": now.because.label, "href": desk.url("published-file", pk=now.because_id), "words": words}
