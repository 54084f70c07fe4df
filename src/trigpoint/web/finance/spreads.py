"""Mechanisms for one contract over the activity model's draws: computed once for each revision of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trigpoint.errors import InputError
from trigpoint.finance.contracts.mechanism import Spread
from trigpoint.web.activity.desk import model_of
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.results import contract_of, kept

if TYPE_CHECKING:
    from trigpoint.reports.finance.spreads import Compared

MOST_DRAWS = 1_000


def compared_of(desk: Desk, contract: str) -> Compared:
    """The mechanisms of a contract over its modelled activity. Raises ``InputError`` where nothing was modelled."""
    return kept(desk, lambda: _compared(desk, contract), "mechanisms", contract)


def _compared(desk: Desk, contract: str) -> Compared:
    from trigpoint.reports.finance.mechanisms import compared_mechanisms

    book = model_of(desk.edition).book
    if book is None:
        raise InputError(
            "mechanisms are compared over the activity model of the plan, and it has none",
            remedy="add its activity: the page of activity says how",
        )
    draws = min(book.settings.draws, MOST_DRAWS)
    return compared_mechanisms(desk.book, contract_of(desk, contract), book, draws=draws, seed=book.settings.seed)


def spreads_of(desk: Desk, contract: str) -> tuple[Spread, ...]:
    """The spread of the payment by each mechanism, as pictures draw them."""
    return compared_of(desk, contract).spreads
