"""What schemes save, against the activity that they avoid and what the contract pays less for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.errors import InputError
from trigpoint.finance.book.book import Contract, Recurrence, Scheme, SpendGroup
from trigpoint.finance.contracts.kind_names import kind_words
from trigpoint.finance.schemes.scheme_year import scheme_year
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total
from trigpoint.triangulation.avoided import Avoided, Released, avoided, released
from trigpoint.triangulation.comparison import Comparison, Lacking, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit, amount_words
from trigpoint.triangulation.modelled import contract_lines, provider_in
from trigpoint.triangulation.parts import Part, Parts, computed_figure, named, place_of, stated_figure
from trigpoint.triangulation.register import rule
from trigpoint.wording import listed, verb

RULE = "SCHEME_ACTIVITY"
_MODELLED = (SpendGroup.ACUTE,)
"""Groups of spend whose savings come from activity that the model has."""


@rule(RULE, Severity.WARNING, Part.FINANCE, Part.ACTIVITY)
def scheme_activity(parts: Parts) -> Iterator[Comparison | Lacking]:
    """A scheme saves other money than the activity that it avoids is worth under the contract that pays for it.

    The saving of a year is compared with the activity that the scheme's interventions avoid in the activity model (mean
    and 80% interval), at the contract's prices, and by what its payment mechanism pays less for it. Schemes that share
    an intervention are taken together, with earlier ones that rest on the same. Under a block contract, or beyond a cap
    or collar, avoided activity releases no cash (an error). A scheme on acute spend that is to release cash and names
    no intervention is questioned; where a scheme saves less than the model gives, the message is an info.

    Fires: £1.8m saved, 400 admissions avoided that are worth £0.6m; any saving from activity under a block contract.
    Does not: savings within the interval of what is released; prescribing, whose saving is no activity.
    Remedy: plan with what the contract releases, renegotiate it, or mark the scheme as not releasing cash.
    """
    for year in parts.years:
        for group in _groups(parts, year):
            yield from _group(parts, year, group)


def _groups(parts: Parts, year: FinancialYear) -> list[list[Scheme]]:
    """Cash-releasing schemes of a year, those that share an intervention together, with earlier ones on the same."""
    groups: list[list[Scheme]] = []
    for scheme in parts.book.schemes:
        if not scheme.cash_releasing or not scheme.identified or scheme.year.first > year.first:
            continue
        if scheme.year != year and scheme.recurrence is not Recurrence.RECURRENT:
            continue
        sharing = [group for group in groups if any(set(one.activity) & set(scheme.activity) for one in group)]
        joined = [one for group in sharing for one in group]
        groups = [group for group in groups if group not in sharing] + [[*joined, scheme]]
    return [group for group in groups if any(one.year == year for one in group)]


def _group(parts: Parts, year: FinancialYear, group: Sequence[Scheme]) -> Iterator[Comparison | Lacking]:
    known = {one.id for one in parts.run.book.schemes}
    interventions = tuple(dict.fromkeys(one for scheme in group for one in scheme.activity))
    unknown = [one for one in interventions if one not in known]
    name = listed([named(one.stated.name, one.id) for one in group])
    if unknown:
        yield Lacking(
            RULE,
            f"{name} {verb(len(group), 'rests', 'rest')} on {listed(unknown)}, which the activity model does not have",
        )
    saving = _saving(parts, year, group)
    if not interventions:
        yield from _unlinked(parts, year, group[0], saving)
        return
    if len(unknown) == len(interventions):
        return
    contract = _contract(parts, year, group)
    provider = provider_in(parts.run, contract) if contract is not None else None
    found = avoided(parts.run, interventions, year, provider)
    try:
        cash = released(parts.run, parts.book, found, year, contract)
    except InputError as error:
        yield Lacking(RULE, f"{name} saves on a contract that cannot be paid ({str(error).rstrip('.')})")
        return
    yield _linked(parts, year, group, saving, found, cash)


def _saving(parts: Parts, year: FinancialYear, group: Sequence[Scheme]) -> Figure:
    value = total(scheme_year(parts.book, one, year).part_year_gbp for one in group)
    own = next(one for one in group if one.year == year)
    words = verb(len(group), "it saves", "together they save")
    at = stated_figure(value, Unit.GBP, words, own.stated, table="schemes", column="full_year_effect", item=own.id)
    return replace(at, source=" and ".join(place_of(one.stated, "schemes") for one in group))


def _contract(parts: Parts, year: FinancialYear, group: Sequence[Scheme]) -> Contract | None:
    """The contract that the year's schemes save on, where they name one and the same."""
    wanted = {one.contract for one in group if one.year == year and one.contract}
    found = [one for one in parts.book.contracts if one.id in wanted]
    return found[0] if len(wanted) == 1 and found else None


