"""What the pages of published statistics read. Nothing here writes; every question is confined to one organisation's
files, or to those of the organisations that a person belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404

from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.web.accounts.access import Right
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.published.models import Batch, PublishedFigure, PublishedFile, PublishedOrganisation

BASES = tuple(Basis)
BATCHES_SHOWN = 10
# Whom people compare first: those who give the care, then those who answer for it.
_COMPARED = tuple(dict.fromkeys((Basis.PROVIDER, Basis.AMBULANCE, Basis.SYSTEM, Basis.COMMISSIONER, *Basis)))

# Each file once, without its words, which may be many: a page names it in hundreds of rows.
_SOURCE = Prefetch("file", PublishedFile.objects.only("name"))


def batch_for(user: User, pk: int) -> Batch:
    """What was sent together, for who may add files there too; others' is *not found*."""
    rows = Batch.objects.filter(owner__in=user.organisations_where(Right.IMPORT))
    found = rows.select_related("owner", "by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def batches_of(owners: Iterable[Organisation]) -> list[Batch]:
    """What was sent last for these organisations, each with how many files it has (``size``)."""
    rows = Batch.objects.filter(owner__in=list(owners)).select_related("owner", "by")
    return list(rows.annotate(size=Count("sendings"))[:BATCHES_SHOWN])


def files_of(owner: Organisation) -> QuerySet[PublishedFile]:
    """The files that are held, the newest first."""
    return PublishedFile.objects.filter(owner=owner).select_related("by")


def file_for(user: User, pk: int) -> PublishedFile:
    """One of the files that this person may see; others' are *not found*."""
    found = PublishedFile.objects.visible_to(user).select_related("owner", "by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def held_measures(owner: Organisation) -> set[str]:
    """The measures that there is any figure of."""
    return set(PublishedFigure.objects.filter(owner=owner).order_by().values_list("measure", flat=True).distinct())


def latest_of(owner: Organisation, org: str = ENGLAND) -> list[PublishedFigure]:
    """The newest figures of an organisation, a measure and basis each; of two that end alike, the shorter period's."""
    rows = PublishedFigure.objects.filter(owner=owner, org=org)
    same = rows.filter(measure=OuterRef("measure"), basis=OuterRef("basis"), value__isnull=False)
    newest = same.order_by("-end", "-start").values("pk")[:1]
    return list(rows.filter(pk=Subquery(newest)).prefetch_related(_SOURCE).order_by("measure"))


def course_of(owner: Organisation, measure: str, org: str) -> list[PublishedFigure]:
    """Every figure of a measure in one organisation, in order of time."""
    rows = PublishedFigure.objects.filter(owner=owner, measure=measure, org=org)
    return list(rows.prefetch_related(_SOURCE).order_by("end", "-start"))


@dataclass(frozen=True, slots=True)
class Slot:
    """What organisations can be compared in: a basis and a period."""

    basis: Basis
    start: date
    end: date


def latest_slots(owner: Organisation, measure: str) -> list[Slot]:
    """The bases that a measure has figures on, each with the periods there are, the newest first."""
    rows = PublishedFigure.objects.filter(owner=owner, measure=measure).exclude(org=ENGLAND)
    found = rows.order_by().values_list("basis", "start", "end").distinct()
    slots = [Slot(basis, start, end) for basis, start, end in found]
    return sorted(slots, key=lambda slot: (_COMPARED.index(slot.basis), -slot.end.toordinal(), -slot.start.toordinal()))


def compared(owner: Organisation, measure: str, slot: Slot) -> list[PublishedFigure]:
    """The figures of every organisation of a basis in one period."""
    rows = PublishedFigure.objects.filter(owner=owner, measure=measure, basis=slot.basis, end=slot.end)
    return list(rows.filter(start=slot.start).prefetch_related(_SOURCE))


def names_of(owner: Organisation, codes: Iterable[str]) -> dict[str, str]:
    """Code → name, for those of the codes that a file names."""
    rows = PublishedOrganisation.objects.filter(owner=owner, code__in=set(codes))
    return dict(rows.exclude(name="").values_list("code", "name"))


def all_names(owner: Organisation, basis: Basis) -> dict[str, str]:
    """Code → name of everybody who reports on a basis."""
    rows = PublishedOrganisation.objects.filter(owner=owner, basis=basis)
    return dict(rows.exclude(name="").values_list("code", "name"))


def organisations_of(owner: Organisation, words: str) -> QuerySet[PublishedOrganisation]:
    """Those whose code or name holds every word, whatever its case."""
    rows = PublishedOrganisation.objects.filter(owner=owner)
    for word in words.split():
        rows = rows.filter(Q(code__iexact=word) | Q(name__icontains=word))
    return rows


def code_asked(text: str) -> str:
    """A code as an address names it; raises ``Http404`` for what no database could be asked."""
    if "\x00" in text:
        raise Http404
    return text.strip()


def organisation_rows(owner: Organisation, code: str) -> list[PublishedOrganisation]:
    """Every basis that a code reports on; raises ``Http404`` where no file names it."""
    found = list(PublishedOrganisation.objects.filter(owner=owner, code=code_asked(code)))
    if not found:
        raise Http404
    return sorted(found, key=lambda row: BASES.index(row.basis))
