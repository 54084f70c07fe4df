"""`trigpoint import --into`: proposals → decisions (asked for, given by an option, or kept) → the workspace."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from trigpoint.characters import on_one_line
from trigpoint.cli.clock import today
from trigpoint.cli.import_ import Accept, Read, Request
from trigpoint.cli.import_summary import counts, print_summary
from trigpoint.cli.proposal_words import print_proposals
from trigpoint.cli.review_file import ReviewFile
from trigpoint.documents.review import (
    Acceptance,
    Action,
    Decision,
    Proposal,
    Settled,
    accept,
    is_empty_plan,
    propose,
    remembered,
    seems_another_plan,
    settle,
)
from trigpoint.errors import InputError
from trigpoint.plans.model import Plan
from trigpoint.plans.provenance import Verdict
from trigpoint.plans.workspace import Workspace, read_workspace, write_workspace
from trigpoint.plans.workspace_files import PLAN_FILE, system_errors_told
from trigpoint.wording import count, listed, printable, verb

Stand: TypeAlias = frozenset[tuple[str, int, int]]
"""The name, size and time of each file in a folder."""


@dataclass(frozen=True, slots=True)
class Review:
    """A document on its way into a workspace; ``workspace`` is ``None`` where there is none yet.

    ``stand`` are the folder's files as they were when it was read.
    """

    wanted: Request
    read: Read
    folder: Path
    workspace: Workspace | None
    stand: Stand
    proposals: tuple[Proposal, ...]
    file: ReviewFile
    by: str

    @property
    def existing(self) -> Plan | None:
        """The plan that the document is a later edition of."""
        return self.workspace.plan if self.workspace else None

    @property
    def undecided(self) -> tuple[Proposal, ...]:
        """The proposals that nobody decided yet."""
        known = {one.proposal for one in self.file.decisions}
        return tuple(one for one in self.proposals if one.key not in known)

    def settled(self) -> Settled:
        """The plan by the decisions so far."""
        before = self.workspace.provenance if self.workspace else ()
        return settle(self.read.draft, self.existing, self.file.decisions, self.read.digest, before)


def review(wanted: Request, read: Read) -> None:
    """Take a document into a workspace, as far as it is accepted."""
    opened = _opened(wanted, read)
    if not opened.proposals:
        _tell(wanted, f"{opened.folder} says already what {wanted.file.name} says: there is nothing to take over.")
        return
    if wanted.accept is Accept.NONE:
        if not wanted.as_json:
            print_proposals(opened.proposals, everything=True)
        return
    _refuse_unasked(opened)
    _answer_date(opened)
    if wanted.accept is not None:
        which = Acceptance(wanted.accept.value)
        opened.file.take(accept(opened.undecided, which, opened.by, today()))
    else:
        from trigpoint.cli.import_questions import ask

        print_summary(read.draft)
        if not ask(opened):
            return
    _write(opened)


def _refuse_unasked(opened: Review) -> None:
    """What nobody is asked about is not written: without a terminal nothing, and never most of another plan."""
    wanted = opened.wanted
    if wanted.accept is None and (wanted.as_json or not at_a_terminal()):
        why = "with --json nobody is asked" if wanted.as_json else "there is no terminal to ask at"
        raise InputError(
            f"nothing is written before it is accepted, and {why}",
            where=str(wanted.into),
            remedy="add --accept all, --accept sure, or --accept none to see what would be asked",
        )
    if wanted.accept is Accept.ALL and opened.existing and seems_another_plan(opened.proposals, opened.existing):
        raise InputError(
            f"most of what {opened.folder} holds is not in this document: it seems to be that of another plan",
            where=wanted.file.name,
            remedy="import it into a folder of its own, add it with --accept sure, or decide on a terminal",
        )


def at_a_terminal() -> bool:
    """Whether there is someone to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _opened(wanted: Request, read: Read) -> Review:
    folder = wanted.into or Path()
    stand = _stand(folder)
    workspace = _workspace(folder)
    before = workspace.provenance if workspace else ()
    proposals = propose(read.draft, workspace.plan if workspace else None, before)
    file = ReviewFile(folder, read.draft.document.name, read.digest)
    return Review(wanted, read, folder, workspace, stand, proposals, file, _name(wanted.by))


def _stand(folder: Path) -> Stand:
    with system_errors_told(str(folder)):
        if not folder.is_dir():
            return frozenset()
        found = ((path.name, path.lstat()) for path in folder.iterdir())
        return frozenset((name, about.st_size, about.st_mtime_ns) for name, about in found)


def _refuse_overtaken(opened: Review) -> None:
    """What somebody else has written meanwhile is not what the decisions were about, and is never overwritten."""
    if _stand(opened.folder) != opened.stand:
        raise InputError(
            "somebody else has changed this workspace while the document was reviewed: nothing was written",
            where=str(opened.folder),
            remedy="give the same command again",
        )


def _workspace(folder: Path) -> Workspace | None:
    """The workspace that the document goes into; ``None`` for a new or empty folder, any other place is refused."""
    with system_errors_told(str(folder)):
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return None
        if not folder.is_dir() or not (folder / PLAN_FILE).exists():
            raise InputError(
                "there is something in this place that is no plan, and an import never overwrites",
                where=str(folder),
                remedy="name a new folder, or the workspace of the earlier edition",
            )
    return read_workspace(folder)


