"""What changes published statistics: one transaction each, with its audit event inside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from trigpoint.characters import on_one_line
from trigpoint.documents.readers.limits import MEGABYTE
from trigpoint.releases.store.held import newcomer
from trigpoint.releases.store.settling import Settled, settle
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.audit.services import record
from trigpoint.web.config.clock import today
from trigpoint.web.intake.models import State
from trigpoint.web.published import derived, holding
from trigpoint.web.published.models import Batch, Piece, PublishedFile, Sending, Standing
from trigpoint.web.published.packing import Refused, Table, storable, told_of
from trigpoint.web.published.results import Result, added, refused, unchanged

LONGEST_NAME = 255
LONGEST_CODE = 40
_CODE = re.compile(r"[^\x00-\x1f\x7f/]*")
ADDED, SENT = "published file added", "published files sent"


@transaction.atomic
def send(*, files: Iterable[UploadedFile], owner: Organisation, by: User, month: date | None = None) -> Batch:
    """Keep files that were sent, to be read in the background, for ``owner``.

    ``month`` is the first day of the month of those that do not say it themselves.
    """
    from trigpoint.web.published.jobs import worker

    batch = Batch.objects.create(owner=owner, month=month, by=by, at=timezone.now())
    names = []
    for position, file in enumerate(files):
        name = on_one_line(file.name or "")[:LONGEST_NAME] or "file"
        sending = Sending.objects.create(batch=batch, position=position, name=name, state=State.WAITING)
        sending.size = _keep_pieces(sending, file)
        sending.save(update_fields=["size"])
        names.append(name)
    record(SENT, by=by, subject=f"batch {batch.pk}", detail={"files": names, "organisation": owner.name})
    transaction.on_commit(worker.wake)
    return batch


def _keep_pieces(sending: Sending, file: UploadedFile) -> int:
    size = 0
    for position, piece in enumerate(file.chunks(MEGABYTE)):
        Piece.objects.create(sending=sending, position=position, content=piece)
        size += len(piece)
    return size


def take_in(item: Table | Refused, *, owner: Organisation, by: User | None, on: date | None = None) -> Result:
    """Put one table among the files of ``owner``, and say what became of it; ``on`` is the day of that, else today.

    The same content a second time changes nothing. What it replaces, and what stays in force before it, is settled as
    in a workspace (``releases.store``); the figures of its periods are made anew.
    """
    odd = _odd_code(item) if isinstance(item, Table) else None
    if odd is not None:
        item = Refused(item.file, f"{item.file}: “{odd[:LONGEST_CODE]}” is no code of an organisation.")
    if isinstance(item, Refused):
        return refused(item)
    return _take_in(item, owner, by, on or today())


def _odd_code(table: Table) -> str | None:
    """A code that no organisation has: too long for the database, or of characters that no address holds."""
    codes = {*table.reading.frame.get_column("org").unique(), *(one.code for one in table.reading.organisations)}
    return next((code for code in sorted(codes) if len(code) > LONGEST_CODE or not _CODE.fullmatch(code)), None)


@transaction.atomic
def _take_in(table: Table, owner: Organisation, by: User | None, on: date) -> Result:
    # One file after another for each organisation: which is in force depends on all that came before.
    locked = Organisation.objects.select_for_update().get(pk=owner.pk)
    again = PublishedFile.objects.filter(owner=locked, digest=table.digest).first()
    if again is not None:
        return unchanged(table, again)
    others = holding.held_files(locked, table.release)
    held = newcomer(table.reading, file=table.file, digest=table.digest, release=table.release, on=on)
    settled = settle(held, table.reading.frame, others, holding.rows_of)
    file = _insert(table, settled, locked, by, on)
    _stand(file, settled)
    derived.name_organisations(locked, table.reading.organisations)
    derived.make_figures(locked, table.release, held.periods)
    record(
        ADDED,
        by=by,
        subject=f"published file {file.pk}",
        detail={
            "file": file.name,
            "digest": file.digest,
            "release": file.release,
            "organisation": locked.name,
            "outcome": file.outcome.value,
            "in the place of": sorted(one.file for one in settled.others.values()),
        },
    )
    return added(table, file, settled.held)


def _insert(table: Table, settled: Settled, owner: Organisation, by: User | None, on: date) -> PublishedFile:
    held, reading = settled.held, table.reading
    file = PublishedFile.objects.create(
        owner=owner,
        digest=held.digest,
        name=storable(held.file),
        **{name: storable(getattr(held, name)) for name in _COPIED},
        first=min((start for start, _ in held.periods), default=None),
        last=max((end for _, end in held.periods), default=None),
        periods=holding.pairs(held.periods),
        parts=storable(list(held.parts)),
        told=storable(told_of(reading)),
        outcome=settled.outcome,
        remarks=storable(list(settled.notes)),
        by=by,
        on=on,
        at=timezone.now(),
    )
    holding.keep_frame(file, reading.frame)
    return file


_COPIED = (
    "release", "variant", "era", "title", "status", "published", "revised", "whole", "observations", "organisations",
)  # fmt: skip


def _stand(file: PublishedFile, settled: Settled) -> None:
    """Say how far the newcomer is in force, and how far the others are since it came."""
    Standing.objects.create(file=file, because=file, **holding.told_standing(settled.held))
    for number, held in settled.others.items():
        Standing.objects.create(file_id=number, because=file, **holding.told_standing(held))
