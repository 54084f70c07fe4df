"""What a workspace holds and what can be read: files, measures, releases and organisations as tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from trigpoint.characters import on_one_line
from trigpoint.cli.data_add import workspace_of
from trigpoint.errors import InputError


def tell_files(into: Path | None, *, as_json: bool) -> None:
    """The files in the order of release and period."""
    from trigpoint.releases.store import Held, open_store

    def standing(held: Held) -> str:
        if not held.in_force:
            return "replaced"
        return "replaced in part" if held.superseded else ("fills in" if held.beside else "in force")

    files = sorted(open_store(workspace_of(into)).files, key=lambda one: (one.release, one.variant, one.periods[-1:]))
    if as_json:
        names = ("file", "digest", "release", "variant", "era", "title", "observations", "organisations")
        said = [
            {name: getattr(one, name) for name in names}
            | {
                "period": one.covered,
                "status": one.status.value,
                "published": one.published and one.published.isoformat(),
                "revised": one.revised and one.revised.isoformat(),
                "added_on": one.added_on.isoformat(),
                "standing": standing(one),
                "rejected": list(one.rejected),
                "notes": list(one.notes),
            }
            for one in files
        ]
        print_json(said)
        return
    rows = [
        (
            one.covered,
            f"{one.release}, {one.variant}",
            one.status.value,
            f"{one.observations:,}",
            standing(one),
            Path(one.file).name,
        )
        for one in files
    ]
    headers = ("Period", "Release", "Status", "Figures", "Standing", "File")
    print_table(headers, rows, right=("Figures",), empty="No published files are held; `trigpoint data add` adds them.")


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
    rows = [(row["code"], row["name"], row["basis"], row["parent"], row["release"]) for row in found]
    print_table(
        ("Code", "Name", "Basis", "Parent", "Release"), rows, empty=f"No organisation has “{text}” in its name."
    )


def remove_file(into: Path | None, name: str) -> None:
    """Remove by the name as listed (with or without its folder) or the start of the digest."""
    from trigpoint.releases.store import open_store

    store = open_store(workspace_of(into))
    named = [one for one in store.files if name in (one.file, Path(one.file).name)]
    if len(named) > 1:
        digests = ", ".join(one.digest[:12] for one in named)
        raise InputError(f"{len(named)} files are called {name}", remedy=f"name one by its digest: {digests}")
    held = store.remove(named[0].digest if named else name.lower())
    sys.stdout.write(on_one_line(f"Removed {held.file} ({held.release}, {held.covered}).") + "\n")


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
