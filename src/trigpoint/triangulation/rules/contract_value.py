"""What a contract is worth in the commissioner's plan, the provider's, the spend, and by its own lines."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.errors import InputError
from trigpoint.finance.book.book import Contract, Series
from trigpoint.finance.contracts.mechanism import MechanismKind
from trigpoint.finance.contracts.year import contract_year
from trigpoint.rounding import total
from trigpoint.triangulation.comparison import Comparison, Lacking, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit, amount_words
from trigpoint.triangulation.parts import Part, Parts, computed_figure, named, place_of, stated_figure
from trigpoint.triangulation.register import rule
from trigpoint.wording import count

RULE = "CONTRACT_VALUE"


@rule(RULE, Severity.ERROR, Part.FINANCE)
def contract_value(parts: Parts) -> Iterator[Comparison | Lacking]:
    """A contract has one value in the commissioner's plan and another in the provider's, the spend, or its lines.

    The commissioner's value of each contract is compared with the provider's, with the budgets of the spend lines that
    name the contract, and with what its mechanism pays for its planned lines.

    Fires: £176.4m in the commissioner's plan and £178.7m in the provider's. Does not: values that differ by pence.
    Remedy: agree one value with the other organisation before both plans are submitted.
    """
    for contract in parts.book.contracts:
        name = f"{named(contract.stated.name, contract.id)}, {contract.year}"
        value = _value(contract)
        if value is None:
            yield Lacking(RULE, f"{name} has no value in the commissioner's plan")
            continue
        if contract.provider_gbp is not None:
            to_do = "agree one value, or say in both plans what the difference is held for"
            yield _compared(parts, (value, _provider_value(contract)), Wording(name, to_do))
        budgets = _budgets(parts, contract)
        if budgets is not None:
            wording = Wording(
                f"{name}, against the spend", "put the contract's value into the spend lines that name it"
            )
            yield _compared(parts, (value, budgets), wording)
        yield from _by_its_lines(parts, contract, value, name)


def _compared(parts: Parts, figures: tuple[Figure, Figure], wording: Wording) -> Comparison:
    return compared(RULE, Severity.ERROR, figures, parts.tolerance(RULE), wording)


def _value(contract: Contract) -> Figure | None:
    if contract.commissioner_gbp is None:
        return None
    return stated_figure(
        contract.commissioner_gbp, Unit.GBP, "the commissioner plans", contract.stated, table="contracts",
        column="commissioner_gbp", item=contract.id,
    )  # fmt: skip


def _provider_value(contract: Contract) -> Figure:
    return stated_figure(
        contract.provider_gbp, Unit.GBP, "the provider", contract.stated, table="contracts", column="provider_gbp",
        item=contract.id,
    )  # fmt: skip


def _budgets(parts: Parts, contract: Contract) -> Figure | None:
    lines = [
        one
        for one in parts.book.spend
        if one.contract == contract.id and one.year == contract.year and one.series is Series.BUDGET
    ]
    if not lines:
        return None
    source = ", ".join(place_of(one.stated, "spend") for one in lines)
    return computed_figure(
        total(one.gbp for one in lines), Unit.GBP, "the budgets that name the contract come to", source,
        illustrative=any(one.stated.illustrative for one in lines),
    )  # fmt: skip


def _by_its_lines(parts: Parts, contract: Contract, value: Figure, name: str) -> Iterator[Comparison | Lacking]:
    """What the mechanism pays for the planned lines; without lines, only where no activity would change it."""
    lines = [one for one in parts.book.contract_lines if one.contract == contract.id]
    try:
        year = contract_year(parts.book, contract.id)
    except InputError as error:
        yield Lacking(RULE, f"{name} cannot be paid by its mechanism ({str(error).rstrip('.')})")
        return
    if not lines and year.mechanism.kind is not MechanismKind.BLOCK:
        yield Lacking(RULE, f"{name} has no lines that its mechanism could be reckoned with")
        return
    source = f"the mechanism {year.mechanism.id}"
    if lines:
        worth = amount_words(year.planned_gbp, Unit.GBP)
        source += f" and {count(len(lines), 'planned line')} worth {worth}"
    words = "its mechanism pays for the planned lines" if lines else "its mechanism pays"
    paid = computed_figure(Decimal(year.at_plan.gbp), Unit.GBP, words, source, illustrative=year.illustrative)
    wording = Wording(
        f"{name}, against {'its lines' if lines else 'its block'}",
        "correct the value, the planned units and prices, or the planned value that the mechanism names",
    )
    yield _compared(parts, (value, paid), wording)
