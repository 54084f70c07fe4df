"""RTT workbooks of a month, their sheets saved as CSV, and the overview series."""

from __future__ import annotations

import csv
import dataclasses
import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.observation import SCHEMA, Status, repeated
from trigpoint.releases.readers.rtt import RELEASE
from trigpoint.releases.release import Reading

Sheets = dict[str, list[list[object]]]
BANDS = [*(f">{week}-{week + 1}" for week in range(52)), "52 plus"]
LONGER = [*(f">{week}-{week + 1}" for week in range(104)), "104 plus"]


def preamble(title: str, basis: str = "Provider", revised: object = None) -> list[list[object]]:
    return [
        [],
        [None, "Title:", title],
        [None, "Summary:", "Waiting times by treatment function"],
        [None, "Period:", "March 2015"],
        [None, "Basis:", basis],
        [None, "Published:", "14th May 2015"],
        [None, "Revised:", revised],
        [None, "Status:", "Published"],
        [],
        [None, "Provider Level Data"],
    ]


def counts(weeks: dict[int, object], bands: list[str]) -> list[object]:
    return [weeks.get(week, "-") for week in range(len(bands))]


def workbook(sheets: Sheets) -> Content:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    file = io.BytesIO()
    book.save(file)
    return open_bytes(file.getvalue(), "workbook.xlsx")[0]


def saved(rows: list[list[object]]) -> Content:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return open_bytes(b"\xef\xbb\xbf" + text.getvalue().encode(), "sheet.csv")[0]


def read(content: Content) -> Reading:
    assert RELEASE.recognise(content)
    reading = RELEASE.read(content)
    assert dict(reading.frame.schema) == SCHEMA
    assert repeated(reading.frame).is_empty()
    return reading


def value(reading: Reading, part: str, org: str, detail: str = "") -> object:
    rows = reading.frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == detail))
    return None if rows.is_empty() else (rows["value"][0], rows["marker"][0])


FUNCTION = ["Treatment Function Code", "Treatment Function"]
WAITING = ["Total number of incomplete pathways", "Total within 18 weeks", "% within 18 weeks"]
AVERAGES = ["Average (median) waiting time (in weeks)", "92nd percentile waiting time (in weeks)"]


def incomplete() -> Sheets:
    title = "Consultant-led Referral to Treatment Waiting Times Data - Incomplete Pathways"
    figures = [*counts({0: 7, 20: 3}, BANDS), 10, 7, 0.7, 0.7, "52+"]
    nothing = [*counts({}, BANDS), "-", "-", "-", "-", "-"]
    named = [*FUNCTION, *BANDS, *WAITING, *AVERAGES]
    provider = [None, "Area Team Code", "Provider Code", "Provider Name", *named]
    return {
        "National": [*preamble(title), [None, *named], [None, "C_999", "Total", *figures]],
        "Area Team": [
            *preamble(title),
            [None, "Area Team Code", "Area Team Name", *named],
            [None, "Q44", "CHESHIRE", "C_999", "Total", *figures],
        ],
        "Provider": [
            *preamble(title),
            provider,
            [None, "Q44", "RAA", "A TRUST", "C_100", "General Surgery", *figures],
            [None, "Q44", "RAA", "A TRUST", "C_130", "Ophthalmology", *nothing],
            [None, "Q44", "RAA", "A TRUST", "C_999", "Total", *figures],
            [None, None, None, None, None, None],
            [None, "Note: patients waiting at the end of the month"],
        ],
    }


def test_a_workbook_has_england_and_others_on_sheets_of_their_own() -> None:
    reading = read(workbook(incomplete()))
    assert value(reading, "rtt-incomplete", "ENG") == (10.0, "")
    assert value(reading, "rtt-incomplete", "Q44") == (10.0, "")
    assert value(reading, "rtt-incomplete-within-18-weeks", "RAA") == (7.0, "")
    assert value(reading, "rtt-incomplete", "RAA", "function=C_100") == (10.0, "")
    assert value(reading, "rtt-incomplete", "RAA", "function=C_130") == (0.0, "")
    assert value(reading, "rtt-incomplete", "RAA", "band=20") == (3.0, "")
    assert value(reading, "rtt-median-weeks", "RAA") == (0.7, "")
    assert value(reading, "rtt-92nd-percentile-weeks", "RAA") == (None, "not available")
    assert value(reading, "rtt-median-weeks", "RAA", "function=C_130") is None
    assert set(reading.frame["basis"].unique()) == {"national", "area", "provider"}
    assert reading.frame.select("start", "end").row(0) == (date(2015, 3, 1), date(2015, 3, 31))
    assert (reading.variant, reading.whole) == ("incomplete provider workbook", True)
    assert (reading.published, reading.status) == (date(2015, 5, 14), Status.PUBLISHED)
    assert all("agrees with the bands" in note for note in reading.notes), reading.notes


