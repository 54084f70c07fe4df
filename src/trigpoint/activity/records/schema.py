"""The columns of a record-level extract: one row a spell, an attendance or a contact, or many with a ``count``.

Open fields only. A column that could identify a patient is refused before a row is read. Columns of one's own, in
lower case, may be added and asked for as keys; they are taken as words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trigpoint.activity.records.fields import BY_NAME, FIELDS, NO, YES, Kind, Need
from trigpoint.errors import InputError
from trigpoint.plans.tables import nearest
from trigpoint.wording import listed

DERIVED = {
    "age_group": "the age in bands: 0, 1-4, 5-9, 10-15, 16-17, 18-34, 35-49, 50-64, 65-74, 75-84, 85+",
    "stay_group": "the length of stay in bands: 0, 1, 2, 3, 4-7, 8-14, 15-21, 22+",
    "zero_stay": "yes where the length of stay is 0",
    "hrg_chapter": "the first character of the healthcare resource group",
}
"""Keys that are made from the columns, and what they hold."""
FROM = {"age_group": "age", "stay_group": "length_of_stay", "zero_stay": "length_of_stay", "hrg_chapter": "hrg"}
FIXED = ("provider", "pod", "date", "month", "count")

_IDENTIFYING = re.compile(
    r"(?:^|_)(?:nhs|chi)_?(?:no|num|number|id)(?:_|$)|date_?of_?birth|birth_?da(?:te|y)|(?:^|_)dob(?:_|$)|post_?code|"
    r"(?:first|last|full|family|given|middle|patient|maiden|person)_?names?(?:_|$)|surname|forename|^names?$|address|"
    r"(?:hospital|patient|pseudo|pseudonym|person|spell|pathway|pas)_?(?:id|no|num|number|identifier)(?:_|$)|"
    r"(?:^|_)(?:mrn|nino|national_insurance|phone|telephone_number|mobile|e_?mail|lsoa|uprn)",
)
_OWN = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")


def identifying(column: str) -> bool:
    """Whether a column's name is that of something which can identify a patient.

    >>> identifying("NHS Number"), identifying("Date of birth"), identifying("postcode_sector"), identifying("site")
    (True, True, True, False)
    """
    return bool(_IDENTIFYING.search(re.sub(r"[^a-z0-9]+", "_", column.casefold()).strip("_")))


def needed(columns: Sequence[str], where: str) -> InputError | None:
    """What is wrong with the columns of a file: one that can identify a patient, one that stands twice, or one missing.

    The sentence names the file, the columns concerned and, for one that is missing, the column that is most like it.
    """
    refused = [column for column in columns if identifying(column)]
    if refused:
        what = f"the column {listed([f'“{name}”' for name in refused])} can identify a patient, so the file is not read"
        return InputError(what, where=where, remedy="leave it out of the extract")
    given = set(columns)
    missing = [field.name for field in FIELDS if field.need is Need.NEEDED and field.name not in given]
    missing += [] if given & {"date", "month"} else ["date"]
    if not missing:
        return None
    told = [(name, nearest(name, [one for one in columns if one not in BY_NAME])) for name in missing]
    near = [f"rename “{other}” to “{name}”" for name, other in told if other]
    columns_are = f"the columns are {', '.join(columns)}" if columns else "it has no columns"
    what = f"the column {listed([f'“{name}”' for name in missing])} is missing"
    return InputError(what, where=where, remedy=listed(near) or columns_are)


def checked_keys(keys: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """The keys that cells are made by, each once. Raises ``InputError`` for one that no file has.

    >>> checked_keys(["age_group", "specialty"], ["provider", "pod", "month", "age", "specialty"])
    ('age_group', 'specialty')
    """
    given = [name for name in columns if name not in FIXED]
    known = [*given, *(name for name, source in FROM.items() if source in given)]
    for key in keys:
        if key in FIXED:
            raise InputError(f"the key “{key}” is no attribute", remedy="cells always have provider and pod")
        if key not in known:
            near = nearest(key, known)
            is_known = key in BY_NAME or key in DERIVED
            what = f"no file has the column “{FROM.get(key, key)}”" if is_known else f"the key “{key}” is unknown"
            raise InputError(what, remedy=f"did you mean “{near}”?" if near else f"the keys can be {', '.join(known)}")
        if key not in BY_NAME and key not in DERIVED and not _OWN.match(key):
            raise InputError(f"the key “{key}” is not a name", remedy="use lower-case letters, digits and _")
    return tuple(dict.fromkeys(keys))


def schema_table() -> str:
    """The columns as a table in Markdown, as the manual prints it."""
    lines = ["| column | holds | type | unit or example | values | of | |", "|---|---|---|---|---|---|---|"]
    for field in FIELDS:
        values = ", ".join(field.values) if field.kind is not Kind.FLAG else f"{YES}, {NO}"
        cells = (
            f"`{field.name}`",
            field.holds,
            field.kind.value,
            field.unit,
            values,
            field.part.value,
            field.need.value,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def derived_table() -> str:
    """The keys made from columns, as a table in Markdown."""
    return "\n".join(["| key | holds |", "|---|---|", *(f"| `{name}` | {holds} |" for name, holds in DERIVED.items())])
