"""A person who may import, a document that was sent, and a draft of it; shared by the tests of imports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from web_sample import make_plan, signed_in

from trigpoint.checks import check, of_draft
from trigpoint.plans.document import Block, BlockKind, Document, Format, Origin
from trigpoint.plans.draft import Note, NoteKind, PlanDraft, Source
from trigpoint.plans.model import Plan
from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.config.clock import today
from trigpoint.web.intake import corrections, reading, services
from trigpoint.web.intake.drafts import Examined
from trigpoint.web.intake.models import Proposal, State, Upload
from trigpoint.web.register.models import Edition

OWNER = "NHS Example ICB"
TEXT = """Operational Plan 2026/27 of NHS Example ICB

Must do 1 – Urgent care
Priorities\tKey deliverables\tLead\t2026/27 actions / milestones
Fewer waits at the front door\tA new hub open by September 2026\tChief Nurse\t1. Recruit the hub team by June 2026
Home sooner\tDischarge team in place by March 2027\tChief Operating Officer\t1. Agree the model by May 2026
"""
DOUBTFUL = "d2"  # the one reading of the draft that is not sure


def make_importer(email: str = "importer@example.org", owner: str = OWNER, *, role: Role = Role.PLANNER) -> User:
    """A person who may import for an organisation, or only read its plans."""
    corrections.shelf.clear()
    organisation, _ = Organisation.objects.get_or_create(name=owner)
    user = User.objects.create_user(email, "correct horse battery", name=email.partition("@")[0].title())
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def plain_plan() -> Plan:
    """The small plan as a document says it: nothing reported, no date that could be read in two ways."""
    plan = make_plan()
    deliverables = tuple(replace(row, due_phrase="") for row in plan.deliverables)
    milestones = tuple(replace(row, due_phrase="") for row in plan.milestones)
    said = {"updates": (), "as_at": None, "edition": "", "notice": "", "trajectories": ()}
    return replace(plan, deliverables=deliverables, milestones=milestones, **said)


def make_draft(plan: Plan | None = None, notes: tuple[Note, ...] = ()) -> PlanDraft:
    """A draft in which every row was read on a line of its own, and one not surely."""
    plan = plan or plain_plan()
    titles = {row.id: row.title for row in (*plan.themes, *plan.objectives, *plan.indicators)}
    texts = {row.id: row.text for row in (*plan.deliverables, *plan.milestones, *plan.measures)}
    words = titles | texts
    lines = [plan.title, *words.values()]
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, Origin(line=n)) for n, text in enumerate(lines, 1))
    sources = {
        key: Source(Origin(line=n), text, (n,), 0.5 if key == DOUBTFUL else 1.0)
        for n, (key, text) in enumerate(words.items(), 2)
    }
    return PlanDraft(plan, Document("plan.docx", blocks, Format.WORD), sources, notes)


def make_upload(user: User, of: Edition | None = None, name: str = "plan.docx", content: bytes = b"words") -> Upload:
    """A document that was sent and waits to be read."""
    owner = of.organisation if of else Organisation.objects.get(membership__user=user)
    return services.upload(file=SimpleUploadedFile(name, content), organisation=owner, of=of, by=user)


def make_review(user: User, draft: PlanDraft | None = None, of: Edition | None = None) -> Upload:
    """A document that was read, with nothing decided yet."""
    upload = make_upload(user, of)
    draft = draft or make_draft()
    examined = Examined(draft, check(of_draft(draft), today=today()))
    reading.keep(upload, reading.compare(upload, examined))
    upload.refresh_from_db()
    assert upload.state is State.REVIEW
    return upload


def row_of(upload: Upload, item: str) -> Proposal:
    """The proposal of an item; "plan.title" and the like for the plan's own fields."""
    if item.startswith("plan."):
        rows = Proposal.objects.filter(upload=upload, table="plan")
        return next(row for row in rows if row.fields[0]["name"] == item.removeprefix("plan."))
    return Proposal.objects.get(upload=upload, item=item)


def decide(client: Client, upload: Upload, item: str, verdict: str, query: str = ""):
    """Press a button beside a reading."""
    row = row_of(upload, item)
    data = {"position": row.position, "seen": row.turn, "verdict": verdict}
    return client.post(f"/imports/{upload.pk}/decide/{query}", data)


def accept_all(user: User, upload: Upload, without: Iterable[str] = ()) -> None:
    """Accept everything that can be accepted, but for some items."""
    rows = Proposal.objects.filter(upload=upload).exclude(item__in=list(without))
    services.decide_all(upload, rows, verdict=services.Verdict.ACCEPTED, by=user)


def client_of(user: User) -> Client:
    return signed_in(user)


__all__ = [
    "DOUBTFUL", "OWNER", "TEXT", "Note", "NoteKind", "accept_all", "client_of", "decide", "make_draft",
    "make_importer", "make_review", "make_upload", "plain_plan", "row_of",
]  # fmt: skip
