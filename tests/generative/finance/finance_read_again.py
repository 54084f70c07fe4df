"""Folders of finance of random numbers, and a second, slow reading of them: plain loops over the files with ``csv`` and
``tomllib``, exact fractions, and the formulas as the method notes print them. Nothing of ours is called here.
"""

from __future__ import annotations

import csv
import itertools
import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

MONTHS = ["apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar"]
GROUPS = [
    "acute",
    "mental health",
    "community",
    "continuing healthcare",
    "prescribing",
    "contingency",
    "reserves",
    "running cost",
]
KNOWN = 5
PENNY = Fraction(1, 100)
Row = dict[str, str]


def pence(value: Fraction) -> Fraction:
    """Half away from nothing."""
    whole = Decimal(abs(value.numerator) * 200 + value.denominator) // (2 * value.denominator)
    return Fraction(int(whole), 100) * (1 if value >= 0 else -1)


# ---- folders of random numbers ---------------------------------------------------------------------------------------


def write(folder: Path, name: str, rows: list[Row]) -> None:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def gbp(dice: random.Random, low: int, high: int) -> str:
    return f"{dice.randint(low * 100, high * 100) / 100:.2f}"


def mechanism(dice: random.Random, planned: Fraction) -> str:
    plan = f"{float(planned * dice.choice([Fraction(1), Fraction(19, 20), Fraction(21, 20)])):.2f}"
    cap, collar, above, below = (dice.choice(["0.5%", "2%", "0.05", "10%"]) for _ in range(4))
    tiers = '[["0-1%", "100%"], ["1-4%", "50%"], [">4%", "20%"]]'
    share = dice.choice(["0%", "30%", "0.7", "100%"])
    return dice.choice(
        [
            f'kind = "block"\nvalue = "{plan}"',
            'kind = "cost_per_case"',
            f'kind = "cap_collar"\nplan = "{plan}"\ncap = "{cap}"\ncollar = "{collar}"\nshare_above = "{above}"\n'
            f'share_below = "{below}"',
            f'kind = "tiered"\nplan = "{plan}"\nover = {tiers}\nunder = {tiers}',
            f'kind = "marginal_rate"\nbaseline = "{plan}"\nrate = "{share}"',
            f'kind = "blended"\nfixed = "{plan}"\nplanned_gbp = "{plan}"\nover = "{share}"\nunder = "50%"',
            f'kind = "api"\nfixed = "12345678.90"\nbpt = "1000"\ncquin = "54321.09"\nachieved = "{share}"',
            f'kind = "three_part_ambulance"\nblock = "777.77"\nplan = "{plan}"\ncap = "{cap}"\ncollar = "{collar}"\n'
            f'pool = "100000"\nscore = "{share}"',
            f'kind = "gain_loss"\ntarget = "{plan}"\ndead = "1%"\ngain = "50%"\nloss = "{share}"\ngaincap = "2%"\n'
            f'losscap = "1%"\ngate = {dice.choice(["true", "false"])}\nmult = 0.8',
        ]
    )