def test_the_title_may_name_the_month_where_no_line_does() -> None:
    sheets = incomplete()
    for rows in sheets.values():
        rows[1] = [None, "Referral to Treatment Waiting Times, Incomplete Pathways, February 2010"]
        del rows[3]
    assert read(workbook(sheets)).frame["start"].unique().to_list() == [date(2010, 2, 1)]


@pytest.mark.parametrize(
    ("title", "basis", "part"),
    [
        ("RTT Waiting Times Data - Admitted", "Provider", "rtt-admitted"),
        ("RTT Waiting Times Data - Admitted (adjusted)", "Commissioner", "rtt-admitted-adjusted"),
        ("RTT Waiting Times Data - Admitted (unadjusted)", "Commissioner", "rtt-admitted"),
        ("RTT Waiting Times Data - Non-Admitted", "Commissioner", "rtt-non-admitted"),
        ("RTT Waiting Times Data - Incomplete with a decision to admit", "Provider",
         "rtt-incomplete-with-decision-to-admit"),
    ],
)  # fmt: skip
def test_the_title_says_which_pathways_are_counted(title: str, basis: str, part: str) -> None:
    waiting = "Incomplete" in title
    last = (
        WAITING if waiting else ["Patients with unknown clock start date", "Total number of completed pathways (all)"]
    )
    header = [None, f"{basis} Code", f"{basis} Name", *FUNCTION, *BANDS, *last]
    figures = [4, 4, 1] if waiting else [2, 6]
    rows = [*preamble(title, basis), header, [None, "RAA", "A", "C_999", "Total", *counts({1: 4}, BANDS), *figures]]
    reading = read(workbook({basis: rows}))
    assert value(reading, part, "RAA") == (4.0 if waiting else 6.0, "")
    assert value(reading, f"{part}-unknown-start", "RAA") == (None if waiting else (2.0, ""))
    assert reading.variant == f"{part.removeprefix('rtt-')} {basis.lower()} workbook"
    assert reading.variant in RELEASE.variants
    assert not reading.whole  # there is no sheet of England


def test_new_periods_have_no_bands() -> None:
    header = [None, "Provider Code", "Provider Name", *FUNCTION, "Number of new RTT clock starts during the month"]
    rows = [*preamble("New RTT Periods"), header, [None, "RAA", "A", "C_999", "Total", 12]]
    reading = read(workbook({"Provider": rows}))
    assert value(reading, "rtt-new-periods", "RAA") == (12.0, "")
    assert len(reading.frame) == 1


def sheet(*extra: list[object]) -> list[list[object]]:
    last = [*WAITING, "Total 78 plus weeks", "Total 52 plus weeks", *AVERAGES]
    header = ["Region Code", "Provider Code", "Provider Name", *FUNCTION, *LONGER, *last]
    figures = [*counts({3: "1,200", 53: 300}, LONGER), "1,500", "1,200", "80.00%", "-", 300, "3.6", "53.6"]
    return [header, ["Y56", "RAA", "A TRUST", "C_999", "Total", *figures], *extra]


def test_the_save_of_one_sheet_is_of_the_month_that_its_reader_names() -> None:
    content = saved(sheet())
    assert RELEASE.recognise(content)
    with pytest.raises(InputError, match=r"does not say which month it is of; .*--month 2025-03"):
        RELEASE.read(content)
    reading = read(dataclasses.replace(content, month=date(2025, 3, 1)))
    assert value(reading, "rtt-incomplete", "RAA") == (1500.0, "")
    assert value(reading, "rtt-incomplete-over-52-weeks", "RAA") == (300.0, "")
    assert value(reading, "rtt-92nd-percentile-weeks", "RAA") == (53.6, "")
    assert reading.organisations[0].parent == "Y56"
    assert reading.frame["end"].unique().to_list() == [date(2025, 3, 31)]
    assert not reading.whole


