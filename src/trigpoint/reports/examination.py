"""A document's file, read and checked in one step: what a notebook and the command line ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path

from trigpoint.checks.checked import Checked
from trigpoint.checks.engine import examine
from trigpoint.checks.rule import Rule
from trigpoint.checks.subject import of_draft
from trigpoint.checks.waiver import Decisions
from trigpoint.documents import interpret, parse_document
from trigpoint.documents.readers.file import file_bytes

NO_DECISIONS = Decisions()


def examine_document(path: Path | str, *, today: date | None = None, decisions: Decisions = NO_DECISIONS) -> Checked:
    """Everything that the checks say of a plan document: text, Markdown, CSV, HTML, Word, Excel, OpenDocument or PDF.

    ``today`` decides which waivers among the ``decisions`` are over; without it none is. Raises ``InputError`` where
    the file cannot be read.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     plan = Path(folder, "plan.txt")
    ...     _ = plan.write_text("Plan 2026/27\\n\\nIntentions for 2026/27 and 2026/27.\\n", encoding="utf-8")
    ...     checked = examine_document(plan)
    >>> [(finding.rule, finding.place) for finding in checked.findings if finding.severity.value == "error"]
    [('DUPLICATE_YEAR', 'line 3')]
    """
    return examine_bytes(file_bytes(path), Path(path).name, today=today, decisions=decisions)


def examine_bytes(
    data: bytes,
    name: str,
    *,
    today: date | None = None,
    decisions: Decisions = NO_DECISIONS,
    rules: Iterable[Rule] | None = None,
    only: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """The same for the bytes of a file; ``progress`` is told how far the reading is, ``rules`` are taken one by one."""
    subject = of_draft(interpret(parse_document(data, name, progress)))
    return examine(subject, decisions=decisions, today=today, rules=rules, only=only)
