"""Drawn risks: certain and impossible ones, one alone, tied and contradicting ones, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from trigpoint.errors import InputError
from trigpoint.finance.book.book import (
    Correlation,
    FinanceBook,
    FinanceSettings,
    OrganisationType,
    Quantity,
    Risk,
    RiskKind,
    Severity,
    SpendGroup,
)
from trigpoint.finance.risks import draw_risks
from trigpoint.finance.risks.result import RiskDraws
from trigpoint.periods import FinancialYear
from trigpoint.tabular.stated import Stated

YEAR = FinancialYear(2017)
SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", (YEAR,), draws=5_000, seed=3)
SURPLUS = Quantity(YEAR, "planned_surplus", Decimal(5_000_000), "gbp")
CONTROL = Quantity(YEAR, "control_total", Decimal(4_000_000), "gbp")


def risk(id: str, gbp: int, probability: str, kind: RiskKind = RiskKind.RISK, **more: object) -> Risk:
    return Risk(id, YEAR, kind, Decimal(gbp), Decimal(probability), **more)  # type: ignore[arg-type]


def drawn(
    *risks: Risk, ties: tuple[Correlation, ...] = (), told: tuple[Quantity, ...] = (SURPLUS, CONTROL)
) -> RiskDraws:
    return draw_risks(FinanceBook(SETTINGS, risks=risks, correlations=ties, quantities=told), YEAR)


CERTAIN = [
    # risks                                          outturn      reaches 4,000,000
    ((), 5_000_000, 1),
    ((risk("never", 3_000_000, "0"),), 5_000_000, 1),
    ((risk("always", 3_000_000, "1"),), 2_000_000, 0),
    ((risk("always", 1_000_000, "1"),), 4_000_000, 1),
    ((risk("always", 3_000_000, "1"), risk("help", 2_500_000, "1", RiskKind.MITIGATION)), 4_500_000, 1),
    ((risk("nothing", 0, "0.5"),), 5_000_000, 1),
]


@pytest.mark.parametrize(("risks", "outturn", "reached"), CERTAIN)
def test_what_is_certain_comes_out_the_same_in_every_draw(risks: tuple[Risk, ...], outturn: int, reached: int) -> None:
    found = drawn(*risks)

    assert found.mean_gbp == outturn
    assert {gbp for _, gbp in found.quantiles_gbp} == {Decimal(outturn)}
    assert found.probability == reached
    # Five thousand draws all alike say that the chance is near, not that it is known.
    assert found.probability_error is not None
    assert 0 < found.probability_error < Decimal("0.001")
    assert all(one.share == 0 for one in found.movers)


def test_one_risk_swings_by_its_size_whether_it_happened_or_not() -> None:
    sometimes, never, always = (drawn(risk("one", 3_000_000, chance)).movers[0] for chance in ("0.3", "0", "1"))

    assert (sometimes.if_it_happens_gbp, sometimes.if_not_gbp) == (2_000_000, 5_000_000)
    assert sometimes.share == 1
    assert never.swing_gbp == always.swing_gbp == sometimes.swing_gbp == -3_000_000


def test_the_largest_swing_comes_first_and_a_mitigation_swings_upwards() -> None:
    found = drawn(
        risk("small", 100_000, "0.5"),
        risk("large", 3_000_000, "0.5"),
        risk("help", 900_000, "0.5", RiskKind.MITIGATION),
    )

    assert [one.risk for one in found.movers] == ["large", "help", "small"]
    assert [one.swing_gbp > 0 for one in found.movers] == [False, True, False]


def tie(value: str, first: str = "a", second: str = "b") -> Correlation:
    return Correlation(first, second, Decimal(value), Stated(file="correlations.csv", row=2))


TIES = [
    # correlation  outturns of two risks of £1m and £2m, each of probability one half
    ("1", {2_000_000, 5_000_000}),
    ("-1", {3_000_000, 4_000_000}),
    ("0", {2_000_000, 3_000_000, 4_000_000, 5_000_000}),
]


@pytest.mark.parametrize(("value", "outturns"), TIES)
def test_risks_tied_with_one_another_happen_together_or_apart(value: str, outturns: set[int]) -> None:
    found = drawn(risk("a", 1_000_000, "0.5"), risk("b", 2_000_000, "0.5"), ties=(tie(value),))

    seen = {int(low) for low, _, share in found.histogram if share}
    assert {round(gbp / 1_000_000) * 1_000_000 for gbp in seen} == outturns
    assert found.remarks == ()


def test_a_tie_changes_the_spread_and_not_the_mean_of_any_risk() -> None:
    pair = (risk("a", 2_000_000, "0.3"), risk("b", 2_000_000, "0.4"))

    apart, together = (drawn(*pair, ties=(tie(value),)) for value in ("0", "0.8"))

    assert abs(apart.mean_gbp - together.mean_gbp) < 100_000
    assert (apart.probability or 0) + Decimal("0.05") < (together.probability or 0)


def test_correlations_that_contradict_each_other_are_mended_and_told() -> None:
    three = tuple(risk(name, 1_000_000, "0.5") for name in "abc")

    found = drawn(*three, ties=(tie("1"), tie("1", "b", "c"), tie("-1", "a", "c")))

    assert "contradict each other" in found.remarks[0]
    assert "from −1.00 to −0.50" in found.remarks[0] or "from 1.00 to 0.50" in found.remarks[0]


REMARKS = [
    ((tie("0.5", "a", "nobody"),), "names nobody, which is no risk"),
    ((tie("0.5"), tie("0.4", "b", "a")), "told as 0.5 and as 0.4"),
    ((tie("0.5"), tie("0.5", "b", "a")), ""),
    ((tie("0.5", "a", "a"),), ""),
]


@pytest.mark.parametrize(("ties", "words"), REMARKS)
def test_what_is_odd_of_correlations_is_told(ties: tuple[Correlation, ...], words: str) -> None:
    found = drawn(risk("a", 1_000_000, "0.5"), risk("b", 2_000_000, "0.5"), ties=ties)

    assert words in "".join(found.remarks) if words else not found.remarks


def test_a_correlation_beyond_one_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match=r"correlations\.csv, row 2: .* is 1\.5; give one between -1 and 1"):
        drawn(risk("a", 1, "0.5"), risk("b", 1, "0.5"), ties=(tie("1.5"),))


@pytest.mark.parametrize("draws", [0, -5, 10**9])
def test_impossible_numbers_of_draws_are_refused(draws: int) -> None:
    plan = FinanceBook(SETTINGS, risks=(risk("a", 1, "0.5"),))
    with pytest.raises(InputError, match="draws cannot be made"):
        draw_risks(plan, YEAR, draws)


def test_more_draws_times_risks_than_there_is_time_for_are_cut_with_a_remark_or_refused() -> None:
    year_of = replace(SETTINGS, draws=100_000)
    many = FinanceBook(year_of, risks=tuple(risk(f"r{at}", 1, "0.5") for at in range(2_000)))
    found = draw_risks(many, YEAR)
    assert found.draws == 10_000
    assert "100,000 draws of 2,000 risks would take too long: 10,000 were made." in found.remarks
    with pytest.raises(InputError, match=r"10,001 draws cannot be made of 2,000 risks; ask for 1 to 10,000"):
        draw_risks(many, YEAR, 10_001)
    few = FinanceBook(year_of, risks=many.risks[:50])
    assert draw_risks(few, YEAR).draws == 100_000
    assert not any("too long" in remark for remark in draw_risks(few, YEAR).remarks)


def test_risks_beside_those_that_are_tied_are_drawn_as_they_are_alone() -> None:
    some = (risk("x", 1_000, "0.3"), risk("a", 1_000_000, "0.5"), risk("y", 70, "0.9"), risk("b", 2_000_000, "0.5"))
    alone, beside = drawn(some[1], some[3], ties=(tie("0.7"),)), drawn(*some, ties=(tie("0.7"),))
    both = {one.risk: one.if_it_happens_gbp - one.if_not_gbp for one in alone.movers}
    for one in beside.movers:
        if one.risk in both:  # the others add their little noise
            assert abs(one.swing_gbp - both[one.risk]) < 1_000


def test_the_same_seed_gives_the_same_answer_and_another_another() -> None:
    plan = FinanceBook(SETTINGS, risks=(risk("a", 1_000_000, "0.5"),), quantities=(SURPLUS, CONTROL))

    assert draw_risks(plan, YEAR) == draw_risks(plan, YEAR, 5_000, 3)
    assert draw_risks(plan, YEAR).mean_gbp != draw_risks(plan, YEAR, seed=4).mean_gbp


SPREADS = [
    (risk("a", 100, "1", severity=Severity.UNIFORM), "needs a low and a high value"),
    (risk("a", 100, "1", severity=Severity.UNIFORM, low_gbp=Decimal(9), high_gbp=Decimal(3)), "not in order"),
    (risk("a", 100, "1", severity=Severity.TRIANGULAR, low_gbp=Decimal(1), high_gbp=Decimal(3)), "not between 1 and 3"),
]


@pytest.mark.parametrize(("one", "words"), SPREADS)
def test_a_spread_that_cannot_be_is_told_and_the_value_stands(one: Risk, words: str) -> None:
    found = drawn(one)

    assert words in found.remarks[0]
    assert found.mean_gbp == 5_000_000 - 100


def test_the_largest_amounts_and_the_fewest_draws_still_come_out_exactly() -> None:
    huge = [risk(f"r{at}", 10**12, "1") for at in range(50)]
    plan = FinanceBook(SETTINGS, risks=tuple(huge), quantities=(SURPLUS, CONTROL))

    assert draw_risks(plan, YEAR).mean_gbp == 5_000_000 - 50 * 10**12
    assert draw_risks(plan, YEAR, 1).quantiles_gbp[0][1] == 5_000_000 - 50 * 10**12


def test_without_a_surplus_changes_are_drawn_and_no_chance_is_told() -> None:
    found = drawn(risk("a", 1_000_000, "1"), told=(CONTROL,))

    assert (found.mean_gbp, found.probability) == (-1_000_000, None)
    assert "changes of it" in found.remarks[0]


def test_without_a_control_total_there_is_no_chance() -> None:
    found = drawn(risk("a", 1_000_000, "1"), told=(SURPLUS,))

    assert (found.control_total_gbp, found.probability, found.probability_error) == (None, None, None)


def test_a_mitigation_cut_to_what_is_there_is_never_drawn_larger() -> None:
    held = Quantity(YEAR, "contingency", Decimal(500_000), "gbp")
    help_ = risk(
        "help", 900_000, "1", RiskKind.MITIGATION, group=SpendGroup.CONTINGENCY, severity=Severity.UNIFORM,
        low_gbp=Decimal(400_000), high_gbp=Decimal(1_400_000),
    )  # fmt: skip

    found = drawn(help_, told=(SURPLUS, CONTROL, held))

    assert max(gbp for _, gbp in found.quantiles_gbp) == 5_500_000


def test_two_rows_of_one_id_do_not_share_their_luck() -> None:
    twins = drawn(*[risk("twin", 1_000_000, "0.5")] * 2)
    alone = drawn(replace(risk("twin", 2_000_000, "0.5")))

    assert len({gbp for _, gbp in twins.quantiles_gbp}) == 3
    assert len({gbp for _, gbp in alone.quantiles_gbp}) == 2
