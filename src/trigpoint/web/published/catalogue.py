"""The releases and measures that can be read, by their ids; what is no longer known keeps its id as its name."""

from __future__ import annotations

from functools import cache

from django.http import Http404

from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.registry import releases
from trigpoint.releases.release import Release
from trigpoint.releases.schema import read_schema
from trigpoint.wording import capital


@cache
def measures() -> dict[str, PublishedMeasure]:
    """Every measure by its id, in the order of the releases."""
    return {measure.id: measure for release in releases() for measure in release.measures}


@cache
def known_releases() -> dict[str, Release]:
    """Every release by its id."""
    return {release.id: release for release in releases()}


def measure_of(mid: str) -> PublishedMeasure:
    """A measure by its id; raises ``Http404`` where there is none."""
    found = measures().get(mid)
    if found is None:
        raise Http404
    return found


@cache
def era_name(release: str, era: str) -> str:
    """What the layout of a file is called."""
    if release not in known_releases():
        return era
    return next((each.name for each in read_schema(release).eras if each.id == era), era)


def variant_words(variant: str) -> str:
    """A kind of edition at the start of a cell: "CSV", "Provider workbook"."""
    return capital(variant).replace("Csv", "CSV")


def release_name(release: str) -> str:
    """What a release is called."""
    found = known_releases().get(release)
    return found.name if found else release
