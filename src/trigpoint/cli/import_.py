"""`trigpoint import`: a document as people write it → a summary, JSON, or, once accepted, a workspace."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.errors import InputError, Where

if TYPE_CHECKING:
    from trigpoint.documents.readers.limits import Progress
    from trigpoint.plans.draft import PlanDraft

SMALL = 200_000
"""Up to this many bytes a document is read within a second or so, and nothing is shown meanwhile."""


class Accept(StrEnum):
    """What is accepted without being asked: the words of ``review.Acceptance``, whose import help need not wait for."""

    ALL = "all"
    SURE = "sure"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for."""

    file: Path
    into: Path | None
    accept: Accept | None
    by: str
    as_at: str
    as_json: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: its draft, and the SHA-256 of its bytes in hexadecimal."""

    draft: PlanDraft
    digest: str


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("import", short_help="Read a plan document; show, or write, what was found.")(import_document)


def import_document(
    file: Annotated[
        Path,
        typer.Argument(
            help="The plan: Word, Excel, OpenDocument, PDF, HTML, Markdown, CSV or text.", show_default=False
        ),
    ],
    into: Annotated[
        Path | None,
        typer.Option(help="Write what is accepted into this workspace: a new folder, or one with the earlier edition."),
    ] = None,
    accept: Annotated[
        Accept | None,
        typer.Option(help="Accept all, only what is sure, or none (print what would be asked); else you are asked."),
    ] = None,
    by: Annotated[str, typer.Option(help="Who accepts it (else your name on this machine).")] = "",
    as_at: Annotated[
        str, typer.Option("--as-at", metavar="DATE", help="The date that the document's statuses held at.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything read as one JSON object.")] = False,
) -> None:
    """Read a plan document, say what was found, and take into a workspace what you accept.

    Nothing is invented: what the document does not say stays empty and is listed. Nothing is written before it is
    accepted: on a terminal you are asked, elsewhere --accept says it. Decisions are kept beside the workspace until all
    are made, so that a review can be broken off. Into a workspace that holds a plan, only what is new in the document
    is proposed. A document that is no plan is refused with the reason; with --json it gives empty lists.

    Examples:

    \b
    trigpoint import operational-plan.docx
    trigpoint import operational-plan.docx --into my-plan
    trigpoint import action-plan.xlsx --into my-plan --accept sure --as-at 2017-11-30
    """
    wanted = Request(file, into, accept, by, as_at, as_json)
    _refuse_contradictions(wanted)
    read = _read(file)
    if into is not None:
        from trigpoint.cli.import_review import review

        _refuse_empty(read.draft, file)
        review(wanted, read)
    if as_json:
        _print_json(read.draft)
    elif into is None:
        from trigpoint.cli.import_summary import print_summary
        from trigpoint.cli.proposal_words import print_proposals
        from trigpoint.documents.review import propose

        _refuse_empty(read.draft, file)
        print_summary(read.draft)
        print_proposals(propose(read.draft), everything=accept is Accept.NONE)


def _refuse_contradictions(wanted: Request) -> None:
    if wanted.into is None and wanted.accept in (Accept.ALL, Accept.SURE):
        raise InputError("there is no place to put what is accepted", remedy="add --into WORKSPACE")
    if wanted.as_at:
        from trigpoint.documents.review import read_day

        read_day(wanted.as_at, where="--as-at")


def _read(file: Path) -> Read:
    from hashlib import sha256

    from trigpoint.documents import interpret, parse_document
    from trigpoint.documents.readers.file import file_bytes

    data = file_bytes(file)
    with _shown_while_reading(len(data)) as progress:
        draft = interpret(parse_document(data, file.name, progress))
    return Read(draft, sha256(data).hexdigest())


@contextmanager
def _shown_while_reading(size: int) -> Iterator[Progress | None]:
    """A bar on the terminal while a large document is read; nothing for a small one."""
    if size <= SMALL or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading the document", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell


def _print_json(draft: PlanDraft) -> None:
    from json import dumps

    from trigpoint.documents import to_contract

    sys.stdout.write(dumps(to_contract(draft), ensure_ascii=False, indent=1) + "\n")


def _refuse_empty(draft: PlanDraft, file: Path) -> None:
    """A document that is no plan is refused with the reason that its reader gave."""
    from trigpoint.documents import NO_PLAN
    from trigpoint.documents.review import is_empty_plan

    said = next((note.text for note in draft.notes if note.text.startswith(NO_PLAN.partition(":")[0])), "")
    if said or is_empty_plan(draft.plan):
        remedy = "check that its tables came through: --json shows what was read"
        raise InputError(said or NO_PLAN, where=Where(file.name), remedy=remedy)
