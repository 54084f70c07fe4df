"""The full extract against a slow obvious reading of the same file, row by row with the csv module."""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.readers.rtt import RELEASE

PARTS = {
    "Part_1A": "rtt-admitted",
    "Part_1B": "rtt-non-admitted",
    "Part_2": "rtt-incomplete",
    "Part_2A": "rtt-incomplete-with-decision-to-admit",
    "Part_3": "rtt-new-periods",
}
KEYS = (
    "Period", "Provider Parent Org Code", "Provider Org Code", "Provider Org Name", "Commissioner Parent Org Code",
    "Commissioner Org Code", "Commissioner Org Name", "RTT Part Type", "Treatment Function Code",
)  # fmt: skip
THREE = ("rtt-incomplete", "rtt-incomplete-within-18-weeks", "rtt-incomplete-over-52-weeks")
LAST = ("Total", "Patients with unknown clock start date", "Total All")


@st.composite
def extracts(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """A header and rows: one provider with many commissioners, so that the provider is whole."""
    opens = draw(st.sampled_from([52, 104]))
    bands = [f"Gt {week:02} To {week + 1:02} Weeks SUM 1" for week in range(opens)] + [f"Gt {opens} Weeks SUM 1"]
    groups = draw(
        st.lists(
            st.tuples(st.sampled_from(["RAA", "RBB"]), st.sampled_from(["A", "B", "C", "D", "E", "NONC"]),
                      st.sampled_from(sorted(PARTS)), st.sampled_from(["C_100", "C_110", "X05", "C_999"])),
            unique=True, min_size=1, max_size=25,
        )
    )  # fmt: skip
    cells = st.sampled_from(["", "", "0", "1", "7", "250"])
    rows = []
    for provider, commissioner, part, function in groups:
        counted = ["" for _ in bands]
        if part != "Part_3":
            for week in draw(st.lists(st.integers(0, opens), max_size=6)):
                counted[week] = draw(cells)
        unknown = draw(cells) if part.startswith("Part_1") else ""
        total = str(draw(st.integers(0, 900))) if part == "Part_3" or draw(st.booleans()) else ""
        system = "" if commissioner == "NONC" else "QAA"
        keys = ["RTT-May-2024", "QAA", provider, "", system, commissioner, "", part, function]
        rows.append([*keys, *counted, "", unknown, total])
    # four commissioners more, so that two providers are plainly outnumbered
    for commissioner in ("W", "X", "Y", "Z"):
        keys = ["RTT-May-2024", "QAA", "RAA", "", "QAA", commissioner, "", "Part_2", "C_999"]
        rows.append([*keys, *("" for _ in bands), "", "", ""])
    return [*KEYS, *bands, *LAST], rows


def slowly(header: list[str], rows: list[list[str]]) -> dict[tuple[str, str, str], float]:
    """Totals, thresholds and bands of each provider, added up one cell at a time."""
    answer: dict[tuple[str, str, str], float] = defaultdict(float)
    bands = [at for at, name in enumerate(header) if name.startswith("Gt ")]
    opens = int(header[bands[-1]].split()[1])
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        part, org = PARTS[cells["RTT Part Type"]], cells["Provider Org Code"]
        function = cells["Treatment Function Code"]
        own = "" if function == "C_999" else f"function={function}"
        unknown = int(cells["Patients with unknown clock start date"] or 0)
        counts = [int(row[at] or 0) for at in bands]
        added = sum(counts) + unknown
        answer[part, org, own] += int(cells["Total All"]) if cells["Total All"] else added
        if part == "rtt-new-periods":
            continue
        if "incomplete" not in part:
            answer[f"{part}-unknown-start", org, own] += unknown
        answer[f"{part}-within-18-weeks", org, own] += sum(counts[:18])
        for weeks in (18, 52, 65, 78, 104):
            if weeks < opens or weeks == opens:
                answer[f"{part}-over-{weeks}-weeks", org, own] += sum(counts[weeks:])
        if part == "rtt-incomplete":
            for week, count in enumerate(counts):
                name = f"band={week}" if week < opens else f"band={opens}+"
                answer[part, org, f"{name};{own}" if own else name] += count
    return answer


@settings(max_examples=60, deadline=None)
@given(extracts())
def test_every_figure_is_that_of_the_slow_way(made: tuple[list[str], list[list[str]]]) -> None:
    header, rows = made
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    (content,) = open_bytes(text.getvalue().encode(), "made.csv")
    frame = RELEASE.read(content).frame.filter(
        (pl.col("basis") == "provider") & ~pl.col("part").str.ends_with("median-weeks")
        & ~pl.col("part").str.ends_with("percentile-weeks")
    )  # fmt: skip
    ours = {(part, org, own): value for part, org, own, value in frame.select("part", "org", "detail", "value").rows()}
    theirs = slowly(header, rows)
    assert set(ours) <= set(theirs)
    for key, value in theirs.items():
        # bands of a group with nobody in it are not written out
        assert ours.get(key, 0.0 if key[2].startswith("band=") else math.nan) == value, key


@settings(max_examples=60, deadline=None)
@given(extracts())
def test_pairs_are_the_incomplete_pathways_of_their_own_rows(made: tuple[list[str], list[list[str]]]) -> None:
    header, rows = made
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    (content,) = open_bytes(text.getvalue().encode(), "made.csv")
    frame = RELEASE.read(content).frame.filter(pl.col("detail").str.contains("provider="))
    ours = {(part, org, own): value for part, org, own, value in frame.select("part", "org", "detail", "value").rows()}
    kept = [row for row in rows if row[7] == "Part_2"]
    expected = {}
    for row in kept:
        for (part, _, own), value in slowly(header, [row]).items():
            if part in THREE and not own.startswith("band="):
                expected[part, row[5], f"{own};provider={row[2]}" if own else f"provider={row[2]}"] = value
    assert ours == expected
