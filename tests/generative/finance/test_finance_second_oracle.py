"""Whole folders of finance, read and computed by us, against a second reading of them (``finance_read_again``)."""

from __future__ import annotations

import itertools
import random
import tomllib
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from finance_read_again import (
    KNOWN,
    MONTHS,
    PENNY,
    folder,
    half_up,
    mechanism,
    pays,
    pays_contract,
    pence,
    profile,
    rows,
    schemes_of,
    share,
    spread,
    thresholds,
    write,
)

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.reading import read_finance
from trigpoint.finance.contracts.drawn import drawn_payments
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import read_mechanism
from trigpoint.finance.contracts.year import contract_year
from trigpoint.finance.peers import benchmark
from trigpoint.finance.position.position import position
from trigpoint.finance.risks import draw_risks, risk_position
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.finance.schemes.scheme_book import scheme_book

SEEDS = range(15)


def near(ours: Decimal | None, theirs: Fraction, within: Fraction = PENNY) -> bool:
    return ours is not None and abs(Fraction(ours) - theirs) <= within


@pytest.fixture(scope="module", params=SEEDS)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FinanceBook]:
    root = folder(tmp_path_factory.mktemp(f"oracle-{request.param}"), random.Random(request.param))
    reading = read_finance(root)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.book is not None
    return root, reading.book


def test_every_mechanism_pays_its_formula_at_every_threshold_and_around_it(seen: tuple[Path, FinanceBook]) -> None:
    root, book = seen
    for path in sorted((root / "finance" / "mechanisms").glob("*.toml")):
        terms = tomllib.loads(path.read_text(encoding="utf-8"))
        ours = book.mechanisms[path.stem]
        for corner in thresholds(terms):
            for off in (-1_000_000, -1, Fraction(-1, 100), 0, Fraction(1, 100), 1, 1_000_000):
                a = pence(max(corner + off, Fraction(0)))
                cell = Decimal(a.numerator) / Decimal(a.denominator)
                told, here, more = payment(ours, cell), pays(terms, a), pays(terms, a + 1)
                assert Fraction(told.gbp) == pence(here), (terms, a)
                assert Fraction(told.marginal_gbp) == pence(more) - pence(here), (terms, a)
                borne = more - here + (1 if terms["kind"] == "gain_loss" else 0)
                assert told.borne_by.value == ("commissioner" if borne >= 1 else "shared" if borne > 0 else "provider")


def test_contract_years_are_forecast_and_paid_to_date_as_the_formulas_say(seen: tuple[Path, FinanceBook]) -> None:
    root, book = seen
    for at in range(4):
        terms = tomllib.loads((root / "finance" / "mechanisms" / f"m{at}.toml").read_text(encoding="utf-8"))
        every = [row for row in rows(root, "contract_lines") if row["contract"] == f"c{at}"]
        lines = [row for row in every if row.get("variable") != "no"]
        fixed = sum((Fraction(row["price"]) for row in every if row.get("variable") == "no"), Fraction(0))
        besides = fixed if terms["kind"] == "gain_loss" else 0  # lines of a fixed sum are cost there, month by month
        ours = contract_year(book, f"c{at}")
        planned = sum((Fraction(row["planned_units"]) * Fraction(row["price"]) for row in lines), Fraction(0))
        forecast, done = Fraction(0), [[Fraction(row[month]) for month in MONTHS if row.get(month)] for row in lines]
        for row, units in zip(lines, done, strict=True):
            due = Fraction(row["planned_units"]) * sum(profile(row)[: len(units)], Fraction(0))
            ahead = Fraction(row["planned_units"]) - due
            forecast += pence((sum(units) + ahead * (sum(units) / due if due else 1)) * Fraction(row["price"]))
        assert near(ours.forecast_activity_gbp, forecast + besides, Fraction(0))
        assert Fraction(ours.at_plan.gbp) == pence(pays_contract(terms, planned, fixed, planned))
        assert Fraction(ours.at_forecast.gbp) == pence(pays_contract(terms, planned, fixed, forecast))
        before = activity = Fraction(0)
        for month in range(min(map(len, done))):
            activity += sum((units[month] * Fraction(row["price"]) for row, units in zip(lines, done, strict=True)))
            due = sum(
                Fraction(row["planned_units"]) * Fraction(row["price"]) * sum(profile(row)[: month + 1])
                for row in (every if besides else lines)
            )
            phi = due / (planned + besides)
            there = activity + Fraction(besides) * (month + 1) / 12 if besides else activity
            paid = pence(phi * pays_contract(terms, planned, Fraction(0) if besides else fixed, there / phi))
            assert Fraction(ours.months[month].cumulative_gbp) == paid
            assert Fraction(ours.months[month].gbp) == paid - before
            before = paid
        assert len(ours.months) == min(map(len, done))
        parts = ours.variance
        assert parts.volume_gbp + parts.price_gbp + parts.mix_gbp == parts.gbp
        assert near(parts.gbp, forecast - planned, PENNY * 4)
        assert parts.price_gbp == 0


