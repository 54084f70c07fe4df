"""Options of a notebook function in plain words: "p" is as good as ``ChartKind.P``."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from trigpoint.errors import InputError

Member = TypeVar("Member", bound=Enum)


def chosen(kind: type[Member], given: Member | str, what: str) -> Member:
    """The member of an enum that is meant by itself, its name or its value; ``InputError`` lists the choices.

    >>> from trigpoint.measures.definitions.definition import ChartKind
    >>> chosen(ChartKind, "P", "kind of chart"), chosen(ChartKind, ChartKind.XMR, "kind of chart")
    (<ChartKind.P: 'p'>, <ChartKind.XMR: 'XmR'>)
    """
    if isinstance(given, kind):
        return given
    word = str(given).strip().lower()
    for member in kind:
        if word in (member.name.lower(), str(member.value).lower()):
            return member
    names = ", ".join(member.name.lower() for member in kind)
    raise InputError(f"“{given}” is no {what}", remedy=f"write one of {names}")
