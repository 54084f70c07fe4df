"""Words of an ownership cell → leads (name, role) and committees."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from trigpoint.documents.markup import tidy
from trigpoint.documents.words import alternatives, word_list
from trigpoint.plans.model import Lead

PREFIX = r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Cllr|Rev)\.? "
NAME = rf"(?:{PREFIX})?[A-Z][\w'’.-]*(?: (?:(?:de|van|der|von|la|al|bin) )?[A-Z][\w'’.-]*){{1,3}}"
NAMED = re.compile(rf"({NAME}(?:\s*(?:/|&|,|\band\b)\s*{NAME})*?)\s*(?:\s[-–—]\s|,\s*|\()\s*(.+)$")
LONGEST_LINE = 300
BETWEEN_NAMES = re.compile(r"\s*(?:/|&|,|\band\b)\s*")
LINES = re.compile(r"\s{2,}|[\n;]|<br\s*/?>")
SEVERAL_POSTS = re.compile(r"\s+(?:and|&|/)\s+")
ONLY_NAME = re.compile(rf"{NAME}$")


@lru_cache(maxsize=4096)
def ownership(lines: tuple[str, ...]) -> tuple[tuple[Lead, ...], tuple[str, ...]]:
    """Leads and committees in the lines of an ownership cell, in printed order.

    A line with a role is a lead's; a line that ends on a body's word ("Committee", "Executive") is a committee.

    >>> ownership(("Ann Poe/Bo Ray - Chief Finance Officers", "Clinical Executive"))[1]
    ('Clinical Executive',)
    """
    leads: list[Lead] = []
    committees: list[str] = []
    for line in (tidy(part) for text in lines for part in LINES.split(text)):
        if not line:
            continue
        if is_committee(line):
            committees.append(line)
        else:
            leads.extend(leads_named(line))
    return tuple(leads), tuple(dict.fromkeys(committees))


def is_committee(line: str) -> bool:
    """Whether a line names a body that decides rather than a person who leads.

    >>> is_committee("Primary Care Commissioning"), is_committee("Director of Commissioning")
    (True, False)
    """
    if _body().search(line) is None:
        return False
    return not has_role(re.sub(r"\bexecutive$", "", line, flags=re.IGNORECASE))


def has_role(line: str) -> bool:
    """Whether the words of a post are in a line ("Director", "Chief … Officer", "Head of …")."""
    return _role().search(line) is not None


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('bodies')})\s*(?:\([^)]*\))?$", re.IGNORECASE)


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('roles')})s?\b", re.IGNORECASE)


def leads_named(line: str) -> list[Lead]:
    """The leads of one line: "Name - Role", "Name, Role", "Name/Name - Roles", a role or a name alone."""
    found = NAMED.match(line) if len(line) <= LONGEST_LINE else None
    if found and has_role(found[2]) and not has_role(found[1]):
        names = BETWEEN_NAMES.split(found[1])
        role = found[2].strip(" )")
        if len(names) > 1:
            role = re.sub(r"\b(Officer|Director|Manager|Lead|Nurse|Chair|Head)s\b", r"\1", role)
        return [Lead(name.strip(), role) for name in names if name.strip()]
    if line.lower().strip(" .()[]") in word_list("nobody"):
        return []
    if has_role(line):
        posts = SEVERAL_POSTS.split(line)
        return [Lead(role=post) for post in posts] if all(map(has_role, posts)) else [Lead(role=line)]
    names = [part for part in re.split(r"\s*(?:/|&|,|\band\b)\s*", line) if part]
    if all(ONLY_NAME.match(name) for name in names):
        return [Lead(name) for name in names]
    return [Lead(role=line)]
