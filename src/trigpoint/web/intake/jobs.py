"""Reading an upload: who reads it, how far it is, and what becomes of it, all kept in the database.

A reading is held by its ``attempts`` number. Whoever holds it shows life every few seconds; a reading that shows none
was left by a server that died, and the next one takes it over under a higher number.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any, Protocol

from django.db import DatabaseError, connections, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from trigpoint.documents.readers.limits import Progress
from trigpoint.errors import InputError
from trigpoint.web.intake import reading
from trigpoint.web.intake.models import State, Upload

BEAT_SECONDS = 5
PATIENCE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
BROKEN_OFF = (
    f"The reading was broken off {MOST_ATTEMPTS} times. Save the document in another format, or split it, and upload "
    "it again."
)
OUR_FAULT = (
    "Something went wrong while the document was read. Nothing was taken from it. Try again, or save it in another "
    "format; whoever looks after Trigpoint where you work finds the reason in the server’s log."
)
log = logging.getLogger(__name__)


def _abandoned() -> Q:
    return Q(state=State.WAITING) | Q(state=State.READING, beat_at__lt=timezone.now() - PATIENCE)


def needs_a_worker(upload: Upload) -> bool:
    """Whether nobody reads an upload that should be read."""
    quiet = upload.beat_at is None or upload.beat_at < timezone.now() - PATIENCE
    return upload.state is State.WAITING or (upload.state is State.READING and quiet)


class Work(Protocol):
    """What is done with a file that was sent: ``read`` outside of any transaction, ``keep`` inside one."""

    def read(self, upload: Any, progress: Progress, /) -> Any: ...

    def keep(self, upload: Any, found: Any, /) -> None: ...


def claim() -> Upload | None:
    """Take the oldest upload that nobody reads; of two who try, one gets it. ``None`` when nothing waits."""
    return claim_of(Upload.objects.select_related("of__organisation", "organisation"))


def claim_of(uploads: QuerySet) -> Any:
    """The same of any rows with an upload's columns of its reading."""
    for pk, attempts in uploads.filter(_abandoned()).order_by("pk").values_list("pk", "attempts"):
        won = uploads.model.objects.filter(_abandoned(), pk=pk, attempts=attempts).update(
            state=State.READING, attempts=F("attempts") + 1, beat_at=timezone.now(), done=0, total=0
        )
        if won:
            return uploads.get(pk=pk)
    return None


def run(upload: Upload) -> None:
    """Read an upload that was claimed. Whatever happens, it is left read, or refused with a sentence that says why."""
    work_on(upload, reading)


def work_on(upload: Any, work: Work) -> None:
    """The same for any row that was claimed and any work."""
    if upload.attempts > MOST_ATTEMPTS:
        _refuse(upload, BROKEN_OFF)
        return
    try:
        with _beating(upload):
            found = work.read(upload, lambda done, total: _note(upload, done, total))
        with transaction.atomic():
            if _held(upload).select_for_update().first() is not None:
                work.keep(upload, found)
    except InputError as error:
        _refuse(upload, str(error))
    except Exception:
        log.exception("upload %s could not be read", upload.pk)
        _refuse(upload, OUR_FAULT)


def _held(upload: Upload):
    """The upload's row as long as this reading holds it: not once it was discarded, or taken over by another."""
    return type(upload).objects.filter(pk=upload.pk, state=State.READING, attempts=upload.attempts)


def _refuse(upload: Upload, reason: str) -> None:
    _held(upload).update(state=State.REFUSED, reason=reason)


def _note(upload: Upload, done: int, total: int) -> None:
    """Say how far the reading is, where that is news by a hundredth; a page that is late by one is no harm."""
    if total and done * 100 // total != upload.done * 100 // (upload.total or total):
        upload.done, upload.total = done, total
        _held(upload).update(done=done, total=total, beat_at=timezone.now())


@contextmanager
def _beating(upload: Upload) -> Iterator[None]:
    """Show life from a second thread for as long as the first one reads."""
    over = Event()

    def beat() -> None:
        try:
            while not over.wait(BEAT_SECONDS):
                try:
                    _held(upload).update(beat_at=timezone.now())
                except DatabaseError:
                    log.warning("upload %s could not show life", upload.pk)
        finally:
            connections.close_all()

    thread = Thread(target=beat, name="intake life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