def _name(given: str) -> str:
    """Who accepts: the name given, else the user's on this machine."""
    name = printable(given)
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise InputError("it is not known who accepts this", remedy="add --by NAME") from None


def _answer_date(opened: Review) -> None:
    """The date given with ``--as-at`` answers the proposal on the date of the statuses, where there is one."""
    if not opened.wanted.as_at:
        return
    for one in opened.proposals:
        if one.table == "plan" and one.fields[0].name == "as_at":
            values = {"as_at": opened.wanted.as_at}
            opened.file.take([Decision(one.key, Verdict.CORRECTED, values, opened.by, today())])


def _write(opened: Review) -> None:
    """Write what was accepted, whole or not at all; the review's file goes once nothing is left to decide."""
    settled = opened.settled()
    taken = _taken(opened, settled)
    empty = opened.workspace is None and is_empty_plan(settled.plan)
    if not taken or (empty and not settled.left):
        opened.file.close(())
        _tell(opened.wanted, f"Nothing was accepted, so nothing was written to {opened.folder}.")
        return
    if empty:
        held = count(_open(settled.left), "proposal")
        raise InputError(
            f"all that was accepted waits for {held} to be decided: nothing was written",
            where=opened.wanted.file.name,
            remedy="decide on a terminal, or add --accept all",
        )
    plan = _titled(settled.plan, opened.wanted.file)
    before = opened.workspace or Workspace(plan)
    provenance = remembered(before.provenance, settled)
    after = replace(before, plan=plan, provenance=provenance)
    if opened.workspace != after:
        _refuse_overtaken(opened)
        write_workspace(after, opened.folder)
    still = propose(opened.read.draft, plan, provenance) if settled.left else ()
    opened.file.close(one.key for one in still if not one.question)
    _report(opened, replace(settled, plan=plan), taken if opened.workspace != after else [])


def _titled(plan: Plan, file: Path) -> Plan:
    """A plan without a title is called by its file's name: a workspace has to be called something."""
    return plan if plan.title.strip() else replace(plan, title=printable(file.stem) or "Untitled plan")


def _taken(opened: Review, settled: Settled) -> list[Proposal]:
    left = {one.key for one in settled.left}
    skipped = {one.proposal for one in opened.file.decisions if one.verdict is Verdict.SKIPPED}
    decided = {one.proposal for one in opened.file.decisions} - left - skipped
    return [one for one in opened.proposals if one.key in decided]


def _report(opened: Review, settled: Settled, taken: list[Proposal]) -> None:
    wanted = opened.wanted
    if opened.workspace is None:
        _tell(wanted, f"Wrote {opened.folder}: {counts(settled.plan)}.")
    else:
        actions = {action: sum(one.action is action for one in taken) for action in Action}
        words = {Action.ADD: "added", Action.CHANGE: "changed", Action.REMOVE: "removed"}
        done = listed([f"{number:,} {words[action]}" for action, number in actions.items() if number])
        # What was accepted may still wait, as a report whose date is not known does: then nothing has changed.
        _tell(wanted, f"Updated {opened.folder}: {done}." if done else f"{opened.folder} stays as it is.")
    for sentence in settled.told:
        _tell(wanted, f"{sentence}.")
    _report_left(wanted, settled.left)
    _tell(wanted, f"Next: trigpoint check {opened.folder}")


def _report_left(wanted: Request, left: Sequence[Proposal]) -> None:
    """What is still to decide; what the document does not say of the plan itself is asked once only."""
    missing = [one for one in left if one.question and one.table == "plan" and not _is_date(one)]
    names = [one.title.lower() for one in missing if one.fields[0].name != "title"]
    if len(names) < len(missing):
        _tell(wanted, "The document has no title: the plan is called as its file is.")
    if names:
        _tell(wanted, f"The document does not say, and plan.toml lacks: {listed(names)}.")
    open_ones = [one for one in left if one not in missing]
    if not open_ones:
        return
    waiting = len(open_ones) - _open(open_ones)
    more = f", and {waiting:,} that {verb(waiting, 'waits', 'wait')} for that" if waiting else ""
    told = f"Left to decide: {count(_open(open_ones), 'proposal')}{more}."
    _tell(wanted, f"{told} The same command on a terminal goes on from there.")
    if any(map(_is_date, open_ones)):
        _tell(wanted, "The document does not say which date its statuses are of: add --as-at DATE.")


def _is_date(one: Proposal) -> bool:
    """Whether a question is the one on the date of the statuses."""
    return one.question and one.fields[0].name == "as_at"


def _open(left: Sequence[Proposal]) -> int:
    """How many proposals wait for a person, not for one another."""
    return sum(not one.sure for one in left)


def _tell(wanted: Request, sentence: str) -> None:
    """A line for the user: beside the JSON, where that was asked for, on the error output."""
    stream = sys.stderr if wanted.as_json else sys.stdout
    stream.write(on_one_line(sentence) + "\n")
