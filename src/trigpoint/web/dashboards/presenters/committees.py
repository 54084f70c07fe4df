"""All measures of one committee: one picture, and the same in a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from trigpoint.charts.committee import committee_picture
from trigpoint.charts.picture import Picture
from trigpoint.web.config.wording import count_of
from trigpoint.web.dashboards.figures import figures_of
from trigpoint.web.dashboards.listing import Entry, Order, Sections, Wanted, find, in_order, in_sections
from trigpoint.web.dashboards.presenters.lines import groups_of
from trigpoint.web.dashboards.presenters.looks import legend
from trigpoint.web.dashboards.presenters.measures import headline
from trigpoint.web.register.presenters.measures import Chart, pictures
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.store import revision_key

WHOLE = "The whole plan"
MOST_PANELS = 40


@dataclass(frozen=True, slots=True)
class CommitteeLink:
    """A committee that measures are brought before."""

    name: str
    href: str
    count: str
    current: bool


def committee_entries(reading: Reading, committee: str) -> tuple[Entry, ...]:
    """The measures of a committee, "" for all; raises ``Http404`` for one that no objective with measures names."""
    figures = figures_of(reading)
    if committee and committee not in reading.plan.committees:
        raise Http404
    return find(figures.entries, Wanted(committee=committee))


def committees_page(reading: Reading, committee: str) -> dict[str, Any]:
    """The committees to choose from; of the chosen one the picture and the table."""
    entries = committee_entries(reading, committee)
    name = committee or WHOLE
    drawn = committee_drawn(reading, committee) if entries else None
    return {
        "name": name,
        "committees": _links(reading, committee),
        "headline": headline(entries),
        "chart": _chart(reading, committee, name, drawn) if drawn else None,
        "left_out": max(0, len(entries) - MOST_PANELS),
        "groups": groups_of(reading, in_sections(in_order(entries, Order.PRINTED)[:MOST_PANELS], Sections.OBJECTIVE)),
        "everything": reading.url("measures", query={"committee": committee}),
        "illustrative": any(entry.illustrative for entry in entries),
        "icons": legend(),
    }


def _links(reading: Reading, committee: str) -> tuple[CommitteeLink, ...]:
    figures = figures_of(reading)
    names = ("", *figures.choices.committees)
    counts = {name: len(find(figures.entries, Wanted(committee=name))) for name in names}
    return tuple(
        CommitteeLink(
            name or WHOLE,
            reading.url("measures-committees", query={"committee": name}),
            count_of(counts[name], "measure"),
            name == committee,
        )
        for name in names
    )


def _chart(reading: Reading, committee: str, name: str, drawn: Picture) -> Chart:
    src = reading.url("committee-picture", query={"committee": committee})
    return Chart("committee-picture", name, src, drawn.alt, drawn.finding, drawn.table)


def committee_drawn(reading: Reading, committee: str) -> Picture:
    """The picture of the first forty measures of a committee; raises ``Http404`` where it has none."""
    entries = committee_entries(reading, committee)[:MOST_PANELS]
    if not entries:
        raise Http404
    key = (*revision_key(reading.edition), "committee", committee)
    return pictures.get(key, lambda: committee_picture([entry.result for entry in entries], title=committee or WHOLE))
