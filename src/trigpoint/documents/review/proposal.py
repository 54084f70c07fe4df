"""What a review is about: proposals of what to take into the plan, and what a person decided of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

from trigpoint.plans.changes import ChangeKind
from trigpoint.plans.draft import Source
from trigpoint.plans.model import Plan
from trigpoint.plans.provenance import Provenance, Verdict


class Action(Enum):
    """What accepting a proposal does to the plan."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


class Acceptance(Enum):
    """Which proposals are accepted in one go."""

    ALL = "all"
    SURE = "sure"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """One field as text that a person can correct: what the document says, and what the plan says now.

    ``label`` names the field on a page, ``hint`` says how to write it, ``choices`` are the only words allowed (none:
    any). ``kind`` is the kind of change where the plan holds the row already.
    """

    name: str
    proposed: str
    current: str = ""
    label: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    kind: ChangeKind | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row to add, change or remove.

    ``key`` names the proposal as long as document and plan are the same. ``table`` is that of the workspace, or
    "plan" (one proposal a field of the plan itself) or "statuses" (what a printed status word means). ``item`` is the
    id that the row has, or will have, in the plan; ``parent`` that of the row it stands under ("" for none) and
    ``under`` its words. ``source`` and ``place`` say where it was read; a removal has none. ``sure`` means that
    nothing speaks against accepting it unseen; otherwise ``doubts`` say what does. A ``question`` cannot be accepted
    as it stands: the document does not give the value that is needed, and a person may.
    """

    key: str
    action: Action
    table: str
    item: str
    title: str
    fields: tuple[FieldProposal, ...]
    source: Source | None
    place: str
    sure: bool
    doubts: tuple[str, ...]
    parent: str
    under: str = ""
    question: bool = False

    @property
    def words(self) -> str:
        """The words of the document that it was read from."""
        return self.source.words if self.source else ""


_NO_VALUES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one proposal; ``values`` are the corrected fields as text.

    To keep one field of a change as it is, correct it to what it is now.
    """

    proposal: str
    verdict: Verdict
    values: Mapping[str, str] = field(default_factory=lambda: _NO_VALUES)
    by: str = ""
    on: date = date.min


@dataclass(frozen=True, slots=True)
class Settled:
    """The plan after a review.

    ``provenance`` has a row for every field taken over; ``left`` are the proposals that nobody decided, or that wait
    for another one; ``told`` are sentences on what followed from the decisions beyond what they said. ``links`` maps
    what a link was called to what it is called now, since a link's name is its place.
    """

    plan: Plan
    provenance: tuple[Provenance, ...]
    left: tuple[Proposal, ...]
    told: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=lambda: _NO_VALUES)


def accept(proposals: Iterable[Proposal], which: Acceptance, by: str, on: date) -> tuple[Decision, ...]:
    """The decisions that accept all proposals, only the sure ones, or none; a question is never among them.

    >>> accept((), Acceptance.ALL, "A. Planner", date(2026, 4, 1))
    ()
    """
    if which is Acceptance.NONE:
        return ()
    return tuple(
        Decision(proposal.key, Verdict.ACCEPTED, by=by, on=on)
        for proposal in proposals
        if not proposal.question and (proposal.sure or which is Acceptance.ALL)
    )
