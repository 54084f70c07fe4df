"""What an Office file says of itself."""

from __future__ import annotations

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.package import Package, local_name
from trigpoint.errors import InputError

NAMES = {"title": "title", "creator": "author", "modified": "modified"}


def core_properties(package: Package) -> dict[str, str]:
    """Title, author and time of change, as far as they are given; a damaged part is not worth refusing the file."""
    part = next((row.target for row in package.relationships() if row.kind == "core-properties"), "")
    if part not in package:
        return {}
    try:
        rows = list(package.xml(part))
    except InputError:
        return {}
    told = ((NAMES.get(local_name(row)), tidy(row.text or "")) for row in rows)
    return {name: text for name, text in told if name and text}
