"""Results of finance put together by hand, as the calculations hand them to the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from trigpoint.finance.book.book import (
    Contract,
    OrganisationType,
    Recurrence,
    Risk,
    RiskKind,
    Scheme,
    SpendGroup,
)
from trigpoint.finance.contracts.mechanism import Mechanism, MechanismKind, Spread, Variance
from trigpoint.finance.contracts.payment import month_payments, payment
from trigpoint.finance.contracts.reading import mechanism_of
from trigpoint.finance.contracts.result import ContractYear
from trigpoint.finance.peers.result import Benchmark, Comparator, Opportunity, Peer
from trigpoint.finance.position.result import Bridge, GroupPosition, Position, Step
from trigpoint.finance.risks.result import Mover, RiskDraws, RiskPosition, WeightedRisk
from trigpoint.finance.rules.result import BusinessRule, Operator, RuleResult
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.periods import FinancialYear, Month
from trigpoint.rounding import half_up
from trigpoint.tabular.stated import Stated

YEAR = FinancialYear(2017)
D = Decimal
ZERO = Decimal(0)
HOSTILE = "<script>alert(1)</script> \u202eevil\x00 {datum.x} '+alert(1)+' " + "long " * 40


def step(name: str, gbp: int | str, total: bool = False, **kept: Any) -> Step:
    return Step(name.lower(), name, D(gbp), total, **kept)


def surplus_bridge() -> Bridge:
    steps = (step("Surplus 2016/17", 6_400_000, True), step("Drawdown", -1_100_000))
    return Bridge("Surplus, 2016/17 to 2017/18", (*steps, step("Surplus 2017/18", 5_300_000, True)))


def bridge_of(*amounts: int, first: int = 10_000_000, **kept: Any) -> Bridge:
    steps = [step(f"Step {at}", gbp, **kept) for at, gbp in enumerate(amounts)]
    last = first + sum(amounts)
    return Bridge("A bridge", (step("Begin", first, True), *steps, step("End", last, True)))


def position(known: int = 5, length: int = 12, **kept: Any) -> Position:
    found = []
    budget = reached = ZERO
    for at in range(length):
        budget += 38_200_000
        reached += 38_050_000 if at < 3 else 38_410_000
        found.append((budget, reached if at < known else None, reached))
    groups = tuple(
        GroupPosition(group, None, D(10_000_000 * (at + 1)), D(4_000_000 * (at + 1)), None,
                      D(10_000_000 * (at + 1) + (-1) ** at * at * 130_000), D((-1) ** at * at * 130_000))
        for at, group in enumerate(SpendGroup)
    )  # fmt: skip
    of_year = {"year": YEAR, "resource_limit_gbp": D(463_900_000), "recurrent_limit_gbp": D(455_000_000),
               "budget_gbp": budget, "forecast_gbp": reached, "planned_surplus_gbp": D(5_300_000),
               "surplus_gbp": D(4_100_000), "control_total_gbp": D(5_300_000),
               "control_variance_gbp": D(-1_200_000), "months_known": known, "groups": groups,
               "months": tuple(found)}  # fmt: skip
    return Position(**{**of_year, **kept})


def rule(id: str = "cumulative_underspend", **kept: Any) -> BusinessRule:
    told: dict[str, Any] = {
        "name": id.replace("_", " ").capitalize(), "first": YEAR, "last": YEAR + 1,
        "organisations": (OrganisationType.CCG,), "numerator": "surplus", "operator": Operator.AT_LEAST,
        "unit": "share", "source": "Planning guidance 2017 to 2019", "limit": D("0.01"),
    }  # fmt: skip
    return BusinessRule(id, **{**told, **kept})


def result(
    value: str | None,
    passes: bool | None = True,
    rounded: bool | None = None,
    of: BusinessRule | None = None,
    **kept: Any,
) -> RuleResult:
    own = of or rule()
    exact = D(value) if value is not None else None
    told: dict[str, Any] = {
        "year": YEAR, "exact": exact, "rounded": half_up(exact, 2) if exact is not None else None,
        "limit": own.limit, "passes_exact": passes, "passes_rounded": passes if rounded is None else rounded,
        "headroom_gbp": None, "sum": "4.3 / 463.9",
    }  # fmt: skip
    return RuleResult(own, **{**told, **kept})


def rules() -> list[RuleResult]:
    head = rule("running_cost", unit="gbp per head", operator=Operator.AT_MOST, limit=D("21.91"), decimals=2)
    growth = rule("prescribing", operator=Operator.BETWEEN, limit=D("0.04"), highest=D("0.07"), decimals=1)
    even = rule("break_even", unit="gbp", limit=ZERO)
    return [
        result("0.0114", headroom_gbp=D(700_000)),
        result("0.009269", False, True, year=YEAR + 1, headroom_gbp=D(-339_000)),
        result("21.85", of=head, headroom_gbp=D(20_000)),
        result(None, None, of=head, year=YEAR + 1, rounded=None, lacking="the plan tells no population"),
        result("0.05", of=growth), result("0.031", False, of=growth, year=YEAR + 1),
        result("-1200000", False, of=even, headroom_gbp=D(-1_200_000)), result("0", of=even, headroom_gbp=ZERO),
    ]  # fmt: skip


def scheme(name: str = "Telemedicine", stage: str = "live", plan: int = 1_800_000, **kept: Any) -> SchemeYear:
    own = Scheme(name.lower(), YEAR, D(plan) * 2, Month(2017, 7), Recurrence.RECURRENT, stage, D("0.8"),
                 identified=kept.pop("identified", True), stated=Stated(name=name))  # fmt: skip
    months = tuple((D(plan) / 12, D(plan) / 16 if at < 5 else None, D(plan) / 14) for at in range(12))
    told: dict[str, Any] = {
        "part_year_gbp": D(plan), "net_gbp": D(plan), "tail_gbp": D(plan), "exit_gbp": D(plan) * 2,
        "risk_adjusted_gbp": D(plan) * D("0.8"), "counted_gbp": D(plan), "plan_to_date_gbp": D(750_000),
        "actual_to_date_gbp": D(643_000), "delivery_ratio": D("0.857"), "forecast_gbp": D(plan) * D("0.9"),
        "rag": "green", "months": months,
    }  # fmt: skip
    return SchemeYear(own, YEAR, **{**told, **kept})


def scheme_book(*schemes: SchemeYear, **kept: Any) -> SchemeBook:
    own = schemes or (scheme(), scheme("Falls", "idea", 600_000, rag="red", identified=False),
                      scheme("Estates", "approved", 250_000, rag="amber"))  # fmt: skip

    def whole(name: str) -> Decimal:
        return sum((getattr(one, name) for one in own), ZERO)

    told: dict[str, Any] = {
        "full_year_gbp": whole("exit_gbp"), **{name: whole(name) for name in (
            "part_year_gbp", "net_gbp", "tail_gbp", "exit_gbp", "risk_adjusted_gbp", "counted_gbp", "forecast_gbp")},
        "target_gbp": D(14_400_000), "unidentified_gbp": D(600_000),
    }  # fmt: skip
    return SchemeBook(YEAR, own, **{**told, **kept})


def weighted(name: str, kind: RiskKind, gbp: int, chance: str, counted: bool = True) -> WeightedRisk:
    own = Risk(name.lower(), YEAR, kind, D(gbp), D(chance), stated=Stated(name=name))
    expected = D(gbp) * D(chance) if counted else ZERO
    return WeightedRisk(own, expected, counted, "" if counted else "the forecast uses it", D(gbp) if counted else ZERO)


def risks(*own: WeightedRisk, **kept: Any) -> RiskPosition:
    every = own or (
        weighted("Acute over-performance", RiskKind.RISK, 3_200_000, "0.6"),
        weighted("Prescribing", RiskKind.RISK, 900_000, "0.3"),
        weighted("Contingency", RiskKind.MITIGATION, 2_320_000, "1", counted=False),
        weighted("Delay investment", RiskKind.MITIGATION, 1_000_000, "0.7"),
    )
    told: dict[str, Any] = {
        "gross_gbp": D(4_100_000), "weighted_gbp": D(2_190_000), "mitigated_gbp": D(700_000), "net_gbp": D(1_490_000),
        "planned_surplus_gbp": D(5_300_000), "best_gbp": D(6_300_000), "likely_gbp": D(3_100_000),
        "risk_adjusted_gbp": D(3_810_000), "worst_gbp": D(1_200_000),
    }  # fmt: skip
    return RiskPosition(YEAR, every, **{**told, **kept})


def movers(count: int = 3) -> tuple[Mover, ...]:
    return tuple(
        Mover(f"r{at}", f"Risk {at}", D(1_000_000 + 200_000 * at), D(4_000_000 - 200_000 * at),
              D(-3_000_000 + 400_000 * at), D("0.4") / (at + 1))
        for at in range(count)
    )  # fmt: skip


def draws(bins: int = 20, **kept: Any) -> RiskDraws:
    shares = [D(min(at + 1, bins - at)) for at in range(bins)]
    whole = sum(shares, ZERO)
    histogram = tuple(
        (D(-2_000_000 + 500_000 * at), D(-1_500_000 + 500_000 * at), share / whole) for at, share in enumerate(shares)
    )
    told: dict[str, Any] = {
        "draws": 100_000, "seed": 1, "mean_gbp": D(2_310_000),
        "quantiles_gbp": ((D("0.1"), D(-300_000)), (D("0.5"), D(2_300_000)), (D("0.9"), D(4_700_000))),
        "control_total_gbp": D(5_300_000), "probability": D("0.062"), "probability_error": D("0.0008"),
        "movers": movers(), "histogram": histogram, "planned_surplus_gbp": D(5_300_000),
    }  # fmt: skip
    return RiskDraws(YEAR, **{**told, **kept})


def capped() -> Mechanism:
    return mechanism_of("cap_collar", {"plan": "178m", "cap": "2%", "collar": "2%", "share": "0.3"})


def contract_year(
    mechanism: Mechanism | None = None, plan: int = 178_000_000, known: int = 5, **kept: Any
) -> ContractYear:
    own = mechanism or capped()
    price = own.price_gbp or D(1)
    forecast = D(plan) * D("1.03")
    months = month_payments(own, [D(plan) / 12 + at * 20_000 for at in range(known)])
    contract = Contract("dgft", YEAR, "05C", "RNA", own.id, stated=Stated(name="Acute contract"))
    told: dict[str, Any] = {
        "planned_gbp": D(plan), "at_plan": payment(own, D(plan) / price), "at_forecast": payment(own, forecast / price),
        "forecast_activity_gbp": forecast, "lines": (), "months": months, "variance": Variance(ZERO, ZERO, ZERO, ZERO),
    }  # fmt: skip
    return ContractYear(contract, own, **{**told, **kept})


def spreads(count: int = 3) -> Sequence[Spread]:
    kinds = (("Block", MechanismKind.BLOCK, 0, "0"), ("Cap and collar", MechanismKind.CAP_COLLAR, 2, "0.55"),
             ("Cost per case", MechanismKind.COST_PER_CASE, 8, "1"))  # fmt: skip
    return [
        Spread(f"{name} {at}" if at > 2 else name, kind, D(178_000_000 + at * 1_000_000),
               D(178_000_000 - half * 1_000_000), D(178_000_000), D(178_000_000 + half * 1_000_000), D(half), D(share))
        for at in range(count) for name, kind, half, share in (kinds[at % 3],)
    ]  # fmt: skip


def benchmark(count: int = 10, **kept: Any) -> Benchmark:
    found = [
        Peer(f"P{at}", f"Peer {at}", D("38.2") + at, D(at), D("37.2") + at, D("39.2") + at, D("39") + at, at < 5)
        for at in range(count)
    ]
    own = Peer("05C", "Dudley", D("44.90"), ZERO, D("43.8"), D("46.0"), D("44.1"), best=False)
    opportunities = (
        Opportunity(Comparator.MEAN, D("42.7"), D(880_000), D(120_000), D(640_000), D(210_000), D(1_070_000), True),
        Opportunity(Comparator.BEST, D("40.2"), D(1_540_000), D(460_000), D(300_000), D(-200_000), D(1_350_000), False),
    )
    told: dict[str, Any] = {
        "population": D(315_000),
        "peers": tuple(found),
        "opportunities": opportunities,
        "money": True,
    }
    return Benchmark("Elective spend a head", own, **{**told, **kept})


def named(one: SchemeYear, name: str) -> SchemeYear:
    return replace(one, scheme=replace(one.scheme, stated=Stated(name=name), stage=name[:30], rag=name[:9]), rag="")
