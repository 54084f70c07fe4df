r"""Finance: allocation and budget, business rules, schemes, risks, contracts and what they pay, and peers.

Money is ``Decimal`` pounds, exact, and comes out in whole pence by one rounding (``finance.money``). One convention of
signs: cost is positive, a saving negative, a surplus positive.

The names that a notebook needs are offered here; a part is imported when its first name is asked for, so that the
package costs nothing until then. ``finance.position`` is both the package and, called, its function. The guide is
``docs/finance.md``.

>>> from decimal import Decimal
>>> from trigpoint import finance
>>> text = 'kind = "cap_collar"\nplanned_gbp = "£10m"\ncap = "2%"\ncollar = "2%"'
>>> paid = finance.payment(finance.read_mechanism(text, "acute.toml"), Decimal(10_500_000))
>>> print(paid.gbp, paid.marginal_gbp, paid.borne_by.value)
10200000.00 0.00 provider
"""

from __future__ import annotations

from typing import TYPE_CHECKING

_HOMES = {
    "Allocation": "trigpoint.finance.book.book",
    "AllocationPart": "trigpoint.finance.book.book",
    "Bearer": "trigpoint.finance.contracts.mechanism",
    "Benchmark": "trigpoint.finance.peers.result",
    "Bridge": "trigpoint.finance.position.result",
    "BusinessRule": "trigpoint.finance.rules.rule",
    "Contract": "trigpoint.finance.book.book",
    "ContractLine": "trigpoint.finance.book.book",
    "ContractYear": "trigpoint.finance.contracts.result",
    "Correlation": "trigpoint.finance.book.book",
    "Curve": "trigpoint.finance.contracts.mechanism",
    "FinanceBook": "trigpoint.finance.book.book",
    "FinanceSettings": "trigpoint.finance.book.book",
    "GrowthAssumption": "trigpoint.finance.book.book",
    "Mechanism": "trigpoint.finance.contracts.mechanism",
    "MechanismKind": "trigpoint.finance.contracts.mechanism",
    "OrganisationType": "trigpoint.finance.book.organisation",
    "Payment": "trigpoint.finance.contracts.mechanism",
    "PeerRate": "trigpoint.finance.book.book",
    "Position": "trigpoint.finance.position.result",
    "Quantity": "trigpoint.finance.book.book",
    "Recurrence": "trigpoint.finance.book.book",
    "Risk": "trigpoint.finance.book.book",
    "RiskDraws": "trigpoint.finance.risks.result",
    "RiskKind": "trigpoint.finance.book.book",
    "RiskPosition": "trigpoint.finance.risks.result",
    "RuleResult": "trigpoint.finance.rules.result",
    "Scheme": "trigpoint.finance.book.book",
    "SchemeBook": "trigpoint.finance.schemes.result",
    "SchemeYear": "trigpoint.finance.schemes.result",
    "Severity": "trigpoint.finance.book.book",
    "SpendGroup": "trigpoint.finance.book.book",
    "SpendLine": "trigpoint.finance.book.book",
    "Spread": "trigpoint.finance.contracts.mechanism",
    "benchmark": "trigpoint.finance.peers.comparison",
    "compare_mechanisms": "trigpoint.finance.contracts.spreads",
    "contract_year": "trigpoint.finance.contracts.year",
    "draw_risks": "trigpoint.finance.risks.draws",
    "drawn_payments": "trigpoint.finance.contracts.drawn",
    "evaluate_rules": "trigpoint.finance.rules.evaluation",
    "load_gates": "trigpoint.finance.schemes.gates",
    "load_rules": "trigpoint.finance.rules.packs",
    "measures_of": "trigpoint.finance.peers.rows",
    "mechanism_of": "trigpoint.finance.contracts.reading",
    "mechanism_text": "trigpoint.finance.contracts.reading",
    "month_payments": "trigpoint.finance.contracts.payment",
    "payment": "trigpoint.finance.contracts.payment",
    "payment_curve": "trigpoint.finance.contracts.payment",
    "quantity_value": "trigpoint.finance.position.quantities",
    "read_finance": "trigpoint.finance.book.reading",
    "read_mechanism": "trigpoint.finance.contracts.reading",
    "read_rules": "trigpoint.finance.rules.reading",
    "read_template": "trigpoint.finance.book.template_reading",
    "read_texts": "trigpoint.finance.book.reading",
    "risk_position": "trigpoint.finance.risks.position",
    "scheme_book": "trigpoint.finance.schemes.scheme_book",
    "scheme_year": "trigpoint.finance.schemes.scheme_year",
    "spread_of": "trigpoint.finance.contracts.spreads",
    "template_workbook": "trigpoint.finance.book.template",
    "texts_of": "trigpoint.finance.book.writing",
    "underlying": "trigpoint.finance.position.underlying",
}
__all__ = sorted([*_HOMES, "position"])  # noqa: PLE0605 - the names of the table above

