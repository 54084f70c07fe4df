"""Puts the manual pages of the rules into the rules page, from the rules' own descriptions."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from textwrap import dedent
from typing import Any

from trigpoint.checks import Rule, all_rules

MARK = "{{ rules }}"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by the site builder for each page."""
    return markdown.replace(MARK, manual()) if MARK in markdown else markdown


def manual() -> str:
    """All rules by family, each under its name."""
    rules = sorted(all_rules(), key=attrgetter("family", "id"))
    parts = []
    for family, members in groupby(rules, key=attrgetter("family")):
        parts.append(f"## {family.capitalize()}")
        parts.extend(page(rule) for rule in members)
    return "\n\n".join(parts)


def page(rule: Rule) -> str:
    """The manual page of one rule."""
    return f"### {rule.id}\n\n*{rule.severity.value}* – {dedent(rule.manual).strip()}"
