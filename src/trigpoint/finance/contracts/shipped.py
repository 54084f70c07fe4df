"""Mechanisms that come with the package, as patterns to copy: national rules of the past and forms in use, amounts made
up."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from trigpoint.finance.contracts.mechanism import Mechanism
from trigpoint.finance.contracts.reading import read_mechanism


@cache
def shipped_mechanisms() -> tuple[Mechanism, ...]:
    """Each mechanism of the data pack, by id. Their forms and rates are those of the rules that ``stated.source``
    names; their amounts are illustrative, and say so.

    >>> [mechanism.id for mechanism in shipped_mechanisms()][:3]
    ['aligned-payment', 'cap-and-collar-2-percent', 'low-volume-activity']
    """
    return tuple(read_mechanism(text, name) for name, text in sorted(shipped_texts().items()))


@cache
def shipped_texts() -> dict[str, str]:
    """The files of the data pack by name, as a workspace's folder of mechanisms would hold them."""
    folder = files("trigpoint.finance") / "data" / "mechanisms"
    return {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")}
