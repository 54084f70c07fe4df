"""What triangulation says of the examples: the contradictions of Dudley's plan, and no more of a rule than is there."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from trigpoint.activity.book.reading import read_activity
from trigpoint.activity.simulation.run import run_model
from trigpoint.finance.book.reading import read_finance
from trigpoint.plans.workspace import read_workspace
from trigpoint.triangulation import Comparison, Parts, Triangulation, agreements_of, triangulation

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def dudley() -> Triangulation:
    folder = EXAMPLES / "dudley-2017-19"
    workspace = read_workspace(folder)
    book = read_activity(folder).book
    assert book is not None
    run = run_model(book, draws=400)
    return triangulation(Parts(workspace.plan, read_finance(folder).book, run, sources=workspace.sources))


def _differing(told: Triangulation, rule: str) -> list[Comparison]:
    return [one for one in told.comparisons if one.rule == rule and not one.agrees and one.severity.value != "info"]


def test_triangulation_of_dudley_finds_the_share_that_only_rounding_makes_1_per_cent(dudley: Triangulation) -> None:
    (found,) = _differing(dudley, "BUSINESS_RULE")
    assert "0.927% (£4.3m / £463.9m)" in found.message
    assert "only as it is printed (1%) is the rule met" in found.message
    assert (str(found.second.value), found.severity.value) == ("0.01", "error")


def test_triangulation_of_dudley_finds_the_part_that_exceeds_the_rise(dudley: Triangulation) -> None:
    (found,) = _differing(dudley, "SAME_FIGURE")
    assert (found.first.value, found.second.value) == (8_800_000, 7_700_000)
    assert found.first.file == "finance.csv"
    # £8.8m − £1.1m = £7.7m: the figures are right, and what the plan says of them is not.
    assert found.severity.value == "warning"
    assert "the surplus brought forward falls from £6.4m to £5.3m" in found.message.casefold()
    (growth,) = _differing(dudley, "GROWTH_ASSUMPTION")
    assert "0.3%, £8.8m of £456.2m is 1.929%" in growth.message


def test_triangulation_of_dudley_finds_the_uncommitted_reserve_committed(dudley: Triangulation) -> None:
    found = _differing(dudley, "COMMITTED_TWICE")
    assert ("£2.23m", "£430k") in {(one.first.shown, one.second.shown) for one in found}
    assert all("HRG4+" in one.message for one in found)


def test_triangulation_of_dudley_finds_what_schemes_save_within_the_year(dudley: Triangulation) -> None:
    first, second = _differing(dudley, "SCHEME_TOTAL")
    assert (first.first.value, first.second.value) == (11_062_500, 14_400_000)
    assert "£3m of it comes only after March" in first.message
    assert "met by the target alone: what they save is 2.425%" in first.message
    # £1.0m of the year, and what is still to come of the £2.55m that no one found the year before.
    assert "£2.28m of the year's savings have no scheme yet" in second.message


def test_triangulation_of_dudley_finds_less_slippage_among_the_risks_than_the_schemes_expect(
    dudley: Triangulation,
) -> None:
    first = _differing(dudley, "SCHEME_RISK")[0]
    assert (first.first.value, first.second.value) == (Decimal("3907500"), 2_500_000)
    assert (first.first.file, first.second.file, first.second.row) == ("", "finance/risks.csv", 3)


def test_triangulation_of_dudley_finds_the_share_that_was_cut_off(dudley: Triangulation) -> None:
    (found,) = [one for one in dudley.comparisons if one.severity.value == "info" and not one.agrees]
    assert "is 3.1%, the plan’s figures give 3.157% (£14.4m / £456.2m), which rounds to 3.2%" in found.message


def test_triangulation_of_dudley_agrees_in_all_else(dudley: Triangulation) -> None:
    """The sums that the plan prints, its tables against its text, activity of every contract line, growth by line."""
    agreeing = Counter(one.rule for one in agreements_of(dudley.comparisons))
    assert agreeing["SAME_FIGURE"] >= 40
    assert agreeing["CONTRACT_ACTIVITY"] >= 20
    assert _differing(dudley, "UNDERLYING") == []
    assert "(£6.4m − £1.1m) make £5.3m" in " ".join(one.message for one in agreements_of(dudley.comparisons))


def test_every_finding_of_the_examples_has_a_file_and_a_line(dudley: Triangulation) -> None:
    found = [one for one in dudley.comparisons if not one.agrees]
    lost = [one.message for one in found if not any(each.file and each.row for each in (one.first, one.second))]
    assert lost == []


def test_triangulation_of_northvale_knows_that_a_fixed_payment_releases_nothing() -> None:
    folder = EXAMPLES / "northvale-2026-29"
    book = read_activity(folder).book
    assert book is not None
    told = triangulation(Parts(finance=read_finance(folder).book, activity=run_model(book, draws=200)))
    (found, *_) = _differing(told, "SCHEME_ACTIVITY")
    assert "by a fixed sum, so £0 of cash is released" in found.message
    assert found.severity.value == "error"
