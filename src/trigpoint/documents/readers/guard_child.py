"""The process that works for ``guard``: limits itself, takes one document from its input, answers, and ends."""

from __future__ import annotations

import os
import pickle
import struct
import sys
from collections.abc import Callable
from time import monotonic
from typing import IO, TypeAlias

from trigpoint.documents.readers.file import parse_here
from trigpoint.documents.readers.guard import FRAME, INSIDE, REQUEST, Answer
from trigpoint.documents.readers.limits import MEGABYTE, Progress
from trigpoint.errors import InputError

MOST_OFTEN = 0.05  # seconds between two messages on how far the reading is

Work: TypeAlias = Callable[[bytes, str, Progress], bytes]
"""What is made of a file: its bytes, its name, and whom to tell how far it is → the answer."""


def read(data: bytes, name: str, progress: Progress) -> bytes:
    """The document, for ``guard.read_guarded``."""
    return pickle.dumps(parse_here(data, name, progress), pickle.HIGHEST_PROTOCOL)


def main(work: Work = read) -> None:
    """Work on what the input holds and answer on the output, which nothing else may write to."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    stream = sys.stdin.buffer
    seconds, megabytes, length = REQUEST.unpack(stream.read(REQUEST.size))
    name = stream.read(length).decode("utf-8", "surrogatepass")
    _limit(seconds, megabytes)
    INSIDE.set()
    try:
        _answer(answers, *_worked(work, stream, name, answers))
    except MemoryError:
        _answer(answers, Answer.MEMORY, b"")


def _worked(work: Work, stream: IO[bytes], name: str, answers: IO[bytes]) -> tuple[Answer, bytes]:
    last = 0.0

    def progress(done: int, of: int) -> None:
        nonlocal last
        if monotonic() - last > MOST_OFTEN or done == of:
            last = monotonic()
            _answer(answers, Answer.PROGRESS, struct.pack(">QQ", done, of))

    try:
        return Answer.DOCUMENT, work(stream.read(), name, progress)
    except InputError as error:
        return Answer.REFUSAL, pickle.dumps((error.what, error.where, error.remedy), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return Answer.MEMORY, b""
    except Exception:
        return Answer.FAILURE, b""


def _answer(answers: IO[bytes], kind: Answer, content: bytes) -> None:
    answers.write(FRAME.pack(kind.value, len(content)))
    answers.write(content)
    answers.flush()


def _limit(seconds: float, megabytes: int) -> None:
    """Bound processor time and memory, and let no file be written, where the platform can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_CPU: int(seconds) + 1,
        resource.RLIMIT_AS: megabytes * MEGABYTE,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, limit in wanted.items():
        _, most = resource.getrlimit(kind)
        bound = limit if most == resource.RLIM_INFINITY else min(limit, most)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue  # a platform that cannot bound this still has the clock of the process that waits


if __name__ == "__main__":
    main()
