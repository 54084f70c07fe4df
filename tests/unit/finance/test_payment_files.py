"""Files of payment mechanisms: every spelling that is read, and every mistake with its line and remedy, at once."""

# ruff: noqa: E501 – rows of a table stay on one line

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from trigpoint.errors import InputErrors
from trigpoint.finance.contracts.amounts import amount_of, share_of
from trigpoint.finance.contracts.mechanism import MechanismKind
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import mechanism_of, mechanism_text, read_mechanism, stated_activity
from trigpoint.finance.contracts.shipped import shipped_mechanisms, shipped_texts
from trigpoint.finance.contracts.vocabulary import KINDS, TERMS, term_named
from trigpoint.plans.cells import CellError


@pytest.mark.parametrize(
    ("cell", "pounds"),
    [
        ("10000000", 10_000_000), ("10,000,000", 10_000_000), ("£10.0m", 10_000_000), ("10m", 10_000_000),
        ("£ 10 million", 10_000_000), ("10 000 000", 10_000_000), ("1.2k", 1_200), ("(1,200)", -1_200),
        ("-£1.2k", -1_200), ("£-5", -5), ("−5", -5), ("0.01bn", 10_000_000), ("1e6", 1_000_000), ("2250000.0000", 2_250_000),
        ("250 pounds", 250), ("GBP 250", 250), ("£0.125", Decimal("0.125")),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_every_spelling_of_contracts(cell: str, pounds: Decimal) -> None:
    assert amount_of(cell) == pounds


@pytest.mark.parametrize(
    "cell", ["", "ten", "1,05,0", "10.000.000", "€10m", "10 USD", "2%", "--5", "1m2", "1" * 60, "nan", "99e30", "0x10"]
)
def test_what_is_no_amount_is_refused_with_a_remedy(cell: str) -> None:
    with pytest.raises(CellError) as refusal:
        amount_of(cell)
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("cell", "share"), [("2%", "0.02"), ("0.02", "0.02"), ("±2%", "0.02"), ("150%", "1.5"), ("1", "1")]
)
def test_a_share_is_read_with_its_sign_or_as_a_fraction(cell: str, share: str) -> None:
    assert share_of(cell) == Decimal(share)


def test_a_bare_number_above_one_is_asked_about() -> None:
    with pytest.raises(CellError, match="is no share") as refusal:
        share_of("70")
    assert refusal.value.remedy == "did you mean 70%? Write it with its sign"


SPELLINGS = [
    'kind = "cap_collar"\nplanned_gbp = 10000000\ncap = 0.02\ncollar = 0.02\nshare_above = 0.5\nshare_below = 0.5',
    'mechanism = "cap_collar_share"\nplan = "10.0m"\nactual = "10.5m"\ncap = "2%"\ncollar = "2%"\nshare = "50%"',
    'mechanism = "Cap and collar"\n[terms]\nplan = "£10m"\n"cap/collar" = "2%"\nshare_over = "50%"\nshare_under = 0.5',
    'type = "cap-and-collar"\nplanned_gbp = "10,000,000"\ncap_gbp = "£10.2m"\ncollar_gbp = "9.8m"\nshare = 0.5',
    'kind = "cap_collar"\nplanned_units = 5000\nprice = 2000\nwidth = "±2%"\nshare = "50 per cent"',
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_the_same_agreement_is_the_same_curve_however_it_is_written(text: str) -> None:
    curve = read_mechanism(text, "dgft.toml").curve
    assert curve.thresholds_gbp == (9_800_000, 10_200_000)
    assert curve.rates == (Decimal("0.5"), 1, Decimal("0.5"))
    assert curve.origin_gbp == 4_900_000


TIERS = [
    'over = "0-2%@100 2-5%@50 >5%@20"\nunder = "0-2%@100 2-5%@50 >5%@0"',
    'tiers_over = [["0-2%", "100%"], ["2-5%", "50%"], [">5%", "20%"]]\ntiers_under = [["0-2%", 1], ["2-5%", 0.5]]',
    'over = [[0.02, 1], [0.05, 0.5], ["", 0.2]]\nunder = [{to = "2%", rate = 1}, {from = "2%", to = "5%", rate = "50%"}]',
    'tiers = "over 0-2%@100 2-5%@50 >5%@20; under 0-2%@100 2-5%@50 >5%@0"',
    'over = "0-£200k@100, £200k-£500k@50, over £500k@20"\nunder = "up to 2% at 100, 2-5% at 50, beyond 5% at 0"',
]


@pytest.mark.parametrize("text", TIERS)
def test_tiers_are_the_same_however_they_are_written(text: str) -> None:
    curve = read_mechanism(f'kind = "tiered"\nplan = "10m"\n{text}', "tiers.toml").curve
    assert curve.thresholds_gbp == (9_500_000, 9_800_000, 10_000_000, 10_200_000, 10_500_000)
    assert curve.rates == (0, Decimal("0.5"), 1, 1, Decimal("0.5"), Decimal("0.2"))


REFUSED = {
    "": "it does not say which mechanism it is",
    'kind = "cap_colar"': "did you mean “cap_collar”?",
    "kind: block": "this is no TOML",
    'kind = "cap_collar"\nplan = "10m"\ncap_gbp = "9m"\ncollar_gbp = "11m"': "the cap, £9,000,000, is below the collar",
    'kind = "cap_collar"\nplan = "10m"\ncap = "-1%"\ncollar = "2%"': "line 3: “cap”: the width of the cap, “-1%”, is negative",
    'kind = "cap_collar"\nplan = "10m"\ncap = "98%"\ncollar = "102%"': "is more than the plan itself",
    'kind = "cap_collar"\nplan = "10m"\ncap = "2%"\ncollar = "2%"\nshare = "101%"': "“101%” is not between 0% and 100%",
    'kind = "cap_collar"\nplan = "10m"\ncap = "£9.2m"\ncollar = "2%"': "write cap_gbp where it is pounds",
    'kind = "cap_collar"\nplan = "10m"\ncap = "2%"\ncolar = "2%"': "did you mean “collar”?",
    'kind = "cap_collar"\ncap = "2%"\ncollar = "2%"': "“planned_gbp” is missing",
    'kind = "cap_collar"\nplan = "$10m"\ncap = "2%"\ncollar = "2%"': "is not in pounds; write what it is in pounds",
    'kind = "cost_per_case"\nunits = 3': "units are worth nothing without a price",
    'kind = "cost_per_case"\nprice = 0': "a price of nothing",
    'kind = "tiered"\nplan = "10m"\nover = "0-2%@100 3-5%@50"\nunder = "0-2%@100"': "does not begin where the one before it ends",
    'kind = "tiered"\nplan = "10m"\nover = "0-2%@100"': "there are no tiers under the plan",
    'kind = "outcome_linked"\npool = 1\nmeasures = [{w = 1, b = 3, t = 3, a = 4}]': "a measure's target is its baseline",
    'kind = "outcome_linked"\npool = 1\nweights = [0.6, 0.6]\nachieved = [1, 1]': "the weights add up to 120%",
    'kind = "outcome_linked"\npool = 1\nweights = [0.6, 0.4]\nachieved = [1, 1, 1]': "there are 2 of them and 3 of another",
    'kind = "gain_loss"\ntarget = "1m"\ndead = 1\ngain = "50%"\nloss = "50%"': "may be a share or pounds",
    'kind = "cquin"\nacv = "180m"\npct = "1.25%"\npool = "1m"\nscore = 1': "the pool is not the percentage",
    'kind = "block"\nvalue = 1\nblock = 2': "“block” and “value” are the same term",
    'kind = "block"\nvalue = nan': "holds something that is no term",
}


@pytest.mark.parametrize(("text", "words"), REFUSED.items())
def test_a_mistake_is_told_with_its_remedy(text: str, words: str) -> None:
    with pytest.raises(InputErrors) as refusal:
        read_mechanism(text, "dgft.toml")
    assert words in str(refusal.value)
    assert all(line.startswith("dgft.toml") for line in str(refusal.value).splitlines())
    assert all(error.remedy for error in refusal.value.errors)


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = 'kind = "cap_collar"\nplan = "10 m€"\ncap = 2\ncollar = "-1%"\nshare = 1.5\nfoo = 1'
    with pytest.raises(InputErrors) as refusal:
        read_mechanism(text, "dgft.toml")
    told = str(refusal.value).splitlines()
    assert [line.split(":")[0] for line in told] == [f"dgft.toml, line {at}" for at in (2, 3, 4, 5, 6)]


def test_the_activity_that_a_file_tells_is_in_units_where_there_is_a_price() -> None:
    assert stated_activity(mechanism_of("cost_per_case", {"units": 1050, "price": 1800})) == 1050
    assert (
        stated_activity(mechanism_of("marginal_rate", {"baseline": "40m", "rate": 0.7, "actual": "43m"})) == 43_000_000
    )
    assert (
        stated_activity(mechanism_of("marginal_rate", {"baseline": "40m", "rate": 0.7, "actual": "43m", "price": 5000}))
        == 8600
    )
    assert stated_activity(mechanism_of("api", {"fixed": 5, "elective": [[12000, 1500], [60000, 170]]})) == 28_200_000
    assert stated_activity(mechanism_of("block", {"value": 5})) is None


def test_a_blended_plan_is_units_unless_it_is_written_as_money() -> None:
    terms = {"fixed": "40m", "price": 2000, "over": "20%", "under": "20%"}
    by_units, by_money = (mechanism_of("blended", {**terms, "plan": plan}) for plan in (20_000, "£40m"))
    assert by_units.curve == by_money.curve
    assert by_units.planned_gbp == 40_000_000


def test_every_term_is_known_by_its_own_name_and_no_name_is_two_kinds_at_once() -> None:
    words = [word for names in KINDS.values() for word in names.split()]
    assert len(words) == len(set(words))
    for kind, terms in TERMS.items():
        assert all(term_named(kind, name) == name for name in terms), kind


def test_shipped_mechanisms_say_that_their_amounts_are_made_up_and_come_back_as_written() -> None:
    assert len(shipped_mechanisms()) == len(shipped_texts()) >= 6
    for mechanism in shipped_mechanisms():
        assert mechanism.stated.illustrative
        assert "made up" in mechanism.stated.note
        again = read_mechanism(mechanism_text(mechanism), mechanism.stated.file)
        assert again == mechanism
    by_id = {mechanism.id: mechanism for mechanism in shipped_mechanisms()}
    emergency = [payment(by_id[f"mret-{rate}-percent"], Decimal(43_000_000)).gbp for rate in (30, 70)]
    assert emergency == [Decimal("40900000.00"), Decimal("42100000.00")]
    assert payment(by_id["low-volume-activity"], Decimal(0)).gbp == 1_210_000


def test_text_of_people_survives_in_the_file_that_is_written() -> None:
    terms = {
        "value": 5,
        "name": 'A "block"\\',
        "note": "two\nlines – and a tab\t",
        "on": "2017-04-01",
        "illustrative": True,
    }
    mechanism = mechanism_of("block", terms, "mine.toml")
    assert read_mechanism(mechanism_text(mechanism), "mine.toml") == mechanism
    assert mechanism.kind is MechanismKind.BLOCK


def test_paying_needs_no_arrays() -> None:
    code = "import sys, trigpoint.finance.contracts.payment, trigpoint.finance.contracts.reading; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
