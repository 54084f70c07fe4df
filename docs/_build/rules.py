"""Puts the manual pages of the rules into the rules page, from the rules' own descriptions."""

from __future__ import annotations

from html import escape
from itertools import groupby
from operator import attrgetter
from textwrap import dedent
from typing import Any

from trigpoint.checks import Rule, all_rules, examples
from trigpoint.triangulation import triangulation_rules

MARK = "{{ rules }}"
TRIANGULATION_MARK = "{{ rules of triangulation }}"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by the site builder for each page."""
    if TRIANGULATION_MARK in markdown:
        return markdown.replace(TRIANGULATION_MARK, triangulation_manual())
    return markdown.replace(MARK, manual()) if MARK in markdown else markdown


def triangulation_manual() -> str:
    """The rules that compare plan, finance and activity, in the order of their guide."""
    return "\n\n".join(page(each.described) for each in triangulation_rules())


def manual() -> str:
    """All rules by family, each under its name."""
    rules = sorted(all_rules(), key=attrgetter("family", "id"))
    parts = []
    for family, members in groupby(rules, key=attrgetter("family")):
        parts.append(f"## {family.capitalize()}")
        parts.extend(page(rule) for rule in members)
    return "\n\n".join(parts)


def page(rule: Rule) -> str:
    """The manual page of one rule: its description, then its table of examples."""
    parts = [f"### {rule.id}", f"*{rule.severity.value}* – {dedent(rule.manual).strip()}"]
    rows = [f"| {cell(each.text)} | {each.verdict} | {cell(each.why)} |" for each in examples(rule.id)]
    if rows:
        parts.append("\n".join(("| Example | Verdict | Why |", "|---|---|---|", *rows)))
    return "\n\n".join(parts)


def cell(words: str) -> str:
    """Words as one cell of a Markdown table, mark-up in them shown and not obeyed."""
    shown = escape(words.strip(), quote=False)
    for mark in "\\|*_`[]#~":
        shown = shown.replace(mark, f"\\{mark}")
    return shown.replace("\n", "<br>")
