"""The topics of the director's summary: which question a rule touches, and the words for it (``data/summary.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from trigpoint.checks.finding import Severity
from trigpoint.checks.pack import table

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words for one finding of a rule, for several (with ``{n}``), and for one on the whole plan."""

    one: str
    many: str
    whole: str = ""

    def told(self, number: int, on_the_whole_plan: bool = False) -> str:
        """The words for so many findings.

        >>> Clauses("one target has no date", "{n} targets have no date").told(1200)
        '1,200 targets have no date'
        """
        if on_the_whole_plan and self.whole:
            return self.whole.replace("{n}", f"{number:,}")
        return self.one if number == 1 else self.many.replace("{n}", f"{number:,}")


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """A question that a regulator asks, with the rules that touch it. The fields are told in the data pack."""

    id: str
    weight: float
    headline: str
    first: str
    who: str
    led: bool = False
    infos: bool = False
    rules: Mapping[str, Clauses] = field(default_factory=dict)
    others: Clauses | None = None

    def clauses(self, rule: str) -> Clauses:
        """The words for the findings of a rule."""
        found = self.rules.get(rule)
        if found is None and self.others is not None:
            found = Clauses(self.others.one.replace("{rule}", rule), self.others.many.replace("{rule}", rule))
        return found or Clauses(rule, rule)


def topic_of(rule: str) -> Topic:
    """The topic of a rule; that of all others for a rule that the pack does not place.

    >>> topic_of("MISSING_OWNER").id, topic_of("BRAND_NEW").id
    ('owners', 'other')
    """
    return _by_rule().get(rule) or _other()


def topics() -> tuple[Topic, ...]:
    """All topics of the pack, in its order."""
    return _topics()


def severity_weight(severity: Severity) -> float:
    """How much one finding of a severity counts against an error's 1."""
    return float(table("summary")["severity"][severity.value])


@cache
def _topics() -> tuple[Topic, ...]:
    return tuple(_topic(row) for row in table("summary")["topic"])


def _topic(row: Mapping[str, Any]) -> Topic:
    rules = {rule: Clauses(*words) for rule, words in row["rules"].items()}
    return Topic(
        row["id"], row["weight"], row["headline"], row["first"], row["who"], row["led"], row.get("infos", False), rules
    )


@cache
def _by_rule() -> Mapping[str, Topic]:
    return {rule: topic for topic in _topics() for rule in topic.rules}


@cache
def _other() -> Topic:
    row = table("summary")["other"]
    others = Clauses(row["one"], row["many"])
    return Topic(OTHER, row["weight"], row["headline"], row["first"], row["who"], others=others)
