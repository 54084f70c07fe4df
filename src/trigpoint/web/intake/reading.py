"""What a reading of an upload finds, and how it is kept: the draft, the proposals beside their source, a summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.checks import Finding, Severity
from trigpoint.documents import NO_PLAN
from trigpoint.documents.readers.limits import Progress
from trigpoint.documents.review import Proposal, propose
from trigpoint.plans.draft import NoteKind, PlanDraft
from trigpoint.plans.model import Plan
from trigpoint.web.intake import models, uploads
from trigpoint.web.intake.drafts import Examined, Outdated, packed, unpacked
from trigpoint.web.intake.examining import examine_draft, examine_file
from trigpoint.web.intake.models import State, Upload
from trigpoint.web.intake.order import Branch, in_order
from trigpoint.web.intake.remarks import attached, place_of, printable
from trigpoint.web.register.store import read_workspace

BATCH = 500
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A draft, what it proposes for the plan it is compared with (at a revision), and what the checks say of it."""

    draft: PlanDraft
    existing: Plan | None
    revision: int | None
    proposals: tuple[Proposal, ...]
    findings: tuple[Finding, ...]

    @property
    def is_plan(self) -> bool:
        """Whether anything was read that a plan could hold, or that the plan holds already."""
        plan = self.draft.plan
        return bool(plan.objectives or plan.deliverables or plan.milestones or plan.indicators or plan.risks)


def read(upload: Upload, progress: Progress) -> Found:
    """Read the file – or, where it was read before, take its draft – and compare it with the plan it belongs to.

    Raises ``InputError`` for a document that cannot be read.
    """
    kept = models.Draft.objects.filter(upload=upload).first()
    if kept is not None and _is_understood(kept.content):
        return compare(upload, examine_draft(kept.content, upload.name))
    # What is proposed is what is kept: the end of the review reads the draft as the database gives it back.
    return compare(upload, examine_file(uploads.content(upload), upload.name, progress))


def _is_understood(content: bytes) -> bool:
    """Whether a draft can still be read, or was kept by a Trigpoint of another time."""
    try:
        unpacked(content)
    except Outdated:
        return False
    return True


def compare(upload: Upload, examined: Examined) -> Found:
    """What a draft proposes for the plan that the upload is a new edition of, or for a plan of its own."""
    before = read_workspace(upload.of) if upload.of else None
    existing, told = (before.plan, before.provenance) if before else (None, ())
    proposed = propose(examined.draft, existing, told)
    proposals = tuple(each for each in proposed if not _is_settled_by_the_upload(each))
    revision = upload.of.revision if upload.of else None
    return Found(examined.draft, existing, revision, proposals, examined.findings)


def _is_settled_by_the_upload(proposal: Proposal) -> bool:
    """Whose plan it is, is no question to the document: the plan belongs to the organisation it was uploaded for."""
    return proposal.table == "plan" and any(field.name == "organisation" for field in proposal.fields)


def keep(upload: Upload, found: Found) -> None:
    """Put what was found in the place of what an earlier reading found; decisions of proposals that are the same stay.

    Called inside a transaction that holds the upload's row.
    """
    models.Draft.objects.update_or_create(upload=upload, defaults={"content": packed(found.draft)})
    decided = {row.key: row for row in models.Proposal.objects.filter(upload=upload, verdict__isnull=False)}
    models.Proposal.objects.filter(upload=upload).delete()
    if found.is_plan:
        models.Proposal.objects.bulk_create(_rows(upload, found, decided), batch_size=BATCH)
    Upload.objects.filter(pk=upload.pk).update(
        state=State.REVIEW if found.is_plan else State.NO_PLAN,
        reason="" if found.is_plan else _reason(found.draft),
        of_revision=found.revision,
        summary=_summary(found),
    )


def _reason(draft: PlanDraft) -> str:
    """Why the document is no plan, in the interpreter's words."""
    said = [note.text for note in draft.notes if note.kind is NoteKind.NOT_FOUND and note.line is None]
    reason = printable(said[-1] if said else NO_PLAN)
    return reason[:1].upper() + reason[1:]


def _rows(upload: Upload, found: Found, decided: dict[str, models.Proposal]) -> list[models.Proposal]:
    beside = attached(found.findings, found.proposals)
    return [
        _row(upload, position, branch, beside.get(branch.proposal.key, ()), decided.get(branch.proposal.key))
        for position, branch in enumerate(in_order(found.proposals, found.existing), start=1)
    ]


def _row(
    upload: Upload, position: int, branch: Branch, findings: Sequence[Finding], before: models.Proposal | None
) -> models.Proposal:
    proposal = branch.proposal
    row = models.Proposal(
        upload=upload,
        position=position,
        key=proposal.key,
        action=proposal.action.value,
        table=proposal.table,
        item=proposal.item,
        parent=proposal.parent,
        title=printable(proposal.title),
        theme=printable(branch.theme),
        objective=printable(branch.objective),
        fields=[_field(field) for field in proposal.fields],
        words=printable(proposal.words),
        place=printable(proposal.place),
        sure=proposal.sure and not proposal.question,
        question=proposal.question,
        doubts=[printable(doubt) for doubt in proposal.doubts],
        findings=[
            [each.severity.value, each.rule, printable(each.message), printable(each.fragment)] for each in findings
        ],
    )
    if before is not None:
        for name in ("verdict", "values", "by_id", "at", "turn"):
            setattr(row, name, getattr(before, name))
    return row


def _field(field: Any) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "proposed": printable(field.proposed),
        "current": printable(field.current),
        "hint": field.hint,
        "choices": list(field.choices),
        "kind": field.kind.value if field.kind else "",
    }


def _summary(found: Found) -> dict[str, Any]:
    """What the result page says of the whole document."""
    plan, document = found.draft.plan, found.draft.document
    remarks = [
        [each.kind.value, printable(each.text), place_of(document, each.origin.line), printable(each.words)]
        for each in document.remarks
    ]
    return {
        "format": document.format.value,
        "sureness": document.sureness,
        "title": printable(plan.title),
        "organisation": printable(plan.organisation),
        "years": list(plan.years),
        "edition": printable(plan.edition),
        "notes": {kind.value: _cut(_notes(found.draft, kind)) for kind in NoteKind},
        "remarks": _cut(remarks),
        "general": _cut(_general(found)),
        "findings": {each.value: sum(one.severity is each for one in found.findings) for each in Severity},
    }


def _cut(lines: list[Any]) -> list[Any]:
    """How many there are, and the first of them."""
    return [len(lines), lines[:MOST_LISTED]]


def _notes(draft: PlanDraft, kind: NoteKind) -> list[list[str]]:
    return [[printable(note.text), place_of(draft.document, note.line)] for note in draft.notes if note.kind is kind]


def _general(found: Found) -> list[list[str]]:
    """The findings that stand beside no proposal, the gravest first."""
    beside = {id(each) for group in attached(found.findings, found.proposals).values() for each in group}
    alone = [each for each in found.findings if id(each) not in beside]
    order, document = list(Severity), found.draft.document
    return [
        [
            each.severity.value,
            each.rule,
            printable(each.message),
            printable(each.fragment),
            place_of(document, each.line),
        ]
        for each in sorted(alone, key=lambda finding: order.index(finding.severity))
    ]
