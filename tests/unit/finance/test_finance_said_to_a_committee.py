"""What a finance committee reads first: sentences that say by how much, of what, and of which part of a year."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from trigpoint.activity.book.reading import read_activity
from trigpoint.charts.finance.curve import contract_curve_picture
from trigpoint.charts.finance.schemes import schemes_picture
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.reading import read_finance
from trigpoint.finance.contracts.year import contract_year
from trigpoint.finance.peers import benchmark
from trigpoint.finance.position.position import position
from trigpoint.finance.position.result import Position
from trigpoint.finance.risks import draw_risks, risk_position
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.finance.words import NOTHING
from trigpoint.periods import FinancialYear
from trigpoint.reports.finance.contract_tables import opportunities_table
from trigpoint.reports.finance.section import _surplus_sentence
from trigpoint.reports.finance.tables import position_table, unconfirmed_sentence
from trigpoint.triangulation.mechanisms import compared_mechanisms

FIRST, SECOND = FinancialYear(2017), FinancialYear(2018)


@cache
def dudley() -> FinanceBook:
    read = read_finance(Path(__file__).resolve().parents[3] / "examples" / "dudley-2017-19").book
    assert read is not None
    return read


def _position(planned: str, control: str | None) -> Position:
    held = position(dudley(), FIRST)
    return Position(
        **{name: getattr(held, name) for name in held.__slots__}
        | {
            "planned_surplus_gbp": Decimal(planned),
            "control_total_gbp": None if control is None else Decimal(control),
        }
    )


@pytest.mark.parametrize(
    ("surplus", "planned", "control", "sentence"),
    [
        ("4630184", "5300000", "5300000", "a forecast surplus of £4.63m, £670k below the control total of £5.30m."),
        ("5300000", "5300000", "5300000", "a planned surplus of £5.30m, the control total of £5.30m."),
        ("6000000", "5300000", "5300000", "a forecast surplus of £6.00m, £700k above the control total of £5.30m."),
        ("-2000000", "0", "0", "a forecast deficit of £2.00m, £2.00m below the control total of £0."),
        ("-2000000", "-2000000", None, "a planned deficit of £2.00m."),
    ],
)
def test_a_surplus_is_told_against_its_control_total(
    surplus: str, planned: str, control: str | None, sentence: str
) -> None:
    assert _surplus_sentence(_position(planned, control), Decimal(surplus)) == f"2017/18: {sentence}"


def test_an_opening_position_is_of_the_year_that_it_opens() -> None:
    names = [row[0] for row in position_table(position(dudley(), SECOND)).rows]
    assert "Underlying position at the start of the year" in names


def test_what_earlier_schemes_add_counts_towards_the_target() -> None:
    """£4.3m of forecast and £3.0m of earlier schemes are £6.7m below £14.0m, not £9.7m."""
    finding = schemes_picture(scheme_book(dudley(), SECOND)).finding
    assert "earlier schemes add £3.0m, £6.7m below the target of £14.0m" in finding


def test_what_schemes_cost_counts_against_a_net_target_in_their_second_year_too() -> None:
    """£7.975m of new savings and £3.0m of earlier ones, less £300k and £212,500 of cost, against £14.0m."""
    made = scheme_book(dudley(), SECOND)
    assert (made.brought_gbp, made.brought_investment_gbp) == (3_000_000, 212_500)
    assert made.shortfall_gbp == 14_000_000 - 7_975_000 - 3_000_000 + 300_000 + 212_500


def test_the_months_so_far_say_nothing_of_one_more_unit_of_the_year() -> None:
    rows = {row[0]: row for row in contract_curve_picture(contract_year(dudley(), "dgft-acute-1718")).table.rows}
    assert rows["Actual, 5 months"][-2:] == (NOTHING, NOTHING)
    assert rows["Forecast"][-2:] == ("£1.00", "Commissioner")


def test_what_is_certain_moves_nothing_and_comes_last() -> None:
    movers = draw_risks(dudley(), FIRST, 2_000).movers
    assert (movers[-1].name, movers[-1].share) == ("Contingency of 0.5%", 0)
    assert abs(movers[-1].swing_gbp) > abs(movers[-2].swing_gbp)


def test_the_likely_case_says_what_stands_on_a_knifes_edge() -> None:
    (said,) = [remark for remark in risk_position(dudley(), FIRST).remarks if "likely case" in remark]
    assert "risks of £6.5m and mitigations of £2.2m: it is £5.8m without them and £1.5m with them" in said


def test_an_opportunity_in_money_has_its_unit_and_does_not_deny_itself() -> None:
    found = benchmark(dudley(), dudley().peers[0].measure)
    assert opportunities_table(found).rows[0][2] == "£1,704,150"
    sentence = found.opportunities[0].sentence
    assert "Chance alone hardly makes as much, but how much of it is real is open" in sentence
    assert "more than chance" not in sentence


def test_rules_say_which_limits_were_not_compared_with_their_publication() -> None:
    results = evaluate_rules(_northvale())
    said = unconfirmed_sentence(results)
    assert "the limit of Mental Health Investment Standard, Running cost within its limit and Capital" in said
    assert "Break-even" not in said
    assert "the limit of any rule" in unconfirmed_sentence(evaluate_rules(dudley()))
    assert unconfirmed_sentence([one for one in results if one.rule.confirmed]) == ""


def _northvale() -> FinanceBook:
    read = read_finance(Path(__file__).resolve().parents[3] / "examples" / "northvale-2026-29").book
    assert read is not None
    return read


def test_mechanisms_are_compared_over_the_same_care() -> None:
    """An aligned payment has a fixed part of £202.5m; a block and a cost per case pay for that care too."""
    folder = Path(__file__).resolve().parents[3] / "examples" / "northvale-2026-29"
    activity = read_activity(folder).book
    assert activity is not None
    own, block, per_case = compared_mechanisms(
        _northvale(), contract_year(_northvale(), "zz1-acute-2627"), activity, draws=200
    ).spreads
    assert block.expected_gbp == 314_500_000
    assert per_case.expected_gbp == own.expected_gbp  # its variable part is paid at 100% of price
    assert (own.commissioner_share, block.commissioner_share) == (1, 0)
