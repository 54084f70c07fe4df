"""What changes the activity model of an edition: one transaction each, with its audit event inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.errors import InputError
from trigpoint.web.accounts.models import User
from trigpoint.web.activity import codec, store
from trigpoint.web.activity.models import Proposal, ScenarioVersion
from trigpoint.web.audit.services import record
from trigpoint.web.config.wording import day
from trigpoint.web.dashboards.codec import Tables
from trigpoint.web.dashboards.store import attached_to as measures_of
from trigpoint.web.finance.store import attached_to as finance_of
from trigpoint.web.proposals import services as proposals
from trigpoint.web.proposals.changes import merged
from trigpoint.web.proposals.services import LONGEST_NAME, Kind, subject
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import Loaded
from trigpoint.wording import printable

LONGEST_KEY = 60
SAVED, WITHDRAWN = "scenario saved", "scenario withdrawn"
TEMPLATES = Kind(Proposal, "assumptions sent", "assumptions accepted", "assumptions discarded")


class NameTaken(InputError):
    """The name of a scenario is that of another one, or somebody saved this one meanwhile."""


def key_of(name: str) -> str:
    """What a scenario is called in addresses and files; of a name without Latin letters or digits, a sum of it.

    >>> key_of("Slow start, 2018/19"), key_of("…")
    ('slow-start-201819', 'scenario-5111434a')
    """
    return slugify(name)[:LONGEST_KEY].strip("-") or f"scenario-{crc32(name.encode()):08x}"


@transaction.atomic
def save_scenario(edition: Edition, scenario: Scenario, *, by: User, seen: int | None = None) -> ScenarioVersion:
    """Keep a scenario as the next version of its name, the first one under a new name.

    ``seen`` is the version that the person's page showed, 0 for none and ``None`` for one who does not care. Raises
    ``NameTaken`` where somebody else has saved one of that name since, and ``InputError`` where it has no name.
    """
    name = printable(scenario.name)[:LONGEST_NAME]
    if not name:
        raise InputError("the scenario has no name", remedy="give it one")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    key = key_of(name)
    last = ScenarioVersion.objects.filter(edition=locked, key=key).order_by("-version").first()
    standing = last.version if last is not None and not last.withdrawn else 0
    if seen is not None and standing != seen:
        raise NameTaken(_taken(name, last, seen), remedy="what you entered is kept: give it another name")
    made = ScenarioVersion.objects.create(
        edition=locked,
        key=key,
        version=(last.version if last else 0) + 1,
        name=name,
        note="\n".join(printable(line) for line in scenario.note.splitlines()),
        changes=[[change.assumption, change.field, change.value] for change in scenario.changes],
        without=list(scenario.without),
        by=by,
        at=timezone.now(),
    )
    detail = {"scenario": key, "version": made.version, "name": name, "changes": made.changes, "without": made.without}
    record(SAVED, by=by, subject=subject(locked), detail=detail)
    return made


def _taken(name: str, last: ScenarioVersion | None, seen: int) -> str:
    """Why a name cannot be saved under: who has saved what under it since, and when."""
    if last is None:
        return f"“{name}” was never saved"
    at = timezone.localtime(last.at)
    who = f"{last.by}, {day(at.date())} at {at:%H:%M}"
    if last.withdrawn:
        return f"“{name}” was withdrawn by {who}"
    if not seen:
        return f"a scenario called “{last.name}” is here already: {who}"
    return f"“{name}” was saved by somebody else since you opened it: {who}, version {last.version}"


@transaction.atomic
def withdraw_scenario(edition: Edition, key: str, *, by: User) -> None:
    """Take a scenario off the list, by a last version that says so; ``InputError`` where there is none to take off."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    last = ScenarioVersion.objects.filter(edition=locked, key=key).order_by("-version").first()
    if last is None or last.withdrawn:
        raise InputError("this scenario was not made on these pages, or is withdrawn already")
    ScenarioVersion.objects.create(
        edition=locked, key=key, version=last.version + 1, name=last.name, note=last.note, changes=last.changes,
        without=last.without, withdrawn=True, by=by, at=timezone.now(),
    )  # fmt: skip
    record(WITHDRAWN, by=by, subject=subject(locked), detail={"scenario": key, "name": last.name})


def accept(proposal: Proposal, *, by: User, problems: Sequence[str] = ()) -> Loaded:
    """Put the files of a template in the place of those of the same names, as a new revision of the edition.

    Raises ``InputError`` where the plan was changed since the template came, or somebody has decided already; nothing
    is changed then.
    """

    def attached(edition: Edition, texts: Mapping[str, str]) -> Tables:
        before = store.read_files(edition)
        files = codec.tables_of(merged(before.texts, texts), before.cells, problems)
        return (*measures_of(edition), *finance_of(edition), *files)

    return proposals.accept(TEMPLATES, proposal, attached, by=by)