def _unlinked(parts: Parts, year: FinancialYear, scheme: Scheme, saving: Figure) -> Iterator[Comparison | Lacking]:
    name = named(scheme.stated.name, scheme.id)
    contract = _contract(parts, year, [scheme])
    counted = contract is not None and bool(contract_lines(parts.book, contract))
    if scheme.group not in _MODELLED and not counted:
        group = scheme.group.value if scheme.group is not None else "no group of spend"
        yield Lacking(RULE, f"{name} saves on {group}, and names no activity that the model has")
        return
    nothing = computed_figure(Decimal(0), Unit.GBP, "the activity that it is linked to is worth", "no intervention")
    wording = Wording(
        f"{name}, {year}, is to release cash and names no intervention of the activity model",
        "name the interventions that it rests on, or say how it saves without less activity",
    )
    yield compared(RULE, Severity.WARNING, (saving, nothing), parts.tolerance(RULE), wording)


def _linked(
    parts: Parts, year: FinancialYear, group: Sequence[Scheme], saving: Figure, found: Avoided, cash: Released
) -> Comparison:
    name = listed([named(one.stated.name, one.id) for one in group])
    run = parts.run
    words, source = _paid(cash), f"the activity model, {run.draws:,} draws, seed {run.seed}: {found.words}"
    second = computed_figure(
        cash.cash[1],
        Unit.GBP,
        words,
        source,
        interval=(min(cash.cash[0], cash.cash[2]), max(cash.cash[0], cash.cash[2])),
    )
    less = (saving.value or Decimal(0)) < cash.cash[1]
    severity = Severity.INFO if less else Severity.WARNING
    subject = f"{name}, {year} ({found.words} avoided)"
    wording = Wording(subject, _to_do(less, cash), _why(found, cash))
    if not cash.cash[1] and cash.worth[1] and cash.mechanism is not None:
        severity = Severity.ERROR
        wording = Wording(subject, "", instead=_no_cash(name, year, saving, found, cash))
    return compared(RULE, severity, (saving, second), parts.tolerance(RULE), wording)


def _paid(cash: Released) -> str:
    if cash.mechanism is None:
        return "at its price alone, for no contract is named, the activity avoided is worth"
    return f"under {cash.mechanism.id} ({kind_words(cash.mechanism.kind)}) the activity avoided releases"


def _why(found: Avoided, cash: Released) -> str:
    said = []
    by_fixed_sum, unpriced = ([found.name(pod) for pod in pods] for pods in (cash.by_fixed_sum, cash.unpriced))
    if cash.mechanism is not None and cash.cash[1] != cash.worth[1]:
        said.append(
            f"at its prices it is worth {amount_words(cash.worth[1], Unit.GBP)}, of which the mechanism releases a part"
        )
    if by_fixed_sum and cash.cash[1]:
        said.append(f"{listed(by_fixed_sum)} {verb(len(by_fixed_sum), 'is', 'are')} paid by a fixed sum")
    if unpriced:
        said.append(f"{listed(unpriced)} {verb(len(unpriced), 'has', 'have')} no price there")
    return "; ".join(said)


def _to_do(less: bool, cash: Released) -> str:
    if less:
        return "plan with more, or say what the rest is spent on"
    if cash.mechanism is not None and cash.cash[1] < cash.worth[1]:
        return "plan with what the contract releases, or renegotiate it"
    return "plan with what the activity gives, or name what else the scheme avoids"


def _no_cash(name: str, year: FinancialYear, saving: Figure, found: Avoided, cash: Released) -> str:
    mechanism = cash.mechanism.id if cash.mechanism is not None else ""
    kind = kind_words(cash.mechanism.kind) if cash.mechanism is not None else ""
    worth = amount_words(cash.worth[1], Unit.GBP)
    why = "pays the same with and without it at this activity"
    if cash.by_fixed_sum and len(cash.by_fixed_sum) == len(found.units):
        why = f"pays {listed([found.name(pod) for pod in cash.by_fixed_sum])} by a fixed sum"
    return (
        f"{name} saves {saving.shown} in {year}, and avoids {found.words}, worth {worth}; but "
        f"{mechanism} ({kind}) {why}, so £0 of cash is released. "
        f"Renegotiate the contract, or mark the scheme as not releasing cash: the whole {saving.shown} is open."
    )
