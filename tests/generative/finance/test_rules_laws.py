"""Laws of business rules: the headroom meets the limit exactly, rounding is half up, and the exact fraction decides."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from trigpoint.errors import InputErrors
from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType, Quantity
from trigpoint.finance.rules.evaluation import result_of
from trigpoint.finance.rules.reading import read_rules, rules_text
from trigpoint.finance.rules.rule import BusinessRule, Compared, Operator
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
PENCE = st.integers(-(10**12), 10**12).map(lambda pence: Decimal(pence) / 100)
POSITIVE = st.integers(1, 10**12).map(lambda pence: Decimal(pence) / 100)
SHARE = st.decimals(-1, 1, places=4)
ONE_SIDED = st.sampled_from((Operator.AT_LEAST, Operator.AT_MOST, Operator.EXACTLY))


def rule(operator: Operator, limit: Decimal, **other: Any) -> BusinessRule:
    whole: dict[str, Any] = {"numerator": "top", "unit": "gbp", "decimals": 1, "source": "s"}
    return BusinessRule(
        id="own", name="Own", first=YEAR, last=YEAR, organisations=(OrganisationType.CCG,), operator=operator,
        limit=limit, **{**whole, **other},
    )  # fmt: skip


def told(*rows: tuple[FinancialYear, str, Decimal, str]) -> FinanceBook:
    here = FinanceSettings("x", OrganisationType.CCG, "nhs-2017-19", (YEAR,))
    return FinanceBook(here, quantities=tuple(Quantity(*row) for row in rows))


def moved(top: Decimal, room: Decimal, operator: Operator) -> list[Decimal]:
    """The numerators at which the limit is met exactly, if the headroom is right."""
    with localcontext() as context:
        context.prec = 60
        if operator is Operator.AT_LEAST:
            return [top - room]
        return [top + room] if operator is Operator.AT_MOST else [top - room, top + room]


@given(ONE_SIDED, PENCE, POSITIVE, SHARE)
def test_a_numerator_moved_by_the_headroom_meets_a_share_exactly(
    operator: Operator, top: Decimal, below: Decimal, limit: Decimal
) -> None:
    own = rule(operator, limit, unit="share", denominator="below")
    found = result_of(told((YEAR, "top", top, "gbp"), (YEAR, "below", below, "gbp")), own, YEAR)
    assert found.headroom_gbp is not None
    met = [Fraction(one) / Fraction(below) == Fraction(limit) for one in moved(top, found.headroom_gbp, operator)]
    assert any(met)
    assert (found.headroom_gbp >= 0) is found.passes_exact


@given(ONE_SIDED, PENCE, PENCE)
def test_a_numerator_moved_by_the_headroom_meets_an_amount_exactly(
    operator: Operator, top: Decimal, limit: Decimal
) -> None:
    found = result_of(told((YEAR, "top", top, "gbp")), rule(operator, limit), YEAR)
    assert found.headroom_gbp is not None
    assert limit in moved(top, found.headroom_gbp, operator)
    assert (found.headroom_gbp >= 0) is found.passes_exact


@given(ONE_SIDED, POSITIVE, POSITIVE, SHARE)
def test_a_years_spend_moved_by_the_headroom_meets_a_growth_exactly(
    operator: Operator, before: Decimal, after: Decimal, limit: Decimal
) -> None:
    own = rule(operator, limit, numerator="care_spend", growth=True, unit="share")
    rows = ((YEAR - 1, "care_spend", before, "gbp"), (YEAR, "care_spend", after, "gbp"))
    found = result_of(told(*rows), own, YEAR)
    assert found.headroom_gbp is not None
    growths = [Fraction(one) / Fraction(before) - 1 for one in moved(after, found.headroom_gbp, operator)]
    assert Fraction(limit) in growths
    assert (found.headroom_gbp >= 0) is found.passes_exact


@given(PENCE, PENCE, PENCE)
def test_within_a_range_the_headroom_is_to_the_nearer_end(top: Decimal, low: Decimal, high: Decimal) -> None:
    assume(low <= high)
    found = result_of(told((YEAR, "top", top, "gbp")), rule(Operator.BETWEEN, low, highest=high), YEAR)
    assert found.headroom_gbp == min(top - low, high - top)
    assert (found.headroom_gbp >= 0) is found.passes_exact is (low <= top <= high)


@given(PENCE, POSITIVE, SHARE, st.integers(0, 4))
def test_the_rounded_value_is_half_up_at_the_printed_decimals_and_decides_as_printed(
    top: Decimal, below: Decimal, limit: Decimal, decimals: int
) -> None:
    printed = f"{Decimal(1):.{decimals}f}%"
    rows = (
        (YEAR, "top", top, "gbp"),
        (YEAR, "below", below, "gbp"),
    )
    book = told(*rows)
    book = replace(book, quantities=(*book.quantities, Quantity(YEAR, "own", Decimal("0.01"), "share", printed)))
    own = rule(Operator.AT_LEAST, limit, unit="share", denominator="below", compare_on=Compared.ROUNDED)
    found = result_of(book, own, YEAR)
    with localcontext() as context:
        context.prec = 60
        slow = (top / below * 100).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) / 100
    assert found.rounded == slow
    assert found.passes is (slow >= limit)
    assert found.exact is not None
    assert abs(Fraction(found.exact) - Fraction(top) / Fraction(below)) <= Fraction(1, 2 * 10**12)


@given(st.text(max_size=300))
def test_no_text_of_rules_breaks_off(text: str) -> None:
    try:
        read_rules(text, "rules.toml")
        said = "rules.toml"
    except InputErrors as caught:
        said = str(caught)
    assert said.startswith("rules.toml")


@given(
    st.lists(
        st.builds(
            rule,
            ONE_SIDED,
            SHARE,
            unit=st.sampled_from(("share", "gbp", "gbp per head")),
            numerator=st.sampled_from(("top", "other")),
            decimals=st.integers(0, 6),
            severity=st.sampled_from(("error", "warning", "off")),
            note=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20),
            compare_on=st.sampled_from(Compared),
        ),
        max_size=1,
    )
)
def test_rules_are_read_back_as_they_were_written(rules: list[BusinessRule]) -> None:
    assert read_rules(rules_text(rules), "rules.toml") == tuple(rules)
