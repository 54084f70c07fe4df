"""What a file that was sent holds, read in a process of its own, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.documents.readers.guard import work_guarded
from trigpoint.documents.readers.limits import Progress
from trigpoint.errors import InputError
from trigpoint.web.intake.examining import Fault
from trigpoint.web.intake.models import State
from trigpoint.web.published import services
from trigpoint.web.published.models import Sending
from trigpoint.web.published.packing import READ, Broken, Refused, Table, storable, unpacked

CHILD = "trigpoint.web.published.reading_child"
SECONDS = 300.0
"""A file that takes longer is refused: the largest that is published, a month of RTT, takes some seconds."""
MEGABYTES = 4_096
"""Addresses, not memory in use: the frames' own threads and pools claim far more than they fill."""
DAMAGED = "the file is damaged, or made in a way that cannot be read"


@dataclass(frozen=True, slots=True)
class Found:
    """What was read in one file, table by table."""

    items: tuple[Table | Refused, ...]


def read(sending: Sending, progress: Progress) -> Found:
    """Each table in the file. Raises ``InputError`` for a file that is none, is too large, or takes too long."""
    data = b"".join(bytes(piece) for piece in sending.pieces.values_list("content", flat=True).iterator(chunk_size=1))
    month = sending.batch.month
    words = (month.isoformat(),) if month else ()
    answer = work_guarded(CHILD, data, sending.name, *words, seconds=SECONDS, megabytes=MEGABYTES, progress=progress)
    if not answer.startswith(READ):
        raise Fault(answer.decode("utf-8", "replace"))
    try:
        return Found(tuple(unpacked(answer.removeprefix(READ))))
    except Broken:
        raise InputError(DAMAGED, where=sending.name, remedy="download it again") from None


def keep(sending: Sending, found: Found) -> None:
    """Put every table among the published files and say what became of it; all of it, or nothing."""
    batch = sending.batch
    results = [services.take_in(item, owner=batch.owner, by=batch.by) for item in found.items]
    sending.pieces.all().delete()
    sending.results = storable([result.as_json() for result in results])
    sending.state = State.FINISHED
    sending.save(update_fields=["results", "state"])
