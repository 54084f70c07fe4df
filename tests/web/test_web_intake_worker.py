"""The thread that reads: one at a time, called as often as anybody likes, and never deaf to the last call."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from trigpoint.web.intake import jobs
from trigpoint.web.intake.worker import Worker

PATIENCE_SECONDS = 10


class Desk:
    """Uploads that wait, and what the worker did with them; reading stops at the gate until it is opened."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.read: list[str] = []
        self.gate = threading.Event()
        self.begun = threading.Semaphore(0)

    def claim(self) -> str | None:
        return self.waiting.pop(0) if self.waiting else None

    def run(self, upload: str) -> None:
        self.begun.release()
        assert self.gate.wait(PATIENCE_SECONDS)
        self.read.append(upload)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk()
    monkeypatch.setattr(jobs, "claim", made.claim)
    monkeypatch.setattr(jobs, "run", made.run)
    return made


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "intake"]


def wait_for_the_end() -> None:
    for thread in threads():
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def test_everything_that_waits_is_read_in_order_by_one_thread(desk: Desk) -> None:
    worker = Worker()
    desk.waiting = ["first", "second"]
    for _ in range(5):
        worker.wake()
    assert desk.begun.acquire(timeout=PATIENCE_SECONDS)
    assert len(threads()) == 1
    desk.gate.set()
    wait_for_the_end()
    assert desk.read == ["first", "second"]


def test_a_call_while_it_works_is_heard(desk: Desk) -> None:
    worker = Worker()
    desk.waiting = ["first"]
    worker.wake()
    assert desk.begun.acquire(timeout=PATIENCE_SECONDS)
    desk.waiting.append("second")
    worker.wake()
    desk.gate.set()
    wait_for_the_end()
    assert desk.read == ["first", "second"]


def test_it_ends_when_nothing_is_left_and_begins_anew_when_called(desk: Desk) -> None:
    worker = Worker()
    desk.gate.set()
    worker.wake()
    wait_for_the_end()
    desk.waiting = ["late"]
    worker.wake()
    wait_for_the_end()
    assert desk.read == ["late"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_database_that_cannot_be_asked_does_not_silence_it_for_good(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("no database")

    worker = Worker()
    asked: Callable[[], str | None] = jobs.claim
    monkeypatch.setattr(jobs, "claim", broken)
    worker.wake()
    wait_for_the_end()
    monkeypatch.setattr(jobs, "claim", asked)
    desk.waiting, _ = ["later"], desk.gate.set()
    worker.wake()
    wait_for_the_end()
    assert desk.read == ["later"]
