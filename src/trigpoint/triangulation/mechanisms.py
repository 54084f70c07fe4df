"""Payment mechanisms for one contract over the activity model's whole distribution: expected, and spread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import numpy as np

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.results.run import ActivityRun
from trigpoint.activity.simulation.run import run_model
from trigpoint.errors import InputError
from trigpoint.finance.book.book import ContractLine, FinanceBook
from trigpoint.finance.contracts.mechanism import Curve, Mechanism, MechanismKind
from trigpoint.finance.contracts.result import ContractYear
from trigpoint.finance.contracts.spreads import compare_mechanisms
from trigpoint.finance.contracts.year import FIXED_LINES
from trigpoint.rounding import total
from trigpoint.triangulation.spreads import Compared
from trigpoint.wording import count, listed, verb

_NOT_OF_ACTIVITY = (
    MechanismKind.OUTCOMES, MechanismKind.CQUIN, MechanismKind.QUALITY_PREMIUM, MechanismKind.READMISSIONS,
)  # fmt: skip
_WITH_A_FIXED_PART = (MechanismKind.API, MechanismKind.AMBULANCE)


def compared_mechanisms(
    book: FinanceBook,
    contract: ContractYear,
    activity: ActivityBook,
    *,
    draws: int | None = None,
    seed: int | None = None,
    run: ActivityRun | None = None,
) -> Compared:
    """A contract's own mechanism, others of its planned value, a block and a cost per case, over the same draws.

    What is drawn is do something of the activity model for the contract's provider and year, in pounds: each variable
    line's price times its point of delivery, matched by code or name. Lines that the model does not have stay at plan.
    The block and the cost per case are of the planned value of the variable lines, the two ends between which every
    sharing of risk lies; what is paid by a fixed sum, as a line or as a part of the mechanism, is in all of them
    alike, so that they differ by what activity moves. ``run`` may be given where it is at hand
    (of this provider alone). Raises ``InputError`` where no line of the contract is in the model, or the model has not
    its year.
    """
    variable = [one.line for one in contract.lines if one.line.variable]
    name = contract.contract.stated.name or contract.contract.id
    if not variable:
        raise InputError(f"{name} has no line that activity moves", remedy="add rows to finance/contract_lines.csv")
    made = run or run_model(of_provider(activity, contract.contract.provider), draws=draws, seed=seed)
    worth, missing = _worth(contract, variable, made)
    # A gain or loss is shared of all that care costs; elsewhere lines paid by a fixed sum are no activity.
    shared = contract.mechanism.kind is MechanismKind.GAIN_LOSS
    at_plan = [one.line for one in contract.lines if shared and not one.line.variable]
    planned = total(line.planned_gbp for line in (*variable, *at_plan))
    whole = worth + float(total(line.planned_gbp for line in (*missing, *at_plan)))
    others = list(_mechanisms(book, contract, planned))
    remarks = []
    if missing:
        said = listed([line.stated.name or line.id for line in missing])
        stays = verb(len(missing), "is not in the activity model and stays", "are not in the activity model and stay")
        remarks.append(f"{said} {stays} at planned value.")
    basis = (
        f"Do something of {contract.contract.year} for {contract.contract.provider} times the contract's prices, "
        f"{count(len(variable) - len(missing), 'line')} of {len(variable)}."
    )
    spreads = compare_mechanisms(others, whole)
    return Compared(contract.contract.id, name, made.draws, made.seed, basis, spreads, tuple(remarks))


def of_provider(activity: ActivityBook, provider: str) -> ActivityBook:
    """The activity of one provider alone. Raises ``InputError`` for one that the model does not have."""
    wanted = provider.strip().casefold()
    known = [one for frame in (activity.counts, activity.cells) if frame is not None and "provider" in frame.columns
             for one in frame.get_column("provider").unique().to_list()]  # fmt: skip
    names = sorted({str(one) for one in (*known, *(one.provider for one in activity.totals)) if one})
    own = [one for one in names if one.casefold() == wanted]
    if not own:
        there = f"the model has {listed(names)}" if names else "the model tells none apart"
        raise InputError(f"the activity model has no provider “{provider}”", remedy=there)
    counts = activity.counts.filter(activity.counts.get_column("provider").is_in(own))
    cells = activity.cells
    if cells is not None and "provider" in cells.columns:
        cells = cells.filter(cells.get_column("provider").is_in(own))
    return replace(activity, counts=counts, cells=cells, totals=tuple(t for t in activity.totals if t.provider in own))


def _worth(
    contract: ContractYear, lines: list[ContractLine], made: ActivityRun
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], list[ContractLine]]:
    """The value of the lines that the model has, one a draw, and the lines that it has not."""
    if contract.contract.year not in made.years:
        known = listed([str(year) for year in made.years])
        raise InputError(f"the activity model has no {contract.contract.year}", remedy=f"it has {known}")
    at = made.years.index(contract.contract.year)
    codes = {name.casefold(): pod.code for pod in made.book.pods for name in (pod.code, pod.name) if name}
    codes = {code.casefold(): code for code in made.draws_of} | {
        name: code for name, code in codes.items() if code in made.draws_of
    }
    worth = np.zeros(made.draws)
    missing = []
    for line in lines:
        code = codes.get(line.pod.strip().casefold())
        if code is None:
            missing.append(line)
            continue
        worth += float(line.price_gbp) * np.asarray(made.draws_of[code][at], dtype=np.float64)
    if len(missing) == len(lines):
        remedy = f"the model has {listed(list(made.draws_of))}"
        raise InputError(
            f"no line of {contract.contract.id} is a point of delivery of the activity model", remedy=remedy
        )
    return worth, missing


def _mechanisms(book: FinanceBook, contract: ContractYear, planned: Decimal) -> Iterable[Mechanism]:
    """The contract's own mechanism first, then others written for the same value, then the two ends."""
    own = contract.mechanism
    # Lines that no mechanism moves are paid besides by each of them, as they are by the contract's own.
    fixed = tuple(part for part in own.settled if part[0] == FIXED_LINES)
    besides = fixed
    if own.kind in _WITH_A_FIXED_PART:
        # Its fixed part pays for care that a mechanism without one would have to pay for as well.
        besides = (("fixed part", contract.at_plan.gbp - planned),)
    yield own
    for other in book.mechanisms.values():
        same = other.planned_gbp == own.planned_gbp and other.id != own.id and other.price_gbp is None
        if same and other.kind not in (*_NOT_OF_ACTIVITY, MechanismKind.GAIN_LOSS) and any(other.curve.rates):
            more = fixed if other.kind in _WITH_A_FIXED_PART else besides
            yield replace(other, settled=(*other.settled, *more))
    if own.kind is not MechanismKind.BLOCK:
        settled = (("block", planned), *besides)
        yield Mechanism("block at plan", MechanismKind.BLOCK, Curve(Decimal(0)), planned, settled=settled)
    if own.kind is not MechanismKind.COST_PER_CASE:
        whole = Curve(Decimal(0), (Decimal(1),))
        yield Mechanism("cost per case", MechanismKind.COST_PER_CASE, whole, planned, settled=besides)


__all__ = ["Compared", "compared_mechanisms"]
