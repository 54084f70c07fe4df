"""Commands of the server: `load`, `export`, `serve`, `adduser`, `clear-imports`.

Only what all of them need is imported at the top.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError
from trigpoint.web.accounts.commands import adduser
from trigpoint.web.config.named import Database, named_database
from trigpoint.wording import count

if TYPE_CHECKING:
    from trigpoint.plans.workspace import Workspace
    from trigpoint.web.register.models import Edition

MOST_PROBLEMS = 50  # told one by one

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def register(app: typer.Typer) -> None:
    """Add the server's commands to the command line."""
    app.command("load", short_help="Put a workspace into a database.")(load)
    app.command("export")(export)
    app.command("serve", short_help="Serve a plan on the web, from this machine.")(serve)
    app.command("adduser", short_help="Let a person sign in, with a role.")(adduser)
    app.command("clear-imports", short_help="List, or delete, uploads whose review nobody finished.")(clear_imports)


def _print(lines: str, data: dict[str, Any], *, as_json: bool) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1) if as_json else lines)


def _read(workspace: Path) -> Workspace:
    from trigpoint.plans.workspace import read_workspace

    return read_workspace(workspace)


def _day(text: str) -> date | None:
    from trigpoint.periods.iso_day import iso_day

    return iso_day(text, where="--at") if text else None


