"""Business rules: the exact value decides, the printed one is told beside it, and the room is in pounds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from trigpoint.errors import InputErrors
from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType, Quantity
from trigpoint.finance.rules.evaluation import evaluate_rules, result_of
from trigpoint.finance.rules.packs import load_rules
from trigpoint.finance.rules.reading import read_rules, rules_text
from trigpoint.finance.rules.result import RuleResult
from trigpoint.finance.rules.rule import BusinessRule, Compared, Operator
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
Row = tuple[str, ...]


def book(
    *told: Row, kind: OrganisationType = OrganisationType.CCG, rules: tuple[BusinessRule, ...] = ()
) -> FinanceBook:
    """Quantities by name, value, unit and what is printed; “name-” is of the year before."""
    settings = FinanceSettings("Here", kind, "nhs-2017-19", (YEAR,))
    rows = tuple(
        Quantity(YEAR - 1 if row[0].endswith("-") else YEAR, row[0].rstrip("-"), Decimal(row[1]), *row[2:])
        for row in told
    )
    return FinanceBook(settings, quantities=rows, rules=rules)


def rule(operator: Operator, limit: str | None, unit: str = "share", **other: Any) -> BusinessRule:
    whole: dict[str, Any] = {
        "first": YEAR,
        "last": YEAR,
        "organisations": (OrganisationType.CCG,),
        "numerator": "top",
        "denominator": "below" if unit == "share" else "",
        "decimals": 1,
        "source": "the guidance",
        "limit": None if limit is None else Decimal(limit),
    }
    return BusinessRule(id="own", name="Own", operator=operator, unit=unit, **{**whole, **other})


def told(one: BusinessRule, *quantities: Row) -> RuleResult:
    return result_of(book(*quantities), one, YEAR)


LEAST, MOST, JUST, BETWEEN = Operator.AT_LEAST, Operator.AT_MOST, Operator.EXACTLY, Operator.BETWEEN
SHARES = [
    # operator, numerator of 1,000,000, printed, exact, rounded, passes exactly, as printed, headroom
    (LEAST, "9269", "1%", "0.009269", "0.01", False, True, "-731"),
    (LEAST, "9269", "0.9%", "0.009269", "0.009", False, False, "-731"),
    (LEAST, "10000", "1%", "0.01", "0.01", True, True, "0"),
    (LEAST, "9999", "1.0%", "0.009999", "0.010", False, True, "-1"),
    (LEAST, "9500", "1.0%", "0.0095", "0.010", False, True, "-500"),  # a half goes up
    (LEAST, "9499", "1.0%", "0.009499", "0.009", False, False, "-501"),
    (LEAST, "11617", "", "0.011617", "0.012", True, True, "1617"),  # the rule's own one decimal
    (MOST, "10049", "1.0%", "0.010049", "0.010", False, True, "-49"),
    (MOST, "9000", "", "0.009", "0.009", True, True, "1000"),
    (MOST, "-310000", "", "-0.31", "-0.310", True, True, "320000"),
    (JUST, "10000", "", "0.01", "0.010", True, True, "0"),
    (JUST, "10400", "", "0.0104", "0.010", False, True, "-400"),
    (JUST, "9600", "1%", "0.0096", "0.01", False, True, "-400"),
]


@pytest.mark.parametrize(("operator", "top", "printed", "exact", "rounded", "passes", "as_printed", "headroom"), SHARES)
def test_rules_of_shares(
    operator: Operator,
    top: str,
    printed: str,
    exact: str,
    rounded: str,
    passes: bool,
    as_printed: bool,
    headroom: str,
) -> None:
    rows: list[Row] = [("top", top, "gbp"), ("below", "1000000", "gbp")]
    if printed:
        rows.append(("own", str(Decimal(printed.rstrip("%")) / 100), "share", printed))
    found = told(rule(operator, "0.01"), *rows)
    assert (found.exact, found.rounded, found.printed) == (Decimal(exact), Decimal(rounded), printed)
    assert (found.passes_exact, found.passes_rounded) == (passes, as_printed)
    assert found.headroom_gbp == Decimal(headroom)


def test_rules_compare_on_the_exact_value_unless_they_say_otherwise() -> None:
    rows: tuple[Row, ...] = (("top", "9269", "gbp"), ("below", "1000000", "gbp"), ("own", "0.01", "share", "1%"))
    assert told(rule(LEAST, "0.01"), *rows).passes is False
    assert told(rule(LEAST, "0.01", compare_on=Compared.ROUNDED), *rows).passes is True


def test_a_share_that_never_ends_is_decided_by_the_fraction_itself() -> None:
    third = rule(LEAST, "0.333333333333")
    found = told(third, ("top", "1", "gbp"), ("below", "3", "gbp"))
    assert (found.exact, found.passes_exact) == (Decimal("0.333333333333"), True)
    assert found.headroom_gbp is not None
    assert 0 < found.headroom_gbp < Decimal("1e-11")


MONEY = [
    # operator, limit, highest, value, rounded (to 0.1m), passes exactly, as printed, headroom
    (MOST, "7050000", None, "6967380", "7000000", True, True, "82620"),
    (MOST, "7000000", None, "7049999", "7000000", False, True, "-49999"),
    (MOST, "7000000", None, "7050000", "7100000", False, False, "-50000"),
    (LEAST, "0", None, "-40000", "0", False, True, "-40000"),
    (LEAST, "0", None, "-50000", "-100000", False, False, "-50000"),
    (BETWEEN, "4000000", "7000000", "6500000", "6500000", True, True, "500000"),
    (BETWEEN, "4000000", "7000000", "4100000", "4100000", True, True, "100000"),
    (BETWEEN, "4000000", "7000000", "3960000", "4000000", False, True, "-40000"),
    (BETWEEN, "4000000", "7000000", "7200000", "7200000", False, False, "-200000"),
]


@pytest.mark.parametrize(
    ("operator", "limit", "highest", "value", "rounded", "passes", "as_printed", "headroom"), MONEY
)
def test_rules_of_money_are_rounded_to_decimals_of_a_million(
    operator: Operator,
    limit: str,
    highest: str | None,
    value: str,
    rounded: str,
    passes: bool,
    as_printed: bool,
    headroom: str,
) -> None:
    own = rule(operator, limit, "gbp", highest=None if highest is None else Decimal(highest))
    found = told(own, ("top", value, "gbp"))
    assert (found.exact, found.rounded) == (Decimal(value), Decimal(rounded))
    assert (found.passes_exact, found.passes_rounded) == (passes, as_printed)
    assert found.headroom_gbp == Decimal(headroom)


GROWTHS = [
    # what the plan tells of the spend of both years and of growth, the exact value, headroom
    ((("care_spend-", "100", "gbp"), ("care_spend", "103", "gbp")), "0.03", "1"),
    ((("care_spend-", "100", "gbp"), ("care_spend", "101.96", "gbp"), ("care_growth", "0.02", "share", "2.0%")),
     "0.0196", "-0.04"),
    ((("care_spend-", "100", "gbp"), ("care_growth", "0.03", "share", "3.0%")), "0.03", "1"),
    ((("care_growth", "0.03", "share", "3.0%"),), "0.03", None),
    # The plan's own figures of both years go before the growth that it prints.
    ((("care_spend-", "100", "gbp"), ("care_spend", "103", "gbp"), ("care_growth", "0.02", "share", "2.0%")),
     "0.03", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "exact", "headroom"), GROWTHS)
def test_rules_of_growth(rows: tuple[Row, ...], exact: str, headroom: str | None) -> None:
    own = rule(LEAST, "0.02", numerator="care_spend", denominator="", growth=True)
    found = told(own, *rows)
    assert found.exact == Decimal(exact)
    assert found.headroom_gbp == (None if headroom is None else Decimal(headroom))


SENTENCES = [
    (
        rule(LEAST, "0.01", decimals=0),
        (("top", "4300000", "gbp"), ("below", "463900000", "gbp"), ("own", "0.01", "share", "1%")),
        "£4.3m / £463.9m = 0.927% is below 1% and passes only because it is printed as 1%; £339k are lacking.",
    ),
    (
        rule(LEAST, "0.01", decimals=0),
        (("top", "4300000", "gbp"), ("below", "463900000", "gbp")),
        "£4.3m / £463.9m = 0.927% is below 1% and passes only because it is rounded to 1%; £339k are lacking.",
    ),
    (
        rule(LEAST, "0.03"),
        (("top", "14400000", "gbp"), ("below", "456200000", "gbp"), ("own", "0.031", "share", "3.1%")),
        "£14.4m / £456.2m = 3.157% is at least 3%; the plan prints 3.1%, not 3.2%; £714k of room.",
    ),
    (
        rule(LEAST, "0.005"),
        (("top", "2281000", "gbp"), ("below", "456200000", "gbp")),
        "£2.281m / £456.2m = 0.5% is exactly the limit.",
    ),
    (
        # Three decimals would print 1.000% and hide that it is below.
        rule(LEAST, "0.01", decimals=2),
        (("top", "9999995", "gbp"), ("below", "1000000000", "gbp")),
        "£10.0m / £1.000bn = 0.9999995% is below 1% and passes only because it is rounded to 1.00%; £5 are lacking.",
    ),
    (
        rule(MOST, "0.01", decimals=2),
        (("top", "10000005", "gbp"), ("below", "1000000000", "gbp")),
        "£10.0m / £1.000bn = 1.000001% is above 1% and passes only because it is rounded to 1.00%; £5 too much.",
    ),
    (
        rule(LEAST, "0.012", decimals=0),
        (("top", "12100", "gbp"), ("below", "1000000", "gbp")),
        "£12.1k / £1.0m = 1.21% is at least 1.2%, though rounded to 1% it seems not to be; £100 of room.",
    ),
    (
        rule(MOST, "22000000", "gbp"),
        (("top", "22600000", "gbp"),),
        "top of £22.6m is above £22.0m; £600k too much.",
    ),
    (
        rule(BETWEEN, "0.04", numerator="prescribing_growth", denominator="", highest=Decimal("0.07")),
        (("prescribing_growth", "0.08", "share", "8%"),),
        "Prescribing growth of 8% is above the range from 4% to 7%.",
    ),
    (
        rule(MOST, "-0.3", numerator="agency_spend", denominator="", growth=True),
        (("agency_spend-", "20000000", "gbp"), ("agency_spend", "15000000", "gbp")),
        "£15.0m / £20.0m − 1 = −25% is above −30%; £1.00m too much.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("own", "rows", "words"), SENTENCES)
def test_rules_in_a_sentence(own: BusinessRule, rows: tuple[Row, ...], words: str) -> None:
    assert told(own, *rows).sentence == words


LACKING = [
    ((), "the plan does not say top of 2017/18; write it in quantities.csv; "
         "the plan does not say below of 2017/18; write it in quantities.csv"),
    ((("top", "1", "gbp"),), "the plan does not say below of 2017/18; write it in quantities.csv"),
    ((("top", "1", "gbp"), ("below", "0", "gbp")), "below of 2017/18 is 0, so there is no share of it"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "words"), LACKING)
def test_rules_say_what_they_lack(rows: tuple[Row, ...], words: str) -> None:
    found = told(rule(LEAST, "0.01"), *rows)
    assert (found.lacking, found.exact, found.passes, found.headroom_gbp) == (words, None, None, None)


def test_a_result_that_is_printed_without_its_figures_shows_no_more_than_it_does() -> None:
    found = told(rule(LEAST, "0.01"), ("own", "0.01", "share", "1%"), ("below", "100", "gbp"))
    assert (found.exact, found.passes_exact, found.passes) == (None, None, None)
    assert (found.rounded, found.passes_rounded, found.printed) == (Decimal("0.01"), True, "1%")
    assert found.sentence == (
        "Own: 1% is printed, which meets the rule; the plan does not say top of 2017/18; write it in quantities.csv"
    )


def test_a_limit_that_the_plan_does_not_tell_is_lacking() -> None:
    own = rule(MOST, None, "gbp", limit_quantity="capital_limit")
    assert told(own, ("top", "5", "gbp")).lacking.startswith("the plan does not say capital_limit of 2017/18")


def test_a_figure_and_a_limit_of_the_plan_are_compared_as_both_are_printed() -> None:
    own = rule(MOST, None, "gbp", limit_quantity="capital_limit")
    found = told(own, ("top", "7060000", "gbp"), ("capital_limit", "7055000", "gbp"))
    assert (found.passes_exact, found.passes_rounded) == (False, True)


def test_the_plans_own_rule_comes_in_the_place_of_the_rounds() -> None:
    text = 'framework = "nhs-2017-19"\n[[rules]]\nid = "net_qipp"\ndenominator = "recurrent_allocation"\n'
    own = read_rules(text, "rules.toml")
    rows: tuple[Row, ...] = (
        ("qipp_net", "29", "gbp"), ("resource_limit", "1000", "gbp"), ("recurrent_allocation", "950", "gbp"),
    )  # fmt: skip
    usual = {one.rule.id: one for one in evaluate_rules(book(*rows))}
    changed = {one.rule.id: one for one in evaluate_rules(book(*rows, rules=own))}
    assert list(usual) == list(changed)
    assert (usual["net_qipp"].passes, changed["net_qipp"].passes) == (False, True)


def test_a_rule_that_is_off_or_for_others_or_of_other_years_is_not_applied() -> None:
    text = 'framework = "nhs-2017-19"\n[[rules]]\nid = "net_qipp"\nseverity = "off"\n'
    ids = [one.rule.id for one in evaluate_rules(book(rules=read_rules(text, "rules.toml")))]
    assert "net_qipp" not in ids
    assert "contingency" in ids
    assert evaluate_rules(book(kind=OrganisationType.TRUST)) == ()
    assert evaluate_rules(book(), years=[FinancialYear(2030)]) == ()
    assert evaluate_rules(book(), rules=[]) == ()


GOOD = """
[[rules]]
id = "running_cost_per_head"
name = "Running cost a head"
first = "2017/18"
last = "2018/19"
organisations = ["CCG"]
numerator = "running_cost_per_head"
operator = "at most"
limit = 21.91
unit = "gbp per head"
decimals = 2
source = "Local"
"""


def test_an_own_rule_is_read_whole() -> None:
    (own,) = read_rules(GOOD, "rules.toml")
    rows: tuple[Row, ...] = (("running_cost_per_head", "21.75", "gbp per head"), ("population", "318000", "people"))
    found = told(own, *rows)
    assert (found.exact, found.rounded, found.headroom_gbp) == (Decimal("21.75"), Decimal("21.75"), Decimal("50880"))
    assert found.sentence == "Running cost a head of £21.75 a head is at most £21.91 a head; £51k of room."
    assert read_rules(rules_text([own]), "rules.toml") == (own,)


MISTAKES = [
    ("", 'id = "running_cost_per_head"\n', 'line 2, column id: “id” is missing; write id = "…"'),
    ('operator = "at least-ish"', 'operator = "at most"', "line 2, column operator: “at least-ish”: "),
    ('limit = "1.5%"', "limit = 21.91", "line 2, column limit: “1.5%” is a share, the rule is of gbp per head"),
    ('limit = "a lot"', "limit = 21.91", "line 2, column limit: “a lot” is not a number"),
    ("", "limit = 21.91\n", "line 2, column limit: the rule has no limit; give it either limit or limit_quantity"),
    ('limit = 1\nlimit_quantity = "x"', "limit = 21.91", "the rule has two limits"),
    ("limit = 1\nhighest = 2", "limit = 21.91", "column highest: a range has two ends, any other rule one"),
    ('first = "2019/20"', 'first = "2017/18"', "column last: 2018/19 is before 2019/20; exchange them"),
    ('first = "last year"', 'first = "2017/18"', "column first: “last year” is no financial year"),
    ('organisations = ["STP"]', 'organisations = ["CCG"]', "column organisations: “STP”: "),
    ("organisations = []", 'organisations = ["CCG"]', "the rule is for no organisation"),
    ('numeratr = "x"', 'numerator = "running_cost_per_head"', "unknown key “numeratr”; did you mean “numerator”?"),
    ("decimals = 70", "decimals = 2", "70 is no number of decimals"),
    ('id = "Net QIPP"', 'id = "running_cost_per_head"', "“Net QIPP” is no id"),
    ('unit = "euro"', 'unit = "gbp per head"', "column unit: “euro”: "),
    ('growth = true\ndenominator = "x"', "decimals = 2", "a rule of growth has last year for its denominator"),
]


@pytest.mark.parametrize(("new", "old", "words"), MISTAKES)
def test_mistakes_in_own_rules_are_told_with_line_and_key(new: str, old: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(InputErrors) as caught:
        read_rules(GOOD.replace(old, new), "rules.toml")
    assert words in str(caught.value)


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    text = GOOD + GOOD.replace("decimals = 2", "decimals = -1") + GOOD + "[[rule]]\n"
    with pytest.raises(InputErrors) as caught:
        read_rules(text, "finance/rules.toml")
    assert [str(one.where) for one in caught.value.errors] == [
        "finance/rules.toml",
        "finance/rules.toml, line 15, column decimals",
        "finance/rules.toml, line 28",
    ]
    assert "the rule “running_cost_per_head” stands twice in the same year" in str(caught.value)


@pytest.mark.parametrize("text", ["rules = 3", "rules = [1]", "[[rules", 'framework = "nhs-1948"', "\x00", "[[rules]]"])
def test_hostile_rules_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputErrors) as caught:
        read_rules(text, "rules.toml")
    assert str(caught.value).startswith("rules.toml")


@pytest.mark.parametrize("name", ["nhs-2017-19", "nhs-2026-29"])
def test_the_rounds_rules_are_whole(name: str) -> None:
    rules = load_rules(name)
    assert len({one.id for one in rules}) == len(rules)
    assert all(one.source and one.name and one.organisations for one in rules)
    assert read_rules(rules_text(rules), "again.toml") == rules
