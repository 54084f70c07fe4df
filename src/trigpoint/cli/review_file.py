"""The decisions of a review that is not finished, kept in a file beside the workspace that it is for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from trigpoint.documents.review import Decision
from trigpoint.documents.review.record import Record, from_json, to_json
from trigpoint.errors import InputError
from trigpoint.plans.workspace_files import Folder
from trigpoint.staging import write_whole

LONGEST_NAME = 255


class ReviewFile:
    """What is decided of one document for one workspace. Every decision is on the disk before the next is asked."""

    def __init__(self, workspace: Path, document: str, digest: str) -> None:
        self.path = workspace.absolute().parent / f"{workspace.absolute().name}.review.json"
        self.document, self.digest = document, digest
        self._decisions = {one.proposal: one for one in self._read()}

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions so far."""
        return tuple(self._decisions.values())

    def add(self, decisions: Iterable[Decision]) -> None:
        """Keep more decisions; a later one on the same proposal takes the place of the earlier.

        What somebody else has decided at another terminal meanwhile is kept beside them.
        """
        self._decisions = {**{one.proposal: one for one in self._read()}, **self._decisions}
        self.take(decisions)
        self.save()

    def take(self, decisions: Iterable[Decision]) -> None:
        """The same, not yet on the disk."""
        self._decisions.update({one.proposal: one for one in decisions})

    def close(self, proposals: Iterable[str]) -> None:
        """After the plan was written: keep what was decided of proposals that are still open, and nothing else."""
        self._decisions = {key: self._decisions[key] for key in proposals if key in self._decisions}
        if self._decisions:
            self.save()
        else:
            with suppress(FileNotFoundError):
                self.path.unlink()

    def save(self) -> None:
        """Put the decisions on the disk, whole or not at all."""
        content = to_json(Record(self.document, self.digest, self.decisions))
        write_whole(self.path, (json.dumps(content, indent=1) + "\n").encode())

    def _read(self) -> tuple[Decision, ...]:
        shown = str(self.path)
        text = Folder(self.path.parent).text(self.path.name)
        if text is None:
            return ()
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        record = from_json(found, where=shown)
        if record.digest != self.digest:
            raise InputError(
                f"the review of another document, {record.document[:LONGEST_NAME]}, is not finished",
                where=shown,
                remedy="finish it first, or remove this file to give it up",
            )
        return record.decisions