def test_schemes_come_to_what_their_rows_say(seen: tuple[Path, FinanceBook]) -> None:
    root, book = seen
    ours = scheme_book(book, book.settings.years[0])
    theirs = schemes_of(root)
    assert len(ours.schemes) == len(theirs)
    groups: dict[str, list[Fraction]] = defaultdict(list)
    for one, other in zip(ours.schemes, theirs, strict=True):
        for name, key in (
            ("part_year_gbp", "part"), ("tail_gbp", "tail"), ("exit_gbp", "exit"), ("risk_adjusted_gbp", "adjusted"),
            ("net_gbp", "net"),
        ):  # fmt: skip
            assert near(getattr(one, name), Fraction(other[key])), (name, other)
        if other["told"]:
            assert near(one.forecast_gbp, Fraction(other["forecast"]), PENNY * 2), (one, other)
        groups[str(other["group"]) or str(other["id"])].append(Fraction(other["part"]))
    assert near(ours.counted_gbp, sum((max(parts) for parts in groups.values()), Fraction(0)))
    for name, key in (("part_year_gbp", "part"), ("tail_gbp", "tail"), ("risk_adjusted_gbp", "adjusted")):
        assert near(getattr(ours, name), sum((Fraction(one[key]) for one in theirs), Fraction(0)), PENNY * len(theirs))
    later = scheme_book(book, book.settings.years[0] + 1)
    assert later.schemes == ()
    assert near(later.brought_gbp, sum((Fraction(one["tail"]) for one in theirs), Fraction(0)), PENNY * len(theirs))


def test_position_bridges_and_underlying_are_sums_of_the_rows(seen: tuple[Path, FinanceBook]) -> None:
    root, book = seen
    ours = position(book, book.settings.years[0])
    told = {row["quantity"]: Fraction(row["value"]) for row in rows(root, "quantities")}
    allocations = rows(root, "allocations")
    limit = sum((Fraction(row["gbp"]) for row in allocations), Fraction(0))
    series: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows(root, "spend"):
        series[row["id"]][row["series"]] = row
    budgets = forecasts = once = reserve = Fraction(0)
    for line in series.values():
        row = line["budget"]
        months = [Fraction(row[month]) for month in MONTHS] if row["apr"] else spread(Fraction(row["gbp"]), 12)
        budgets += sum(months, Fraction(0))
        actual = [Fraction(line["actual"][month]) for month in MONTHS[:KNOWN]] if "actual" in line else []
        forecasts += (
            Fraction(line["forecast"]["gbp"])
            if "forecast" in line
            else sum([*actual, *months[len(actual) :]], Fraction(0))
        )
        once += sum(months, Fraction(0)) if row["recurrence"] == "non-recurrent" else Fraction(0)
        reserve += (
            sum(months, Fraction(0))
            if (row["group"], row["recurrence"]) == ("contingency", "recurrent")
            else Fraction(0)
        )
    surplus = told.get("planned_surplus", limit - budgets)
    assert (Fraction(ours.resource_limit_gbp or 0), Fraction(ours.budget_gbp), Fraction(ours.forecast_gbp)) == (
        limit,
        budgets,
        forecasts,
    )
    assert near(ours.planned_surplus_gbp, surplus, Fraction(0))
    assert near(ours.surplus_gbp, limit - forecasts, Fraction(0))
    assert near(ours.control_variance_gbp, limit - forecasts - told["control_total"], Fraction(0))
    assert ours.underlying is not None
    brought = sum((Fraction(row["gbp"]) for row in allocations if row["part"] == "brought forward"), Fraction(0))
    passing = (
        sum((Fraction(row["gbp"]) for row in allocations if row["recurrence"] == "non-recurrent"), Fraction(0))
        - brought
    )
    schemes = schemes_of(root)
    savings = sum((Fraction(one["part"]) for one in schemes if one["once"]), Fraction(0))
    tails = sum((Fraction(one["tail"]) - Fraction(one["more"]) for one in schemes), Fraction(0))
    expected = surplus - passing - brought + once - savings + tails + reserve
    assert near(ours.underlying.gbp, expected, PENNY * 2 * len(schemes))
    recurrent = sum((Fraction(row["gbp"]) for row in allocations if row["recurrence"] == "recurrent"), Fraction(0))
    assert near(ours.underlying.share, expected / recurrent, Fraction(1, 10**6))
    for bridge in (ours.limit_bridge, ours.surplus_bridge, ours.spend_bridge, ours.underlying.bridge):
        if bridge:
            first, *between, last = bridge.steps
            assert first.gbp + sum(step.gbp for step in between) == last.gbp


