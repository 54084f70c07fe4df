"""The data packs shipped with Trigpoint: one TOML file a planning round."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

from trigpoint.errors import InputError
from trigpoint.frameworks.framework import Criterion, Framework

_PACKS = files("trigpoint.frameworks") / "data"


@cache
def known_frameworks() -> tuple[str, ...]:
    """The ids of all planning rounds that Trigpoint knows, in alphabetical order.

    >>> "nhs-2017-19" in known_frameworks()
    True
    """
    names = (pack.name for pack in _PACKS.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_framework(name: str) -> Framework:
    """The planning round with this id; ``InputError`` lists the known ones when there is none.

    >>> [priority.title for priority in load_framework("nhs-2017-19").priorities][:2]
    ['Sustainability and transformation plans', 'Finance']
    """
    if name not in known_frameworks():
        raise InputError(
            f"there is no planning framework “{name}”", remedy=f"the known ones are {', '.join(known_frameworks())}"
        )
    return read_pack(name, (_PACKS / f"{name}.toml").read_text(encoding="utf-8"))


def read_pack(name: str, text: str) -> Framework:
    """A data pack from its TOML; ``InputError`` names the first field that is wrong."""
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 – a tenth of a second, paid only here

    try:
        content = tomllib.loads(text)
        _mark(content.get("standards"), name)
        # By way of JSON, whose strict reading takes lists for tuples and text for decimals, and nothing else.
        framework = TypeAdapter(Framework).validate_json(json.dumps({"id": name, **content}, default=str))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"this is not TOML ({error})", where=f"{name}.toml", remedy="correct this line") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{place}: {first['msg']}", where=f"{name}.toml", remedy="correct this entry") from None
    _prove_whole(framework)
    return framework


def _mark(standards: object, name: str) -> None:
    """Every standard knows its round: a standard is passed on without its framework."""
    for standard in standards if isinstance(standards, list) else ():
        if isinstance(standard, dict):
            standard["framework"] = name


def _prove_whole(framework: Framework) -> None:
    """Ids are unique, and every standard and requirement belongs to a priority of the round."""
    where = f"{framework.id}.toml"
    priorities = [priority.id for priority in framework.priorities]
    requirements = [requirement.id for requirement in framework.requirements]
    ids = Counter([*priorities, *requirements, *(standard.id for standard in framework.standards)])
    twice = next((key for key, count in ids.items() if count > 1), None)
    if twice is not None:
        raise InputError(f"the id “{twice}” is used twice", where=where, remedy="rename one")
    named = (
        *(("requirement", row.id, "priority", row.priority, priorities) for row in framework.requirements),
        *(("standard", row.id, "priority", row.priority, priorities) for row in framework.standards),
        *(("standard", row.id, "requirement", row.requirement, requirements) for row in framework.standards),
    )
    for what, key, kind, wanted, known in named:
        if wanted not in known and (wanted or kind == "priority"):
            raise InputError(
                f"the {what} “{key}” belongs to no {kind} “{wanted}”",
                where=where,
                remedy=f"write one of {', '.join(known)}",
            )
    for standard in framework.standards:
        if standard.test is Criterion.BETWEEN and (standard.value is None or standard.lowest is None):
            raise InputError(
                f"the standard “{standard.id}” is a range without its two ends",
                where=where,
                remedy="give it lowest and value",
            )
