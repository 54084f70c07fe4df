"""A second engine in plain loops, from the files of a workspace to the JSON that the first one prints of them.

It is written from the method note and the manual of the files, reads CSV and TOML itself and shares no line with the
package: filters, ramps, growth, survival, logarithmic means and shifts are spelt out month by month and cell by cell.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import math
import random
import tomllib
from calendar import monthrange
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trigpoint.activity.book.reading import read_activity
from trigpoint.activity.simulation.run import run_model
from trigpoint.reports.activity.answer import answer_of, is_incomplete

Row = dict[str, Any]
Files = dict[str, list[Row] | str]
DRAWS, SPREAD = 4_000, 1.2815515655446004  # half an 80% interval in standard deviations


# --- the oracle ------------------------------------------------------------------------------------------------------


def amount(text: str) -> float:
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def number_of(month: str) -> int:
    year, of_year = month.split("-")
    return 12 * int(year) + int(of_year) - 1


def label_of(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def several(text: str) -> list[str]:
    return [one.strip() for one in next(csv.reader([text], skipinitialspace=True))] if text else []


def reaches(row: Row, cell: Row) -> bool:
    """Whether the pod, provider and ``where`` of a row hold for a cell."""
    for name in ("pod", "provider"):
        if row.get(name) and cell[name] not in several(row[name]):
            return False
    for condition in filter(None, (one.strip() for one in row.get("where", "").split(";"))):
        name, sign, value = condition.split(" ", 2)
        found = cell.get(name, "")
        met = {
            "=": found in several(value),
            "!=": found not in several(value),
            ">=": sign == ">=" and float(found.split("-")[0].rstrip("+")) >= float(value),
            "<=": sign == "<=" and float(found.split("-")[0].rstrip("+")) <= float(value),
        }[sign]
        if not met:
            return False
    return True


def share_in(row: Row, month: int) -> float:
    """How much of an effect there is in a month."""
    if not row.get("start"):
        return 1.0
    start, until = number_of(row["start"]), row.get("until")
    if month < start or (until and month > number_of(until)):
        return 0.0
    full = number_of(row["full"]) if row.get("full") else start
    if month >= full:
        return 1.0
    x = (month - start + 1) / (full - start + 1)
    return {
        "step": 1.0,
        "": x,
        "linear": x,
        "front-loaded": math.sqrt(1 - (1 - x) ** 2),
        "back-loaded": 1 - math.sqrt(1 - x**2),
        "s-curve": 3 * x**2 - 2 * x**3,
    }[row.get("shape", "")]


def parts_of(volume: float, factors: dict[str, float]) -> dict[str, float]:
    """The change of a volume by factors, divided by their logarithms; one of 0 counts as 10⁻¹²."""
    logs = {name: math.log(max(factor, 1e-12)) for name, factor in factors.items()}
    whole, product = sum(logs.values()), math.prod(factors.values())
    mean = (product - 1) / whole if abs(whole) > 1e-9 else 1 + whole / 2
    return {name: volume * mean * log for name, log in logs.items()}


class Oracle:
    """One draw of a workspace; ``drawn`` are amounts by id (0 or 1 after "delivered:"), else those of the files."""

    def __init__(self, files: Files, drawn: dict[str, float] | None = None) -> None:
        settings = tomllib.loads(str(files["settings"]))
        self.files, self.drawn = files, drawn or {}
        self.base = int(settings["base_year"][:4])
        self.years = [int(year[:4]) for year in settings["years"]]
        self.months = [12 * year + 3 + at for year in self.years for at in range(12)]
        self.totals: dict[tuple[str, str], float] = {}
        self.known: dict[tuple[int, int], float] = {}
        self.cells: list[Row] = []
        self._baseline()
        self.do_nothing: dict[tuple[str, str, int], float] = defaultdict(float)
        self.do_something: dict[tuple[str, str, int], float] = defaultdict(float)
        self.bridge: dict[tuple[str, int, str], float] = defaultdict(float)
        self._run()

    def _baseline(self) -> None:
        for row in self.files.get("totals", []):
            key = row["provider"], row["pod"]
            self.totals[key] = self.drawn.get(f"total:{key}", float(row["outturn"]))
            self.cells.append({"provider": key[0], "pod": key[1], "·w": 1.0})
        rows = [row for row in self.files.get("counts", []) if row["month"] >= f"{self.base}-04"]
        for row in rows:
            key = row["provider"], row["pod"]
            self.totals[key] = self.totals.get(key, 0.0) + row["value"]
        split: dict[tuple[tuple[str, str], ...], float] = defaultdict(float)
        for row in rows:
            split[tuple((k, v) for k, v in row.items() if k not in ("month", "value"))] += row["value"]
        for attributes, value in split.items():
            cell: Row = dict(attributes)
            self.cells.append({**cell, "·w": value / self.totals[cell["provider"], cell["pod"]]})

    @staticmethod
    @functools.cache
    def month_share(month: int) -> float:
        """Of its financial year, by calendar days."""
        first = month - (month - 3) % 12
        days = [monthrange(one // 12, one % 12 + 1)[1] for one in range(first, first + 12)]
        return days[month - first] / sum(days)

    def base_of(self, cell: Row) -> float:
        return float(cell["·w"]) * self.totals[cell["provider"], cell["pod"]]

    def value(self, row: Row) -> float:
        return self.drawn.get(row["id"], amount(row["value"]))

    def grown(self, cell: Row, month: int) -> dict[str, float]:
        year, found = (month - 3) // 12, {}
        for row in self.files.get("growth", []):
            if not reaches(row, cell):
                continue
            kind = row.get("kind", "")
            if kind == "catch-up":
                cohort = sum(self.base_of(one) for one in self.cells if reaches(row, one))
                found[row["id"]] = 1 + share_in(row, month) * self.value(row) / cohort
            elif kind in ("repatriation", "baseline adjustment"):
                found[row["id"]] = 1 + share_in(row, month) * self.value(row)
            else:
                of = [int(one[:4]) for one in several(row.get("years", ""))]
                times = sum(not of or one in of for one in range(self.base + 1, year + 1))
                found[row["id"]] = (1 + self.value(row)) ** times
        return found

    def volume(self, cell: Row, month: int) -> float:
        """Do nothing."""
        key = id(cell), month
        if key not in self.known:
            grown = math.prod(self.grown(cell, month).values())
            self.known[key] = self.base_of(cell) * self.month_share(month) * grown
        return self.known[key]

    def avoided(self, row: Row, cell: Row, month: int) -> float:
        """The share of a cell that a scheme avoids alone."""
        cohort, effect = amount(row.get("cohort", "1")), row.get("effect", "share avoided")
        value, there = self.value(row), [one for one in self.cells if reaches(row, one)]
        if effect == "number avoided":
            year = [one for one in self.months if (one - 3) // 12 == (month - 3) // 12]
            volume = cohort * sum(self.volume(one, each) for one in there for each in year)
            value = min(value / volume, 1.0) if volume else 0.0
        elif effect == "growth avoided":
            mine = [one for one in there if (one["provider"], one["pod"]) == (cell["provider"], cell["pod"])]
            before = sum(self.base_of(one) for one in mine) * self.month_share(month)
            now = sum(self.volume(one, month) for one in mine)
            value *= max(1 - before / now, 0.0) if now else 0.0
        return cohort * share_in(row, month) * value * self.drawn.get("delivered:" + row["id"], 1.0)

    def _run(self) -> None:
        schemes = self.files.get("schemes", [])
        for month in self.months:
            year = (month - 3) // 12
            for cell in self.cells:
                key, pod = (cell["provider"], cell["pod"], month), cell["pod"]
                plain, factors = self.base_of(cell) * self.month_share(month), self.grown(cell, month)
                volume = self.volume(cell, month)
                keep = {
                    row["id"]: 1 - self.avoided(row, cell, month)
                    for row in schemes
                    if row.get("effect") not in ("number added", "bed days avoided") and reaches(row, cell)
                }
                self.do_nothing[key] += volume
                self.do_something[key] += volume * math.prod(keep.values())
                self.bridge[pod, year, "baseline"] += plain
                for name, part in [*parts_of(plain, factors).items(), *parts_of(volume, keep).items()]:
                    self.bridge[pod, year, name] += part
                    self._shift(next((row for row in schemes if row["id"] == name), {}), key, part)
            for row in schemes:
                if row.get("effect") == "number added":
                    delivered = self.drawn.get("delivered:" + row["id"], 1.0)
                    part = self.value(row) * self.month_share(month) * share_in(row, month) * delivered
                    self.do_something[row["provider"], row["pod"], month] += part
                    self.bridge[row["pod"], year, row["id"]] += part

    def _shift(self, row: Row, key: tuple[str, str, int], part: float) -> None:
        if row.get("to_pod"):
            brought = -part * float(row.get("ratio") or 1)
            self.do_something[row.get("to_provider") or key[0], row["to_pod"], key[2]] += brought
            self.bridge[row["to_pod"], (key[2] - 3) // 12, row["id"]] += brought


# --- workspaces ------------------------------------------------------------------------------------------------------


def written(files: Files, folder: Path) -> Path:
    (folder / "activity").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        text = io.StringIO()
        if isinstance(content, list):
            if not content:
                continue
            columns = list(dict.fromkeys(column for row in content for column in row))
            writer = csv.DictWriter(text, columns)
            writer.writeheader()
            writer.writerows(content)
        ending = "toml" if isinstance(content, str) else "csv"
        path = folder / "activity" / f"{name}.{ending}"
        path.write_text(content if isinstance(content, str) else text.getvalue(), encoding="utf-8")
    return folder


def answered(files: Files, folder: Path, **options: int) -> dict[str, Any]:
    """The JSON of a run, through text, with no number that JSON does not have."""
    reading = read_activity(written(files, folder))
    assert reading.book is not None
    assert not reading.problems
    answer = answer_of(run_model(reading.book, **options))
    return json.loads(json.dumps(answer, allow_nan=False))  # type: ignore[no-any-return]


def settings_of(base: int, years: int, draws: int = 10) -> str:
    labels = [f"{year}/{(year + 1) % 100:02d}" for year in range(base, base + years + 1)]
    named = ", ".join(f'"{one}"' for one in labels[1:])
    years_of = f'base_year = "{labels[0]}"\nyears = [{named}]\n'
    return f"{years_of}months_known = 12\nnoise = false\ndraws = {draws}\nseed = 3\n"


def ramp(chance: random.Random, first: int) -> Row:
    if chance.random() < 0.4:
        return {}
    start = first + chance.randint(-14, 20)
    shape = chance.choice(["", "step", "linear", "front-loaded", "back-loaded", "s-curve"])
    full = start + chance.randint(0, 14)
    until = {"until": label_of(full + chance.randint(0, 9))} if chance.random() < 0.3 else {}
    return {"start": label_of(start), "full": label_of(full), "shape": shape, **until}


def workspace(seed: int) -> Files:
    """A plan of any kind: totals or counts with attributes, growth of each form, schemes of each effect."""
    chance = random.Random(seed)
    base, years = chance.choice([2016, 2019, 2025]), chance.randint(1, 3)
    pods = chance.sample(["A&E", "Elective", "Élan “x”", "NEL [0 LOS]"], chance.randint(1, 3))
    providers = chance.sample(["RNA", "R&D trust", "Ægir"], chance.randint(1, 2))
    keys = [(provider, pod) for provider in providers for pod in pods]
    wheres, files = [""], {"settings": settings_of(base, years)}  # type: tuple[list[str], Files]
    if chance.random() < 0.4:
        files["totals"] = [
            {"provider": one, "pod": pod, "outturn": chance.choice([0.5, 17, 101_250.5])} for one, pod in keys
        ]
    else:
        wheres += ["specialty = 100", "specialty != 300", "age >= 65", "age <= 64; specialty = 100, 300"]
        days = [monthrange(month // 12, month % 12 + 1)[1] for month in range(12 * base + 3, 12 * base + 15)]
        files["counts"] = [  # by days alone, so that the days are the shape of the plan months
            {"provider": one, "pod": pod, "month": label_of(12 * base + 3 + at), "specialty": specialty, "age": age,
             "value": size * of}
            for one, pod in keys for specialty in ("100", "300") for age in ("0-64", "65+")
            for size in [chance.choice([0, 1, 7, 90]) or int(specialty == "300")] for at, of in enumerate(days)
        ]  # fmt: skip
    first = 12 * (base + 1) + 3

    def there() -> Row:
        return {"pod": chance.choice(["", *pods]), "provider": chance.choice(["", "", providers[0]]),
                "where": chance.choice(wheres)}  # fmt: skip

    plan_years = [f"{year}/{(year + 1) % 100:02d}" for year in range(base + 1, base + years + 1)]
    growth: list[Row] = []
    for at in range(chance.randint(0, 4)):
        kind = chance.choice(["", "non-demographic", "catch-up", "repatriation", "baseline adjustment"])
        row = {"id": f"g{at}", "kind": kind, **there()}
        if kind in ("", "non-demographic"):
            row |= {"value": chance.choice(["1.9%", "-2%", "0", "12.5%"]), "years": chance.choice(["", plan_years[-1]])}
        else:
            row |= {"value": "450" if kind == "catch-up" else chance.choice(["4%", "-30%"]), **ramp(chance, first)}
        growth.append(row)
    effects = ["share avoided", "share avoided", "number avoided", "growth avoided", "number added", "bed days avoided"]
    schemes: list[Row] = []
    for at in range(chance.randint(1, 6)):
        effect = chance.choice(effects)
        row = {"id": f"s{at}", "effect": effect, **there(), **ramp(chance, first)}
        row["value"] = "250" if "number" in effect else chance.choice(["0%", "9%", "60%", "70%", "100%"])
        if effect == "number added":
            row |= {"pod": chance.choice([*pods, "New"]), "provider": providers[0], "where": ""}
        elif effect != "bed days avoided":
            row["cohort"] = chance.choice(["100%", "40%"])
            if chance.random() < 0.4:
                row |= {"to_pod": chance.choice([*pods, "Community"]), "to_provider": chance.choice(["", "ZZZ"]),
                        "ratio": chance.choice(["", "1.5"])}  # fmt: skip
        schemes.append(row)
    return {**files, "growth": growth, "schemes": schemes}


# --- what they say of each other -------------------------------------------------------------------------------------


def near(value: float) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-7)


@pytest.mark.parametrize("seed", range(24))
def test_two_engines_give_one_answer(seed: int, tmp_path: Path) -> None:
    files = workspace(seed)
    answer, oracle = answered(files, tmp_path), Oracle(files)
    there = {(row["provider"], row["pod"], number_of(row["month"])): row for row in answer["series"]}
    assert set(oracle.do_something) <= set(there)
    for (provider, pod, month), row in there.items():
        total = oracle.totals.get((provider, pod), 0.0)
        assert row["fot"] == near(total * oracle.month_share(month))
        assert row["do_nothing"] == near(oracle.do_nothing.get((provider, pod, month), 0.0))
        assert row["do_something"] == near(oracle.do_something.get((provider, pod, month), 0.0))
        assert row["p10"] == row["p90"] == near(row["do_something"])
    bridge: dict[tuple[str, int, str], float] = defaultdict(float)
    for row in answer["bridge"]:
        bridge[row["pod"], int(row["year"][:4]), row["part"]] += row["value"]
    for place in {*bridge, *oracle.bridge}:
        assert bridge.get(place, 0.0) == near(oracle.bridge.get(place, 0.0)), place
    for row in answer["schemes"]:
        assert row["mean"] == near(oracle.bridge.get((row["pod"], int(row["year"][:4]), row["id"]), 0.0)), row["id"]


@pytest.mark.parametrize("seed", range(0, 24, 6))
def test_the_order_of_rows_and_the_number_of_workers_change_nothing(seed: int, tmp_path: Path) -> None:
    files = workspace(seed)
    files["pods"] = [{"code": pod} for pod in sorted({row["pod"] for row in files.get("counts", files.get("totals"))})]
    chance = random.Random(seed)
    mixed: Files = {name: one if isinstance(one, str) else chance.sample(one, len(one)) for name, one in files.items()}
    mixed["pods"] = files["pods"]
    first, second = answered(files, tmp_path / "a"), answered(mixed, tmp_path / "b", workers=2)

    def keyed(answer: dict[str, Any]) -> dict[tuple[str, ...], list[float]]:
        found = {(row["provider"], row["pod"], row["month"]): [row["do_something"], row["p90"]]
                 for row in answer["series"]}  # fmt: skip
        return found | {(row["pod"], row["year"], row["part"], row["kind"]): [row["value"]] for row in answer["bridge"]}

    one, other = keyed(first), keyed(second)
    assert set(one) == set(other)
    for key, values in one.items():
        assert values == pytest.approx(other[key], rel=1e-9, abs=1e-7), key


def drawn_of(row: Row, chance: random.Random) -> float:
    """One number from the distribution of a row."""
    low, high = amount(row["low"]), amount(row["high"])
    if row["distribution"] == "uniform":
        return chance.uniform(low, high)
    if row["distribution"] == "triangular":
        return chance.triangular(low, high, amount(row.get("value", "") or row["outturn"]))
    if row["distribution"] == "lognormal":
        middle = (math.log(low) + math.log(high)) / 2
        return math.exp(chance.gauss(middle, (math.log(high) - math.log(low)) / 2 / SPREAD))
    return chance.gauss((low + high) / 2, (high - low) / 2 / SPREAD)


UNSURE: Files = {
    "settings": settings_of(2016, 2, DRAWS),
    "totals": [
        {"provider": "RNA", "pod": "A&E", "outturn": "10000", "low": "9500", "high": "10900",
         "distribution": "triangular"},
        {"provider": "RYK", "pod": "A&E", "outturn": "5200", "low": "4500", "high": "6000",
         "distribution": "lognormal"},
    ],
    "growth": [{"id": "g", "value": "2%", "low": "0.5%", "high": "3.5%", "distribution": "normal"}],
    "schemes": [
        {"id": "s", "provider": "RNA", "value": "12%", "low": "10%", "high": "20%", "distribution": "triangular",
         "start": "2017-07", "full": "2018-04", "to_pod": "Community", "ratio": "1.4", "probability": "60%"},
        {"id": "n", "effect": "number avoided", "value": "900", "low": "600", "high": "1200",
         "distribution": "uniform"},
    ],
}  # fmt: skip


def test_the_bands_are_those_of_draws_made_elsewhere(tmp_path: Path) -> None:
    chance, years = random.Random(5), {2017: [label_of(number_of("2017-04") + at) for at in range(12)]}
    years[2018] = [label_of(number_of("2018-04") + at) for at in range(12)]
    rows = [*UNSURE["growth"], *UNSURE["schemes"]]
    found: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    times = 800
    for _ in range(times):
        drawn = {row["id"]: drawn_of(row, chance) for row in rows}
        drawn |= {f"total:{(row['provider'], row['pod'])}": drawn_of(row, chance) for row in UNSURE["totals"]}
        drawn["delivered:s"] = float(chance.random() < 0.6)
        oracle = Oracle(UNSURE, drawn)
        for year, months in years.items():
            for provider, pod in (("RNA", "A&E"), ("RYK", "A&E"), ("RNA", "Community")):
                of_year = [oracle.do_something.get((provider, pod, number_of(month)), 0.0) for month in months]
                found[provider, pod, year].append(sum(of_year))
    answer = answered(UNSURE, tmp_path)
    for row in answer["annual"]:
        draws = sorted(found.get((row["provider"], row["pod"], int(row["year"][:4])), []))
        if not draws:
            continue
        mean = sum(draws) / times
        deviation = math.sqrt(sum((one - mean) ** 2 for one in draws) / times)
        assert row["do_something"] == pytest.approx(mean, abs=4.5 * deviation / math.sqrt(times))
        for name, part in (("p10", 0.1), ("p90", 0.9)):
            rank, off = part * times, 4.5 * math.sqrt(part * (1 - part) * times)
            assert draws[max(int(rank - off), 0)] <= row[name] <= draws[min(int(rank + off), times - 1)], (row, name)


def test_the_outturn_that_is_told_is_the_one_that_the_bridge_begins_with(tmp_path: Path) -> None:
    answer = answered({**UNSURE, "growth": [], "schemes": []}, tmp_path)
    for year in ("2017/18", "2018/19"):
        (base,) = [row["value"] for row in answer["bridge"] if row["year"] == year]
        months = [row for row in answer["series"] if row["month"] in (f"{year[:4]}-{n:02d}" for n in range(4, 13))]
        assert months
        assert all(row["fot"] == pytest.approx(row["do_nothing"], rel=1e-9) for row in months)
        told = {row["fot"] for row in answer["annual"] if row["year"] == year and not row["provider"]}
        assert list(told) == pytest.approx([base], rel=1e-9)
        # Means: of a triangular a third of its three corners, of a lognormal e^(μ + σ²/2).
        sigma = (math.log(6000) - math.log(4500)) / 2 / SPREAD
        want = (9500 + 10000 + 10900) / 3 + math.sqrt(4500 * 6000) * math.exp(sigma**2 / 2)
        assert base == pytest.approx(want, rel=1e-4)


REMARKS: dict[str, tuple[Files, str]] = {
    "the tail of an interval": (
        {"schemes": [{"id": "s", "value": "10%", "low": "5%", "high": "15%", "distribution": "normal"}]},
        "schemes.csv, row 2: s (s) is outside 0% to 100% in 0.5% of draws",
    ),
    "a wide tail": (
        {"schemes": [{"id": "s", "value": "10%", "low": "1%", "high": "19%", "distribution": "normal"}]},
        "schemes.csv, row 2: s (s) is outside 0% to 100% in 7.7% of draws",
    ),
    "ages that nobody has": (
        {"growth": [{"id": "g", "kind": "demographic"}],
         "population": [{"year": year, "age": "0+", "value": 1000 + year} for year in (2016, 2017)]},
        "cells without an age take the growth of all ages together under g",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REMARKS)
def test_what_is_no_mistake_of_a_file_is_told_and_changes_no_exit_code(name: str, tmp_path: Path) -> None:
    files, sentence = REMARKS[name]
    total: Row = {"provider": "RNA", "pod": "EL", "outturn": "1000"}
    reading = read_activity(written({"settings": settings_of(2016, 1, DRAWS), "totals": [total], **files}, tmp_path))
    assert reading.book is not None
    run = run_model(reading.book)
    (told,) = [str(one) for one in run.warnings]
    assert sentence in told
    assert not is_incomplete(run)


def test_more_beyond_the_limits_than_an_interval_leaves_outside_is_a_mistake(tmp_path: Path) -> None:
    scheme = {"id": "s", "value": "90%", "low": "80%", "high": "100%", "distribution": "normal"}
    total: Row = {"provider": "RNA", "pod": "EL", "outturn": "1000"}
    files: Files = {"settings": settings_of(2016, 1), "totals": [total], "schemes": [scheme]}
    book = read_activity(written(files, tmp_path)).book
    assert book is not None
    wild = replace(book.schemes[0], amount=replace(book.schemes[0].amount, high=1.4))
    run = run_model(replace(book, schemes=(wild,)), draws=DRAWS)
    assert [str(one.where).endswith("schemes.csv, row 2") for one in run.warnings] == [True]
    assert is_incomplete(run)


def test_a_new_series_beside_one_with_years_is_run_without_a_murmur(tmp_path: Path) -> None:
    chance = random.Random(2)
    rows = [
        {"provider": provider, "pod": "EL", "month": label_of(12 * 2016 + 3 + at), "value": chance.randint(90, 110)}
        for provider, first in (("OLD", -36), ("NEW", 0))
        for at in range(first, 5)
    ]
    text = settings_of(2016, 1, 100).replace("noise = false", "noise = true").replace("known = 12", "known = 5")
    answer = answered({"settings": text, "counts": rows}, tmp_path)
    assert {row["provider"] for row in answer["series"]} == {"OLD", "NEW"}
    assert all(0 < row["p10"] < row["do_something"] < row["p90"] for row in answer["series"])
