"""Control charts of many series, with signals, icons and summary, against NHSRplotthedots.

Where R and the package are here, equal limits and points are asserted first; its answers to other series are held by
the golden cases. No Python package draws these charts: nhspy-plotthedots is not in the package index.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterator

import numpy as np
import polars as pl

from benchmarks.peers import RECORDED_R_SECONDS, assert_equal, r
from benchmarks.timing import Claim, call_seconds
from trigpoint.measures.spc import SpcTable, spc

RUNS = 15
SERIES, POINTS = 1_000, 60
SCRIPT = """
table$date <- as.Date(table$date)
answer <- function(table) {
  made <- ptd_spc(table, value_field = value, date_field = date, facet_field = place, target = 50)
  invisible(summary(made))
  as.data.frame(made)[, c("f", "mean", "lpl", "upl")]
}
"""


def claims() -> Iterator[Claim]:
    """Every claim of this module."""
    table = _table()
    peer = r("NHSRplotthedots", SCRIPT, table, recorded_seconds=RECORDED_R_SECONDS["spc"], runs=1)
    frame = pl.DataFrame(table).with_columns(pl.col("date").str.to_date())
    if peer.ran:
        made = spc(frame, by="place", target=50, rule_set="nhsr-0.2.2").frame()
        for ours, theirs in (("centre", "mean"), ("lower", "lpl"), ("upper", "upl")):
            assert_equal(made[ours].to_list(), peer.numbers(theirs), f"SPC {ours}")

    def charts() -> SpcTable:
        done = spc(frame, by="place", target=50, polarity="higher")
        done.frame()
        done.summary()
        return done

    charts()
    seconds = statistics.median(call_seconds(charts) for _ in range(RUNS))
    yield Claim(
        f"SPC, {SERIES:,} series × {POINTS} points, signals, icons, summary", seconds, str(peer), peer.seconds, 0.05
    )
    done = charts()
    one_by_one = statistics.median(call_seconds(lambda: [result.finding for result in done]) for _ in range(RUNS))
    yield Claim(f"SPC, {SERIES:,} results one by one, with sentences", one_by_one, str(peer), peer.seconds, 0.25)


def _table() -> dict[str, list[object]]:
    rng = np.random.default_rng(20_260_401)
    months = [dt.date(2021 + month // 12, month % 12 + 1, 1).isoformat() for month in range(POINTS)]
    return {
        "place": [f"P{number:04d}" for number in range(SERIES) for _ in months],
        "date": months * SERIES,
        "value": rng.normal(50, 5, SERIES * POINTS).round(3).tolist(),
    }