if TYPE_CHECKING:
    from trigpoint.finance.book.book import Allocation as Allocation
    from trigpoint.finance.book.book import AllocationPart as AllocationPart
    from trigpoint.finance.book.book import Contract as Contract
    from trigpoint.finance.book.book import ContractLine as ContractLine
    from trigpoint.finance.book.book import Correlation as Correlation
    from trigpoint.finance.book.book import FinanceBook as FinanceBook
    from trigpoint.finance.book.book import FinanceSettings as FinanceSettings
    from trigpoint.finance.book.book import GrowthAssumption as GrowthAssumption
    from trigpoint.finance.book.book import PeerRate as PeerRate
    from trigpoint.finance.book.book import Quantity as Quantity
    from trigpoint.finance.book.book import Recurrence as Recurrence
    from trigpoint.finance.book.book import Risk as Risk
    from trigpoint.finance.book.book import RiskKind as RiskKind
    from trigpoint.finance.book.book import Scheme as Scheme
    from trigpoint.finance.book.book import Severity as Severity
    from trigpoint.finance.book.book import SpendGroup as SpendGroup
    from trigpoint.finance.book.book import SpendLine as SpendLine
    from trigpoint.finance.book.organisation import OrganisationType as OrganisationType
    from trigpoint.finance.book.reading import read_finance as read_finance
    from trigpoint.finance.book.reading import read_texts as read_texts
    from trigpoint.finance.book.template import template_workbook as template_workbook
    from trigpoint.finance.book.template_reading import read_template as read_template
    from trigpoint.finance.book.writing import texts_of as texts_of
    from trigpoint.finance.contracts.drawn import drawn_payments as drawn_payments
    from trigpoint.finance.contracts.mechanism import Bearer as Bearer
    from trigpoint.finance.contracts.mechanism import Curve as Curve
    from trigpoint.finance.contracts.mechanism import Mechanism as Mechanism
    from trigpoint.finance.contracts.mechanism import MechanismKind as MechanismKind
    from trigpoint.finance.contracts.mechanism import Payment as Payment
    from trigpoint.finance.contracts.mechanism import Spread as Spread
    from trigpoint.finance.contracts.payment import month_payments as month_payments
    from trigpoint.finance.contracts.payment import payment as payment
    from trigpoint.finance.contracts.payment import payment_curve as payment_curve
    from trigpoint.finance.contracts.reading import mechanism_of as mechanism_of
    from trigpoint.finance.contracts.reading import mechanism_text as mechanism_text
    from trigpoint.finance.contracts.reading import read_mechanism as read_mechanism
    from trigpoint.finance.contracts.result import ContractYear as ContractYear
    from trigpoint.finance.contracts.spreads import compare_mechanisms as compare_mechanisms
    from trigpoint.finance.contracts.spreads import spread_of as spread_of
    from trigpoint.finance.contracts.year import contract_year as contract_year
    from trigpoint.finance.peers.comparison import benchmark as benchmark
    from trigpoint.finance.peers.result import Benchmark as Benchmark
    from trigpoint.finance.peers.rows import measures_of as measures_of
    from trigpoint.finance.position.position import position as position
    from trigpoint.finance.position.quantities import quantity_value as quantity_value
    from trigpoint.finance.position.result import Bridge as Bridge
    from trigpoint.finance.position.result import Position as Position
    from trigpoint.finance.position.underlying import underlying as underlying
    from trigpoint.finance.risks.draws import draw_risks as draw_risks
    from trigpoint.finance.risks.position import risk_position as risk_position
    from trigpoint.finance.risks.result import RiskDraws as RiskDraws
    from trigpoint.finance.risks.result import RiskPosition as RiskPosition
    from trigpoint.finance.rules.evaluation import evaluate_rules as evaluate_rules
    from trigpoint.finance.rules.packs import load_rules as load_rules
    from trigpoint.finance.rules.reading import read_rules as read_rules
    from trigpoint.finance.rules.result import RuleResult as RuleResult
    from trigpoint.finance.rules.rule import BusinessRule as BusinessRule
    from trigpoint.finance.schemes.gates import load_gates as load_gates
    from trigpoint.finance.schemes.result import SchemeBook as SchemeBook
    from trigpoint.finance.schemes.result import SchemeYear as SchemeYear
    from trigpoint.finance.schemes.scheme_book import scheme_book as scheme_book
    from trigpoint.finance.schemes.scheme_year import scheme_year as scheme_year
else:
    # Hidden from the type checker, which would otherwise take any misspelt name for one of ours.
    def __getattr__(name: str) -> object:
        from importlib import import_module  # noqa: PLC0415 - the point of all this

        if name == "position":  # the package itself, which can be called
            return import_module("trigpoint.finance.position")
        if name not in _HOMES:
            raise AttributeError(f"module 'trigpoint.finance' has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, "position"})
