"""The one place where a command reads the clock."""

from __future__ import annotations

from datetime import date, datetime


def today() -> date:
    """The day it is where the user sits."""
    return datetime.now().astimezone().date()
