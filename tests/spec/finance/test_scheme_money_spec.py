"""Savings schemes: what they save in a year and in the next, how they are forecast, rated and governed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trigpoint.errors import InputError, InputErrors
from trigpoint.finance.book.book import (
    FinanceBook,
    FinanceSettings,
    GateDecision,
    OrganisationType,
    Quantity,
    Recurrence,
    Scheme,
    SchemeMonths,
    Series,
)
from trigpoint.finance.schemes.gates import load_gates
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.finance.schemes.scheme_year import scheme_year
from trigpoint.periods import FinancialYear, Month
from trigpoint.tabular.stated import Stated

YEAR, APRIL = FinancialYear(2017), Month(2017, 4)
R, NR = Recurrence.RECURRENT, Recurrence.NON_RECURRENT
SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", (YEAR, YEAR + 1))


def scheme(gbp: int = 1_200_000, start: Month = APRIL, recurrence: Recurrence = R, **more: object) -> Scheme:
    told = {"id": "one", "year": YEAR, "stage": "idea", "full_year_effect_gbp": Decimal(gbp)} | more
    return Scheme(start=start, recurrence=recurrence, **told)  # type: ignore[arg-type]


def book(*schemes: Scheme, **more: object) -> FinanceBook:
    return FinanceBook(SETTINGS, schemes=schemes, **more)  # type: ignore[arg-type]


def months(series: Series, *values: object, reason: str = "") -> SchemeMonths:
    cells = [None if value is None else Decimal(str(value)) for value in values]
    return SchemeMonths("one", YEAR, series, tuple(cells + [None] * (12 - len(cells))), reason)


EFFECTS = [
    # full year   starts            kind  year   part-year   tail        exit rate
    (2_400_000, Month(2017, 7), R, 2017, "1800000", "600000", "2400000"),
    (2_400_000, Month(2017, 7), R, 2016, "0", "2400000", "0"),
    (2_400_000, Month(2017, 7), R, 2018, "2400000", "0", "2400000"),
    (3_600_000, Month(2017, 4), R, 2017, "3600000", "0", "3600000"),
    (1_000_000, Month(2018, 3), R, 2017, "83333.33", "916666.67", "1000000"),
    (900_000, Month(2018, 1), NR, 2017, "900000", "0", "0"),
    (900_000, Month(2018, 1), NR, 2018, "0", "0", "0"),
    (0, Month(2017, 4), R, 2017, "0", "0", "0"),
]


@pytest.mark.parametrize(("gbp", "start", "kind", "year", "part", "tail", "leaving"), EFFECTS)
def test_part_year_tail_and_exit_rate(
    gbp: int, start: Month, kind: Recurrence, year: int, part: str, tail: str, leaving: str
) -> None:
    one = scheme(gbp, start, kind)

    found = scheme_year(book(one), one, FinancialYear(year))

    assert (found.part_year_gbp, found.tail_gbp, found.exit_gbp) == (Decimal(part), Decimal(tail), Decimal(leaving))


def test_the_months_follow_the_profile_and_add_up_to_the_part_year_effect() -> None:
    shares = tuple(Decimal(share) / 100 for share in (0, 0, 0, 5, 5, 10, 10, 10, 15, 15, 15, 15))
    one = scheme(1_000_001, Month(2017, 7), profile=shares)

    found = scheme_year(book(one), one, YEAR)

    assert found.part_year_gbp == Decimal("750000.75")
    assert [plan for plan, _, _ in found.months[2:5]] == [Decimal("0.00"), Decimal("37500.04"), Decimal("37500.04")]
    assert sum(plan for plan, _, _ in found.months) == found.part_year_gbp
    assert scheme_year(book(one), one, YEAR + 1).months[0][0] == Decimal("83333.42")


def test_net_is_less_the_investment_of_the_same_months() -> None:
    one = scheme(2_400_000, Month(2017, 7), investment_gbp=Decimal(400_000))
    once = scheme(900_000, Month(2018, 1), NR, investment_gbp=Decimal(100_000))

    assert scheme_year(book(one), one, YEAR).net_gbp == Decimal(1_800_000 - 300_000)
    assert scheme_year(book(once), once, YEAR).net_gbp == Decimal(800_000)


FORECASTS = [
    # probability, actuals of the first months, ratio, what the rest is multiplied by, forecast
    ("0.8", (), None, "0.8", "960000"),  # nothing known: the probability
    ("0.8", (50_000,) * 3, "0.5", "0.725", "802500"),  # a quarter known: ¼ × 0.5 + ¾ × 0.8
    ("0.8", (50_000,) * 6, "0.5", "0.65", "690000"),  # half known: ½ × 0.5 + ½ × 0.8
    ("0.8", (50_000,) * 12, "0.5", "0.5", "600000"),  # all known: what was saved
    ("0.8", (150_000,) * 6, "1.5", "1.15", "1590000"),  # more than planned goes on
    ("0", (-200_000,) * 6, "-2", "0", "-1200000"),  # what cost money costs no more
    ("0.8", (100_000, None, 100_000), "1", "0.8333333333", "1033333.33"),  # a gap is not known
]


@pytest.mark.parametrize(("probability", "actual", "ratio", "rest", "forecast"), FORECASTS)
def test_the_forecast_is_actual_and_the_rest_of_the_plan_as_it_delivers(
    probability: str, actual: tuple[int | None, ...], ratio: str | None, rest: str, forecast: str
) -> None:
    one = scheme(probability=Decimal(probability))
    told = (months(Series.ACTUAL, *actual),) if actual else ()

    found = scheme_year(book(one, scheme_months=told), one, YEAR)

    assert found.delivery_ratio == (None if ratio is None else Decimal(ratio))
    assert found.expected_ratio is not None
    assert round(found.expected_ratio, 10) == Decimal(rest)
    assert found.forecast_gbp == Decimal(forecast)
    assert sum(ahead for _, _, ahead in found.months) == found.forecast_gbp


def test_a_forecast_of_ones_own_needs_a_reason_and_cannot_change_what_is_known() -> None:
    one = scheme()
    actual = months(Series.ACTUAL, 90_000, 90_000)
    own = months(Series.FORECAST, 1, 90_000, *(80_000,) * 10)

    found = scheme_year(book(one, scheme_months=(actual, own)), one, YEAR)
    reasoned = scheme_year(book(one, scheme_months=(actual, replace(own, reason="Contract signed"))), one, YEAR)

    assert found.forecast_gbp == Decimal(980_000)
    assert any("without a reason" in remark for remark in found.remarks)
    assert any("the actuals count" in remark for remark in found.remarks)
    assert not any("without a reason" in remark for remark in reasoned.remarks)
    assert reasoned.forecast_reason == "Contract signed"
    assert reasoned.computed_forecast_gbp != reasoned.forecast_gbp


def test_a_plan_by_month_goes_before_the_computed_one_and_a_difference_is_told() -> None:
    one = scheme(1_200_000, Month(2017, 7))
    told = months(Series.BUDGET, 0, 0, 0, *(90_000,) * 9)

    found = scheme_year(book(one, scheme_months=(told,)), one, YEAR)

    assert (found.part_year_gbp, found.tail_gbp) == (Decimal(810_000), Decimal(390_000))
    assert "adds up to £810,000" in found.remarks[0]
    short = scheme_year(book(one, scheme_months=(months(Series.BUDGET, 1),)), one, YEAR)
    assert short.part_year_gbp == Decimal(900_000)
    assert "1 of 12 months" in short.remarks[0]


REFUSED = [
    ({"probability": Decimal("1.2")}, "give one between 0 and 1"),
    ({"probability": Decimal("NaN")}, "no number"),
    ({"full_year_effect_gbp": Decimal("Infinity")}, "no number"),
    ({"profile": (Decimal(1),)}, "twelve shares"),
    ({"profile": (Decimal(-1), *(Decimal(1),) * 11)}, "twelve shares"),
]


@pytest.mark.parametrize(("wrong", "words"), REFUSED)
def test_what_cannot_be_computed_is_told_and_the_others_are_computed(wrong: dict[str, object], words: str) -> None:
    bad = replace(scheme(id="bad", stated=Stated("Bad", file="schemes.csv", row=7)), **wrong)  # type: ignore[arg-type]

    with pytest.raises(InputError, match=words) as refused:
        scheme_year(book(bad), bad, YEAR)
    assert str(refused.value).startswith("schemes.csv, row 7: ")
    found = scheme_book(book(bad, scheme(double_count="same")), YEAR)
    assert found.part_year_gbp == Decimal(1_200_000)
    assert any(words in remark for remark in found.remarks)


RATINGS = [
    # probability  actual to date  stage    rag      because
    ("0.9", (), "idea", "green", "Its probability is 90%."),
    ("0.6", (), "idea", "amber", "Its probability is 60%."),
    ("0.4", (), "idea", "red", "Its probability is 40%."),
    ("1", (100_000,) * 6, "idea", "green", "The forecast of £1.2m is 100% of the plan."),
    ("1", (80_000,) * 6, "idea", "amber", "The forecast of £1.0m is 85% of the plan."),  # 480 + 600 × (½ × 0.8 + ½)
    ("1", (0,) * 6, "idea", "red", "The forecast of £300k is 25% of the plan."),
    ("0.9", (), "outline", "amber", "Its probability is 90%; a gate is not passed"),
]


@pytest.mark.parametrize(("probability", "actual", "stage", "rag", "basis"), RATINGS)
def test_the_rating_is_computed_and_says_from_what(
    probability: str, actual: tuple[int, ...], stage: str, rag: str, basis: str
) -> None:
    one = scheme(probability=Decimal(probability), stage=stage, rag="Green")
    told = (months(Series.ACTUAL, *actual),) if actual else ()

    found = scheme_year(book(one, scheme_months=told), one, YEAR)

    assert found.rag == rag
    assert found.rag_basis.startswith(basis)
    assert bool(found.rag_reason) == (rag != "green")


def test_months_before_the_start_say_nothing_of_delivery() -> None:
    one = scheme(900_000, Month(2017, 10), probability=Decimal("0.6"))

    found = scheme_year(book(one, scheme_months=(months(Series.ACTUAL, 0, 0, 0),)), one, YEAR)

    assert (found.delivery_ratio, found.rag, found.rag_basis) == (None, "amber", "Its probability is 60%.")


def test_an_unidentified_balance_is_red_and_summed_by_itself() -> None:
    balance = scheme(2_400_000, identified=False, probability=Decimal(0), id="balance")

    found = scheme_book(book(scheme(), balance), YEAR)

    assert found.schemes[1].rag == "red"
    assert found.unidentified_gbp == Decimal(2_400_000)
    assert any("unidentified" in remark for remark in found.remarks)


def decided(gate: str, decision: str = "passed", by: str = "Governing Body", on: date | None = None) -> GateDecision:
    return GateDecision("one", gate, decision, by, Stated(on=on))


THREE = (decided("outline"), decided("assessed"), decided("approved"))
GATES = [
    # stage      decisions                                              gates not passed       words
    ("idea", (), [], ""),
    ("approved", THREE, [], ""),
    ("approved", THREE[:2], ["approved"], "no decision says"),
    ("approved", (*THREE[:2], decided("approved", "deferred")), ["approved"], "is deferred"),
    ("approved", (*THREE, decided("approved", "refused", on=date(2017, 5, 1))), ["approved"], "is refused"),
    ("approved", (*THREE[:2], decided("approved", by="Finance Committee")), [], ""),
    ("approved", (*THREE[:2], decided("approved", by="chief finance officer")), ["approved"], "£250,000"),
    ("approved", (*THREE[:2], decided("approved", by="A Friend")), [], "no limit of delegation is recorded"),
    ("approved", (*THREE[:2], decided("approved", by="")), [], "nobody is named"),
    ("live", THREE, ["live"], "no decision says"),
]


@pytest.mark.parametrize(("stage", "decisions", "lacking", "words"), GATES)
def test_a_stage_claims_its_gates(
    stage: str, decisions: tuple[GateDecision, ...], lacking: list[str], words: str
) -> None:
    one = scheme(stage=stage)

    found = scheme_year(book(one, gates=decisions), one, YEAR)

    assert [gate.gate for gate in found.gates if not gate.passed] == lacking
    sentences = " ".join(gate.sentence for gate in found.gates).strip()
    assert words in sentences if words else not sentences


def test_an_unknown_stage_or_gate_is_told() -> None:
    one = scheme(stage="dreaming")

    found = scheme_year(book(one, gates=(decided("party"),)), one, YEAR)

    assert found.gates == ()
    assert any("dreaming" in remark for remark in found.remarks)
    assert any("party" in remark for remark in found.remarks)


OWN = """
limit_of = "investment"
share_of_others = 0.25
stages = [{id = "idea", name = "Idea", gates = []}, {id = "go", name = "Go", gates = ["yes"]}]
gates = [{id = "yes", name = "said yes to", delegated = true}]
bodies = [{name = "Panel", limit_gbp = 10}]
[rag.delivered]
green = 1
amber = 0.5
[rag.expected]
green = 1
amber = 0.5
"""


def test_a_plans_own_gates_take_the_place_of_the_usual_ones() -> None:
    one = scheme(stage="go", investment_gbp=Decimal(11))
    decision = decided("yes", by="Panel")

    found = scheme_year(book(one, gates=(decision,), gates_toml=OWN), one, YEAR)

    assert [gate.passed for gate in found.gates] == [False]
    assert "£10, and it is of £11" in found.gates[0].sentence


MISTAKES = [
    ("nonsense", "it is no TOML"),
    ("limt_of = 1", "no use for “limt_of”"),
    ('stages = [{id = "a", name = "A", gates = ["b"]}]', "claims a gate “b”"),
    ("share_of_others = 1.5", "no share between 0 and 1"),
    ('bodies = [{name = "A", limit_gbp = "£10"}]', "limit_gbp of “A” is no amount"),
    ("[rag.expected]\ngreen = 0.2\namber = 0.9", "amber from more than it is green from"),
    ('limit_of = "mood"', "limit_of is “mood”"),
    ('gates = [{id = "a", name = "A"}, {id = "a", name = "B"}]', "the gate “a” is there twice"),
    ("gates = 3", "it has no gates"),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_every_mistake_of_a_gates_file_is_told(text: str, words: str) -> None:
    with pytest.raises(InputErrors) as refused:
        load_gates(text, "finance/gates.toml")
    assert any(words in error.what for error in refused.value.errors)
    assert all(str(error).startswith("finance/gates.toml: ") for error in refused.value.errors)


DOUBLES = [
    # share of others  what three schemes of £3m, £2m, £2m in one group count
    ("0", ["3000000", "0", "0"]),
    ("0.25", ["3000000", "500000", "500000"]),
    ("1", ["3000000", "2000000", "2000000"]),
]


@pytest.mark.parametrize(("share", "counted"), DOUBLES)
def test_of_schemes_on_the_same_money_the_largest_counts_whole(share: str, counted: list[str]) -> None:
    schemes = [
        scheme(gbp, id=str(at), double_count="Homes") for at, gbp in enumerate((3_000_000, 2_000_000, 2_000_000))
    ]
    rules = replace(load_gates(), share_of_others=Decimal(share))
    plan = book(*schemes, scheme(1_000_000, id="other"))

    found = scheme_book(plan, YEAR, rules)

    assert [one.counted_gbp for one in found.schemes] == [*map(Decimal, counted), Decimal(1_000_000)]
    assert any("touch the same money" in remark for remark in found.remarks) == (share != "1")


def test_of_equal_schemes_the_first_counts_whole() -> None:
    twins = [scheme(id=name, double_count="homes") for name in ("first", "second")]

    found = scheme_book(book(*twins), YEAR)

    assert [one.counted_gbp for one in found.schemes] == [Decimal(1_200_000), Decimal(0)]


def test_a_row_told_twice_counts_once() -> None:
    twin = scheme(double_count="homes")

    found = scheme_book(book(twin, replace(twin)), YEAR)

    assert [one.counted_gbp for one in found.schemes] == [Decimal(1_200_000), Decimal(0)]


def test_the_next_year_has_the_tail_and_not_last_years_saving_again() -> None:
    late = scheme(2_400_000, Month(2017, 7), id="late")
    whole = scheme(3_600_000, id="whole")
    once = scheme(900_000, Month(2018, 1), NR, id="once")
    plan = book(late, whole, once, quantities=(Quantity(YEAR + 1, "qipp_gross", Decimal(14_000_000), "gbp"),))

    found = scheme_book(plan, YEAR + 1)

    assert found.schemes == ()
    assert [one.scheme.id for one in found.carried] == ["late"]
    assert (found.brought_gbp, found.cash_gbp) == (Decimal(600_000), Decimal(600_000))
    assert found.shortfall_gbp == Decimal(13_400_000)


def test_a_scheme_told_again_for_the_next_year_is_not_carried_as_well() -> None:
    first = scheme(2_400_000, Month(2017, 7))
    again = replace(first, year=YEAR + 1, start=Month(2018, 4), full_year_effect_gbp=Decimal(500_000))

    assert scheme_book(book(first, again), YEAR + 1).brought_gbp == 0


def test_the_target_is_held_against_what_releases_cash_in_the_year() -> None:
    soft = scheme(1_000_000, id="soft", cash_releasing=False)
    hard = scheme(2_400_000, Month(2017, 7), id="hard", investment_gbp=Decimal(400_000))
    gross = Quantity(YEAR, "qipp_gross", Decimal(2_400_000), "gbp")

    found = scheme_book(book(soft, hard, quantities=(gross,)), YEAR)
    net = scheme_book(book(soft, hard, quantities=(replace(gross, name="qipp_net"),)), YEAR)

    assert (found.cash_gbp, found.shortfall_gbp) == (Decimal(1_800_000), Decimal(600_000))
    assert net.shortfall_gbp == Decimal(900_000)
    assert any("only in a full year" in remark for remark in found.remarks)


def test_no_schemes_come_to_nothing() -> None:
    found = scheme_book(book(), YEAR)

    assert (found.part_year_gbp, found.by_stage, found.remarks) == (Decimal(0), (), ())


def test_stages_are_counted_in_their_order() -> None:
    plan = book(scheme(id="a", stage="live"), scheme(id="b", stage="Idea"), scheme(id="c", stage="idea"))

    found = scheme_book(plan, YEAR)

    assert [(stage, number) for stage, number, _ in found.by_stage] == [("idea", 2), ("live", 1)]
