"""Money that is there once and is counted, or committed, twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.finance.book.book import Driver, Risk, RiskKind, Series, SpendGroup, SpendLine
from trigpoint.finance.position.quantities import quantity_value
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.periods import FinancialYear
from trigpoint.rounding import half_up, total
from trigpoint.triangulation.comparison import Comparison, Lacking, Relation, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit, amount_words
from trigpoint.triangulation.parts import Parts, computed_figure, named, place_of, stated_figure
from trigpoint.triangulation.register import rule
from trigpoint.triangulation.told import all_told, first_told, line_figure, year_of_line

RULE = "COMMITTED_TWICE"
UNCOMMITTED = "nonrecurrent_uncommitted"
_MET_FROM = re.compile(
    r"\b(?:uses?(?: up)?|using|meets?|met|fund(?:s|ed)?|paid|pays?|spen[dt]s?|covered|commit(?:s|ted)?)\b"
    r"[^.]*\breserve",
    re.IGNORECASE,
)
_RESERVE = re.compile(
    r"\bnon-?recurrent\b[^.]*\breserve|\buncommitted\b|\breserve\b[^.]*\bnon-?recurrent\b", re.IGNORECASE
)
_THAT_RESERVE = re.compile(r"\bnon-?recurrent\b|\buncommitted\b|\b0[.,]5 ?%|\brisk reserve\b", re.IGNORECASE)
_DENIED = re.compile(r"\bnot\b|\bno longer\b|\bwithout\b", re.IGNORECASE)
_TELLING = re.compile(r"[a-z]*\d[a-z\d]*|[a-z]{4,}")
_COMMON = frozenset(("cost", "costs", "pressure", "pressures", "change", "changes", "price", "prices", "risk", "with"))


@dataclass(frozen=True, slots=True)
class Commitment:
    """A sum that a plan says it meets from the reserve that must stay uncommitted."""

    name: str
    figure: Figure


@rule(RULE, Severity.ERROR)
def committed_twice(parts: Parts) -> Iterator[Comparison | Lacking]:
    """Money is counted twice: a reserve that must stay uncommitted is spent, or it mitigates more than it holds.

    Where a plan says that a pressure is met from the uncommitted non-recurrent reserve (in the note of a figure of the
    plan or of a growth assumption), what is left is compared with what the rule keeps uncommitted, and with the
    mitigation that counts on it. Mitigations by contingency or reserves must not exceed the contingency and reserves of
    the spend; a pressure that is in the plan's spend is not a risk of the same size as well.

    Fires: the 0.5% reserve of £2.23m is uncommitted, and meets a pressure of £1.8m. Does not: a reserve that mitigates
    risks up to its size.
    Remedy: commit the money once, and say what takes its place for the other purpose.
    """
    years = _years(parts)
    for year in years:
        commitments = _commitments(parts, year, first=year == years[0])
        if commitments:
            yield from _left_of_the_reserve(parts, year, commitments)
        yield from _mitigations(parts, year)
        yield from _pressures_as_risks(parts, year)


def _years(parts: Parts) -> tuple[FinancialYear, ...]:
    if parts.finance is not None:
        return parts.finance.settings.years
    found = {year for line in (parts.plan.finance if parts.plan else ()) if (year := year_of_line(line)) is not None}
    return tuple(sorted(found))[-2:]


def _commitments(parts: Parts, year: FinancialYear, *, first: bool) -> list[Commitment]:
    """What the plan says it meets from the reserve; a line of the plan without a year is of its first."""
    found: list[Commitment] = []
    for line in parts.plan.finance if parts.plan is not None else ():
        told = year_of_line(line)
        if line.group == "pressure" and _is_met_from_it(line.note) and (told == year or (told is None and first)):
            found.append(Commitment(line.name, line_figure(line, parts)))
    if found or parts.finance is None:
        return found  # the same pressure may stand in the finance too; it is committed once
    for one in parts.finance.growth:
        if one.year == year and one.driver is Driver.PRESSURE and one.gbp and _is_met_from_it(one.stated.note):
            name = one.stated.name or one.driver.value
            figure = stated_figure(one.gbp, Unit.GBP, f"{named(name, '')} is", one.stated, table="growth", column="gbp")
            found.append(Commitment(name, figure))
    return found


def _is_met_from_it(note: str) -> bool:
    """Whether a note says that something is met from the non-recurrent reserve: not from contingency, and not denied.

    >>> [_is_met_from_it(one) for one in ("Uses up the non-recurrent reserve (0.5%)", "Met by the contingency reserve")]
    [True, False]
    """
    return bool(_MET_FROM.search(note) and _THAT_RESERVE.search(note)) and not _DENIED.search(note)


def _left_of_the_reserve(parts: Parts, year: FinancialYear, commitments: Sequence[Commitment]) -> Iterator[Comparison]:
    required = first_told(all_told(parts), UNCOMMITTED, year, Unit.GBP) or _share_of_allocation(parts, year)
    spent = total(one.figure.value for one in commitments if one.figure.value is not None)
    names = " and ".join(f"{named(one.name, '')} ({one.figure.shown})" for one in commitments)
    sources = " and ".join(one.figure.source for one in commitments)
    if required is None or required.value is None:
        return
    left = computed_figure(
        required.value - spent,
        Unit.GBP,
        "what is left uncommitted is",
        f"{required.source} less {sources}",
        half_unit=total(one.figure.half_unit for one in commitments),
    )
    wording = Wording(
        f"The reserve that must stay uncommitted in {year} is committed: {names} is met from it",
        "meet the pressure from something else, or tell the regulator that the reserve is not uncommitted",
        _share_left(parts, year, left.value),
    )
    yield compared(RULE, Severity.ERROR, (required, left), parts.tolerance(RULE), wording, Relation.AT_MOST)
    for one in _reserve_mitigations(parts, year):
        counted = stated_figure(
            one.gbp,
            Unit.GBP,
            f"the mitigation {named(one.stated.name, one.id)} counts on",
            one.stated,
            table="risks",
            column="value",
            item=one.id,
        )
        wording = Wording(
            f"The same reserve mitigates risks and meets {names} in {year}",
            "take the mitigation down to what is left of the reserve",
        )
        yield compared(RULE, Severity.ERROR, (counted, left), parts.tolerance(RULE), wording, Relation.AT_MOST)


def _share_left(parts: Parts, year: FinancialYear, left: Decimal | None) -> str:
    """What is left as a share of what the rule takes it of, where there is such a rule."""
    asked = (one for one in evaluate_rules(parts.book) if one.year == year) if parts.finance is not None else ()
    result = next((one for one in asked if one.rule.numerator == UNCOMMITTED and one.rule.denominator), None)
    if result is None or result.limit is None or left is None:
        return ""
    base = quantity_value(parts.book, result.rule.denominator, year).exact
    share = left / (Decimal(base.numerator) / base.denominator) if base else None
    if share is None or share >= result.limit:
        return ""
    shown, limit = (amount_words(one, Unit.SHARE) for one in (half_up(share, 5), result.limit))
    return f"that is {shown} of the {result.rule.denominator.replace('_', ' ')}, and the rule asks for {limit}"


def _share_of_allocation(parts: Parts, year: FinancialYear) -> Figure | None:
    """The reserve as pounds where a plan prints it as a share only."""
    told = all_told(parts)
    share = first_told(told, UNCOMMITTED, year, Unit.SHARE)
    limit = first_told(told, "recurrent_allocation", year, Unit.GBP) or first_told(
        told, "resource_limit", year, Unit.GBP
    )
    if share is None or limit is None or share.value is None or limit.value is None:
        return None
    source = f"{share.source} × {limit.source}"
    return computed_figure(share.value * limit.value, Unit.GBP, f"{share.shown} of {limit.shown} is", source)


def _reserve_mitigations(parts: Parts, year: FinancialYear) -> list[Risk]:
    return [
        one
        for one in (parts.finance.risks if parts.finance is not None else ())
        if one.year == year
        and one.kind is RiskKind.MITIGATION
        and not one.in_forecast
        and _RESERVE.search(one.stated.name)
    ]


def _mitigations(parts: Parts, year: FinancialYear) -> Iterator[Comparison]:
    """Mitigations by contingency and reserves against what the spend holds of them; only where it holds any."""
    if parts.finance is None:
        return
    for group in (SpendGroup.CONTINGENCY, SpendGroup.RESERVES):
        counted = [
            one
            for one in parts.finance.risks
            if one.year == year and one.kind is RiskKind.MITIGATION and one.group is group and not one.in_forecast
        ]
        held = [one for one in _held(parts.finance.spend, group, year) if one.gbp > 0]
        if not counted or not held:
            continue
        first = stated_figure(
            total(one.gbp for one in counted),
            Unit.GBP,
            f"mitigations count on {group.value} of",
            counted[0].stated,
            table="risks",
            column="value",
            item=counted[0].id,
        )
        second = computed_figure(
            total(one.gbp for one in held),
            Unit.GBP,
            "the spend still holds",
            ", ".join(place_of(one.stated, "spend") for one in held),
            half_unit=Decimal("0.5"),
        )
        wording = Wording(
            f"{group.value.capitalize()} as a mitigation in {year}",
            "count it once: in the forecast or as a mitigation, and for one risk",
        )
        yield compared(RULE, Severity.ERROR, (first, second), parts.tolerance(RULE), wording, Relation.AT_MOST)


def _held(spend: Sequence[SpendLine], group: SpendGroup, year: FinancialYear) -> list[SpendLine]:
    """What the forecast holds of a group, line by line; the budget where no forecast is told."""
    of_group = [one for one in spend if one.group is group and one.year == year]
    forecast = [one for one in of_group if one.series is Series.FORECAST]
    return forecast or [one for one in of_group if one.series is Series.BUDGET]


def _pressures_as_risks(parts: Parts, year: FinancialYear) -> Iterator[Comparison]:
    """A pressure in the plan's growth that is a risk of the same size and name as well."""
    if parts.finance is None:
        return
    pressures = [one for one in parts.finance.growth if one.year == year and one.driver is Driver.PRESSURE and one.gbp]
    for risk in parts.finance.risks:
        if risk.year != year or risk.kind is not RiskKind.RISK:
            continue
        for one in pressures:
            if one.gbp != risk.gbp or not _telling(one.stated.name) & _telling(risk.stated.name):
                continue
            first = stated_figure(
                risk.gbp, Unit.GBP, "as a risk it is", risk.stated, table="risks", column="value", item=risk.id
            )
            second = computed_figure(
                Decimal(0),
                Unit.GBP,
                f"the spend has it already ({named(one.stated.name, '')}), and what is left open is",
                f"{place_of(risk.stated, 'risks')} less {place_of(one.stated, 'growth')}",
            )
            name = named(risk.stated.name, risk.id)
            wording = Wording(
                f"{name} of {year} is in the plan's spend and a risk as well",
                "",
                instead=f"{name} of {year} is counted twice: as a risk of {first.shown}, and in the plan's spend "
                f"({named(one.stated.name, '')}, {first.shown}), so that £0 of it is open. Keep as a risk only what "
                "may come beyond the amount in the spend.",
            )
            yield compared(RULE, Severity.WARNING, (first, second), parts.tolerance(RULE), wording, Relation.AT_MOST)


def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(_TELLING.findall(name.casefold())) - _COMMON
