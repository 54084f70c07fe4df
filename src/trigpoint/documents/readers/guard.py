"""Reading in a process of its own, with an end to its time and memory: what a hostile file breaks is only that process.

The process is a fresh Python (about 0.2 s to start), so that it may be started from any thread of a server. It gets the
bytes over a pipe and answers over another; it may write no files. Its answer is read as data that nobody trusts.
"""

from __future__ import annotations

import io
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from time import monotonic
from typing import IO, Any, TypeAlias

from trigpoint.documents.readers.limits import GUARD_AT_ONCE, GUARD_MEGABYTES, GUARD_SECONDS, MEGABYTE, Progress
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Document

CHILD = "trigpoint.documents.readers.guard_child"
FRAME = struct.Struct(">cQ")
REQUEST = struct.Struct(">dQQ")
LARGEST_ANSWER = 1024 * MEGABYTE
ENDS_WITHIN = 10.0  # seconds: how long a process that was told to end may take
AT_ONCE = threading.BoundedSemaphore(GUARD_AT_ONCE)
INSIDE = threading.Event()
"""Set in a process that reads for another: what it reads needs no third one."""

ANSWERS = {
    "trigpoint.plans.document": {"Block", "BlockKind", "Cell", "Document", "Format", "Origin", "Remark", "RemarkKind"},
    "trigpoint.errors": {"Where"},
    "builtins": {"frozenset"},
}


class Answer(Enum):
    """What the process says, by the first byte of each message; ``DOCUMENT`` is what it made of the file."""

    PROGRESS = b"P"
    DOCUMENT = b"D"
    REFUSAL = b"R"
    MEMORY = b"M"
    FAILURE = b"F"


Answers: TypeAlias = "queue.Queue[tuple[Answer, bytes] | None]"
"""What the process says, and ``None`` at its end."""


def read_guarded(
    data: bytes,
    name: str,
    *,
    seconds: float = GUARD_SECONDS,
    megabytes: int = GUARD_MEGABYTES,
    progress: Progress | None = None,
) -> Document:
    """The document in the bytes of a file of any format, read in a process that ends when this returns.

    ``seconds`` of the clock and ``megabytes`` of memory are all that it may take (memory where the platform can bound
    it); where many read at once, some wait for others first. ``progress`` is told how far it is. Raises ``InputError``
    as the readers do, and where the limits are reached or the process breaks.
    """
    found = _trusted(work_guarded(CHILD, data, name, seconds=seconds, megabytes=megabytes, progress=progress), name)
    if isinstance(found, Document):
        return found
    raise _broken(name)


def work_guarded(
    child: str,
    data: bytes,
    name: str,
    *words: str,
    seconds: float = GUARD_SECONDS,
    megabytes: int = GUARD_MEGABYTES,
    progress: Progress | None = None,
) -> bytes:
    """What the module ``child`` makes of the bytes of a file, in a process that ends when this returns.

    The module calls ``guard_child.main`` with its work; ``words`` are its arguments. What it answers is nobody's word
    but its own. Raises ``InputError`` as ``read_guarded`` does.
    """
    called = name.encode("utf-8", "surrogatepass")
    request = (REQUEST.pack(seconds, megabytes, len(called)), called, data)
    with AT_ONCE, _process(child, words, request) as answers:
        deadline = monotonic() + seconds
        while True:
            try:
                answer = answers.get(timeout=max(deadline - monotonic(), 0.0))
            except queue.Empty:
                raise _too_slow(name, seconds) from None
            if answer is None:
                raise _broken(name)
            kind, content = answer
            if kind is not Answer.PROGRESS:
                return _content(kind, content, name, megabytes)
            if progress is not None:
                progress(*struct.unpack(">QQ", content))


@contextmanager
def _process(child: str, words: Sequence[str], request: Sequence[bytes]) -> Iterator[Answers]:
    """The answers of a process, which has ended, and whose pipes are closed, whatever happens meanwhile."""
    # -P: no module of the folder that the command is called in may stand in for one of ours. -B: nothing is written.
    command = [sys.executable, "-P", "-B", "-m", child, *words]
    process = subprocess.Popen(  # noqa: S603 - our own module, with no words of the user
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    answers: Answers = queue.Queue()
    threads = [
        threading.Thread(target=_send, args=(process.stdin, request), daemon=True),
        threading.Thread(target=_receive, args=(process.stdout, answers), daemon=True),
    ]
    try:
        for thread in threads:
            thread.start()
        yield answers
    finally:
        process.kill()
        process.wait(ENDS_WITHIN)
        for thread in threads:
            thread.join(ENDS_WITHIN)  # it ends with its pipe


def _send(stream: IO[bytes], parts: Sequence[bytes]) -> None:
    try:
        with stream:
            for part in parts:
                stream.write(part)
    except OSError:
        pass  # the process has ended before it heard all; what it said, or that it broke, is told by the other pipe


def _receive(stream: IO[bytes], answers: Answers) -> None:
    try:
        with stream:
            while True:
                head = stream.read(FRAME.size)
                kind, size = FRAME.unpack(head)
                content = stream.read(size) if size <= LARGEST_ANSWER else b""
                if len(content) != size:
                    break
                answers.put((Answer(kind), content))
    except (struct.error, ValueError, OSError, MemoryError):
        pass  # an answer that breaks off is that of a process that broke
    finally:
        answers.put(None)


def _content(kind: Answer, content: bytes, name: str, megabytes: int) -> bytes:
    """What was made of the file; every other answer is an ``InputError``."""
    if kind is Answer.MEMORY:
        what = f"reading the file needs more than {megabytes:,} MB of memory"
        raise InputError(what, where=Where(name), remedy="remove pictures or split the document")
    if kind is Answer.DOCUMENT:
        return content
    found = _trusted(content, name) if kind is Answer.REFUSAL else None
    if isinstance(found, tuple):
        what, where, remedy = found
        raise InputError(what, where=where, remedy=remedy)
    raise _broken(name)


def _trusted(content: bytes, name: str) -> Any:
    try:
        return _Trusted(io.BytesIO(content)).load()
    except (pickle.UnpicklingError, AttributeError, ImportError, LookupError, TypeError, ValueError, EOFError):
        raise _broken(name) from None


class _Trusted(pickle.Unpickler):
    """Reads documents and places, and nothing else: a process that was taken over must not reach this one."""

    def find_class(self, module: str, name: str) -> Any:
        if name not in ANSWERS.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a document")
        return super().find_class(module, name)


def _too_slow(name: str, seconds: float) -> InputError:
    what = f"reading the file takes longer than {seconds:g} seconds"
    return InputError(what, where=Where(name), remedy="split the document")


def _broken(name: str) -> InputError:
    what = "the file is damaged, or made in a way that cannot be read"
    return InputError(what, where=Where(name), remedy="open it in the program it was made with and save it again")
