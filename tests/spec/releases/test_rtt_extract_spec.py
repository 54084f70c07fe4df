"""RTT full extract: whose figures are made, of which rows, and what is told of the rest."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.observation import SCHEMA, repeated
from trigpoint.releases.readers.rtt import RELEASE
from trigpoint.releases.readers.rtt.bands import find_bands
from trigpoint.releases.readers.rtt.pathways import function_code, part_code
from trigpoint.releases.release import Reading

TO_104 = [*(f"Gt {week:02} To {week + 1:02} Weeks SUM 1" for week in range(104)), "Gt 104 Weeks SUM 1"]
TO_52 = [*(f"Gt {week:02} To {week + 1:02} Weeks SUM 1" for week in range(52)), "Gt 52 Weeks SUM 1"]
KEYS = (
    "Period,Provider Parent Org Code,Provider Parent Name,Provider Org Code,Provider Org Name,"
    "Commissioner Parent Org Code,Commissioner Parent Name,Commissioner Org Code,Commissioner Org Name,"
    "RTT Part Type,RTT Part Description,Treatment Function Code,Treatment Function Name"
)
TOTALS = "Total,Patients with unknown clock start date,Total All"


def row(
    provider: str,
    commissioner: str,
    part: str,
    function: str,
    weeks: dict[int, object],
    *,
    system: str = "QAA",
    period: str = "RTT-January-2026",
    bands: list[str] = TO_104,
    unknown: object = "",
    total: object | None = None,
) -> str:
    """A line of an extract: counts by the week begun; all other bands are blank."""
    counted = [str(weeks.get(week, "")) for week in range(len(bands))]
    added = sum(value for value in weeks.values() if isinstance(value, int))
    added += unknown if isinstance(unknown, int) else 0
    keys = [period, "QAA", "", provider, f"{provider} NAME", system, "", commissioner, f"{commissioner} NAME"]
    last = ["", str(unknown), str(added if total is None else total)]
    return ",".join([*keys, part, "", function, "", *counted, *last])


def extract(*rows: str, above: tuple[str, ...] = (), bands: list[str] = TO_104) -> bytes:
    return "\r\n".join([*above, ",".join([KEYS, *bands, TOTALS]), *rows, ""]).encode()


def read(data: bytes) -> Reading:
    (content,) = open_bytes(data, "extract.csv")
    assert RELEASE.recognise(content)
    reading = RELEASE.read(content)
    assert dict(reading.frame.schema) == SCHEMA
    assert repeated(reading.frame).is_empty()
    return reading


def value(reading: Reading, part: str, org: str, detail: str = "", basis: str = "provider") -> object:
    rows = reading.frame.filter(
        (pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == detail) & (pl.col("basis") == basis)
    )
    return None if rows.is_empty() else (rows["value"][0], rows["marker"][0])


@pytest.mark.parametrize(
    ("names", "weeks", "opens"),
    [
        (TO_104, 105, 104),
        (TO_52, 53, 52),
        (["Code", ">0-1", ">1-2", "2 plus"], 3, 2),
        ([">0-1", ">1-2", "52_plus"], 2, None),  # 52 plus does not follow on 2: a figure
        ([*(f">{week}-{week + 1}" for week in range(104)), "104 plus", "52 plus"], 105, 104),
        (["Weeks", "Total"], 0, None),
    ],
)
def test_bands_are_found_by_their_names(names: list[str], weeks: int, opens: int | None) -> None:
    found = find_bands(names)
    assert (len(found) if found else 0) == weeks
    assert (found.opens if found else None) == opens


@pytest.mark.parametrize(
    ("written", "meant"),
    [("C_110", "C_110"), ("IP110", "C_110"), ("110", "C_110"), ("X01", "X01"), ("x05", "X05"), ("C_999", ""),
     ("IP999", ""), ("Total", ""), ("IPX01", "X01")],
)  # fmt: skip
def test_functions_are_named_alike_in_all_years(written: str, meant: str) -> None:
    assert function_code(written) == meant


def test_part_types_are_compared_by_letters_and_figures() -> None:
    assert {part_code(text) for text in ("Part_1A", "PART_1A", "Part 1A")} == {"PART1A"}


def test_a_total_row_is_the_total_and_its_functions_stand_beside_it() -> None:
    reading = read(
        extract(
            row("RAA", "00A", "Part_2", "C_110", {0: 5, 17: 5, 18: 1, 60: 2}),
            row("RAA", "00A", "Part_2", "C_999", {0: 5, 17: 5, 18: 1, 60: 2}),
            row("RAA", "00B", "Part_2", "C_999", {104: 3}),
        )
    )
    assert value(reading, "rtt-incomplete", "RAA") == (16.0, "")
    assert value(reading, "rtt-incomplete-within-18-weeks", "RAA") == (10.0, "")
    assert value(reading, "rtt-incomplete-over-18-weeks", "RAA") == (6.0, "")
    assert value(reading, "rtt-incomplete-over-52-weeks", "RAA") == (5.0, "")
    assert value(reading, "rtt-incomplete-over-65-weeks", "RAA") == (3.0, "")
    assert value(reading, "rtt-incomplete-over-104-weeks", "RAA") == (3.0, "")
    assert value(reading, "rtt-incomplete", "RAA", "function=C_110") == (13.0, "")
    assert value(reading, "rtt-incomplete", "RAA", "band=17") == (5.0, "")
    assert value(reading, "rtt-incomplete", "RAA", "band=17;function=C_110") == (5.0, "")
    assert value(reading, "rtt-incomplete", "RAA", "band=104+") == (3.0, "")
    assert value(reading, "rtt-incomplete", "00B", "provider=RAA", "commissioner") == (3.0, "")
    assert (date(2026, 1, 1), date(2026, 1, 31)) == reading.frame.select("start", "end").row(0)


def test_a_difference_between_totals_and_functions_is_told_and_nothing_is_mended() -> None:
    reading = read(
        extract(
            row("RAA", "00A", "Part_2", "C_110", {0: 5}),
            row("RAA", "00A", "Part_2", "C_999", {0: 6}),
            row("RAA", "00B", "Part_2", "C_999", {0: 0}),
        )
    )
    assert value(reading, "rtt-incomplete", "RAA") == (6.0, "")
    assert "1 of 1 totals (C_999) differ from their treatment functions added up" in " ".join(reading.notes)


def test_functions_without_a_row_of_all_make_no_total() -> None:
    reading = read(extract(row("RAA", "00A", "Part_2", "C_110", {0: 5}), row("RAA", "00B", "Part_2", "C_110", {0: 1})))
    assert value(reading, "rtt-incomplete", "RAA") is None
    assert value(reading, "rtt-incomplete", "RAA", "function=C_110") == (6.0, "")
    assert "no row of all functions" in " ".join(reading.notes)


def test_completed_pathways_have_unknown_starts_and_new_periods_no_weeks() -> None:
    reading = read(
        extract(
            row("RAA", "00A", "Part_1A", "C_999", {0: 5}, unknown=2),
            row("RAA", "00A", "Part_1B", "C_999", {20: 4}, unknown=0),
            row("RAA", "00A", "Part_2A", "C_999", {20: 4}),
            row("RAA", "00A", "Part_3", "C_999", {}, total=9),
            row("RAA", "00B", "Part_3", "C_999", {}, total=1),
        )
    )
    assert value(reading, "rtt-admitted", "RAA") == (7.0, "")
    assert value(reading, "rtt-admitted-unknown-start", "RAA") == (2.0, "")
    assert value(reading, "rtt-non-admitted-over-18-weeks", "RAA") == (4.0, "")
    assert value(reading, "rtt-incomplete-with-decision-to-admit", "RAA") == (4.0, "")
    assert value(reading, "rtt-new-periods", "RAA") == (10.0, "")
    assert value(reading, "rtt-new-periods-within-18-weeks", "RAA") is None


def test_until_march_2021_nothing_is_known_beyond_52_weeks() -> None:
    lines = [row("RAA", code, "Part_2", "C_999", {10: 1, 52: 9}, bands=TO_52, period="RTT-June-2017") for code in "AB"]
    reading = read(extract(*lines, above=("RTT monthly extract", "Published 10 August 2017"), bands=TO_52))
    assert value(reading, "rtt-incomplete-over-52-weeks", "RAA") == (18.0, "")
    assert value(reading, "rtt-incomplete", "RAA", "band=52+") == (18.0, "")
    assert value(reading, "rtt-incomplete-over-65-weeks", "RAA") is None
    assert value(reading, "rtt-92nd-percentile-weeks", "RAA") == (None, "not available")
    assert reading.frame["start"].unique().to_list() == [date(2017, 6, 1)]


def test_the_wait_is_interpolated_within_its_week() -> None:
    reading = read(extract(*(row("RAA", code, "Part_2", "C_999", {0: 10, 1: 30, 30: 10}) for code in ("00A", "00B"))))
    assert value(reading, "rtt-median-weeks", "RAA") == (1.5, "")
    assert value(reading, "rtt-92nd-percentile-weeks", "RAA") == (30.6, "")


@pytest.mark.parametrize(
    ("providers", "commissioners", "kept", "left_out"),
    [
        (1, 4, "R00", "C00"),  # one provider's file: its commissioners are there in part
        (4, 1, "C00", "R00"),  # one commissioner's file: its providers are there in part
    ],
)
def test_a_part_of_england_gives_only_what_it_holds_whole(
    providers: int, commissioners: int, kept: str, left_out: str
) -> None:
    lines = [
        row(f"R{one:02}", f"C{other:02}", "Part_2", "C_999", {1: 1})
        for one in range(providers)
        for other in range(commissioners)
    ]
    reading = read(extract(*lines))
    totals = reading.frame.filter((pl.col("part") == "rtt-incomplete") & (pl.col("detail") == ""))
    assert not reading.whole
    assert kept in totals["org"].to_list()
    assert left_out not in totals["org"].to_list()
    assert "ENG" not in totals["org"].to_list()
    assert "holds a part of England only" in reading.notes[0]


def _england() -> bytes:
    lines = [row(f"R{one:03}", f"C{one % 50:02}", "Part_2", "C_999", {1: 2}) for one in range(250)]
    lines += [row(f"R{one:03}", "NONC", "Part_2", "C_999", {60: 1}, system="") for one in range(10)]
    return extract(*lines)


def test_all_england_is_given_with_and_without_patients_of_no_english_body() -> None:
    reading = read(_england())
    assert reading.whole
    assert value(reading, "rtt-incomplete", "ENG", basis="national") == (510.0, "")
    assert value(reading, "rtt-incomplete", "ENG", "commissioner=without NONC", "national") == (500.0, "")
    assert value(reading, "rtt-incomplete", "QAA", basis="system") == (500.0, "")
    assert value(reading, "rtt-incomplete", "NONC", basis="commissioner") == (10.0, "")
    assert not reading.frame.filter(pl.col("org").is_null() | (pl.col("org") == "")).height


def test_a_row_that_cannot_be_read_is_told_and_the_others_are_counted() -> None:
    good = [row("RAA", code, "Part_2", "C_999", {1: 3}) for code in ("00A", "00B")]
    reading = read(
        extract(
            *good,
            row("RAA", "00C", "Part_2", "C_999", {1: "many"}, total=1),
            row("RAA", "00D", "Part_9", "C_999", {1: 1}),
            row("RAA", "00E", "Part_2", "C_999", {1: 1}, period="someday"),
            row("", "00F", "Part_2", "C_999", {1: 1}),
            "Source: NHS England",
        )
    )
    assert value(reading, "rtt-incomplete", "RAA") == (6.0, "")
    assert [told.partition(": ")[2].partition(";")[0] for told in reading.rejected] == [
        "a cell is no whole number",
        "the period is not known",
        "the part type is not known",
        "there is no code of the provider or of the commissioner",
    ]
    assert reading.rejected[0].startswith("extract.csv, row 4")


@pytest.mark.parametrize(
    ("gone", "said"),
    [("Gt 17 To 18 Weeks SUM 1", "17 to 18 weeks"), ("Gt 104 Weeks SUM 1", "104 to 105 weeks")],
)
def test_a_band_that_is_missing_is_named(gone: str, said: str) -> None:
    data = extract(row("RAA", "00A", "Part_2", "C_999", {1: 3})).replace(gone.encode(), b"renamed")
    with pytest.raises(InputError, match=f"no column for waits of {said}"):
        read(data)


@pytest.mark.parametrize("cell", ["nan", "-5", "1.5", "inf", "9" * 20, "x"])
def test_a_cell_that_is_no_count_costs_its_row(cell: str) -> None:
    good = [row("RAA", code, "Part_2", "C_999", {1: 3}) for code in ("00A", "00B")]
    reading = read(extract(*good, row("RAA", "00C", "Part_2", "C_999", {1: cell}, total=1)))
    assert value(reading, "rtt-incomplete", "RAA") == (6.0, "")
    assert len(reading.rejected) == 1


def test_the_same_row_twice_is_refused() -> None:
    line = row("RAA", "00A", "Part_2", "C_999", {1: 3})
    with pytest.raises(InputError, match="2 rows stand more than once"):
        read(extract(line, line))


def test_names_in_another_encoding_and_thousands_with_commas_are_read() -> None:
    line = row("RAA", "00A", "Part_2", "C_999", {1: '"1,250"'}, total=1250)
    data = extract(line, row("RAA", "00B", "Part_2", "C_999", {1: 1})).replace(b"RAA NAME", "MÜHL".encode("cp1252"))
    reading = read(data)
    assert value(reading, "rtt-incomplete", "RAA") == (1251.0, "")
    assert reading.organisations[0].name == "MÜHL"


def test_several_months_in_one_file_stay_apart() -> None:
    lines = [
        row("RAA", code, "Part_2", "C_999", {1: count}, period=f"RTT-{name}-2026")
        for name, count in (("January", 1), ("February", 2))
        for code in ("00A", "00B")
    ]
    frame = read(extract(*lines)).frame.filter((pl.col("part") == "rtt-incomplete") & (pl.col("detail") == ""))
    assert frame.sort("start")["value"].to_list() == [2.0, 4.0]
