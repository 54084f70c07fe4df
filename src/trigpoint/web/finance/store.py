"""What the pages of finance read. Nothing here writes; an edition is one that the person may see already."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.web.dashboards.codec import Tables
from trigpoint.web.finance import codec
from trigpoint.web.register.models import Edition
from trigpoint.web.register.store import revision_key, rows, shelf


@dataclass(frozen=True, slots=True)
class Files:
    """The folder ``finance`` as it was loaded: texts by name, and what was wrong at loading."""

    texts: dict[str, str]
    problems: tuple[str, ...]


def has_finance(edition: Edition) -> bool:
    """Whether the edition has any finance file; asked once for each revision."""
    key = (*revision_key(edition), "has finance")
    return shelf.get(key, lambda: codec.FILES.model.objects.filter(edition_id=edition.pk).exists())


def read_files(edition: Edition) -> Files:
    """The files of an edition, equal to those that were loaded."""
    return Files(dict(rows(edition, codec.FILES)), rows(edition, codec.PROBLEMS))


def problems_of(edition: Edition) -> tuple[str, ...]:
    """What was wrong in the files when they were loaded, a sentence each."""
    return rows(edition, codec.PROBLEMS)


def attached_to(edition: Edition) -> Tables:
    """What an edition that takes this one's place has to carry on, because it was not read anew."""
    files = read_files(edition)
    return codec.tables_of(files.texts, files.problems)
