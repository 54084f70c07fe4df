"""A draft beside the plan that it may become part of, and how a proposal is made of what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from trigpoint.characters import without_unprintable
from trigpoint.documents.review.doubts import Doubts
from trigpoint.documents.review.fields import TABLES, Field, TableForm, Values
from trigpoint.documents.review.memory import Memory
from trigpoint.documents.review.naming import Names
from trigpoint.documents.review.pairing import Pairing, keys_of, pair, words_of
from trigpoint.documents.review.proposal import Action, FieldProposal, Proposal
from trigpoint.documents.review.statuses import Report, Reports, reports_of
from trigpoint.plans.changes import FIELDS, ChangeKind, Part
from trigpoint.plans.draft import PlanDraft, Source
from trigpoint.plans.model import Plan
from trigpoint.plans.provenance import Provenance

PLAN, STATUSES = "plan", "statuses"


@dataclass(frozen=True, slots=True)
class Step:
    """A proposal with what stands behind its texts.

    ``row`` is the draft's row with the ids it has in the plan (of a removal, the row to remove), ``values`` are the
    fields that are proposed, ``before`` is the row in the plan, ``with_it`` the keys of rows that a removal takes with
    it, ``report`` what the document reports of the row.
    """

    proposal: Proposal
    row: Any = None
    values: Values = field(default_factory=dict)
    before: Any = None
    with_it: tuple[str, ...] = ()
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything known of draft and plan side by side; ``existing`` is ``None`` for a first import."""

    draft: PlanDraft
    existing: Plan | None
    memory: Memory
    pairing: Pairing
    names: Names
    reports: Reports
    doubts: Doubts

    def source(self, key: str) -> Source | None:
        """Where a row of the draft was read; an indicator without a place of its own stands where its first row is."""
        return self.draft.sources.get(key) or self.draft.sources.get(f"{key}/0")


def compare(draft: PlanDraft, existing: Plan | None, before: Iterable[Provenance]) -> Comparison:
    """Lay a draft beside the plan that it is a later edition of."""
    memory = Memory(before)
    pairing = pair(draft, existing, memory)
    words = {
        key: words_of(table, row)
        for table in TABLES.values()
        for key, row in zip(keys_of(table, draft.plan), table.rows(draft.plan), strict=True)
    }
    names = Names(_named(draft.plan, existing, pairing))
    reports = reports_of(draft, existing, pairing)
    return Comparison(draft, existing, memory, pairing, names, reports, Doubts(draft, words))


def _named(draft: Plan, existing: Plan | None, pairing: Pairing) -> Iterator[tuple[str, str, str]]:
    """Every row that others may stand under: table, id in the plan, words."""
    for name in ("themes", "objectives", "deliverables"):
        table = TABLES[name]
        for row in table.rows(existing) if existing else ():
            yield name, row.id, getattr(row, "heading", "") or words_of(table, row)
        for row in table.rows(draft):
            if row.id not in pairing.existing[name]:
                yield name, pairing.ids[row.id], getattr(row, "heading", "") or words_of(table, row)


ABSENT = object()
"""The value of a field whose row is not there (yet, or any more)."""


def field_proposal(names: Names, part: Part | None, one: Field, value: Any, now: Any) -> FieldProposal:
    """A field as text; ``part`` says what kind of change it is, ``None`` where there is nothing to change yet."""
    form = one.form
    proposed, current = (_text(names, one, each) for each in (value, now))
    kind = FIELDS[part].get(one.part_of, ChangeKind.RE_DEFINED) if part else None
    return FieldProposal(one.name, proposed, current, one.label, form.hint, form.choices, kind)


def _text(names: Names, one: Field, value: Any) -> str:
    if value is ABSENT:
        return ""
    return names.shown(one.refers, value) if one.refers else one.form.show(value)


def proposal(
    comparison: Comparison,
    action: Action,
    table: str,
    item: str,
    *,
    title: str,
    fields: tuple[FieldProposal, ...],
    doubts: tuple[str, ...],
    source: Source | None = None,
    parent: str = "",
    question: bool = False,
) -> Proposal:
    """One proposal, with its place and key."""
    return Proposal(
        key=_key(action, table, item, fields),
        action=action,
        table=table,
        item=item,
        title=" ".join(title.split()),
        fields=fields,
        source=source,
        place=comparison.draft.document.spot(source.origin.line if source else None),
        sure=not doubts and not question,
        doubts=doubts,
        parent=parent,
        under=comparison.names.words_of_any(parent),
        question=question,
    )


def words_behind(table: TableForm | None, shown: FieldProposal, source: Source | None) -> str:
    """The words that a field was read from: of a row's own text the document's, of its other fields what was read."""
    if table is not None and shown.name == table.main and source is not None and source.words:
        return without_unprintable(source.words)
    return shown.proposed


def _key(action: Action, table: str, item: str, fields: tuple[FieldProposal, ...]) -> str:
    """The same for the same proposal alone: a decision on one that changed since then is no decision."""
    content = "\x1e".join(f"{one.name}\x1f{one.proposed}\x1f{one.current}" for one in fields)
    mark = hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    name = f"{item}.{fields[0].name}" if table == PLAN else item
    return f"{action.value}:{table}:{name}:{mark}"
