"""Every release that can be read, in the order in which a file is tried against them: the most particular first."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from trigpoint.releases.release import Release

MODULES = (
    "ae",
    "ambulance",
    "rtt",
    "cancer",
    "diagnostics",
    "delayed_transfers",
    "beds",
    "monthly_activity",
    "hes",
    "list_size",
    "qof",
    "talking_therapies",
    "dementia",
    "fingertips",
    "shmi",
    "allocations",
    "mhsds",
    "gp_appointments",
    "sitrep",
    "ods",  # last: its look-ups scan several sheets
)


@cache
def releases() -> tuple[Release, ...]:
    """All releases, their modules loaded."""
    return tuple(import_module(f"trigpoint.releases.readers.{name}").RELEASE for name in MODULES)


def release(id: str) -> Release:
    """A release by its id. ``KeyError`` for an unknown one."""
    return {one.id: one for one in releases()}[id]
