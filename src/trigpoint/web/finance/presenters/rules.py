"""Business rules: the sum, what comes of it exactly and as printed, the limit, the headroom, the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trigpoint.finance.rules.result import RuleResult
from trigpoint.finance.words import gbp_words
from trigpoint.reports.finance.tables import limit_words
from trigpoint.reports.finance.words import in_unit
from trigpoint.web.config.wording import count_of
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.presenters.pictures import chart_of
from trigpoint.web.finance.results import rules_of
from trigpoint.web.register.presenters.looks import Look

MET = Look("complete", "Met", "tick")
ONLY_ROUNDED = Look("at-risk", "Met only when rounded", "warning")
BROKEN = Look("overdue", "Broken", "warning")
UNKNOWN = Look("undated", "Not known", "dashes")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in one year, as the table shows it."""

    id: str
    name: str
    year: str
    look: Look
    exact: str
    rounded: str
    printed: str
    limit: str
    headroom: str
    source: str
    sentence: str
    note: str
    illustrative: bool


def rules_page(desk: Desk) -> dict[str, Any]:
    """What the page shows: a table for each year, and the sentences on what is broken or met only when rounded."""
    found = rules_of(desk)
    lines = [rule_line(each) for each in found]
    years = dict.fromkeys(line.year for line in lines)
    return {
        "by_year": [(year, [line for line in lines if line.year == year]) for year in years],
        "headline": headline(lines),
        "sentences": [line for line in lines if line.look in (BROKEN, ONLY_ROUNDED)],
        "chart": chart_of(desk, "Each rule and its limit", "rules") if found else None,
        "illustrative": any(line.illustrative for line in lines),
    }


def headline(lines: list[RuleLine]) -> str:
    """How many rules are met, in one sentence."""
    if not lines:
        return "No business rule applies to the years of this plan."
    counts = {look: sum(line.look is look for line in lines) for look in (BROKEN, ONLY_ROUNDED, UNKNOWN)}
    words = ("broken", "met only when rounded", "cannot be told")
    told = [f"{count} {said}" for count, said in zip(counts.values(), words, strict=True) if count]
    met = sum(line.look is MET for line in lines)
    whole = count_of(len(lines), "test of a rule in a year", "tests of a rule in a year")
    return f"{', '.join([f'Of {whole} {met} are met', *told])}."


def rule_line(each: RuleResult) -> RuleLine:
    """A result as the table shows it."""
    rule = each.rule
    return RuleLine(
        id=f"rule-{rule.id}-{each.year.label.replace('/', '-')}".replace("_", "-"),
        name=rule.name,
        year=each.year.label,
        look=look_of(each),
        exact=in_unit(each.exact, rule.unit),
        rounded=rounded_words(each),
        printed=each.printed,
        limit=limit_words(each),
        headroom=gbp_words(each.headroom_gbp),
        source=rule.source,
        sentence=each.sentence or each.lacking,
        note=rule.note,
        illustrative=each.illustrative,
    )


def rounded_words(each: RuleResult) -> str:
    """The value as it is usually printed: pounds in the unit of their size, all else with the rule's decimals."""
    if each.rule.unit == "gbp":
        return gbp_words(each.rounded)
    return in_unit(each.rounded, each.rule.unit, each.rule.decimals)


def look_of(each: RuleResult) -> Look:
    """How the result is marked: by the value that decides, and by what rounding hides."""
    if each.passes_exact is None:
        return UNKNOWN
    if each.passes_exact:
        return MET
    return ONLY_ROUNDED if each.passes_rounded else BROKEN
