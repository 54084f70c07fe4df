"""Makes the invented monthly counts of `examples/northvale-2026-29`: four years, and five months of a fifth.

    python -m scripts.northvale_activity          # writes examples/northvale-2026-29/activity/counts.csv

Everything is made up, from a seed: a level, a growth, a season, working days, and a scatter of months.
"""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import date
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "examples" / "northvale-2026-29" / "activity" / "counts.csv"
SEED = 2026
FIRST, MONTHS = 2021, 53  # April 2021 to August 2025
PROVIDERS = {"ZZ1": 1.0, "ZZ2": 0.46}
PODS: dict[str, tuple[float, float, str, dict[str, float]]] = {
    # a month at ZZ1, growth a year, which days fill its months, parts by specialty
    "ae": (11_200, 0.021, "calendar", {"": 1.0}),
    "sdec": (1_450, 0.052, "working", {"": 1.0}),
    "day-case": (3_050, 0.031, "working", {"Ophthalmology": 0.19, "Orthopaedics": 0.12, "Other": 0.69}),
    "ordinary": (560, 0.004, "working", {"Orthopaedics": 0.33, "Other": 0.67}),
    "ne-zero": (1_220, 0.019, "calendar", {"": 1.0}),
    "ne-longer": (2_540, 0.012, "calendar", {"frail": 0.31, "other": 0.69}),
    "first": (7_900, 0.029, "working", {"Ophthalmology": 0.13, "Orthopaedics": 0.11, "Other": 0.76}),
    "follow-up": (15_800, 0.012, "working", {"Ophthalmology": 0.17, "Orthopaedics": 0.1, "Other": 0.73}),
    "community": (21_500, 0.027, "working", {"": 1.0}),
}
SEASON = {"calendar": (0.98, 1.03, 1.01, 1.0, 0.97, 0.99, 1.01, 1.01, 1.03, 1.0, 0.98, 1.01)}
SEASON["working"] = (0.97, 1.0, 1.02, 1.0, 0.94, 1.02, 1.03, 1.03, 0.9, 1.03, 1.02, 1.04)
HEADER = "provider,pod,month,value,specialty,frailty,source,illustrative"


def table() -> str:
    """The whole file as text."""
    rng = random.Random(SEED)  # noqa: S311 - invented counts need no secrecy
    rows = [HEADER]
    for provider, size in PROVIDERS.items():
        for pod, (level, growth, days, parts) in PODS.items():
            if pod == "community" and provider != "ZZ1":
                continue
            for at in range(MONTHS):
                year, month = FIRST + (at + 3) // 12, (at + 3) % 12 + 1
                mean = size * level * (1 + growth) ** (at / 12) * SEASON[days][at % 12] * _days(year, month, days)
                whole = mean * (1 + rng.gauss(0, 0.012)) * (1.0 if days == "calendar" else 1 + rng.gauss(0, 0.006))
                rows += [_row(provider, pod, f"{year}-{month:02d}", name, whole * part) for name, part in parts.items()]
    return "\n".join(rows) + "\n"


def _row(provider: str, pod: str, month: str, name: str, value: float) -> str:
    specialty, frailty = ("", name) if pod == "ne-longer" else (name, "")
    return f"{provider},{pod},{month},{value:.0f},{specialty},{frailty},Invented,yes"


def _days(year: int, month: int, kind: str) -> float:
    """The days of a month against the usual number; of working days, Monday to Friday."""
    last = monthrange(year, month)[1]
    if kind == "calendar":
        return last / 30.4375
    return sum(date(year, month, day).weekday() < 5 for day in range(1, last + 1)) / 21.74


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8")
