"""Reads uploads one after another in a thread of the server's own, so that no request waits for a document.

What is to be read stands in the database alone: a thread, or a whole server, that dies leaves its upload to the next
one that wakes. Every page of an import that is still to be read wakes one.
"""

from __future__ import annotations

from threading import Lock, Thread
from typing import Any, Protocol

from django.db import connections

from trigpoint.web.intake import jobs


class Desk(Protocol):
    """Where work is taken from: ``claim`` gives the next piece, or ``None``; ``run`` does it, whatever happens."""

    def claim(self) -> Any: ...

    def run(self, claimed: Any, /) -> None: ...


class Worker:
    """At most one thread at a time, which ends when nothing is left to be read."""

    def __init__(self, desk: Desk = jobs) -> None:
        self._desk = desk
        self._lock = Lock()
        self._running = False
        self._woken = False

    def wake(self) -> None:
        """See to it that everything that waits is read."""
        with self._lock:
            self._woken = True
            if not self._running:
                self._running = True
                Thread(target=self._work, name="intake", daemon=True).start()

    def _work(self) -> None:
        try:
            while self._anything_new():
                while (upload := self._desk.claim()) is not None:
                    self._desk.run(upload)
        except BaseException:
            with self._lock:
                self._running = False
            raise
        finally:
            connections.close_all()

    def _anything_new(self) -> bool:
        """Whether somebody has called since the last look; if not, the thread is over."""
        with self._lock:
            self._running = again = self._woken
            self._woken = False
            return again


worker = Worker()
