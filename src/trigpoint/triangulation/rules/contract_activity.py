"""What a contract plans to buy, against the activity that the model expects, line by line and as it would be paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.errors import InputError
from trigpoint.finance.book.book import Contract, ContractLine
from trigpoint.finance.contracts.spreads import spread_of
from trigpoint.finance.contracts.year import contract_year
from trigpoint.triangulation.comparison import Comparison, Lacking, Wording, compared
from trigpoint.triangulation.figure import Unit, amount_words
from trigpoint.triangulation.modelled import (
    Modelled,
    contract_lines,
    modelled,
    paid_activity,
    provider_in,
    value_in_draws,
)
from trigpoint.triangulation.parts import Part, Parts, computed_figure, named, pence, place_of, stated_figure
from trigpoint.triangulation.register import rule

RULE = "CONTRACT_ACTIVITY"


@rule(RULE, Severity.WARNING, Part.FINANCE, Part.ACTIVITY)
def contract_activity(parts: Parts) -> Iterator[Comparison | Lacking]:
    """A contract plans to buy more or less activity than the model expects, or would pay more or less for it.

    Each line's planned units are compared with the activity model's units of the same provider, point of delivery and
    year once the plan's schemes are done (mean and 80% interval), and the planned payment with what the mechanism is
    expected to pay over all draws of that activity. Lines that the model does not have count as they are planned.

    Fires: 88,300 attendances in the contract, 92,000 modelled with 90,500 to 93,400 in eight of ten cases. Does not:
    units within that interval, or within 2% of the mean.
    Remedy: agree the activity with the provider, or say in the plan what makes the difference.
    """
    run = parts.run
    for contract in parts.book.contracts:
        lines = contract_lines(parts.book, contract)
        name = f"{named(contract.stated.name, contract.id)}, {contract.year}"
        if not lines:
            continue  # a block of services without counts
        if contract.year not in run.years:
            yield Lacking(RULE, f"the activity model does not run {contract.year}")
            continue
        provider = provider_in(run, contract)
        if provider is None:
            yield Lacking(RULE, f"the activity model has no activity of {contract.provider}, whom {name} pays")
            continue
        yield from _lines(parts, contract, lines, provider)
        yield from _payment(parts, contract, provider)


def _lines(parts: Parts, contract: Contract, lines: Sequence[ContractLine], provider: str) -> Iterator[Comparison]:
    for line in lines:
        found = modelled(parts.run, provider, line.pod, contract.year)
        if found is not None:
            yield _line(parts, contract, line, found)


def _line(parts: Parts, contract: Contract, line: ContractLine, found: Modelled) -> Comparison:
    planned = stated_figure(
        line.planned_units,
        Unit.NUMBER,
        "planned units are",
        line.stated,
        table="contract_lines",
        column="planned_units",
        item=f"{contract.id}/{line.id}",
    )
    source = f"the activity model’s do something, {parts.run.draws:,} draws, seed {parts.run.seed}"
    model = computed_figure(
        pence(found.mean),
        Unit.NUMBER,
        "the activity model expects",
        source,
        interval=(pence(found.low), pence(found.high)),
    )
    worth = pence((found.mean - float(line.planned_units)) * float(line.price_gbp))
    more, each = "more" if worth > 0 else "less", amount_words(line.price_gbp, Unit.GBP)
    why = f"at {each} each the modelled units are worth {amount_words(abs(worth), Unit.GBP)} {more}"
    wording = Wording(
        f"{named(line.stated.name, line.id)} of {contract.id}, {contract.year}",
        "agree the units with the provider, or say what makes the difference",
        why,
    )
    return compared(RULE, Severity.WARNING, (planned, model), parts.tolerance(RULE), wording)


def _payment(parts: Parts, contract: Contract, provider: str) -> Iterator[Comparison | Lacking]:
    name = f"{named(contract.stated.name, contract.id)}, {contract.year}"
    try:
        year = contract_year(parts.book, contract.id)
        lines, fixed = paid_activity(parts.book, contract, year.mechanism.kind)
        drawn = value_in_draws(parts.run, lines, fixed, provider, contract.year)
        if drawn is None:
            yield Lacking(RULE, f"the activity model has none of the lines that move what {name} pays")
            return
        spread = spread_of(year.mechanism, drawn)
    except InputError as error:
        yield Lacking(RULE, f"{name} cannot be paid by its mechanism ({str(error).rstrip('.')})")
        return
    planned = computed_figure(
        Decimal(year.at_plan.gbp),
        Unit.GBP,
        "for the planned lines it pays",
        f"{place_of(contract.stated, 'contracts')} and its lines",
        illustrative=year.illustrative,
    )
    expected = computed_figure(
        spread.expected_gbp,
        Unit.GBP,
        "for the modelled activity it is expected to pay",
        f"{year.mechanism.id} over {len(drawn):,} draws of the activity model",
        interval=(spread.low_gbp, spread.high_gbp),
        illustrative=year.illustrative,
    )
    wording = Wording(f"Payment of {name}", "plan for what the contract will pay, or settle other terms")
    yield compared(RULE, Severity.WARNING, (planned, expected), parts.tolerance(RULE), wording)
