"""Commands about people. Nothing of Django is imported until one runs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from trigpoint.errors import InputError
from trigpoint.web.config.named import Database, named_database


def adduser(
    email: Annotated[
        str, typer.Argument(help="The person's e-mail address, with which they sign in.", show_default=False)
    ],
    organisation: Annotated[str, typer.Option(help="Whose plans they may read.", show_default=False)],
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    role: Annotated[
        str, typer.Option(help="administrator, planner, lead, contributor, approver, analyst or viewer.")
    ] = "viewer",
    database: Database = None,
) -> None:
    """Let a person sign in, with a role in an organisation; run it again for another role.

    Asks for the password, or reads it from a pipe.

    Example:

    \b
    trigpoint adduser planner@icb.example --organisation "NHS Dudley CCG" --role planner
    """
    from trigpoint.web import server
    from trigpoint.web.accounts.access import Role

    held = next((each for each in Role if each.value == role.strip().lower()), None)
    if held is None:
        raise InputError(f"“{role}” is no role", remedy=f"use one of: {', '.join(each.value for each in Role)}")

    server.prepare(named_database(database, None))
    from trigpoint.web.accounts.services import add_user

    interactive = sys.stdin.isatty()
    password = (
        typer.prompt("Password", hide_input=True, confirmation_prompt=True) if interactive else sys.stdin.readline()
    )
    given = {"email": email, "password": password.rstrip("\n"), "organisation": organisation, "name": name}
    user = add_user(**given, role=held, by=None)
    typer.echo(f"{user.email} can sign in and is {held.value} of {organisation}.")
