"""The named rule sets a control chart is read by, and sets of a user's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files

from trigpoint.errors import InputError
from trigpoint.measures.spc.control import RuleSet
from trigpoint.wording import listed

DEFAULT = "mdc-7"
_KINDS = {"str": (str, "text"), "int": (int, "a whole number"), "bool": (bool, "true or false")}
_LEAST = {"shift": 2, "trend": 3, "limits_from": 2, "icons_from": 1}


@cache
def shipped() -> Mapping[str, RuleSet]:
    """The rule sets that come with the package, by id: ``mdc-7`` (the default), ``mdc-6`` and ``nhsr-0.2.2``."""
    text = files("trigpoint.measures.spc").joinpath("data/rule_sets.toml").read_text(encoding="utf-8")
    return read_rule_sets(text, file="rule_sets.toml")


def rule_set(named: str | RuleSet) -> RuleSet:
    """A shipped rule set by its id; a ``RuleSet`` of your own is returned as it is. Raises InputError where unknown.

    >>> rule_set("mdc-6").shift, rule_set("nhsr-0.2.2").screening
    (6, True)
    """
    if isinstance(named, RuleSet):
        return named
    if named not in shipped():
        known = listed(sorted(shipped()))
        raise InputError(
            f"there is no rule set “{named}”", remedy=f"name one of {known}, or give a RuleSet of your own"
        )
    return shipped()[named]


def read_rule_sets(text: str, *, file: str = "rule sets") -> dict[str, RuleSet]:
    """Rule sets from TOML, one table a set, by id. Keys that are left out have the values of ``mdc-7``'s table.

    Raises InputError naming the set and the key where a key is unknown, or a value is of the wrong kind or too small.

    >>> read_rule_sets('["run-8"]\\ntitle = "Eight in a run"\\nshift = 8')["run-8"].shift
    8
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"this is not TOML ({error})", where=file) from error
    return {name: _read(name, table, file) for name, table in tables.items()}


def _read(name: str, table: object, file: str) -> RuleSet:
    where = f"{file}, rule set “{name}”"
    if not isinstance(table, dict):
        raise InputError(
            "a rule set is a table of keys and values", where=where, remedy=f'write ["{name}"] above its keys'
        )
    kinds = {field.name: str(field.type) for field in fields(RuleSet) if field.name != "id"}
    for key, value in table.items():
        if key not in kinds:
            raise InputError(f"there is no key “{key}”", where=where, remedy=f"the keys are {listed(sorted(kinds))}")
        kind, words = _KINDS[kinds[key]]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise InputError(f"“{key}” must be {words}", where=where)
        if isinstance(value, int) and value < _LEAST.get(key, 0):
            raise InputError(f"“{key}” must be {_LEAST[key]} or more", where=where)
    usual = {"title": name, "shift": 7, "trend": 7, "screening": False, "near_counts_beyond": True}
    usual |= {"target_on_limit": True, "improvement_wins": True, "limits_from": 13, "icons_from": 13}
    usual |= {"ties_break_trend": False}
    return RuleSet(id=name, **{**usual, **table})
