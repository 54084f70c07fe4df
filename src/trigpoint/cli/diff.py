"""`trigpoint diff`: what changed between two editions of a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from trigpoint.plans.changes import PlanDiff


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("diff", short_help="Say what changed between two editions of a plan.")(diff_editions)


def diff_editions(
    before: Annotated[Path, typer.Argument(help="The workspace folder of the earlier edition.", show_default=False)],
    after: Annotated[Path, typer.Argument(help="The workspace folder of the later edition.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(help="Also write the changes as a page to this file.")] = None,
) -> None:
    """Say what changed between two editions of a plan: added, removed, re-dated, re-targeted, re-worded, re-owned.

    Exit code 0: no differences; 1: there are differences; 2: a workspace cannot be read.

    Example:

    \b
    trigpoint diff plans/published plans/refresh --html changes.html
    """
    import json

    from trigpoint.plans.diff_words import to_json, to_text
    from trigpoint.reports.render.diff_page import to_html
    from trigpoint.staging import write_whole

    changes = _changes(before, after)
    if html is not None:
        write_whole(html, to_html(changes).encode())
    if as_json:
        typer.echo(json.dumps(to_json(changes), ensure_ascii=False, indent=1))
    else:
        typer.echo(to_text(changes), nl=False)
    raise typer.Exit(1 if changes.changes else 0)


def _changes(before: Path, after: Path) -> PlanDiff:
    """What changed; drafts of one edition are told apart by their folders."""
    from dataclasses import replace

    from trigpoint.plans.diff import diff
    from trigpoint.plans.workspace import read_plan

    with _waiting():
        changes = diff(read_plan(before), read_plan(after))
    if changes.before != changes.after:
        return changes
    first, second = (f"{changes.before}, {folder}" for folder in (before, after))
    return replace(changes, before=first, after=second)


@contextmanager
def _waiting() -> Iterator[None]:
    """Two plans of ten thousand rows take a few seconds; a person at a terminal sees that something is happening."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status("Comparing the two editions"):
        yield
