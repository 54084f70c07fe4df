"""What a workspace holds and what can be read: files, measures, releases and organisations as tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trigpoint.characters import on_one_line
from trigpoint.cli.data_add import workspace_of
from trigpoint.errors import InputError
from trigpoint.wording import count

if TYPE_CHECKING:
    from trigpoint.releases.store import Held

_WIDE = 120
"""Columns from which files stand in a table; below that each has two lines, for its name is long."""


def tell_files(into: Path | None, *, as_json: bool) -> None:
    """The files in the order of release and period."""
    from rich.console import Console

    from trigpoint.releases.store import open_store

    files = sorted(open_store(workspace_of(into)).files, key=lambda one: (one.release, one.variant, one.periods[-1:]))
    if as_json:
        print_json([_file_object(one) for one in files])
        return
    if files and Console().width < _WIDE:
        for one in files:
            _tell_narrow(one)
        return
    rows = [
        (
            one.covered_words,
            f"{one.release}, {one.variant}",
            one.status.value,
            f"{one.observations:,}",
            _standing(one),
            Path(one.file).name,
        )
        for one in files
    ]
    headers = ("Period", "Release", "Status", "Figures", "Standing", "File")
    print_table(headers, rows, right=("Figures",), empty="No published files are held; `trigpoint data add` adds them.")


def _tell_narrow(one: Held) -> None:
    told = [f"{one.release}, {one.variant}", one.covered_words, one.status.value, count(one.observations, "figure")]
    sys.stdout.write(on_one_line(Path(one.file).name) + "\n")
    sys.stdout.write(on_one_line(f"  {'; '.join(part for part in (*told, _standing(one)) if part)}") + "\n")


def _standing(held: Held) -> str:
    if not held.in_force:
        return "replaced"
    return "replaced in part" if held.superseded else ("fills in" if held.beside else "in force")


def _file_object(held: Held) -> dict[str, Any]:
    names = ("file", "digest", "release", "variant", "era", "title", "observations", "organisations")
    return {name: getattr(held, name) for name in names} | {
        "period": held.covered,
        "status": held.status.value,
        "published": held.published and held.published.isoformat(),
        "revised": held.revised and held.revised.isoformat(),
        "added_on": held.added_on.isoformat(),
        "standing": _standing(held),
        "rejected": list(held.rejected),
        "notes": list(held.notes),
    }


def tell_measures(*, as_json: bool) -> None:
    """Every measure with its unit, release and the indicator definition that it feeds."""
    from trigpoint.releases.figures import measures

    names = ("id", "name", "unit", "release", "definition", "note")
    said = [{name: getattr(one, name) for name in names} for one in measures()]
    if as_json:
        print_json(said)
        return
    release = ""
    for one in said:
        if one["release"] != release:
            release = one["release"]
            sys.stdout.write(on_one_line(release) + "\n")
        feeds = f"; feeds {one['definition']}" if one["definition"] else ""
        sys.stdout.write(on_one_line(f"  {one['id']}: {one['name']} ({one['unit']}){feeds}") + "\n")


def tell_kinds(*, as_json: bool) -> None:
    """Every release that is read."""
    from trigpoint.releases.registry import releases

    names = ("id", "name", "publisher", "licence", "page")
    said = [{name: getattr(one, name) for name in names} for one in releases()]
    if as_json:
        print_json(said)
        return
    for one in said:
        sys.stdout.write(on_one_line(f"{one['id']}: {one['name']}; {one['publisher']}, {one['licence']}") + "\n")
        sys.stdout.write(on_one_line(f"  {one['page']}") + "\n")


def tell_organisations(into: Path | None, text: str, *, as_json: bool) -> None:
    """Organisations whose code or name holds the text, capitals apart."""
    from trigpoint.releases.store import open_store

    wanted = text.casefold().strip()
    found = [
        row
        for row in open_store(workspace_of(into)).organisations().iter_rows(named=True)
        if wanted in str(row["code"]).casefold() or wanted in str(row["name"]).casefold()
    ]
    if as_json:
        print_json(found)
        return
    headers = ("Code", "Name", "Basis", "Parent", "Releases")
    print_table(headers, once_each(found), empty=f"No organisation has “{text}” in its name or code.")


def once_each(found: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """One row for a code, a basis and a name, capitals apart: each release writes an organisation in its own way."""
    from trigpoint.places.capitals import readable

    alike: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for row in found:
        alike.setdefault((row["code"], row["basis"], row["name"].casefold()), []).append(row)
    return [
        (
            code,
            readable(rows[0]["name"]),
            basis,
            min((row["parent"] for row in rows if row["parent"]), key=len, default=""),
            ", ".join(row["release"] for row in rows),
        )
        for (code, basis, _), rows in alike.items()
    ]


def remove_file(into: Path | None, name: str) -> None:
    """Remove by the name as listed (with or without its folder) or the start of the digest."""
    from trigpoint.releases.store import open_store

    store = open_store(workspace_of(into))
    named = [one for one in store.files if name in (one.file, Path(one.file).name)]
    if len(named) > 1:
        digests = ", ".join(one.digest[:12] for one in named)
        raise InputError(f"{len(named)} files are called {name}", remedy=f"name one by its digest: {digests}")
    if not named and set(name.lower()) - set("0123456789abcdef"):
        raise InputError(f"no file here is called {name}", remedy="`trigpoint data list` shows the files")
    held = store.remove(named[0].digest if named else name.lower())
    sys.stdout.write(on_one_line(f"Removed {held.file} ({held.release}, {held.covered_words}).") + "\n")


def print_json(said: Any) -> None:
    """JSON on the standard output, with a line end."""
    sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def print_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: Sequence[str] = (),
    title: str = "",
    empty: str = "",
) -> None:
    """A table as wide as the terminal; words of files are printed as they are, never as mark-up."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console, rows = Console(), list(rows)
    if not rows and empty:
        console.print(Text(on_one_line(empty)))
        return
    # Without upright rules, 80 columns hold most words whole.
    named = Text(on_one_line(title)) if title else None
    grid = Table(title=named, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for at, header in enumerate(headers):
        grid.add_column(header, justify="right" if header in right else "left", no_wrap=at == 0)
    for row in rows:
        grid.add_row(*(Text(on_one_line(str(cell)), overflow="fold") for cell in row))
    console.print(grid)