def load(
    workspace: Annotated[Path, typer.Argument(help="The folder with plan.toml.", show_default=False)],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Put a workspace into a database; the same edition loaded again takes the place of the one before.

    Rows of measurement/, activity/ and finance/ that are wrong are named and left out; the rest is loaded.

    Example:

    \b
    trigpoint load examples/dudley-2017-19
    """
    from trigpoint.web import server

    space = _read(workspace)
    server.prepare(named_database(database, workspace))
    from trigpoint.web.config.clock import today

    loaded = server.load(space, today=today(), folder=workspace)
    edition, plan, problems = loaded.edition, space.plan, _say_problems(loaded.edition)
    published = server.load_published(workspace, edition)
    counts = f"{len(plan.objectives)} objectives, {len(plan.deliverables)} deliverables"
    counts += f", {count(sum(published.values()), 'published file')}" if published else ""
    told = {"plan": edition.pk, "outcome": loaded.outcome.value, "revision": edition.revision, "title": plan.title}
    _print(
        f"{loaded.outcome.value.capitalize()}: plan {edition.pk}, {plan.title} ({plan.organisation}), {counts}.",
        told | ({"problems": list(problems)} if problems else {}) | ({"published": published} if published else {}),
        as_json=as_json,
    )


def _say_problems(edition: Edition) -> tuple[str, ...]:
    """What was left out of measures, activity and finance and why, a sentence each, where it disturbs no output."""
    from trigpoint.web.server import problems_of

    problems = problems_of(edition)
    for problem in problems[:MOST_PROBLEMS]:
        typer.echo(on_one_line(problem), err=True)
    if len(problems) > MOST_PROBLEMS:
        where = "on the pages of measures, activity and finance"
        typer.echo(f"{len(problems) - MOST_PROBLEMS:,} more problems are listed {where}.", err=True)
    return problems


def export(
    into: Annotated[Path, typer.Option(help="The folder to write the workspace into.", show_default=False)],
    database: Database = None,
    plan: Annotated[int | None, typer.Option(help="The number of the plan, where there are several.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a plan of a database as a workspace, without loss.

    Example:

    \b
    trigpoint export --database plans.sqlite3 --plan 1 --into dudley
    """
    from trigpoint.measures.book.writing import write_book
    from trigpoint.plans.workspace import write_workspace
    from trigpoint.web import server

    server.prepare(_existing(named_database(database, None)))
    from trigpoint.web.activity import loading as activity
    from trigpoint.web.dashboards.store import read_book
    from trigpoint.web.finance import loading as finance
    from trigpoint.web.published.workspace import export_folder
    from trigpoint.web.register.store import read_workspace

    edition = _chosen(plan)
    space = read_workspace(edition)
    write_workspace(space, into)
    write_book(read_book(edition, space.register()), into)
    activity.export_folder(edition, into)
    finance.export_folder(edition, into)
    export_folder(edition.organisation, into)
    _print(
        on_one_line(f"Written: {edition.title} to {into}."), {"plan": edition.pk, "into": str(into)}, as_json=as_json
    )


def _existing(database: Path | None) -> Path | None:
    """A database that is there already: nothing is made by looking."""
    if database is not None and not database.is_file():
        raise InputError(
            "there is no such database", where=str(database), remedy="name it with --database, or load a plan first"
        )
    return database


def _chosen(number: int | None) -> Edition:
    from trigpoint.web.register.models import Edition

    known = list(Edition.objects.select_related("organisation"))
    listed = "; ".join(f"{row.pk} {row.title} ({row.organisation.name})" for row in known) or "none"
    if number is None and len(known) == 1:
        return known[0]
    chosen = next((row for row in known if row.pk == number), None)
    if chosen is None:
        what = f"there is no plan {number} in the database" if number is not None else "say which plan is meant"
        raise InputError(what, remedy=f"use --plan with one of: {listed}")
    return chosen


def clear_imports(
    days: Annotated[int, typer.Option(min=1, help="How long nobody has touched them.")] = 90,
    delete: Annotated[bool, typer.Option("--delete", help="Delete them; without it they are only listed.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """List the uploaded documents that nobody has finished reviewing, or delete them with what was read in them.

    Example:

    \b
    trigpoint clear-imports --days 90 --delete
    """
    from trigpoint.web import server

    server.prepare(_existing(named_database(database, None)))
    from trigpoint.web.intake.services import abandoned, discard

    found = [(row, row.at.date().isoformat()) for row in abandoned(days).select_related("organisation").order_by("pk")]
    for upload, _ in found if delete else ():
        discard(upload, by=None, why=f"untouched for {days} days")
    what = "Deleted" if delete else "Untouched"
    lines = [f"{what}: {on_one_line(row.name)} ({row.organisation.name}), uploaded {day}" for row, day in found]
    data = [{"file": row.name, "organisation": row.organisation.name, "uploaded": day} for row, day in found]
    empty = f"Every upload was finished, or touched in the last {days} days."
    _print("\n".join(lines) or empty, {"imports": data, "deleted": delete}, as_json=as_json)


def serve(
    workspace: Annotated[Path | None, typer.Argument(help="The folder with plan.toml.", show_default=False)] = None,
    *,
    port: Annotated[str, typer.Option(help="The port; 0 takes any free one.")] = "8000",
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    demo: Annotated[bool, typer.Option("--demo", help="Sign every visitor in as the demonstration user.")] = False,
    at: Annotated[
        str, typer.Option(help="The reporting date, such as 2017-11-30 (else the plan's own, else today).")
    ] = "",
    database: Database = None,
) -> None:
    """Serve the plans of a database on the web; a workspace is loaded first, when it is new or has changed.

    Example:

    \b
    trigpoint serve examples/dudley-2017-19 --demo
    """
    from trigpoint.web import server
    from trigpoint.web.assets import require_assets

    number, day = _port(port), _day(at)
    if demo and not server.is_loopback(host):
        raise InputError("--demo signs everybody in, so only this machine may reach it", remedy="leave --host out")
    space = _read(workspace) if workspace else None
    server.require_free(host, number)
    require_assets()
    server.prepare(named_database(database, workspace), host=host, demonstration=demo, at=day)
    _fill(space, workspace, demo)
    listening = server.listen(host, number)
    typer.echo(f"Trigpoint serves at {listening.address} (stop with Ctrl+C)")
    _say_who_may_sign_in(demo)
    sys.stdout.flush()
    listening.run()


def _fill(space: Workspace | None, folder: Path | None, demo: bool) -> None:
    from trigpoint.web import server
    from trigpoint.web.accounts.services import add_demonstration_user
    from trigpoint.web.config.clock import today

    if space is not None:
        edition = server.load(space, today=today(), folder=folder).edition
        _say_problems(edition)
        server.load_published(folder, edition)
    if demo:
        add_demonstration_user()


def _say_who_may_sign_in(demo: bool) -> None:
    from trigpoint.web.accounts.models import User

    if demo:
        typer.echo("Every visitor from this machine is signed in as the demonstration user.")
    elif not User.objects.exclude(email__endswith="@localhost").exists():
        typer.echo("Nobody can sign in yet: add a person with `trigpoint adduser`, or start with --demo.")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65_535:
        return int(text)
    raise InputError(f"“{text}” is no port", remedy="use a number from 1 to 65535, or 0 for any free one")
