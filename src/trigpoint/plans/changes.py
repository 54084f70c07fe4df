"""The vocabulary of an edition diff: which changes there are, and what a changed field means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class ChangeKind(Enum):
    """What happened to a row."""

    ADDED = "added"
    REMOVED = "removed"
    RE_DATED = "re-dated"
    RE_TARGETED = "re-targeted"
    RE_WORDED = "re-worded"
    RE_OWNED = "re-owned"
    RE_SCOPED = "re-scoped"
    MOVED = "moved"
    RE_BASED = "re-based"
    RE_VALUED = "re-valued"
    RE_NUMBERED = "re-numbered"
    RE_DEFINED = "re-defined"
    RE_REPORTED = "re-reported"


class Part(Enum):
    """What kind of row changed, in the order in which changes are told."""

    PLAN = "plan"
    THEME = "theme"
    OBJECTIVE = "objective"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"
    MEASURE = "success measure"
    LINK = "link"
    INDICATOR = "indicator"
    TRAJECTORY = "trajectory rule"
    RISK = "risk"
    FINANCE = "finance line"
    ACTIVITY = "activity assumption"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as a workspace cell would hold it; of several values one a line."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change of one row.

    ``words`` name the row and ``under`` what it stands under; ``before_id`` or ``after_id`` is ``""`` in the edition
    that does not have the row. A row that has no id of its own goes by the id of what it belongs to.
    """

    kind: ChangeKind
    part: Part
    before_id: str
    after_id: str
    words: str
    under: str = ""
    fields: tuple[FieldChange, ...] = ()

    @property
    def id(self) -> str:
        return self.after_id or self.before_id


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """All changes from one edition to the next; ``before`` and ``after`` name the editions."""

    before: str
    after: str
    changes: tuple[Change, ...]

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind; kinds without any are left out."""
        found = [change.kind for change in self.changes]
        return {kind: found.count(kind) for kind in ChangeKind if kind in found}


_WORDING, _DATING, _VALUING, _MOVING = (
    ChangeKind.RE_WORDED,
    ChangeKind.RE_DATED,
    ChangeKind.RE_VALUED,
    ChangeKind.MOVED,
)
_DEFINING, _REPORTING = ChangeKind.RE_DEFINED, ChangeKind.RE_REPORTED
_COMMITMENT = {
    "objective": _MOVING,
    "text": _WORDING,
    "due": _DATING,
    "due_phrase": _WORDING,
    "column": _DATING,
    "scope": ChangeKind.RE_SCOPED,
    "area": ChangeKind.RE_SCOPED,
    "targets": ChangeKind.RE_TARGETED,
    "number": ChangeKind.RE_NUMBERED,
    "detail": _WORDING,
    "leads": ChangeKind.RE_OWNED,
    "partners": ChangeKind.RE_OWNED,
}

# Which kind of change a changed field is.
FIELDS: Mapping[Part, Mapping[str, ChangeKind]] = {
    Part.PLAN: {
        "title": _WORDING,
        "organisation": ChangeKind.RE_OWNED,
        "years": _DATING,
        "framework": _DEFINING,
        "edition": _WORDING,
        "as_at": _DATING,
        "notice": _WORDING,
    },
    Part.THEME: {"number": ChangeKind.RE_NUMBERED, "title": _WORDING},
    Part.OBJECTIVE: {
        "theme": _MOVING,
        "number": ChangeKind.RE_NUMBERED,
        "title": _WORDING,
        "summary": _WORDING,
        "leads": ChangeKind.RE_OWNED,
        "committees": ChangeKind.RE_OWNED,
        "baseline": ChangeKind.RE_BASED,
    },
    Part.DELIVERABLE: {**_COMMITMENT, "baseline": ChangeKind.RE_BASED},
    Part.MILESTONE: {**_COMMITMENT, "deliverable": _MOVING},
    Part.MEASURE: {
        "objective": _MOVING,
        "deliverable": _MOVING,
        "text": _WORDING,
        "targets": ChangeKind.RE_TARGETED,
    },
    Part.LINK: {"objective": _MOVING, "deliverable": _MOVING, "text": _WORDING},
    Part.INDICATOR: {
        "title": _WORDING,
        "unit": _DEFINING,
        "kind": _DEFINING,
        "polarity": _DEFINING,
        "decimals": _DEFINING,
        "objective": _MOVING,
        "source": _WORDING,
        "note": _WORDING,
    },
    Part.TRAJECTORY: {"rule": ChangeKind.RE_TARGETED},
    Part.RISK: {
        "number": ChangeKind.RE_NUMBERED,
        "leads": ChangeKind.RE_OWNED,
        "committee": ChangeKind.RE_OWNED,
        "scale": _DEFINING,
        "category": _DEFINING,
        "status": _REPORTING,
        **dict.fromkeys(("amount_gbp", "inherent", "current", "target"), _VALUING),
        **dict.fromkeys(("title", "text", "mitigation", "cause", "effect", "objective"), _WORDING),
        **dict.fromkeys(("controls", "assurances", "gaps", "actions"), _WORDING),
    },
    Part.FINANCE: {
        "group": _DEFINING,
        "name": _WORDING,
        "period": _DATING,
        "value": _VALUING,
        "unit": _VALUING,
        "requirement": _WORDING,
        "note": _WORDING,
    },
    Part.ACTIVITY: {
        "kind": _DEFINING,
        "pod": _DEFINING,
        "name": _WORDING,
        "period": _DATING,
        "value": _VALUING,
        "unit": _VALUING,
        "note": _WORDING,
    },
    Part.UPDATE: {
        "progress": _REPORTING,
        "done_on": _REPORTING,
        "forecast": _REPORTING,
        "note": _REPORTING,
        "illustrative": _REPORTING,
        "status": _REPORTING,
    },
}
