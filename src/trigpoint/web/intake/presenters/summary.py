"""The page before the end of a review: what will be in the edition, what will not, and what it is called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from trigpoint.documents.review import Action
from trigpoint.errors import InputError
from trigpoint.plans.provenance import Verdict
from trigpoint.web.config.wording import day
from trigpoint.web.intake import store
from trigpoint.web.intake.finishing import Unfit
from trigpoint.web.intake.listing import Listing
from trigpoint.web.intake.models import Upload
from trigpoint.web.intake.presenters import labels
from trigpoint.web.intake.presenters.uploads import import_page
from trigpoint.web.intake.store import Show
from trigpoint.wording import capital

TAKEN = (Verdict.ACCEPTED, Verdict.CORRECTED)


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table of the plan: how many rows are new, changed, taken out, skipped and undecided."""

    name: str
    added: int
    changed: int
    removed: int
    skipped: int
    undecided: int


def _lines(upload: Upload) -> list[TableLine]:
    found: Counter[tuple[str, str]] = Counter()
    for table, action, verdict, count in store.tally(upload):
        if verdict in TAKEN:
            found[table, action] += count
        else:
            found[table, "skipped" if verdict else "undecided"] += count
    tables = sorted({table for table, _ in found}, key=labels.table_order)
    columns = (Action.ADD.value, Action.CHANGE.value, Action.REMOVE.value, "skipped", "undecided")
    return [TableLine(labels.kinds(table), *(found[table, column] for column in columns)) for table in tables]


def held_back(upload: Upload) -> tuple[int, int]:
    """How many readings that were accepted wait for something undecided, and how many go with an objective skipped."""
    rows = store.new_rows(upload)
    waiting = gone = 0
    for _, parent, verdict in rows.values():
        above = parent if verdict in TAKEN else ""
        while above in rows:
            table, above, decided = rows[above]
            if decided is None or (decided is Verdict.SKIPPED and table == "objectives"):
                waiting, gone = waiting + (decided is None), gone + (decided is not None)
                break
    return waiting, gone


def title_of(upload: Upload) -> str:
    """What the plan will be called: as decided, else as the plan is called that is there, else as was read."""
    for row in store.own_fields(upload):
        for field in row.fields:
            if field["name"] == "title":
                return row.values.get("title", field["proposed"])
    return upload.of.title if upload.of else upload.summary.get("title", "")


def edition_of(upload: Upload) -> str:
    """What the edition is called until somebody says otherwise: never as one that is there, so that both are kept."""
    printed = upload.summary.get("edition", "")
    if upload.of is None or (printed and printed != upload.of.edition):
        return printed
    return f"Edition of {day(timezone.localtime(upload.at).date())}"


def summary_page(
    upload: Upload, given: dict[str, str] | None = None, error: InputError | None = None
) -> dict[str, Any]:
    """The counts, the form, and what stood in the way of a first try."""
    lines = _lines(upload)
    undecided = sum(line.undecided for line in lines)
    waiting, gone = held_back(upload)
    return import_page(upload) | {
        "lines": lines,
        "taken": sum(line.added + line.changed + line.removed for line in lines),
        "skipped": sum(line.skipped for line in lines),
        "undecided": undecided,
        "waiting": waiting,
        "gone": gone,
        "compared": upload.of is not None,
        "title": given["title"] if given else title_of(upload),
        "edition": given["edition"] if given else edition_of(upload),
        "error": capital(str(error)) if error else "",
        "error_field": error.field if isinstance(error, Unfit) else "",
        "open_href": Listing(Show.DOUBTFUL).url("import-review", upload),
        "review": Listing().url("import-review", upload),
    }
