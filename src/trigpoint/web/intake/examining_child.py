"""The process that works for ``examining``. It knows neither Django nor the database."""

from __future__ import annotations

import sys
import traceback
from datetime import date
from enum import Enum

from trigpoint.checks import check, of_draft
from trigpoint.documents import interpret
from trigpoint.documents.readers.file import parse_here
from trigpoint.documents.readers.guard_child import main
from trigpoint.documents.readers.limits import Progress
from trigpoint.plans.document import Document
from trigpoint.plans.draft import PlanDraft
from trigpoint.web.intake.drafts import Examined, packed, unpacked

EXAMINED = b"\0"
"""Before a draft with its findings; any other answer is the text of a traceback."""


class Task(Enum):
    """What the bytes are that the process is given."""

    FILE = "file"
    DRAFT = "draft"


def examined(task: Task, today: date, data: bytes, name: str, progress: Progress) -> bytes:
    """The draft with its findings, for ``unpacked_examined``, or what went wrong with a document that could be read."""
    given = parse_here(data, name, progress) if task is Task.FILE else unpacked(data)
    try:
        return EXAMINED + packed(_examined(given, today))
    except MemoryError:
        raise
    except Exception:
        return traceback.format_exc().encode("utf-8", "replace")


def _examined(given: Document | PlanDraft, today: date) -> Examined:
    draft = given if isinstance(given, PlanDraft) else interpret(given)
    return Examined(draft, check(of_draft(draft), today=today))


if __name__ == "__main__":
    asked, day = Task(sys.argv[1]), date.fromisoformat(sys.argv[2])
    main(lambda data, name, progress: examined(asked, day, data, name, progress))
