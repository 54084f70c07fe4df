"""The page that corrects one reading: its fields as a form beside the words they were read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trigpoint.web.intake.listing import Listing
from trigpoint.web.intake.models import Proposal, Upload
from trigpoint.web.intake.presenters.review import decided_words, proposal_line

if TYPE_CHECKING:
    from trigpoint.web.intake.corrections import Refused

LONG = 60  # a text beyond this many characters, or of several lines, is written in a box of several lines


@dataclass(frozen=True, slots=True)
class Control:
    """One field of the form."""

    id: str
    name: str
    label: str
    hint: str
    value: str
    current: str
    choices: tuple[str, ...]
    rows: int
    error: str


def controls(row: Proposal, refused: Refused | None) -> tuple[Control, ...]:
    """Every field with what was written, else what was decided, else what was read."""
    found = []
    for field in row.fields:
        name, read = field["name"], field["proposed"]
        value = refused.given.get(name, read) if refused else row.values.get(name, read)
        error = refused.errors.get(name, "") if refused else ""
        longest = max((value, read, field["current"]), key=len)
        rows = min(12, 2 + len(longest) // 80 + longest.count("\n")) if len(longest) > LONG or "\n" in longest else 1
        found.append(
            Control(f"f-{name}", f"f-{name}", field["label"], field["hint"], value, field["current"],
                    tuple(field["choices"]), rows, error)
        )  # fmt: skip
    return tuple(found)


def correction_page(upload: Upload, row: Proposal, listing: Listing, refused: Refused | None = None) -> dict[str, Any]:
    """Everything that the page shows; ``refused`` is a first try that was not kept."""
    fields = controls(row, refused)
    return {
        "upload": upload,
        "line": proposal_line(row, listing, upload),
        "controls": fields,
        "errors": [{"text": each.error, "href": f"#{each.id}"} for each in fields if each.error],
        "conflict": (decided_words(row) or "It is undecided again") if refused and refused.conflict else "",
        "compared": upload.of is not None,
        "action": listing.url("import-correct", upload, position=row.position),
        "back": listing.url("import-review", upload) + f"#p-{row.position}",
        "review": listing.url("import-review", upload),
    }
