"""The business rules shipped with Trigpoint: one TOML file a planning round."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from trigpoint.errors import InputError
from trigpoint.finance.rules.reading import read_rules
from trigpoint.finance.rules.rule import BusinessRule

_PACKS = files("trigpoint.frameworks") / "data" / "business_rules"


@cache
def known_rule_packs() -> tuple[str, ...]:
    """The planning rounds whose business rules are known, in alphabetical order.

    >>> known_rule_packs()
    ('nhs-2017-19', 'nhs-2026-29')
    """
    names = (pack.name for pack in _PACKS.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_rules(framework: str) -> tuple[BusinessRule, ...]:
    """The business rules of a planning round; ``InputError`` lists the known rounds when it has none.

    >>> [rule.id for rule in load_rules("nhs-2017-19")][:3]
    ['cumulative_underspend', 'control_total', 'contingency']
    """
    if framework not in known_rule_packs():
        raise InputError(
            f"there are no business rules of a planning framework “{framework}”",
            remedy=f"the known ones are {', '.join(known_rule_packs())}",
        )
    return read_rules((_PACKS / f"{framework}.toml").read_text(encoding="utf-8"), f"{framework}.toml")
