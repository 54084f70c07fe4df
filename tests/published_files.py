"""Files of published figures as if they had been read, for the tests of the store and of figures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from trigpoint.releases.observation import SCHEMA, Basis, Marker, Status
from trigpoint.releases.reading import FileReading
from trigpoint.releases.registry import release
from trigpoint.releases.release import Mapped, Organisation, Reading
from trigpoint.releases.tables.spans import month

TODAY = date(2026, 6, 1)
Figure = tuple[str, str, str, int, float | None]
"""Part, organisation, detail, month of 2025, value."""


def published(
    name: str,
    figures: Iterable[Figure],
    *,
    day: date | None = None,
    revised: date | None = None,
    status: Status = Status.PUBLISHED,
    whole: bool = True,
    basis: Basis = Basis.PROVIDER,
    of: str = "ambulance",
    variant: str = "csv",
    markers: Mapping[tuple[str, str], Marker] | None = None,
    mapping: tuple[Mapped, ...] = (),
) -> FileReading:
    """A file as its reader would hand it over; its digest follows from its name and its figures."""
    rows = []
    for part, org, detail, number, value in figures:
        missing = Marker.NOT_AVAILABLE if value is None else Marker.NONE
        marker = (markers or {}).get((part, org), missing)
        code_basis = Basis.NATIONAL if org == "ENG" else basis
        rows.append((part, org, code_basis.value, detail, *month(2025, number), value, marker.value))
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    organisations = tuple(Organisation(org, f"Trust {org}", basis) for org in sorted(set(frame["org"])))
    reading = Reading(
        variant=variant,
        frame=frame,
        status=status,
        published=day,
        revised=revised,
        organisations=organisations,
        mapping=mapping,
        whole=whole,
    )
    digest = hashlib.sha256(f"{name}{rows}".encode()).hexdigest()
    return FileReading(name, digest, release(of), reading)