def folder(root: Path, dice: random.Random) -> Path:
    here = root / "finance"
    (here / "mechanisms").mkdir(parents=True)
    (here / "settings.toml").write_text(
        'organisation = "Made up"\norganisation_type = "CCG"\nframework = "nhs-2017-19"\n'
        f'years = ["2017/18", "2018/19"]\nmonths_known = {KNOWN}\ndraws = 40000\nseed = {dice.randint(1, 999)}\n',
        encoding="utf-8",
    )
    year = {"year": "2017/18"}
    write(here, "allocations", [
        {"id": f"a{at}", **year, "part": part, "recurrence": recurrence, "gbp": gbp(dice, 1_000_000, 90_000_000)}
        for at, (part, recurrence) in enumerate(
            [("programme", "recurrent"), ("running cost", "recurrent"), ("programme", "non-recurrent"),
             ("brought forward", "non-recurrent")][: dice.randint(2, 4)]
        )
    ])  # fmt: skip
    spend: list[Row] = []
    for at in range(dice.randint(2, 9)):
        row = {"id": f"s{at}", **year, "group": dice.choice(GROUPS), "recurrence": dice.choice(["recurrent", "nr"])}
        row["recurrence"] = row["recurrence"].replace("nr", "non-recurrent")
        budget = {month: gbp(dice, 1_000, 900_000) for month in MONTHS}
        spend.append(
            {**row, "series": "budget", **(budget if dice.random() < 0.6 else {"gbp": gbp(dice, 9, 9_000_000)})}
        )
        if dice.random() < 0.7:
            spend.append({**row, "series": "actual", **{month: gbp(dice, 1_000, 900_000) for month in MONTHS[:KNOWN]}})
        if dice.random() < 0.2:
            spend.append({**row, "series": "forecast", "gbp": gbp(dice, 8_000_000, 9_000_000)})
    write(here, "spend", spend)
    schemes, months = [], []
    for at in range(dice.randint(1, 7)):
        start = dice.randint(1, 12)
        calendar = f"2017-{start + 3:02}" if start < 10 else f"2018-{start - 9:02}"
        schemes.append({
            "id": f"q{at}", **year, "full_year_effect": gbp(dice, 0, 5_000_000), "start": calendar, "stage": "idea",
            "recurrence": dice.choice(["recurrent", "recurrent", "non-recurrent"]),
            "probability": f"{dice.randint(0, 100)}%", "investment": gbp(dice, 0, 100_000),
            "double_count": dice.choice(["", "", "x", "y"]),
        })  # fmt: skip
        if dice.random() < 0.5:
            months.append({"scheme": f"q{at}", **year, "series": "actual",
                           **{month: gbp(dice, 0, 400_000) for month in MONTHS[:KNOWN]}})  # fmt: skip
    write(here, "schemes", schemes)
    if months:
        write(here, "scheme_months", months)
    write(here, "risks", [
        {"id": f"r{at}", **year, "kind": dice.choice(["risk", "risk", "mitigation"]), "value": gbp(dice, 0, 6_000_000),
         "probability": f"{dice.choice([0, 10, 35, 50, 75, 100])}%"} for at in range(dice.randint(1, 8))
    ])  # fmt: skip
    write(here, "quantities", [
        {**year, "quantity": "control_total", "value": gbp(dice, 100_000, 9_000_000)},
        {**year, "quantity": "population", "value": str(dice.randint(200_000, 400_000))},
        {**year, "quantity": "running_cost_per_head", "value": "21.91"},
        *([{**year, "quantity": "planned_surplus", "value": gbp(dice, 0, 9_000_000)}] if dice.random() < 0.5 else []),
    ])  # fmt: skip
    contracts, lines = [], []
    for at in range(4):
        told = []
        for line in range(dice.randint(1, 3)):
            profile = [8] * 12
            for _ in range(4):
                profile[dice.randrange(12)] += 1
            units = dice.randint(100, 90_000)
            told.append({
                "contract": f"c{at}", "id": f"l{line}", "pod": "Elective", "planned_units": str(units),
                "price": gbp(dice, 1, 3_000), "profile": dice.choice(["", "; ".join(f"{one}%" for one in profile)]),
                **{month: str(dice.randint(units // 20, units // 8)) for month in MONTHS[: dice.randint(0, KNOWN)]},
            })  # fmt: skip
        planned = sum((Fraction(row["planned_units"]) * Fraction(row["price"]) for row in told), Fraction(0))
        if dice.random() < 0.5:  # a line that is paid by a fixed sum; the mechanism is written with it or without
            worth = gbp(dice, 1_000, 9_000_000)
            told.append({
                "contract": f"c{at}", "id": "fixed", "pod": "Elective", "planned_units": "1", "price": worth,
                "variable": "no",
            })  # fmt: skip
            planned += dice.choice([Fraction(0), Fraction(worth)])
        (here / "mechanisms" / f"m{at}.toml").write_text(mechanism(dice, planned), encoding="utf-8")
        contracts.append({"id": f"c{at}", **year, "provider": "RNA", "mechanism": f"m{at}"})
        lines += told
    write(here, "contracts", contracts)
    write(here, "contract_lines", lines)
    return root


# ---- the second reading ----------------------------------------------------------------------------------------------


def rows(root: Path, name: str) -> list[Row]:
    path = root / "finance" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def share(cell: object) -> Fraction:
    text = str(cell)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def profile(line: Row) -> list[Fraction]:
    return [share(cell) for cell in line["profile"].split("; ")] if line["profile"] else [Fraction(1, 12)] * 12


def spread(total: Fraction, parts: int) -> list[Fraction]:
    """Cumulative amounts, rounded and differenced."""
    reached = [pence(total * at / parts) for at in range(parts + 1)]
    return [later - before for before, later in itertools.pairwise(reached)]


def pays(terms: dict[str, object], a: Fraction) -> Fraction:
    """What a mechanism pays for a year's activity value, each by its formula."""

    def n(key: str) -> Fraction:
        return share(terms[key])

    kind = terms["kind"]
    if kind == "block":
        return n("value")
    if kind == "cost_per_case":
        return a
    if kind == "tiered":
        p, total = n("plan"), Fraction(0)
        for low, high, rate in (
            (Fraction(0), Fraction(1, 100), Fraction(1)),
            (Fraction(1, 100), Fraction(4, 100), Fraction(1, 2)),
            (Fraction(4, 100), None, Fraction(1, 5)),
        ):
            away = abs(a - p)
            end = away if high is None else min(away, high * p)
            total += max(end - low * p, Fraction(0)) * rate
        return p + total if a >= p else p - total
    if kind == "marginal_rate":
        b = n("baseline")
        return a if a <= b else b + n("rate") * (a - b)
    if kind == "blended":
        return n("fixed") + (a - n("planned_gbp")) * n("over" if a > n("planned_gbp") else "under")
    if kind == "api":
        return n("fixed") + a + n("bpt") - n("cquin") * (1 - n("achieved"))
    if kind == "gain_loss":
        target, dead = n("target"), n("dead") * n("target")
        d = target - a
        if d > dead:
            return min(n("gain") * (d - dead), n("gaincap") * target) * (n("mult") if terms["gate"] else 0)
        return -min(n("loss") * (-d - dead), n("losscap") * target) if -d > dead else Fraction(0)
    p = n("plan")
    low, high = p * (1 - n("collar")), p * (1 + n("cap"))
    over, under = (Fraction(0), Fraction(0)) if kind == "three_part_ambulance" else (n("share_above"), n("share_below"))
    held = min(max(a, low), high) + max(a - high, Fraction(0)) * over - max(low - a, Fraction(0)) * under
    return held + (n("block") + n("pool") * n("score") if kind == "three_part_ambulance" else 0)


def pays_contract(terms: dict[str, object], planned: Fraction, fixed: Fraction, a: Fraction) -> Fraction:
    """The same for a contract of variable lines, planned as ``planned``, beside lines of a fixed sum."""
    kind = terms["kind"]
    if kind == "gain_loss":
        return pays(terms, a + fixed)
    if kind not in ("cost_per_case", "cap_collar", "tiered", "marginal_rate"):
        return pays(terms, a)
    told = share(terms.get("plan") or terms.get("baseline") or 0)
    if kind != "cost_per_case" and abs(told - planned - fixed) < abs(told - planned):
        return pays(terms, a + fixed)
    return pays(terms, a) + fixed


def thresholds(terms: dict[str, object]) -> list[Fraction]:
    p = share(terms.get("plan") or terms.get("target") or terms.get("baseline") or terms.get("planned_gbp") or 1_000)
    widths = [
        Fraction(0),
        Fraction(1, 100),
        Fraction(4, 100),
        *(share(terms[key]) for key in ("cap", "collar") if key in terms),
    ]
    caps = [
        Fraction(1, 100) + Fraction(2, 100) / Fraction(1, 2),
        Fraction(1, 100) + Fraction(1, 100) / (share(terms.get("loss") or 1) or 1),
    ]
    return [p * (1 + sign * width) for width in (*widths, *caps) for sign in (-1, 1)]


def schemes_of(root: Path) -> list[dict[str, Fraction | bool | str]]:
    actual = {row["scheme"]: [Fraction(row[month]) for month in MONTHS[:KNOWN]] for row in rows(root, "scheme_months")}
    made: list[dict[str, Fraction | bool | str]] = []
    for row in rows(root, "schemes"):
        calendar = int(row["start"][5:])
        start = calendar - 3 if calendar > 3 else calendar + 9
        left, full, invested = 13 - start, Fraction(row["full_year_effect"]), Fraction(row["investment"])
        once = row["recurrence"] == "non-recurrent"
        part = pence(full if once else full * left / 12)
        plan = [Fraction(0)] * (start - 1) + spread(part, left)
        chance = share(row["probability"])
        due = sum(plan[:KNOWN], Fraction(0))
        forecast = part * chance
        if row["id"] in actual:
            done, known = sum(actual[row["id"]], Fraction(0)), sum(1 for one in plan[:KNOWN] if one)
            weight = Fraction(known, sum(1 for one in plan if one) or 1)
            ratio = weight * done / due + (1 - weight) * chance if due else chance
            forecast = done + max((part - due) * ratio, Fraction(0))
        made.append({
            "id": row["id"], "part": part, "tail": full - part if not once else Fraction(0),
            "exit": full if not once else Fraction(0),
            "adjusted": part * chance, "net": part - (invested if once else invested * left / 12), "once": once,
            "group": row["double_count"], "forecast": forecast, "told": row["id"] in actual,
            "more": Fraction(0) if once else invested - invested * left / 12,
        })  # fmt: skip
    return made


def half_up(value: Fraction, scale: int) -> Fraction:
    told = (Decimal(value.numerator * scale) / Decimal(value.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return Fraction(int(told), scale)
