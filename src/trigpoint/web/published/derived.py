"""What follows from the files that are held: the names of organisations, and the figures of measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trigpoint.places.capitals import readable
from trigpoint.releases.figures import figures_frame
from trigpoint.releases.observation import Basis, Marker, Status
from trigpoint.releases.release import Organisation as Named
from trigpoint.releases.store.held import Held, Period
from trigpoint.web.accounts.models import Organisation
from trigpoint.web.published import holding
from trigpoint.web.published.catalogue import known_releases
from trigpoint.web.published.models import PublishedFigure, PublishedOrganisation
from trigpoint.web.published.packing import storable

BATCH = 2_000
MOST_AT_ONCE = 3_000_000
"""As many observations, about, are in memory at a time: some months of the largest release."""


def name_organisations(owner: Organisation, named: Sequence[Named]) -> None:
    """Keep the names that a file gives to codes, the newest file's in the place of older ones."""
    rows = {
        (one.code, one.basis): PublishedOrganisation(
            owner=owner, code=one.code, basis=one.basis, name=readable(storable(one.name)), parent=storable(one.parent)
        )
        for one in named
        if one.code
    }
    PublishedOrganisation.objects.bulk_create(
        rows.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["owner", "code", "basis"],
        update_fields=["name", "parent"],
    )


def make_figures(owner: Organisation, release: str, periods: Iterable[Period]) -> None:
    """Make the figures of a release in some periods anew from the files that are in force in them."""
    known = known_releases().get(release)
    if known is None or not known.measures:
        return
    files = holding.held_files(owner, release)
    for some in in_batches(sorted(set(periods)), files):
        observed = holding.observed(files, some)
        figures = figures_frame(observed, known.measures)
        names = [measure.id for measure in known.measures]
        old = PublishedFigure.objects.filter(owner=owner, measure__in=names)
        for start, end in some:
            old.filter(start=start, end=end).delete()
        numbers = {held.digest: held.number for held in files}
        rows = (_figure(owner, numbers, row) for row in figures.iter_rows(named=True))
        PublishedFigure.objects.bulk_create(rows, batch_size=BATCH)


def _figure(owner: Organisation, numbers: dict[str, int], row: dict[str, object]) -> PublishedFigure:
    kept = ("measure", "org", "start", "end", "value", "numerator", "denominator")
    return PublishedFigure(
        owner=owner,
        basis=Basis(row["basis"]),
        marker=Marker(row["marker"]),
        status=Status(row["status"]),
        file_id=numbers[row["digest"]],
        **{name: row[name] for name in kept},
    )


def in_batches(periods: Sequence[Period], files: Sequence[Held]) -> Iterator[list[Period]]:
    """The periods in groups whose files are in memory together."""
    batch: list[Period] = []
    for period in periods:
        if batch and _size([*batch, period], files) > MOST_AT_ONCE:
            yield batch
            batch = []
        batch.append(period)
    if batch:
        yield batch


def _size(periods: Sequence[Period], files: Sequence[Held]) -> float:
    """About how many observations the files have in these periods."""
    wanted = set(periods)
    return sum(
        held.observations * len(wanted & set(held.periods)) / len(held.periods) for held in files if held.periods
    )
