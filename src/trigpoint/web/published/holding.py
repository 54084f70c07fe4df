"""Between the files that the database holds and what ``releases.store`` settles: both directions, without loss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl

from trigpoint.documents.readers.limits import MEGABYTE
from trigpoint.releases.observation import KEY, SCHEMA
from trigpoint.releases.release import Reading
from trigpoint.releases.store.held import Held, Period, Superseded, standing
from trigpoint.releases.store.precedence import order_beside
from trigpoint.web.accounts.models import Organisation
from trigpoint.web.published.models import ObservationChunk, PublishedFile, Standing
from trigpoint.web.published.packing import frame_of, parquet, reading_of

OBSERVED = {**SCHEMA, "release": pl.String, "variant": pl.String, "status": pl.String, "digest": pl.String}
"""The columns of observations in force, as those of ``releases.store.Store.observations``."""
_SAME = [*KEY, "release", "variant"]


def held_files(owner: Organisation, release: str, variant: str = "") -> list[Held]:
    """The files of a release, or of one variant of it, as they stand now, in the order in which they were added."""
    files = PublishedFile.objects.filter(owner=owner, release=release).order_by("pk")
    files = files.filter(variant=variant) if variant else files
    return [held_of(file, now) for file, now in with_standing(files.defer("told"))]


def with_standing(files: Iterable[PublishedFile]) -> list[tuple[PublishedFile, Standing]]:
    """Each file with the row that holds of it."""
    found = list(files)
    rows = Standing.objects.filter(file__in=[file.pk for file in found]).order_by("pk")
    newest = {row.file_id: row for row in rows}
    return [(file, newest[file.pk]) for file in found]


def held_of(file: PublishedFile, now: Standing) -> Held:
    """A file as the rules of settling know it. Its words are left out: nothing is settled by them."""
    return Held(
        number=file.pk,
        file=file.name,
        digest=file.digest,
        release=file.release,
        variant=file.variant,
        era=file.era,
        title=file.title,
        status=file.status,
        published=file.published,
        revised=file.revised,
        periods=spans(file.periods),
        parts=tuple(file.parts),
        observations=file.observations,
        organisations=file.organisations,
        rejected=(),
        notes=(),
        added_on=file.on,
        whole=file.whole,
        beside=now.beside,
        tables=(),
        about="",
        superseded=tuple(Superseded(spans(each["periods"]), tuple(each["kinds"])) for each in now.superseded),
    )


def told_standing(held: Held) -> dict[str, Any]:
    """The columns of a standing."""
    superseded = [{"periods": pairs(each.periods), "kinds": list(each.kinds)} for each in held.superseded]
    return {"beside": held.beside, "superseded": superseded}


def pairs(periods: Iterable[Period]) -> list[list[str]]:
    """Periods as JSON knows them."""
    return [[start.isoformat(), end.isoformat()] for start, end in periods]


def spans(written: Iterable[Sequence[str]]) -> tuple[Period, ...]:
    """Periods from JSON."""
    return tuple((date.fromisoformat(start), date.fromisoformat(end)) for start, end in written)


def keep_frame(file: PublishedFile, frame: pl.DataFrame) -> None:
    """Write a file's observations, a piece at a time."""
    content = parquet(frame)
    pieces = (content[at : at + MEGABYTE] for at in range(0, len(content), MEGABYTE))
    for position, piece in enumerate(pieces):
        ObservationChunk.objects.create(file=file, position=position, content=piece)


def frame_in(number: int) -> pl.DataFrame:
    """A file's observations, by its key, all of them."""
    rows = ObservationChunk.objects.filter(file=number).values_list("content", flat=True)
    return frame_of(b"".join(bytes(piece) for piece in rows.iterator(chunk_size=4)))


def read_again(file: PublishedFile) -> Reading:
    """All that was read in a file."""
    return reading_of(file.told, frame_in(file.pk))


def rows_of(held: Held, periods: pl.DataFrame) -> pl.DataFrame:
    """The observations of a file that are in force in some periods (``start``, ``end``)."""
    frame = frame_in(held.number).join(periods, on=["start", "end"], how="semi")
    return standing(frame.lazy(), held).collect()


def observed(files: Iterable[Held], periods: Iterable[Period]) -> pl.DataFrame:
    """The observations of files that are in force in some periods, each with what its file is.

    Files of some organisations only fill what the others lack, the newest of them first.
    """
    wanted = pl.DataFrame(sorted(set(periods)), schema={"start": pl.Date, "end": pl.Date}, orient="row")
    touched = [held for held in files if set(held.periods) & set(wanted.iter_rows())]
    found = pl.concat([pl.DataFrame(schema=OBSERVED), *(_said(one, wanted) for one in touched if not one.beside)])
    for one in sorted((one for one in touched if one.beside), key=order_beside, reverse=True):
        found = pl.concat([found, _said(one, wanted).join(found, on=_SAME, how="anti")])
    return found


def _said(held: Held, periods: pl.DataFrame) -> pl.DataFrame:
    said = {"release": held.release, "variant": held.variant, "status": held.status.value, "digest": held.digest}
    literal = [pl.lit(value, dtype=pl.String).alias(name) for name, value in said.items()]
    return rows_of(held, periods).select(*SCHEMA, *literal)
