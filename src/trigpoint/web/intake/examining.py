"""Reading, interpreting and checking a document in a process of its own, with an end to its time and memory.

Not only what a hostile file breaks is that process alone: a large plan is interpreted and checked for many seconds,
in which a thread of the server's would keep every page waiting.
"""

from __future__ import annotations

from trigpoint.documents.readers.guard import work_guarded
from trigpoint.documents.readers.limits import Progress
from trigpoint.web.config.clock import today
from trigpoint.web.intake.drafts import Examined, unpacked_examined
from trigpoint.web.intake.examining_child import EXAMINED, Task

CHILD = "trigpoint.web.intake.examining_child"
SECONDS = 300.0
"""A document that takes longer is refused: the largest that is read, 100,000 rows, takes about 150 seconds."""


class Fault(Exception):
    """The fault is ours: the traceback of what went wrong while a document was interpreted or checked."""


def examine_file(data: bytes, name: str, progress: Progress | None = None) -> Examined:
    """The draft in a document's bytes with its findings; ``InputError`` for one that cannot be read."""
    return _examined(Task.FILE, data, name, progress)


def examine_draft(content: bytes, name: str) -> Examined:
    """The same for a draft as the database keeps it; ``name`` says in errors which document it is of."""
    return _examined(Task.DRAFT, content, name, None)


def _examined(task: Task, data: bytes, name: str, progress: Progress | None) -> Examined:
    words = (task.value, today().isoformat())
    answer = work_guarded(CHILD, data, name, *words, seconds=SECONDS, progress=progress)
    if not answer.startswith(EXAMINED):
        raise Fault(answer.decode("utf-8", "replace"))
    return unpacked_examined(answer.removeprefix(EXAMINED))
