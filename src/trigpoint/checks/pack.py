"""The rules' data packs: word lists, patterns, statutes. They are data beside the code, never in it."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML pack ``name`` as a dictionary."""
    return tomllib.loads(files("trigpoint.checks.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The CSV pack ``name`` as rows."""
    text = files("trigpoint.checks.data").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def word_set(pack: str, key: str) -> frozenset[str]:
    """A list of words of a TOML pack as a set, in lower case."""
    return frozenset(str(word).lower() for word in table(pack)[key])


@cache
def patterns(pack: str, key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A list of ``{pattern, say}`` of a TOML pack, compiled (letter case ignored)."""
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row.get("say", "")) for row in table(pack)[key])
