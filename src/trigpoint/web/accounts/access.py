"""Who may do what: the whole of the access model, in one table.

A person's rights in an organisation are those of the roles that the person holds there. A role may be held for one
place or one programme (a theme of the plan) alone: then its rights reach no further. What is not in the table is
refused. Nobody sees another organisation's plans, whatever the role: there they are *not found*.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class Right(Enum):
    """One thing that a person may do. The value completes the sentence "may …"."""

    READ = "read the organisation's plans"
    SEE_PUBLISHED = "see what the organisation has published"
    UPDATE_OWN = "give updates of the commitments they answer for or contribute to"
    UPDATE_ANY = "give updates of any commitment"
    ASK_FOR_UPDATES = "ask for updates and close periods"
    SIGN_OFF = "accept updates or ask for changes to them"
    EDIT_PLAN = "create and edit plans"
    IMPORT = "take plans, figures and filled templates in"
    SAVE_SCENARIOS = "save scenarios of the activity model"
    SNAPSHOT = "keep editions and propose changes to the baseline"
    APPROVE = "approve changes to the baseline, impact assessments and gateways"
    ASSURE = "keep risks, the assurance framework, impact assessments and gateways"
    RECORD_SAFETY = "keep the quality and safety registers"
    PUBLISH = "publish parts of a plan and make committee packs"
    READ_AUDIT = "read the record of what was done"
    MANAGE_PEOPLE = "invite people and give them roles"
    USE_API = "hold tokens of the API"


class Role(Enum):
    """What a person is in an organisation. Kept by value; the order is that of pages."""

    ADMINISTRATOR = "administrator"
    PLANNER = "planner"
    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    APPROVER = "approver"
    ANALYST = "analyst"
    VIEWER = "viewer"
    PUBLIC = "public"

    @property
    def rights(self) -> frozenset[Right]:
        """What the role may do."""
        return RIGHTS[self]

    @property
    def meaning(self) -> str:
        """One sentence for the person who gives the role."""
        return _MEANINGS[self]


_SEEN = frozenset({Right.READ, Right.SEE_PUBLISHED})

RIGHTS = MappingProxyType(
    {
        Role.ADMINISTRATOR: _SEEN | {Right.MANAGE_PEOPLE, Right.READ_AUDIT, Right.USE_API},
        Role.PLANNER: _SEEN
        | {
            Right.UPDATE_OWN, Right.UPDATE_ANY, Right.ASK_FOR_UPDATES, Right.EDIT_PLAN, Right.IMPORT,
            Right.SAVE_SCENARIOS, Right.SNAPSHOT, Right.ASSURE, Right.RECORD_SAFETY, Right.PUBLISH, Right.READ_AUDIT,
            Right.USE_API,
        },
        Role.LEAD: _SEEN | {Right.UPDATE_OWN, Right.ASSURE, Right.RECORD_SAFETY, Right.USE_API},
        Role.CONTRIBUTOR: _SEEN | {Right.UPDATE_OWN},
        Role.APPROVER: _SEEN | {Right.SIGN_OFF, Right.APPROVE, Right.READ_AUDIT},
        Role.ANALYST: _SEEN | {Right.IMPORT, Right.SAVE_SCENARIOS, Right.USE_API},
        Role.VIEWER: _SEEN,
        Role.PUBLIC: frozenset({Right.SEE_PUBLISHED}),
    }
)  # fmt: skip

_MEANINGS = MappingProxyType(
    {
        Role.ADMINISTRATOR: "Invites people, gives them roles and reads the record; changes no plan.",
        Role.PLANNER: "Writes the plan, asks for updates, keeps editions, makes the papers.",
        Role.LEAD: "Answers for commitments: gives their updates, keeps their risks and assessments.",
        Role.CONTRIBUTOR: "Gives updates of the commitments they contribute to.",
        Role.APPROVER: "Signs off: updates, changes to the baseline, impact assessments, gateways.",
        Role.ANALYST: "Sends in figures and saves scenarios; may read by program.",
        Role.VIEWER: "Reads everything of the organisation and changes nothing.",
        Role.PUBLIC: "Sees the parts that the organisation has published, as anybody may.",
    }
)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody holds, for one ``place`` or one ``programme`` (theme id) alone where these are not ""."""

    role: Role
    place: str = ""
    programme: str = ""

    def reaches(self, place: str = "", programme: str = "") -> bool:
        """Whether the grant reaches something of that place and programme ("" is the whole organisation's).

        >>> Grant(Role.LEAD, place="North").reaches("North", "urgent"), Grant(Role.LEAD, place="North").reaches("")
        (True, False)
        """
        return self.place in ("", place) and self.programme in ("", programme)


@dataclass(frozen=True, slots=True)
class Access:
    """All that one person holds in one organisation."""

    grants: tuple[Grant, ...] = ()

    def may(self, right: Right, *, place: str = "", programme: str = "") -> bool:
        """Whether the person may do that to something of that place and programme; nothing granted, nothing allowed.

        >>> Access((Grant(Role.VIEWER),)).may(Right.READ), Access().may(Right.READ)
        (True, False)
        """
        return any(right in grant.role.rights and grant.reaches(place, programme) for grant in self.grants)

    def may_somewhere(self, right: Right) -> bool:
        """Whether the person may do that to some part of the organisation's plans."""
        return any(right in grant.role.rights for grant in self.grants)


def roles_with(right: Right) -> tuple[Role, ...]:
    """The roles that may do something, for a query."""
    return tuple(role for role in Role if right in role.rights)
