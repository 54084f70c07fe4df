"""What the pages of the activity model read. Nothing here writes; an edition is one that the person may see already."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, OuterRef, Subquery

from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.web.accounts.access import Right
from trigpoint.web.accounts.models import User
from trigpoint.web.activity import codec
from trigpoint.web.activity.models import ScenarioVersion
from trigpoint.web.register.models import Edition
from trigpoint.web.register.store import revision_key, rows, shelf

SCENARIOS = "scenarios/"


@dataclass(frozen=True, slots=True)
class Files:
    """The folder ``activity`` as it was loaded: texts by name, pooled records, and what was wrong at loading."""

    texts: dict[str, str]
    cells: bytes | None
    problems: tuple[str, ...]


def has_activity(edition: Edition) -> bool:
    """Whether the edition has any activity file; asked once for each revision."""
    key = (*revision_key(edition), "has activity")
    return shelf.get(key, lambda: codec.FILES.model.objects.filter(edition_id=edition.pk).exists())


def read_files(edition: Edition) -> Files:
    """The files of an edition, equal to those that were loaded."""
    cells = rows(edition, codec.CELLS)
    return Files(dict(rows(edition, codec.FILES)), cells[0] if cells else None, rows(edition, codec.PROBLEMS))


def problems_of(edition: Edition) -> tuple[str, ...]:
    """What was wrong in the files when they were loaded, a sentence each."""
    return rows(edition, codec.PROBLEMS)


def last_version(edition: Edition) -> int:
    """What the saved scenarios of an edition depend on: the newest version of any, 0 without one."""
    return ScenarioVersion.objects.filter(edition_id=edition.pk).aggregate(last=Max("pk"))["last"] or 0


def saved_scenarios(edition: Edition) -> tuple[ScenarioVersion, ...]:
    """The newest version of each scenario that was made on the pages, withdrawn ones too, in order of their names."""
    versions = ScenarioVersion.objects.filter(edition_id=edition.pk)
    newest = versions.filter(key=OuterRef("key")).order_by("-version").values("pk")[:1]
    found = versions.filter(pk=Subquery(newest)).select_related("by")
    return tuple(sorted(found, key=lambda row: (row.name.casefold(), row.key)))


def versions_of(edition: Edition, key: str) -> tuple[ScenarioVersion, ...]:
    """Every version of one scenario, the newest first."""
    found = ScenarioVersion.objects.filter(edition_id=edition.pk, key=key).select_related("by")
    return tuple(found.order_by("-version"))


def scenario_of(row: ScenarioVersion) -> Scenario:
    """A saved version as the model takes it."""
    return Scenario(
        id=row.key,
        name=row.name,
        note=row.note,
        author=str(row.by),
        on=row.at.date(),
        changes=tuple(Change(*change) for change in row.changes),
        without=tuple(row.without),
    )


def exported(edition: Edition) -> Files:
    """The files as a workspace holds them: with a file for each scenario that was made on the pages."""
    from trigpoint.activity.book.scenarios import scenario_text

    files = read_files(edition)
    texts = dict(files.texts)
    for row in saved_scenarios(edition):
        name = f"{SCENARIOS}{row.key}.toml"
        if row.withdrawn:
            texts.pop(name, None)
        else:
            texts[name] = scenario_text(scenario_of(row))
    return Files(texts, files.cells, files.problems)


def attached_to(edition: Edition) -> codec.Tables:
    """What an edition that takes this one's place has to carry on, because it was not read anew."""
    files = exported(edition)
    return codec.tables_of(files.texts, files.cells, files.problems)


def may_save(user: User, edition: Edition) -> bool:
    """Whether a person may save scenarios and assumptions: it has a right of its own."""
    return user.access(edition.organisation).may(Right.SAVE_SCENARIOS)