def test_rules_are_exact_and_as_printed(seen: tuple[Path, FinanceBook]) -> None:
    root, book = seen
    ours = {(one.rule.id, one.year.first): one for one in evaluate_rules(book)}
    told = {row["quantity"]: Fraction(row["value"]) for row in rows(root, "quantities")}
    limit = sum((Fraction(row["gbp"]) for row in rows(root, "allocations")), Fraction(0))
    spend = [row for row in rows(root, "spend") if row["series"] == "budget"]
    worth = {
        row["id"]: sum((Fraction(row[month]) for month in MONTHS), Fraction(0)) if row["apr"] else Fraction(row["gbp"])
        for row in spend
    }
    surplus = told.get("planned_surplus", limit - sum(worth.values(), Fraction(0)))
    held = sum((worth[row["id"]] for row in spend if row["group"] == "contingency"), Fraction(0))
    for name, top, least, decimals in (
        ("cumulative_underspend", surplus, Fraction(1, 100), 2),
        *([("contingency", held, Fraction(1, 200), 3)] if held else []),
    ):
        one, value = ours[name, 2017], top / limit
        assert near(one.exact, value, Fraction(1, 10**11))
        scale = 10**decimals
        rounded = half_up(value, scale)
        assert Fraction(one.rounded or 0) == rounded
        assert (one.passes_exact, one.passes_rounded) == (value >= least, rounded >= least)
        assert near(one.headroom_gbp, top - least * limit)
    running = [worth[row["id"]] for row in spend if row["group"] == "running cost"]
    cost = sum(running, Fraction(0)) if running else told["running_cost_per_head"] * told["population"]
    allowed = sum(
        (Fraction(row["gbp"]) for row in rows(root, "allocations") if row["part"] == "running cost"), Fraction(0)
    )
    assert (ours["running_cost", 2017].passes_exact, Fraction(ours["running_cost", 2017].exact or 0)) == (
        cost <= allowed,
        cost,
    )
    assert near(ours["running_cost", 2017].headroom_gbp, allowed - cost)


def test_risks_are_weighed_cased_and_drawn_as_every_combination_says(seen: tuple[Path, FinanceBook]) -> None:
    root, book = seen
    year = book.settings.years[0]
    ours = risk_position(book, year)
    told = [
        (Fraction(row["value"]) * (-1 if row["kind"] == "risk" else 1), share(row["probability"]))
        for row in rows(root, "risks")
    ]
    start = Fraction(ours.planned_surplus_gbp or 0)
    net = -sum((value * chance for value, chance in told), Fraction(0))
    assert near(ours.net_gbp, net, PENNY * len(told))
    assert near(ours.risk_adjusted_gbp, start - net, PENNY * len(told))
    assert near(ours.best_gbp, start + sum((value for value, _ in told if value > 0), Fraction(0)))
    assert near(ours.worst_gbp, start + sum((value for value, _ in told if value < 0), Fraction(0)))
    assert near(ours.likely_gbp, start + sum((value for value, chance in told if chance > Fraction(1, 2)), Fraction(0)))
    control = next(Fraction(row["value"]) for row in rows(root, "quantities") if row["quantity"] == "control_total")
    met = mean = Fraction(0)
    for happened in itertools.product((False, True), repeat=len(told)):
        odds, outturn = Fraction(1), start
        for (value, chance), there in zip(told, happened, strict=True):
            odds *= chance if there else 1 - chance
            outturn += value if there else 0
        met += odds if outturn >= control else 0
        mean += odds * outturn
    drawn = draw_risks(book, year)
    assert drawn.probability is not None
    error = (float(met) * (1 - float(met)) / drawn.draws) ** 0.5
    assert abs(float(drawn.probability) - float(met)) <= 5 * error + 1e-4
    deviation = float(sum((value**2 * chance * (1 - chance) for value, chance in told), Fraction(0))) ** 0.5
    assert abs(float(drawn.mean_gbp) - float(mean)) <= 5 * deviation / drawn.draws**0.5 + 0.01


