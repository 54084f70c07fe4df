"""What the pictures of finance say, and how money is written: the tables are the manual."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from trigpoint.charts.finance import (
    curve_picture,
    mechanisms_picture,
    outturn_picture,
    position_months_picture,
    rules_picture,
    waterfall_picture,
)
from trigpoint.charts.picture import Picture
from trigpoint.finance.book.book import OrganisationType
from trigpoint.finance.contracts.mechanism import MechanismKind, Spread
from trigpoint.finance.contracts.reading import mechanism_of
from trigpoint.finance.position.result import Bridge, Position, Step
from trigpoint.finance.risks.result import RiskDraws
from trigpoint.finance.rules.result import BusinessRule, Operator, RuleResult
from trigpoint.finance.words import gbp_change, gbp_exact, gbp_words, share_words
from trigpoint.periods import FinancialYear

D = Decimal
YEAR = FinancialYear(2017)

MONEY = [
    ("5300000", "£5.3m", "+£5.3m", "£5,300,000.00"),
    ("-1100000", "−£1.1m", "−£1.1m", "−£1,100,000.00"),
    ("450000", "£450k", "+£450k", "£450,000.00"),
    ("999499.99", "£999k", "+£999k", "£999,499.99"),
    ("999500", "£1.0m", "+£1.0m", "£999,500.00"),
    ("463900000", "£463.9m", "+£463.9m", "£463,900,000.00"),
    ("1250000000", "£1.250bn", "+£1.250bn", "£1,250,000,000.00"),
    ("21.91", "£21.91", "+£21.91", "£21.91"),
    ("250", "£250", "+£250", "£250.00"),
    ("0", "£0", "£0", "£0.00"),
    ("0.004", "£0.00", "£0.00", "£0.00"),
    ("-0.005", "−£0.01", "−£0.01", "−£0.01"),
]


@pytest.mark.parametrize(("gbp", "words", "change", "exact"), MONEY)
def test_money_is_written_as_british_papers_write_it(gbp: str, words: str, change: str, exact: str) -> None:
    assert (gbp_words(D(gbp)), gbp_change(D(gbp)), gbp_exact(D(gbp))) == (words, change, exact)


SHARES = [("0.01", 1, "1.0%"), ("0.0092692", 3, "0.927%"), ("0.0092692", 0, "1%"), ("-0.0005", 1, "−0.1%")]


@pytest.mark.parametrize(("share", "decimals", "words"), SHARES)
def test_shares_are_per_cent_rounded_half_up(share: str, decimals: int, words: str) -> None:
    assert share_words(D(share), decimals) == words


def bridge(*steps: tuple[str, int], first: int = 6_400_000, last: int = 5_300_000) -> Bridge:
    between = (Step(name, name, D(gbp)) for name, gbp in steps)
    return Bridge("Surplus", (Step("a", "Last year", D(first), True), *between, Step("z", "Plan", D(last), True)))


def position(**kept: object) -> Position:
    told: dict[str, object] = {
        "year": YEAR, "resource_limit_gbp": None, "recurrent_limit_gbp": None, "budget_gbp": D(450_900_000),
        "forecast_gbp": D(450_900_000), "planned_surplus_gbp": None, "surplus_gbp": D(5_300_000),
        "control_total_gbp": D(5_300_000), "control_variance_gbp": None, "months_known": 0, "groups": (),
    }  # fmt: skip
    return Position(**{**told, **kept})  # type: ignore[arg-type]


def result(
    exact: str, passes: bool, rounded: bool, headroom: int, operator: Operator = Operator.AT_LEAST
) -> RuleResult:
    kinds = (OrganisationType.CCG,)
    rule = BusinessRule("cumulative_underspend", "Cumulative underspend", YEAR, YEAR + 1, kinds, "surplus", operator,
                        "share", "Planning guidance", limit=D("0.01"))  # fmt: skip
    return RuleResult(rule, YEAR + 1, D(exact), D("0.01"), D("0.01"), passes, rounded, D(headroom))


def draws(chance: str | None) -> RiskDraws:
    control = D(5_300_000) if chance else None
    bins = ((D(0), D(4_000_000), D("0.7")), (D(4_000_000), D(8_000_000), D("0.3")))
    probability = D(chance) if chance else None
    return RiskDraws(YEAR, 1_000, 1, D(2_100_000), (), control, probability, D("0.0145"), (), bins)


def spread(name: str, half: int) -> Spread:
    mean = D(178_000_000)
    return Spread(name, MechanismKind.BLOCK, mean, mean - half, mean, mean + half, D(0), D("0.5"))


FINDINGS: list[tuple[str, Callable[[], Picture], str]] = [
    (
        "a bridge down",
        lambda: waterfall_picture(bridge(("Drawdown", -1_100_000))),
        "Surplus: £6.4m becomes £5.3m (−£1.1m); “Drawdown” takes away most, £1.1m.",
    ),
    (
        "a bridge whose parts need a second decimal to add up",
        lambda: waterfall_picture(bridge(("A", -550_000), ("B", -550_000))),
        "Surplus: £6.40m becomes £5.30m (−£1.10m); “A” takes away most, £0.55m.",
    ),
    (
        "a bridge that ends where it began",
        lambda: waterfall_picture(bridge(("Up", 700_000), ("Down", -700_000), last=6_400_000)),
        "Surplus: £6.4m stays as it is; “Up” adds most, £0.7m.",
    ),
    (
        "a bridge that does not add up",
        lambda: waterfall_picture(bridge(("Drawdown", -1_000_000))),
        "Surplus: £6.4m becomes £5.3m (−£1.1m); “Drawdown” takes away most, £1.0m. Steps and totals are £100k apart.",
    ),
    (
        "a year as budgeted",
        lambda: position_months_picture(position()),
        "Spend in 2017/18 is forecast at £450.9m, as budgeted. The surplus is forecast at £5.3m, exactly the control "
        "total.",
    ),
    (
        "a year that misses its control total",
        lambda: position_months_picture(position(forecast_gbp=D(451_600_000), surplus_gbp=D(-200_000))),
        "Spend in 2017/18 is forecast at £451.6m, £700k over budget. The deficit is forecast at £200k, £5.5m worse "
        "than the control total.",
    ),
    (
        "a rule that only rounding meets",
        lambda: rules_picture([result("0.0092692", False, True, -339_000)]),
        "The one result is met only when rounded. Cumulative underspend of 2018/19 is 0.927% and passes only as 1%, "
        "£339k short.",
    ),
    (
        "a rule of a greatest value, broken",
        lambda: rules_picture([result("0.012", False, False, -90_000, Operator.AT_MOST)]),
        "The one result is missed. Cumulative underspend of 2018/19 is 1.2%, £90k over.",
    ),
    (
        "rules that are met",
        lambda: rules_picture([result("0.012", True, True, 90_000)] * 2),
        "All 2 results are met.",
    ),
    (
        "the chance of the control total",
        lambda: outturn_picture(draws("0.297")),
        "The control total of £5.3m in 2017/18 is met in 29.7% of draws (give or take 2.9%); the mean outturn is "
        "£2.1m.",
    ),
    (
        "draws without a control total",
        lambda: outturn_picture(draws(None)),
        "2017/18: the mean outturn of 1,000 draws is £2.1m.",
    ),
    (
        "a block contract",
        lambda: curve_picture(mechanism_of("block", {"value": "12m"}, "community")),
        "Community, block: £12.0m whatever the activity, so that the provider bears all of £1 more of activity.",
    ),
    (
        "a marginal rate at its plan",
        lambda: curve_picture(mechanism_of("marginal_rate", {"baseline": "40m", "rate": 0.7}, "emergency")),
        "Emergency, marginal rate: at plan £40.0m is paid; there £1 more of activity adds £0.70, and both share its "
        "cost.",
    ),
    (
        "mechanisms that differ in their spread alone",
        lambda: mechanisms_picture([spread("Block", 0), spread("Cost per case", 8_000_000)]),
        "All pay £178.0m on average. The 80% interval is £16.0m wide under Cost per case and nothing at all under "
        "Block.",
    ),
]


@pytest.mark.parametrize(("picture", "finding"), [row[1:] for row in FINDINGS], ids=[row[0] for row in FINDINGS])
def test_each_picture_says_what_it_shows(picture: Callable[[], Picture], finding: str) -> None:
    assert picture().finding == finding
