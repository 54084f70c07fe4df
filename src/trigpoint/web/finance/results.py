"""What the pages of finance show: computed once for each revision of the files, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404

from trigpoint.activity.results.run import ActivityRun
from trigpoint.errors import InputError
from trigpoint.finance.book.tables import TOLERANCES
from trigpoint.finance.contracts.result import ContractYear
from trigpoint.finance.peers.result import Benchmark
from trigpoint.finance.position.result import Position
from trigpoint.finance.risks.result import RiskDraws, RiskPosition
from trigpoint.finance.rules.result import RuleResult
from trigpoint.finance.schemes.result import SchemeBook
from trigpoint.periods import FinancialYear
from trigpoint.web.finance.desk import Desk
from trigpoint.web.register.store import PatientShelf, revision_key

if TYPE_CHECKING:
    from trigpoint.reports.finance.gathered import Gathered
    from trigpoint.triangulation.engine import Triangulation

T = TypeVar("T")
results = PatientShelf(200)
WORK = 8_000_000
"""As many numbers, about, are drawn for one page: draws × risks. Less than a second."""
FEWEST_DRAWS = 2_000


def kept(desk: Desk, make: Callable[[], T], *key: Any) -> T:
    """From memory, where it was computed before for this revision of the plan."""
    return results.get((*revision_key(desk.edition), "finance", *key), make)


def position_of(desk: Desk, year: FinancialYear | None = None) -> Position:
    """The position of a year, of the chosen one for none."""
    from trigpoint.finance.position.position import position

    wanted = year or desk.at_year
    return kept(desk, lambda: position(desk.book, wanted), "position", wanted.label)


def rules_of(desk: Desk) -> tuple[RuleResult, ...]:
    """What the plan makes of every business rule in each of its years."""
    from trigpoint.finance.rules.evaluation import evaluate_rules

    return kept(desk, lambda: evaluate_rules(desk.book), "rules")


def schemes_of(desk: Desk) -> SchemeBook:
    """The schemes of the chosen year."""
    from trigpoint.finance.schemes.scheme_book import scheme_book

    year = desk.at_year
    return kept(desk, lambda: scheme_book(desk.book, year), "schemes", year.label)


def risks_of(desk: Desk) -> RiskPosition:
    """The risks of the chosen year, weighted."""
    from trigpoint.finance.risks.position import risk_position

    year = desk.at_year
    return kept(desk, lambda: risk_position(desk.book, year), "risks", year.label)


def draws_of(desk: Desk) -> RiskDraws:
    """The risks of the chosen year, drawn: as many times as the files ask for and a page has the time for."""
    from trigpoint.finance.risks.draws import MOST_RISK_DRAWS, draw_risks

    year, book = desk.at_year, desk.book
    count = max(sum(each.year == year for each in book.risks), 1)
    most = min(max(WORK // count, FEWEST_DRAWS), max(MOST_RISK_DRAWS // count, 1))
    return kept(desk, lambda: draw_risks(book, year, draws=min(book.settings.draws, most)), "draws", year.label)


def contract_of(desk: Desk, contract: str) -> ContractYear:
    """A contract's year; raises ``Http404`` where the book has no such contract."""
    from trigpoint.finance.contracts.year import contract_year

    if contract not in {each.id for each in desk.book.contracts}:
        raise Http404
    return kept(desk, lambda: contract_year(desk.book, contract), "contract", contract)


def benchmark_of(desk: Desk, measure: str) -> Benchmark:
    """A measure beside its peers."""
    from trigpoint.finance.peers.comparison import benchmark

    return kept(desk, lambda: benchmark(desk.book, measure), "benchmark", measure)


def activity_of(desk: Desk) -> ActivityRun | None:
    """The plan's activity model as planned; ``None`` where it has none, or one that no page can run."""
    from trigpoint.web.activity import desk as activity
    from trigpoint.web.activity.runs import run_of

    model = activity.model_of(desk.edition)
    if model.book is None:
        return None
    try:
        return run_of(activity.Desk(desk.reading, model, activity.AS_PLANNED, may_save=False))
    except InputError:
        return None


def triangulation_of(desk: Desk) -> Triangulation:
    """The plan, its finance and its activity held against each other."""
    from trigpoint.triangulation.engine import triangulation
    from trigpoint.triangulation.parts import Parts
    from trigpoint.triangulation.tolerance import default_tolerances, tolerances_of

    # Of the activity model the plan as entered is compared: scenarios saved on the pages change nothing here.
    def made() -> Triangulation:
        try:
            own = tolerances_of(desk.book.tolerances_toml, TOLERANCES)
        except InputError:  # told when it was loaded; the usual ones hold
            own = default_tolerances()
        return triangulation(Parts(desk.reading.plan, desk.book, activity_of(desk), own))

    return kept(desk, made, "triangulation")


def gathered_of(desk: Desk) -> Gathered:
    """Everything that is answered of the book, for a workbook or a paper."""
    from trigpoint.reports.finance.gathered import gathered

    count = max(len(desk.book.risks), 1)
    draws = min(desk.book.settings.draws, max(WORK // count, FEWEST_DRAWS))
    return kept(desk, lambda: gathered(desk.book, draws=draws), "gathered")
