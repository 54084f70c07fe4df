"""How a plan's own words are recognised, and how its targets compare with a national standard."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from trigpoint.frameworks import Basis, Criterion, Standard, load_framework
from trigpoint.measures.coverage import Difference
from trigpoint.measures.coverage.comparison import compared
from trigpoint.measures.coverage.words import recognised
from trigpoint.plans.model import Comparator, Target

# term, text, the words it is recognised by ("" for not), why
WORDS = [
    ("4 hour*", "Seen within four hours", "four hours", "numbers may be words; an asterisk takes any ending"),
    ("4 hour*", "The 4-hour standard", "4 hour", "a hyphen parts two words"),
    ("4 hour*", "Within 14 hours", "", "14 is not 4"),
    ("ae 95 %", "A&E at 95%", "A&E 95 %", "A&E is one word, and so is the per cent sign"),
    ("ae", "A and E department", "A&E", "however it is written"),
    ("ereferral*", "All e-Referrals", "ereferrals", "a letter with a hyphen belongs to its word"),
    ("18 week* !community", "Community waits of 18 weeks", "", "a word that must not be there"),
    ("bed* area", "Out of area beds", "beds area", "in any order"),
    ("bed* out_of_area", "Out of area beds", "beds out of area", "an underline joins words that follow each other"),
    ("red_1", "1 risk is red", "", "in another order they are no Red 1"),
    ("red_1", "Red 1 calls", "red 1", "and here they are"),
    ("6_8_week*", "6–8 weeks", "6 8 weeks", "three in a row"),
    ("4_hour* !mental_health", "Mental health: seen in four hours", "", "a phrase that must not be there"),
    ("4_hour* !mental_health", "Health: mental work, four hours", "four hours", "its words apart are not the phrase"),
    ("dementia diagnos*", "Dementia", "", "all words are needed"),
    ("16.8", "At 16.8%", "16.8", "a decimal is one number"),
    ("1615", "1,615 referrals", "1615", "a comma marks thousands"),
    ("practice plan", "The practice’s plan", "practice plan", "a possessive is the word itself"),
]


@pytest.mark.parametrize(("term", "text", "found", "why"), WORDS)
def test_terms(term: str, text: str, found: str, why: str) -> None:
    assert " ".join(recognised((term,), text)) == found, why


def standard(**fields: object) -> Standard:
    """92% or more, tested in each month of 2026/27, unless said otherwise."""
    usual: dict[str, object] = {
        "test": Criterion.AT_LEAST,
        "value": Decimal(92),
        "unit": "%",
        "basis": Basis.EACH_MONTH,
        "applies_to": "2026/27",
        "valid_from": date(2026, 4, 1),
        "valid_to": date(2027, 3, 31),
    }
    return Standard("s", "p", "Waits", **{**usual, **fields})  # type: ignore[arg-type]


AT_LEAST, AT_MOST = Comparator.AT_LEAST, Comparator.AT_MOST
PERCENT = standard()
MARCH = standard(basis=Basis.MARCH)
CEILING = standard(test=Criterion.AT_MOST, value=Decimal(5))
RANGE = standard(test=Criterion.BETWEEN, lowest=Decimal(10), value=Decimal(15), unit="per million")
CUT = standard(test=Criterion.REDUCE_BY, value=Decimal(10), unit="% per year", rule="reduce by 10% from baseline")
OWN = standard(rule="max(baseline + 7pp; 65%)", value=Decimal(65))
STEPS = standard(value=None, rule="step(+2pp a year from 58% in 2024/25)", basis=Basis.YEAR)
QUARTER = standard(value=Decimal("4.2"), basis=Basis.LAST_QUARTER)
NO_NUMBER = standard(test=Criterion.IMPROVE, value=None)
SAME, STRONGER, WEAKER = Difference.SAME, Difference.STRONGER, Difference.WEAKER
CANNOT, LATER, OTHER = Difference.CANNOT, Difference.LATER, Difference.OTHER_YEAR

# standard, value, unit, comparator, at, difference (None: not compared at all), why
TARGETS = [
    (PERCENT, "92", "%", AT_LEAST, "2026/27", SAME, "the same number in the same year"),
    (PERCENT, "92", "%", Comparator.MORE_THAN, "", SAME, "more than 92% is 92% here; it has no date"),
    (PERCENT, "93.5", "%", AT_LEAST, "June 2026", STRONGER, "more is better"),
    (PERCENT, "91", "%", AT_LEAST, "2026-12-31", WEAKER, "each month is tested, so December counts by itself"),
    (MARCH, "91", "%", AT_LEAST, "2026-12-31", Difference.ON_THE_WAY, "March is tested, and December comes before it"),
    (MARCH, "91", "%", AT_LEAST, "2027-03-31", WEAKER, "at the end it has to be there"),
    (PERCENT, "92", "%", AT_LEAST, "2027/28", LATER, "a year late"),
    (PERCENT, "91", "%", AT_LEAST, "2027/28", WEAKER, "late and weaker: the weaker is said"),
    (PERCENT, "92", "%", AT_LEAST, "2025/26", OTHER, "the year before"),
    (PERCENT, "8", "%", AT_MOST, "2026/27", CANNOT, "the share that waits longer goes the other way"),
    (PERCENT, "92", "patients", AT_LEAST, "2026/27", CANNOT, "a number of people is no percentage"),
    (CEILING, "4", "%", AT_MOST, "2026/27", STRONGER, "less is better"),
    (CEILING, "6", "%", AT_MOST, "2026/27", WEAKER, "above the ceiling"),
    (RANGE, "12", "per million", AT_MOST, "2027-03-31", SAME, "inside the range"),
    (RANGE, "16", "per million", AT_MOST, "2027-03-31", WEAKER, "above it"),
    (RANGE, "9", "per million", AT_MOST, "2027-03-31", STRONGER, "below it"),
    (CUT, "10", "%", AT_LEAST, "", SAME, "a cut is compared with a cut, 10% with 10% per year"),
    (CUT, "12", "% of spend", AT_LEAST, "", STRONGER, "whatever it is a percentage of"),
    (OWN, "64", "%", AT_LEAST, "2027-03-31", WEAKER, "65% is the least, whatever the baseline"),
    (OWN, "66", "%", AT_LEAST, "2027-03-31", CANNOT, "whether it is enough depends on a baseline not known here"),
    (STEPS, "62", "%", AT_LEAST, "2026/27", SAME, "what the rule gives for that year"),
    (STEPS, "61", "%", AT_LEAST, "2026/27", WEAKER, "a point short of it"),
    (QUARTER, "4.2", "%", AT_LEAST, "2026/27 Q4", SAME, "the last quarter alone"),
    (QUARTER, "16.8", "%", AT_LEAST, "2026/27", None, "the year is another figure"),
    (QUARTER, "4.2", "%", AT_LEAST, "", None, "nor can one without a date be the quarter’s"),
    (NO_NUMBER, "92", "%", AT_LEAST, "2026/27", CANNOT, "a direction has no number"),
]


@pytest.mark.parametrize(("against", "value", "unit", "comparator", "at", "difference", "why"), TARGETS)
def test_targets_beside_standards(
    against: Standard, value: str, unit: str, comparator: Comparator, at: str, difference: Difference | None, why: str
) -> None:
    words = "reduction in waits" if against is CUT else "waits"
    found = compared("d1", Target(words, Decimal(value), unit, comparator, at), against, ())
    assert (found.difference if found else None) is difference, why
    assert found is None or found.undated is (at == "")


@pytest.mark.parametrize(
    ("name", "target", "told"),
    [
        (
            "e-b-3",
            Target("w", Decimal(91), "%", AT_LEAST, "2017/18"),
            "91% for 2017/18: weaker than the standard of 92%",
        ),
        ("e-a-s-1", Target("w", Decimal(67), "%"), "67% (no date): stronger than the standard of 66.7%"),
        (
            "e-k-1-2-ccg",
            Target("w", Decimal(15), "per million", AT_MOST, "2019-03-31"),
            "15 per million for 31 March 2019: as the standard of 10 to 15 per million",
        ),
        (
            "e-h-9-2018-19",
            Target("w", Decimal(32), "%", AT_LEAST, "April 2019"),
            "32% for April 2019: later than the standard of 32%, due 2018/19",
        ),
    ],
)
def test_each_comparison_is_one_sentence(name: str, target: Target, told: str) -> None:
    framework = load_framework("nhs-2017-19")
    found = compared("d1", target, framework.standard(name), ())
    assert found is not None
    assert found.finding == told
