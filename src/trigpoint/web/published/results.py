"""What became of one table of a file that was sent, as the page of what was sent shows it and JSON keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from trigpoint.releases.store.addition import Outcome
from trigpoint.releases.store.held import Held
from trigpoint.web.published.models import PublishedFile
from trigpoint.web.published.packing import Refused, Table

REFUSED = "refused"
MOST_LISTED = 200
"""As many rows that were left out are kept here; the file's own page names all."""


@dataclass(frozen=True, slots=True)
class Result:
    """``outcome`` is that of ``releases.store.addition.Outcome``, or "refused" with its ``reason``.

    ``number`` is the key of the file that is held now, 0 where there is none. ``remarks`` say what it replaced.
    """

    file: str
    outcome: str
    reason: str = ""
    number: int = 0
    release: str = ""
    title: str = ""
    variant: str = ""
    period: str = ""
    periods: tuple[tuple[str, str], ...] = ()
    status: str = ""
    published: str = ""
    revised: str = ""
    observations: int = 0
    organisations: int = 0
    rejected: int = 0
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For ``read_result``."""
        return asdict(self)


def read_result(said: Mapping[str, Any]) -> Result:
    """The result again."""
    lists = {name: tuple(said.get(name, ())) for name in ("left_out", "remarks", "notes")}
    return Result(**dict(said) | lists | {"periods": tuple(tuple(each) for each in said.get("periods", ()))})


def refused(item: Refused) -> Result:
    """A table that could not be read."""
    return Result(item.file, REFUSED, item.reason)


def unchanged(table: Table, file: PublishedFile) -> Result:
    """A table whose content is held already."""
    return Result(
        table.file,
        Outcome.UNCHANGED.value,
        number=file.pk,
        release=file.release,
        title=file.title,
        variant=file.variant,
        status=file.status.value,
        periods=tuple((start, end) for start, end in file.periods),
        observations=file.observations,
    )


def added(table: Table, file: PublishedFile, held: Held) -> Result:
    """A table that is held from now on."""
    rejected = table.reading.rejected
    return Result(
        table.file,
        file.outcome.value,
        number=file.pk,
        release=file.release,
        title=file.title,
        variant=file.variant,
        period=held.covered,
        periods=tuple((start, end) for start, end in file.periods),
        status=file.status.value,
        published=file.published.isoformat() if file.published else "",
        revised=file.revised.isoformat() if file.revised else "",
        observations=file.observations,
        organisations=file.organisations,
        rejected=len(rejected),
        left_out=rejected[:MOST_LISTED],
        remarks=tuple(file.remarks),
        notes=table.reading.notes,
    )