def test_a_row_that_is_wrong_is_left_out_and_a_print_that_differs_is_told() -> None:
    (header, good) = sheet()
    wrong = ["Y56", "RBB", *good[2:6], "many", *good[7:]]
    differing = ["Y56", "RCC", *good[2:-7], "1,501", *good[-6:]]
    reading = read(dataclasses.replace(saved([header, good, wrong, differing]), month=date(2025, 3, 1)))
    assert [told.partition(": ")[2] for told in reading.rejected] == ["“many” is no number; the row was left out"]
    assert value(reading, "rtt-incomplete", "RBB") is None
    assert value(reading, "rtt-incomplete", "RCC") == (1501.0, "")
    assert reading.notes == ("the table: in 1 of 2 rows total differs from the bands added up, first RCC",)


GROUPS = [None, "Year", "Month", "Incomplete RTT pathways", *[None] * 5, "New RTT periods"]
ESTIMATED = " with estimates for missing data"
NAMES = [
    None, None, None, "92nd percentile (weeks)", "No. within 18 weeks", f"No. within 18 weeks{ESTIMATED}",
    "% within 18 weeks", "Total waiting (mil)", f"Total waiting (mil){ESTIMATED}", "No. of new RTT periods",
]  # fmt: skip


def overview(*rows: list[object]) -> Content:
    above: list[list[object]] = [[], [None, "Title: Referral to Treatment (RTT) Waiting Times, England"]]
    return workbook({"Full Time Series": [*above, GROUPS, NAMES, *rows, [None, "Notes:"]]})


def test_the_overview_gives_england_with_estimates_and_beside_it_without() -> None:
    reading = read(
        overview(
            [None, "2007/08", date(2007, 8, 1), "52+", 90, 100, 0.5, 190, 2_000_000, "-"],
            [None, None, date(2007, 9, 1), 40.5, 80, 80, 0.5, 160, 1_600_000, "-"],
            [None, None, date(2007, 10, 1), *[None] * 6, "-"],
        )
    )
    assert reading.variant == "overview series"
    assert value(reading, "rtt-incomplete", "ENG") == (2_000_000.0, "")
    assert value(reading, "rtt-incomplete-within-18-weeks", "ENG") == (100.0, "")
    assert value(reading, "rtt-incomplete-within-18-weeks", "ENG", "estimates=left out") == (90.0, "")
    assert value(reading, "rtt-92nd-percentile-weeks", "ENG") == (None, "not available")
    assert value(reading, "rtt-new-periods", "ENG") == (None, "not collected")
    assert value(reading, "rtt-incomplete-within-18-weeks-percent", "ENG") == (50.0, "")
    assert reading.frame["start"].unique().sort().to_list() == [date(2007, 8, 1), date(2007, 9, 1)]


def test_a_column_that_is_not_known_is_told() -> None:
    groups, names = [*GROUPS, None], [*NAMES, "No. of new things"]
    row = [None, None, date(2008, 1, 1), 40.5, 80, 80, 0.5, 160, 1_600_000, 5, 1]
    reading = read(workbook({"Series": [groups, names, row]}))
    assert reading.notes == ("the column “new rtt periods | no. of new things” is not known and was left out",)


def doubled(weeks: dict[int, object]) -> Content:
    """The provider sheet with twelve more providers, saved as CSV, and the first of them again with these bands."""
    rows = incomplete()["Provider"]
    named = next(row for row in rows if "Provider Code" in row)
    before = named[: named.index(BANDS[0])]

    def row(code: str, weeks: dict[int, object]) -> list[object]:
        who = {"Area Team Code": "Q44", "Provider Code": code, "Provider Name": f"Trust {code}"}
        function = {"Treatment Function Code": "C_999", "Treatment Function": "Total"}
        total = sum(one for one in weeks.values() if isinstance(one, int))
        return [{**who, **function}.get(str(name), "") for name in before] + [
            *counts(weeks, BANDS),
            *(total, total, 1, 0.7, 0.9),
        ]

    many = [row(f"RZ{letter}", {0: 4, 20: 1}) for letter in "ABCDEFGHIJKL"]
    return saved([*rows, *many, row("RZA", weeks)])


def test_a_provider_that_stands_twice_counts_once() -> None:
    reading = read(doubled({0: 4, 20: 1}))
    assert value(reading, "rtt-incomplete", "RZA", "weeks=0-1") == value(reading, "rtt-incomplete", "RZB", "weeks=0-1")
    assert reading.rejected == ()


def test_a_provider_with_two_sets_of_figures_has_none_of_those_that_differ() -> None:
    reading = read(doubled({0: 5, 20: 1}))
    assert value(reading, "rtt-incomplete", "RZA") is None
    assert value(reading, "rtt-incomplete", "RZB") == (5.0, "")
    assert any("two different figures; both were left out" in one for one in reading.rejected)
