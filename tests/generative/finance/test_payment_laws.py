"""What every payment mechanism keeps to, and what it pays against the formula written as plain ifs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trigpoint.finance.contracts.curves import paid_by
from trigpoint.finance.contracts.drawn import drawn_payments, drawn_years
from trigpoint.finance.contracts.mechanism import Bearer, Mechanism, MechanismKind
from trigpoint.finance.contracts.payment import accrued, month_payments, payment, payment_curve, planned_shares
from trigpoint.finance.contracts.reading import mechanism_of, mechanism_text, read_mechanism
from trigpoint.finance.contracts.spreads import pence_of, spread_of
from trigpoint.finance.contracts.variance import PricedLine, variance_of
from trigpoint.finance.money import to_pence

Terms = dict[str, object]


def money(most: int = 20_000_000) -> st.SearchStrategy[Decimal]:
    """Pounds and pence."""
    return st.integers(0, most * 100).map(lambda pence: Decimal(pence) / 100)


def share(most: int = 1_000) -> st.SearchStrategy[Decimal]:
    """A share in tenths of a per cent."""
    return st.integers(0, most).map(lambda tenths: Decimal(tenths) / 1000)


plans = st.integers(1, 2_000_000_000).map(lambda pence: Decimal(pence) / 100)


@st.composite
def corridors(draw: st.DrawFn) -> Terms:
    return {
        "kind": "cap_collar", "planned_gbp": draw(plans), "cap": draw(share(300)), "collar": draw(share()),
        "share_above": draw(share()), "share_below": draw(share()),
    }  # fmt: skip


@st.composite
def tiers(draw: st.DrawFn) -> Terms:
    def side() -> list[list[str]]:
        ends = sorted(draw(st.sets(st.integers(1, 300), min_size=1, max_size=4)))
        rates = draw(st.lists(share(), min_size=len(ends) + 1, max_size=len(ends) + 1))
        lows = [0, *ends]
        rows = [[f"{Decimal(low) / 10}%-{Decimal(high) / 10}%", f"{100 * rate}%"]
                for low, high, rate in zip(lows, ends, rates, strict=False)]  # fmt: skip
        return [*rows, [f">{Decimal(ends[-1]) / 10}%", f"{100 * rates[-1]}%"]]

    return {"kind": "tiered", "planned_gbp": draw(plans), "tiers_over": side(), "tiers_under": side()}


@st.composite
def marginals(draw: st.DrawFn) -> Terms:
    return {"kind": "marginal_rate", "baseline_gbp": draw(plans), "rate": f"{100 * draw(share(1200))}%"}


@st.composite
def blends(draw: st.DrawFn) -> Terms:
    return {
        "kind": "blended", "fixed_gbp": draw(money()), "planned_units": draw(st.integers(0, 30_000)),
        "price_gbp": draw(plans), "rate_over": draw(share()), "rate_under": draw(share()),
    }  # fmt: skip


@st.composite
def gains(draw: st.DrawFn) -> Terms:
    return {
        "kind": "gain_loss", "target_gbp": draw(plans), "dead_band": f"{100 * draw(share(100))}%",
        "gain_share": draw(share()), "loss_share": draw(share()), "gain_cap": f"{100 * draw(share(100))}%",
        "loss_cap": f"{100 * draw(share(100))}%", "quality_gate": draw(st.booleans()), "multiplier": draw(share(1500)),
    }  # fmt: skip


blocks = money().map(lambda gbp: {"kind": "block", "value": gbp})
cases = plans.map(lambda price: {"kind": "cost_per_case", "price_gbp": price})
every = st.one_of(corridors(), tiers(), marginals(), blends(), gains(), blocks, cases)


def made(terms: Terms) -> Mechanism:
    return mechanism_of(str(terms["kind"]), {key: value for key, value in terms.items() if key != "kind"})


# The formulas, one by one, as a contract states them.


def _corridor(t: Terms, a: Fraction) -> Fraction:
    plan = Fraction(t["planned_gbp"])  # type: ignore[arg-type]
    low, high = plan * (1 - Fraction(t["collar"])), plan * (1 + Fraction(t["cap"]))  # type: ignore[arg-type]
    if a < low:
        return low - Fraction(t["share_below"]) * (low - a)  # type: ignore[arg-type]
    if a > high:
        return high + Fraction(t["share_above"]) * (a - high)  # type: ignore[arg-type]
    return a


def _tiered(t: Terms, a: Fraction) -> Fraction:
    plan = Fraction(t["planned_gbp"])  # type: ignore[arg-type]
    away, sign = abs(a - plan), 1 if a > plan else -1
    paid, low = Fraction(0), Fraction(0)
    for bounds, rate in t["tiers_over"] if a > plan else t["tiers_under"]:  # type: ignore[attr-defined]
        end = bounds.partition("-")[2].rstrip("%")
        high = plan * Fraction(end) / 100 if end else away
        if away > low:
            paid += (min(away, high) - low) * Fraction(rate.rstrip("%")) / 100
        low = high
    return plan + sign * paid


def _marginal(t: Terms, a: Fraction) -> Fraction:
    start = Fraction(t["baseline_gbp"])  # type: ignore[arg-type]
    rate = Fraction(str(t["rate"]).rstrip("%")) / 100
    return a if a <= start else start + rate * (a - start)


def _blended(t: Terms, a: Fraction) -> Fraction:
    more = a - Fraction(t["planned_units"]) * Fraction(t["price_gbp"])  # type: ignore[arg-type]
    return Fraction(t["fixed_gbp"]) + more * Fraction(t["rate_over"] if more > 0 else t["rate_under"])  # type: ignore[arg-type]


def _gain(t: Terms, a: Fraction) -> Fraction:
    target = Fraction(t["target_gbp"])  # type: ignore[arg-type]

    def of(name: str) -> Fraction:
        return Fraction(str(t[name]).rstrip("%")) / 100

    d, dead = target - a, of("dead_band") * target
    if d > dead:
        gain = min(Fraction(t["gain_share"]) * (d - dead), of("gain_cap") * target)  # type: ignore[arg-type]
        return gain * Fraction(t["multiplier"]) if t["quality_gate"] else Fraction(0)  # type: ignore[arg-type]
    if -d > dead:
        return -min(Fraction(t["loss_share"]) * (-d - dead), of("loss_cap") * target)  # type: ignore[arg-type]
    return Fraction(0)


ORACLE: dict[str, Callable[[Terms, Fraction], Fraction]] = {
    "cap_collar": _corridor, "tiered": _tiered, "marginal_rate": _marginal, "blended": _blended, "gain_loss": _gain,
    "block": lambda t, a: Fraction(t["value"]), "cost_per_case": lambda t, a: a,  # type: ignore[arg-type]
}  # fmt: skip


@given(every, money(40_000_000))
@settings(max_examples=300, deadline=None)
def test_a_payment_is_the_formulas_to_the_penny(terms: Terms, activity_gbp: Decimal) -> None:
    mechanism = replace(made(terms), price_gbp=None)
    kind = str(terms["kind"])

    paid = payment(mechanism, activity_gbp)

    def formula(activity: Decimal) -> Decimal:
        return to_pence(ORACLE[kind](terms, Fraction(activity)))

    assert paid.gbp == formula(activity_gbp) == sum(gbp for _, gbp in paid.parts)
    assert paid.marginal_gbp == formula(activity_gbp + 1) - formula(activity_gbp)


@settings(deadline=None)
@given(st.one_of(corridors(), tiers(), marginals(), gains(), blocks), st.integers(1, 12), money(40_000_000))
def test_what_is_paid_to_date_is_the_formula_of_the_plan_to_date(terms: Terms, month: int, done: Decimal) -> None:
    mechanism, part = made(terms), Fraction(month, 12)
    to_date = ORACLE[str(terms["kind"])](terms, Fraction(done) / part) * part
    assert abs(accrued(mechanism, part, Fraction(done)) - to_date) < Fraction(1, 100)


@settings(deadline=None)
@given(every)
def test_nothing_jumps_at_a_threshold_and_between_two_the_slope_is_one(terms: Terms) -> None:
    curve = made(terms).curve
    corners = [Fraction(0), *map(Fraction, curve.thresholds_gbp)]
    assert corners == sorted(set(corners))
    assert len(curve.rates) == len(corners)
    tiny = Fraction(1, 10**9)
    for corner, before, after in zip(corners[1:], curve.rates[:-1], curve.rates[1:], strict=True):
        here = paid_by(curve, corner)
        assert here - paid_by(curve, corner - tiny) == Fraction(before) * tiny
        assert paid_by(curve, corner + tiny) - here == Fraction(after) * tiny
    for low, high in pairwise([*corners, corners[-1] + 1000]):
        middle = (low + high) / 2
        assert 2 * paid_by(curve, middle) == paid_by(curve, low) + paid_by(curve, high)


@settings(deadline=None)
@given(every, money(40_000_000), money(5_000_000))
def test_more_activity_is_never_paid_less_but_a_gain_share_pays_less(
    terms: Terms, less: Decimal, more: Decimal
) -> None:
    mechanism = replace(made(terms), price_gbp=None)
    first, second = payment(mechanism, less).gbp, payment(mechanism, less + more).gbp
    if mechanism.kind is MechanismKind.GAIN_LOSS:
        assert second <= first
    else:
        assert second >= first


@settings(deadline=None)
@given(money(), money())
def test_a_block_has_no_marginal_pound_and_the_provider_bears_all(value: Decimal, activity: Decimal) -> None:
    paid = payment(made({"kind": "block", "value": value}), activity)
    assert (paid.gbp, paid.marginal_gbp, paid.borne_by) == (to_pence(value), 0, Bearer.PROVIDER)


@settings(deadline=None)
@given(corridors(), money(40_000_000))
def test_a_corridor_that_shares_all_is_cost_per_case_and_one_that_shares_nothing_is_bounded(
    terms: Terms, activity: Decimal
) -> None:
    whole = made({**terms, "share_above": 1, "share_below": 1})
    nothing = made({**terms, "share_above": 0, "share_below": 0})
    plan, cap, collar = (Fraction(terms[name]) for name in ("planned_gbp", "cap", "collar"))  # type: ignore[arg-type]

    assert payment(whole, activity).gbp == payment(made({"kind": "cost_per_case"}), activity).gbp
    assert to_pence(plan * (1 - collar)) <= payment(nothing, activity).gbp <= to_pence(plan * (1 + cap))


@settings(deadline=None)
@given(gains(), money(40_000_000))
def test_what_the_provider_gains_and_the_commissioner_keeps_is_the_whole_saving(terms: Terms, actual: Decimal) -> None:
    mechanism = made(terms)
    saving = mechanism.planned_gbp - actual
    gained = payment(mechanism, actual).gbp
    retained = (saving - gained).quantize(Decimal("0.01"))
    assert gained + retained == saving
    if saving > 0 and Decimal(str(terms["multiplier"])) <= 1:
        assert 0 <= gained <= saving
        assert retained >= 0


profiles = st.lists(st.integers(0, 50).map(Decimal), min_size=12, max_size=12).filter(any)
years = st.lists(money(2_000_000), min_size=12, max_size=12)


@settings(deadline=None)
@given(every, years, profiles)
def test_months_add_up_to_the_year(terms: Terms, activity: list[Decimal], profile: list[Decimal]) -> None:
    mechanism = replace(made(terms), price_gbp=None)
    months = month_payments(mechanism, activity, profile)
    year = payment(mechanism, sum(activity, Decimal(0))).gbp
    assert sum(month.gbp for month in months) == months[-1].cumulative_gbp == year


@given(every, st.lists(years, min_size=1, max_size=3), profiles, st.integers(1, 12))
@settings(max_examples=200, deadline=None)
def test_drawn_payments_are_the_decimal_ones_to_the_penny(
    terms: Terms, draws: list[list[Decimal]], profile: list[Decimal], known: int
) -> None:
    mechanism = replace(made(terms), price_gbp=None)
    pence = np.array([[int(month * 100) for month in draw[:known]] for draw in draws], dtype=np.int64).T

    ours = drawn_payments(mechanism, pence, profile)

    for column, draw in enumerate(draws):
        told = month_payments(mechanism, draw[:known], profile)
        assert ours[:, column].tolist() == [int(month.gbp * 100) for month in told]


@settings(deadline=None)
@given(
    every,
    st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=5),
    st.decimals("0.000000000001", "1", places=12),
)
def test_drawn_payments_stay_exact_beyond_64_bits(terms: Terms, pence: list[int], odd: Decimal) -> None:
    mechanism = replace(made(terms), price_gbp=None)
    mechanism = replace(mechanism, curve=replace(mechanism.curve, rates=(*mechanism.curve.rates[:-1], odd)))
    paid = drawn_years(mechanism, np.array(pence, dtype=np.int64))
    settled = sum((Fraction(gbp) for _, gbp in mechanism.settled), Fraction(0))
    told = [to_pence(paid_by(mechanism.curve, Fraction(one, 100)) + settled) * 100 for one in pence]
    assert paid.tolist() == told


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 5_000).map(Decimal), money(900)] * 2), min_size=1, max_size=6))
def test_volume_price_and_mix_add_up_to_the_variance(lines: list[tuple[Decimal, Decimal, Decimal, Decimal]]) -> None:
    told = variance_of([PricedLine(u0, p0, u, p) for u0, p0, u, p in lines])
    assert told.volume_gbp + told.price_gbp + told.mix_gbp == told.gbp
    assert told.gbp == to_pence(sum((u * p - u0 * p0 for u0, p0, u, p in lines), Decimal(0)))
    if len(lines) == 1 or len({p0 for _, p0, _, _ in lines}) == 1:
        assert abs(told.mix_gbp) <= Decimal("0.02"), "units of one price have no mix"


@settings(deadline=None)
@given(every, st.lists(money(40_000_000), min_size=1, max_size=40))
def test_a_spread_is_that_of_the_payments_one_by_one(terms: Terms, draws: list[Decimal]) -> None:
    mechanism = replace(made(terms), price_gbp=None)
    paid = sorted(payment(mechanism, draw).gbp for draw in draws)

    told = spread_of(mechanism, draws)

    count = len(paid)
    mean = sum(map(Fraction, paid), Fraction(0)) / count
    variance = sum((Fraction(one) - mean) ** 2 for one in paid) / count
    assert told.expected_gbp == to_pence(mean)
    assert told.low_gbp == paid[-(-count // 10) - 1]
    assert told.median_gbp == paid[-(-count // 2) - 1]
    assert told.high_gbp == paid[-(-9 * count // 10) - 1]
    assert abs(float(told.deviation_gbp) - float(variance) ** 0.5) <= 0.005 + 1e-7 * float(variance) ** 0.5
    assert 0 <= told.commissioner_share <= 1


@settings(deadline=None)
@given(st.lists(money(), min_size=1, max_size=10))
def test_pounds_of_a_simulation_come_to_the_nearest_penny(draws: list[Decimal]) -> None:
    assert pence_of([float(draw) for draw in draws]).tolist() == [int(draw * 100) for draw in draws]


@settings(deadline=None)
@given(every)
def test_a_mechanism_is_written_and_read_back_as_it_was(terms: Terms) -> None:
    mechanism = made(terms)
    again = read_mechanism(mechanism_text(mechanism), "again.toml")
    assert replace(again, stated=mechanism.stated) == mechanism


@settings(deadline=None)
@given(every, st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_drawn_curve_has_its_corners_and_ascends(terms: Terms, low: int, more: int) -> None:
    mechanism = replace(made(terms), price_gbp=None)
    points = payment_curve(mechanism, Decimal(low), Decimal(low + more), 5)
    at = [activity for activity, _ in points]
    assert at == sorted(set(at))
    assert {one for one in mechanism.curve.thresholds_gbp if low < one < low + more} <= set(at)


@settings(deadline=None)
@given(profiles)
def test_the_plan_is_done_by_the_end_of_the_year(profile: list[Decimal]) -> None:
    shares = planned_shares(profile)
    assume(len(shares) == 12)
    assert list(shares) == sorted(shares)
    assert shares[-1] == 1


@pytest.mark.parametrize("lower", [False, True])
@settings(deadline=None)
@given(baseline=share(), target=share(), achieved=share(2000), pool=money())
def test_an_outcome_pays_between_nothing_and_its_pool(
    lower: bool, baseline: Decimal, target: Decimal, achieved: Decimal, pool: Decimal
) -> None:
    assume(target < baseline if lower else target > baseline)
    terms = {"pool": pool, "measures": [{"weight": 1, "baseline": baseline, "target": target, "achieved": achieved}]}
    paid = payment(mechanism_of("outcome_linked", terms), Decimal(0)).gbp
    beyond = achieved <= target if lower else achieved >= target
    short = achieved >= baseline if lower else achieved <= baseline
    share_of_way = (
        Fraction(1) if beyond else Fraction(0) if short else Fraction(achieved - baseline) / Fraction(target - baseline)
    )
    assert paid == to_pence(Fraction(pool) * share_of_way)
