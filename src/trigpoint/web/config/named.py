"""The database that a command works on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

Database = Annotated[
    Path | None,
    typer.Option(help="An SQLite file; else DATABASE_URL, else the database beside the workspace.", show_default=False),
]


def named_database(named: Path | None, workspace: Path | None) -> Path | None:
    """The file that is named; ``None`` for DATABASE_URL; else the one beside the workspace (or the working folder)."""
    from trigpoint.web.server import embedded_database

    if named is not None:
        return named.absolute()
    if os.environ.get("DATABASE_URL"):
        return None
    return embedded_database((workspace or Path()).absolute())