@pytest.mark.parametrize("seed", range(40))
def test_drawn_months_are_the_formula_of_the_plan_to_date(seed: int) -> None:
    dice = random.Random(seed)
    planned = Fraction(dice.randint(10**5, 10**10), 100)
    text = mechanism(dice, planned)
    terms = tomllib.loads(text)
    months = [dice.randint(0, 9) for _ in MONTHS]
    months[dice.randrange(12)] += 1
    done = [[int(planned * 100 * dice.randint(0, 250) / 1200) for _ in range(6)] for _ in MONTHS]
    paid = drawn_payments(read_mechanism(text, "m.toml"), np.array(done), [Decimal(one) for one in months])
    for draw in range(6):
        before = activity = Fraction(0)
        for month in range(12):
            activity += Fraction(done[month][draw], 100)
            phi = Fraction(sum(months[: month + 1]), sum(months))
            if not phi:  # nothing was to be done yet: the next test's affair
                before = Fraction(int(sum(paid[: month + 1, draw])), 100)
                continue
            here = pence(phi * pays(terms, activity / phi))
            assert Fraction(int(paid[month, draw]), 100) == here - before, (text, month)
            before = here


@pytest.mark.parametrize("seed", range(6))
def test_tied_risks_against_a_sampling_of_ones_own(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    root = folder(tmp_path, dice)
    loads = [Fraction(dice.randint(-9, 9), 10) for _ in range(4)]  # one common cause: a possible matrix always
    told = [
        (dice.randint(10**5, 5 * 10**6), dice.choice([10, 30, 50, 80]), dice.choice(["risk", "mitigation"]))
        for _ in loads
    ]
    year = {"year": "2017/18"}
    write(root / "finance", "risks", [
        {"id": f"r{at}", **year, "kind": kind, "value": str(value), "probability": f"{chance}%"}
        for at, (value, chance, kind) in enumerate(told)
    ])  # fmt: skip
    write(root / "finance", "correlations", [
        {"first": f"r{one}", "second": f"r{two}", "correlation": str(float(loads[one] * loads[two]))}
        for one, two in itertools.combinations(range(4), 2)
    ])  # fmt: skip
    book = read_finance(root).book
    assert book is not None
    drawn, start = draw_risks(book, book.settings.years[0]), risk_position(book, book.settings.years[0])
    assert start.planned_surplus_gbp is not None
    assert drawn.probability is not None
    control = float(next(row["value"] for row in rows(root, "quantities") if row["quantity"] == "control_total"))
    cuts = [NormalDist().inv_cdf(chance / 100) for _, chance, _ in told]
    met, total, squares, times = 0, 0.0, 0.0, 40_000
    for _ in range(times):
        common, outturn = dice.gauss(0, 1), float(start.planned_surplus_gbp)
        for load, cut, (value, _, kind) in zip(loads, cuts, told, strict=True):
            if float(load) * common + (1 - float(load) ** 2) ** 0.5 * dice.gauss(0, 1) < cut:
                outturn += value if kind == "mitigation" else -value
        met += outturn >= control
        total += outturn
        squares += outturn**2
    deviation = max(squares / times - (total / times) ** 2, 0) ** 0.5
    assert abs(float(drawn.mean_gbp) - total / times) < 5 * deviation * (1 / times + 1 / drawn.draws) ** 0.5 + 1
    assert abs(float(drawn.probability) - met / times) < 5 * (0.25 / times + 0.25 / drawn.draws) ** 0.5


@pytest.mark.parametrize("seed", range(12))
def test_peers_are_the_nearest_and_the_opportunity_a_mean_and_a_product(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    root = folder(tmp_path, dice)
    names = ["own", *(f"p{at}" for at in range(dice.randint(11, 16)))]
    rates = {name: dice.randint(2_000, 5_000) for name in names}
    write(root / "finance", "peers", [
        {"measure": "Spend a head, £", "organisation": name, "rate": f"{rates[name] / 100:.2f}",
         "population": "315000", "own": "yes" if name == "own" else ""} for name in names
    ])  # fmt: skip
    values = {(name, one): dice.randint(0, 10**6) for name in names for one in ("age", "need")}
    write(root / "finance", "peer_variables", [
        {"organisation": name, "variable": one, "value": str(value), "weight": "2" if one == "need" else "1"}
        for (name, one), value in values.items()
    ])  # fmt: skip
    book = read_finance(root).book
    assert book is not None
    away = dict.fromkeys(names[1:], Fraction(0))
    for one, weight in (("age", 1), ("need", 2)):
        mean = Fraction(sum(values[name, one] for name in names), len(names))
        variance = sum(((values[name, one] - mean) ** 2 for name in names), Fraction(0)) / len(names)
        for name in away:
            away[name] += weight * Fraction(values[name, one] - values["own", one]) ** 2 / variance
    near_ten = sorted(away, key=lambda name: away[name])[:10]
    ours = benchmark(book, "Spend a head, £")
    assert [peer.organisation for peer in ours.peers] == near_ten
    for found, number in zip(ours.opportunities, (10, 5), strict=True):
        best = sorted(rates[name] for name in near_ten)[:number]
        gap = Fraction(rates["own"], 100) - Fraction(sum(best), 100 * number)
        assert Fraction(found.raw) == pence(max(gap, Fraction(0)) * 315_000)
