"""What an import's pages read. Nothing here writes; every question is confined to what the person may import for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from trigpoint.documents.review import Action
from trigpoint.plans.provenance import Verdict
from trigpoint.web.accounts.access import Right
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.intake.models import Proposal, Upload
from trigpoint.web.register.models import Edition


class Show(Enum):
    """Which proposals a review page lists."""

    ALL = "all"
    DOUBTFUL = "doubtful"
    SURE = "sure"
    DECIDED = "decided"
    SKIPPED = "skipped"

    @property
    def rule(self) -> Q:
        """The same as a question to the database."""
        return _RULES[self]


_OPEN = Q(verdict__isnull=True)
_RULES = {
    Show.ALL: Q(),
    Show.DOUBTFUL: _OPEN & Q(sure=False),
    Show.SURE: _OPEN & Q(sure=True),
    Show.DECIDED: Q(verdict__in=[Verdict.ACCEPTED.value, Verdict.CORRECTED.value]),
    Show.SKIPPED: Q(verdict=Verdict.SKIPPED.value),
}


def owners_for(user: User) -> list[Organisation]:
    """The organisations that this person may import for; who may import for none is refused (page 403)."""
    found = list(user.organisations_where(Right.IMPORT).order_by("name"))
    if not found:
        raise PermissionDenied
    return found


def editions_of(owners: list[Organisation]) -> list[Edition]:
    """The plans that an upload may be a new edition of."""
    return list(Edition.objects.filter(organisation__in=owners).select_related("organisation"))


def uploads_for(user: User) -> QuerySet[Upload]:
    """The imports that this person may see, newest first."""
    return Upload.objects.open_to(user).select_related("organisation", "by")


def upload_for(user: User, pk: int) -> Upload:
    """One of the imports that this person may see; others' are *not found*: that they exist is theirs."""
    found = Upload.objects.open_to(user).select_related("organisation", "by", "edition", "of", "finished_by")
    upload = found.filter(pk=pk).first()
    if upload is None:
        raise Http404
    return upload


def proposal_for(upload: Upload, position: int) -> Proposal:
    """One proposal of an import by its place in the review."""
    found = proposal_at(upload, position)
    if found is None:
        raise Http404
    return found


def proposals(upload: Upload, show: Show = Show.ALL, table: str = "") -> QuerySet[Proposal]:
    """The proposals that a page lists, in the order of the review."""
    rows = Proposal.objects.filter(show.rule, upload=upload).select_related("by")
    return rows.filter(table=table) if table else rows


@dataclass(frozen=True, slots=True)
class Counts:
    """How many proposals there are of each kind that a page may list, of one table or of all."""

    shown: dict[Show, int]
    questions: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.shown[Show.ALL]

    @property
    def open(self) -> int:
        """Those that nobody has decided."""
        return self.shown[Show.DOUBTFUL] + self.shown[Show.SURE]


def counts(upload: Upload, table: str = "") -> Counts:
    """One question, however many there are."""
    rows = Proposal.objects.filter(upload=upload)
    if table:
        rows = rows.filter(table=table)
    asked = {show.value: Count("pk", filter=show.rule) for show in Show if show is not Show.ALL}
    found = rows.aggregate(all=Count("pk"), questions=Count("pk", filter=_OPEN & Q(question=True)), **asked)
    return Counts({show: found[show.value] for show in Show}, found["questions"])


def decided_in(upload: Upload, turn: int) -> tuple[int, Proposal | None]:
    """How many proposals stand as they were decided in one turn, and the first of them."""
    rows = Proposal.objects.filter(upload=upload, turn=turn, verdict__isnull=False)
    return rows.count(), rows.first()


def proposal_at(upload: Upload, position: int) -> Proposal | None:
    """The proposal at a place of the review, if there is one."""
    return Proposal.objects.filter(upload=upload, position=position).select_related("by").first()


def own_fields(upload: Upload) -> list[Proposal]:
    """The proposals on the plan's own fields that were accepted or corrected."""
    return list(Proposal.objects.filter(Show.DECIDED.rule, upload=upload, table="plan"))


def new_rows(upload: Upload) -> dict[str, tuple[str, str, Verdict | None]]:
    """Every row that would be new → its table, what it stands under, and what was decided."""
    rows = Proposal.objects.filter(upload=upload, action=Action.ADD.value).order_by()
    found = rows.values_list("item", "table", "parent", "verdict")
    return {item: (table, parent, verdict) for item, table, parent, verdict in found}


def tally(upload: Upload) -> list[tuple[str, str, Verdict | None, int]]:
    """Table, action, verdict → how many proposals, tables in the order of the review."""
    rows = Proposal.objects.filter(upload=upload).order_by()
    return list(rows.values_list("table", "action", "verdict").annotate(count=Count("pk")))


def tables(upload: Upload) -> list[tuple[str, int]]:
    """The tables that something is proposed for, each with its count."""
    rows = Proposal.objects.filter(upload=upload).order_by()
    return list(rows.values_list("table").annotate(count=Count("pk")))
