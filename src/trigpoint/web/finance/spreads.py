"""Mechanisms for one contract over the activity model's draws: the model is run once for each provider and revision of
the plan, and where it has one provider alone, that is the run which the pages of activity keep."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trigpoint.activity.results.run import ActivityRun
from trigpoint.errors import InputError
from trigpoint.finance.contracts.mechanism import Spread
from trigpoint.finance.contracts.result import ContractYear
from trigpoint.web.activity.desk import model_of
from trigpoint.web.activity.runs import MOST_DRAWS, WORK, draws_for, for_a_page
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.results import activity_of, contract_of, kept
from trigpoint.wording import capital

if TYPE_CHECKING:
    from trigpoint.activity.book.book import ActivityBook
    from trigpoint.triangulation.spreads import Compared

OWN = "As contracted"


def compared_of(desk: Desk, contract: str) -> Compared:
    """The mechanisms of a contract over its modelled activity. Raises ``InputError`` where nothing was modelled."""
    return kept(desk, lambda: _compared(desk, contract), "mechanisms", contract)


def _compared(desk: Desk, contract: str) -> Compared:
    from trigpoint.triangulation.mechanisms import compared_mechanisms

    book = model_of(desk.edition).book
    if book is None:
        raise InputError(
            "mechanisms are compared over the activity model of the plan, and it has none",
            remedy="add its activity: the page of activity says how",
        )
    found = contract_of(desk, contract)
    run = _run(desk, book, found.contract.provider) if any(one.line.variable for one in found.lines) else None
    compared = compared_mechanisms(desk.book, found, book, run=run)
    provider = found.contract.provider
    basis = compared.basis.replace(f" for {provider} ", f" for {desk.place(provider)} ").replace("'", "’")
    spreads = tuple(_named(desk, found, each) for each in compared.spreads)
    return replace(compared, basis=basis, spreads=spreads)


def _run(desk: Desk, book: ActivityBook, provider: str) -> ActivityRun:
    """The activity of one provider, as planned."""
    from trigpoint.activity.simulation.run import run_model
    from trigpoint.triangulation.mechanisms import of_provider

    whole, own = for_a_page(book), of_provider(for_a_page(book), provider)
    if own.counts.height == whole.counts.height and own.totals == whole.totals:
        run = activity_of(desk)
        if run is not None:
            return run

    def made() -> ActivityRun:
        return run_model(own, draws=draws_for(own, min(MOST_DRAWS, own.settings.draws), WORK))

    return kept(desk, made, "run of provider", provider.strip().casefold())


def _named(desk: Desk, found: ContractYear, spread: Spread) -> Spread:
    """A spread by the name that a reader knows its mechanism by."""
    if spread.mechanism == found.mechanism.id:
        return replace(spread, mechanism=OWN)
    known = desk.book.mechanisms.get(spread.mechanism)
    return replace(spread, mechanism=capital(known.stated.name if known and known.stated.name else spread.mechanism))


def spreads_of(desk: Desk, contract: str) -> tuple[Spread, ...]:
    """The spread of the payment by each mechanism, as pictures draw them."""
    return compared_of(desk, contract).spreads
