"""What changes the register: one transaction, with its audit event inside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from trigpoint.checks.finding import Finding
from trigpoint.errors import InputError
from trigpoint.plans.model import Plan
from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.audit.services import record
from trigpoint.web.register import codec, models
from trigpoint.web.register.codec import Codec
from trigpoint.web.register.models import Edition

BATCH = 2_000
LONGEST_ID = 200
# PostgreSQL has no place for NUL, no database for half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Outcome(Enum):
    """What loading did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The edition as it now is in the database, and what loading did."""

    edition: Edition
    outcome: Outcome


def identity(plan: Plan) -> str:
    """Which edition of which plan this is, 64 hexadecimal digits."""
    return _hash([(plan.organisation, plan.title, plan.edition)])


def _hash(values: Sequence[Any]) -> str:
    digest = hashlib.sha256()
    for value in values:
        digest.update(repr(value).encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()


def _head(space: Workspace) -> dict[str, Any]:
    plan = space.plan
    return {
        "checks": [list(pair) for pair in space.checks.items()],
        "title": plan.title,
        "years": list(plan.years),
        "framework": plan.framework,
        "edition": plan.edition,
        "as_at": plan.as_at,
        "notice": plan.notice,
    }


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.items()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _refuse_unstorable(head: dict[str, Any], tables: list[tuple[Codec, list[codec.Columns]]]) -> None:
    for name, value in head.items():
        if any(_UNSTORABLE.search(text) for text in _texts(value)):
            raise InputError(f"the plan's {name} holds a character that is no text", remedy="remove it")
    for table, rows in tables:
        for number, row in enumerate(rows, start=1):
            if any(_UNSTORABLE.search(text) for text in _texts(row)):
                what = f"row {number} of the plan's {table.model._meta.verbose_name_plural}"
                raise InputError(f"{what} holds a character that is no text", remedy="remove it")
            if table.columns[0] == "key" and len(row[0]) > LONGEST_ID:
                raise InputError(f"the id “{row[0][:30]}…” is longer than {LONGEST_ID} characters", remedy="shorten it")


def load_plan(plan: Plan, *, by: User | None) -> Loaded:
    """Put a plan without a workspace into the register; see ``load_workspace``."""
    return load_workspace(Workspace(plan), by=by)


@transaction.atomic
def load_workspace(
    space: Workspace,
    *,
    by: User | None,
    findings: Sequence[Finding] = (),
    attached: Sequence[tuple[Codec, Sequence[Any]]] = (),
) -> Loaded:
    """Put a workspace into the register, as a new edition or in the place of the same edition loaded before.

    ``attached`` are the rows of other applications that belong to the edition, such as the figures of measures; what
    they attached to it before is gone. The same edition is the same organisation, title and edition label; its address
    stays. Loading what is already there changes nothing. Raises ``InputError`` when the plan holds text that no
    database can keep; nothing is changed then.
    """
    plan, head = space.plan, _head(space)
    told = (*codec.rows_of(space, findings), *attached)
    tables = [(table, [table.encode(row) for row in rows]) for table, rows in told]
    _refuse_unstorable(head | {"organisation": plan.organisation}, tables)
    digest = _hash([head, *(rows for _, rows in tables)])
    known = Edition.objects.select_for_update().filter(identity=identity(plan)).first()
    if known and known.digest == digest:
        return Loaded(known, Outcome.UNCHANGED)
    owner, _ = Organisation.objects.get_or_create(name=plan.organisation)
    edition = known or Edition(identity=identity(plan), organisation=owner, revision=0)
    for name, value in head.items():
        setattr(edition, name, value)
    edition.digest, edition.loaded_at = digest, timezone.now()
    edition.revision += 1
    edition.save()
    if known:
        for model in models.Row.__subclasses__():
            model.objects.filter(edition=edition).delete()
    for table, rows in tables:
        _insert(edition, table, rows)
    outcome = Outcome.REPLACED if known else Outcome.ADDED
    record(
        f"plan {outcome.value}",
        by=by,
        subject=f"plan {edition.pk}",
        detail={"title": plan.title, "organisation": plan.organisation, "revision": edition.revision, "digest": digest},
    )
    return Loaded(edition, outcome)


def _insert(edition: Edition, table: Codec, rows: Sequence[codec.Columns]) -> None:
    model: type[models.Row] = table.model
    made = (
        model(edition=edition, position=position, **dict(zip(table.columns, row, strict=True)))
        for position, row in enumerate(rows)
    )
    model.objects.bulk_create(made, batch_size=BATCH)
