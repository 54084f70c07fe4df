"""The engine against the formula in plain loops, on random books with the draws given to both."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_activity import Draw, Plain

from trigpoint.activity.assumptions.filters import EVERYWHERE, Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.population import SCHEMA, Population
from trigpoint.activity.assumptions.ramp import AT_ONCE, Ramp, Shape
from trigpoint.activity.assumptions.scheme import Effect, Scheme, Shift
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import ActivityBook, Settings, Total
from trigpoint.activity.simulation.model import model_of
from trigpoint.activity.simulation.run import run_model
from trigpoint.activity.simulation.sampled import sampled
from trigpoint.periods import FinancialYear, Month

BASE = FinancialYear(2016)
YEARS = (FinancialYear(2017), FinancialYear(2018))
MONTHS = [month for year in YEARS for month in year.months]
DRAWS = 40
KEYS = [("RNA", "A&E"), ("RNA", "EL"), ("RWP", "A&E")]

filters = st.sampled_from(
    [
        EVERYWHERE,
        Filter((Condition("pod", Asked.IN, ("A&E",)),)),
        Filter((Condition("provider", Asked.NOT_IN, ("RWP",)),)),
        Filter((Condition("age", Asked.AT_LEAST, ("65",)),)),
        Filter((Condition("age", Asked.AT_MOST, ("64",)), Condition("specialty", Asked.IN, ("300", "301")))),
        Filter((Condition("sex", Asked.IN, ("1",)), Condition("pod", Asked.IN, ("EL", "A&E")))),
    ]
)


@st.composite
def ramps(draw: st.DrawFn) -> Ramp:
    if draw(st.booleans()):
        return AT_ONCE
    start = Month(2016, 10) + draw(st.integers(0, 24))
    full = start + draw(st.integers(0, 14))
    until = draw(st.sampled_from([None, full + 3]))
    return Ramp(start, full, until, draw(st.sampled_from(list(Shape))))


def uncertain(low: float, high: float) -> st.SearchStrategy[Uncertain]:
    def of(pair: tuple[float, float]) -> Uncertain:
        first, last = sorted(pair)
        return Uncertain((first + last) / 2, first, last, distribution=Distribution.UNIFORM)

    return st.tuples(st.floats(low, high), st.floats(low, high)).map(of)


@st.composite
def growths(draw: st.DrawFn, number: int) -> Growth:
    form = draw(st.sampled_from(list(GrowthForm)))
    amounts = {
        GrowthForm.RATE: (-0.1, 0.1),
        GrowthForm.CHANGE: (-0.4, 0.4),
        GrowthForm.NUMBER: (-20.0, 100.0),
        GrowthForm.POPULATION: (0.0, 2.0),
    }
    ramp = AT_ONCE if form is GrowthForm.RATE else draw(ramps())
    years = draw(st.sampled_from([(), (YEARS[1],)]))
    amount = draw(uncertain(*amounts[form]))
    return Growth(f"g{number}", GrowthKind.OTHER, form, amount, draw(filters), years, ramp)


@st.composite
def schemes(draw: st.DrawFn, number: int) -> Scheme:
    effect = draw(st.sampled_from([one for one in Effect if one is not Effect.ADDED]))
    amount = draw(uncertain(0.0, 3_000.0 if effect is Effect.NUMBER else 1.0))
    shift = draw(st.sampled_from([None, None, Shift("EL", ratio=0.5), Shift("COMM", "RCH", 2.0)]))
    cohort, delivery = draw(st.sampled_from([(1.0, 1.0), (0.6, 1.0), (1.0, 0.5)]))
    return Scheme(f"s{number}", effect, amount, draw(filters), cohort, draw(ramps()), shift, delivery)


@st.composite
def books(draw: st.DrawFn) -> ActivityBook:
    rows = []
    for provider, pod in KEYS:
        for _ in range(draw(st.integers(1, 4))):
            age, sex = draw(st.sampled_from([(10, "1"), (40, "2"), (70, "1"), (93, "2"), (None, "1")]))
            weight = draw(st.floats(0.5, 50))
            rows.append((provider, pod, draw(st.sampled_from(["300", "301", "100"])), age, sex, weight))
    cells = pl.DataFrame(rows, schema=["provider", "pod", "specialty", "age", "sex", "weight"], orient="row")
    cells = cells.with_columns(pl.col("age").cast(pl.Int32))
    people = [
        (variant, "people", "", year, sex, age, draw(st.floats(50, 150)))
        for variant in ("principal", "high")
        for year in (2016, 2017, 2018)
        for sex in ("1", "2")
        for age in (0, 30, 65, 90)
    ]
    population = Population(pl.DataFrame(people, schema=SCHEMA, orient="row"), (("principal", 0.7), ("high", 0.3)))
    totals = tuple(
        Total(provider, pod, Uncertain(1_000.0, 900, 1_100, distribution=Distribution.NORMAL)) for provider, pod in KEYS
    )
    empty = pl.DataFrame(schema={"provider": pl.String, "pod": pl.String, "month": pl.Date, "value": pl.Float64})
    return ActivityBook(
        Settings(BASE, YEARS, noise=False, draws=DRAWS),
        empty,
        totals,
        cells,
        tuple(draw(growths(number)) for number in range(draw(st.integers(0, 3)))),
        tuple(draw(schemes(number)) for number in range(draw(st.integers(0, 3)))),
        population,
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(books())
def test_every_draw_is_what_the_formula_says(book: ActivityBook) -> None:
    model = model_of(book)
    drawn, _ = sampled(book, model.series, model.terms, book.settings.seed, DRAWS)
    run = run_model(book)
    usable = {term.growth.id for term in model.terms.growth} | {term.scheme.id for term in model.terms.schemes}
    kept = ActivityBook(
        book.settings, book.counts, book.totals, book.cells,
        tuple(one for one in book.growth if one.id in usable), tuple(one for one in book.schemes if one.id in usable),
        book.population,
    )  # fmt: skip
    shares = {
        (one.key, month): float(one.shape.months.ravel()[at]) for one in model.series for at, month in enumerate(MONTHS)
    }
    weights: dict[tuple[str, str], list[tuple[dict[str, object], float]]] = {}
    for row in book.cells.iter_rows(named=True):
        weights.setdefault((row["provider"], row["pod"]), []).append((row, row["weight"]))
    cells = {key: [(c, w / sum(one for _, one in mine)) for c, w in mine] for key, mine in weights.items()}
    for number in (0, 21):
        draw = Draw(
            {one.key: float(drawn.outturns[at][number]) for at, one in enumerate(model.series)},
            {name: float(values[number]) for name, values in drawn.amounts.items()},
            {name: float(values[number]) for name, values in drawn.delivered.items()},
            book.population.variants[int(drawn.variant[number])][0],
        )
        plain = Plain(kept, cells, shares, draw)
        for pod in run.draws_of:
            mine = [key for key in KEYS if key[1] == pod]
            for at, year in enumerate(YEARS):
                own = sum(plain.month(key, month)[1] for key in mine for month in year.months)
                expected = own + sum(plain.brought(pod, month) for month in year.months)
                assert run.draws_of[pod][at][number] == pytest.approx(expected, rel=1e-8, abs=1e-6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(books())
def test_bridges_sum_and_months_sum_to_years(book: ActivityBook) -> None:
    run = run_model(book)
    for one in run.series:
        for at, year in enumerate(run.years):
            mine = [p for p in run.bridge if (p.provider, p.pod, p.year) == (one.key.provider, one.key.pod, year)]
            parts = [p.value for p in mine]
            total = one.annual_do_something.mean[at]
            assert sum(parts) == pytest.approx(total, rel=1e-9, abs=1e-6)
            growth = [p.value for p in mine if p.kind in ("baseline", "growth")]
            assert sum(growth) == pytest.approx(one.annual_do_nothing.mean[at], rel=1e-9, abs=1e-6)
            assert one.do_something.mean[12 * at : 12 * at + 12].sum() == pytest.approx(total, rel=1e-12)
            assert one.fot[12 * at : 12 * at + 12].sum() == pytest.approx(one.base.sum(), rel=1e-12)
        assert (one.do_something.mean >= -1e-9).all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(books(), st.randoms())
def test_the_order_of_assumptions_and_the_number_of_workers_change_nothing(book: ActivityBook, random: object) -> None:
    growth, chosen = list(book.growth), list(book.schemes)
    random.shuffle(growth)
    random.shuffle(chosen)
    other = ActivityBook(
        book.settings, book.counts, book.totals, book.cells, tuple(growth), tuple(chosen), book.population
    )
    first, second, third = run_model(book), run_model(other), run_model(book, workers=2)
    for pod, values in first.draws_of.items():
        np.testing.assert_allclose(second.draws_of[pod], values, rtol=1e-12)
        assert (third.draws_of[pod] == values).all()
    parts = {(p.provider, p.pod, p.year, p.part): p.value for p in second.bridge}
    for p in first.bridge:
        assert parts[p.provider, p.pod, p.year, p.part] == pytest.approx(p.value, rel=1e-9, abs=1e-7)
