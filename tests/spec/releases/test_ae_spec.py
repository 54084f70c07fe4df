"""A&E, monthly CSV: four headers, five spellings of England, trusts that report no four-hour figure."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.reading import FileReading, read_content, recognised
from trigpoint.releases.release import Reading

PLACES = ["Period", "Org Code", "Parent Org", "Org name"]
LAST = [
    "Patients who have waited 4-12 hs from DTA to admission",
    "Patients who have waited 12+ hrs from DTA to admission",
    "Emergency admissions via A&E - Type 1",
    "Emergency admissions via A&E - Type 2",
    "Emergency admissions via A&E - Other A&E department",
    "Other emergency admissions",
]
TYPES = ["Type 1", "Type 2", "Other A&E Department"]
OTHERS = ["Type 1", "Type 2", "Other Department"]
H_2019 = [
    *PLACES,
    *(f"Number of A&E attendances {one}" for one in TYPES),
    *(f"Number of attendances over 4hrs {one}" for one in TYPES),
    *LAST,
]
H_2020 = [
    *PLACES,
    *(f"A&E attendances {one}" for one in TYPES),
    *(f"Attendances over 4hrs {one}" for one in OTHERS),
    *LAST,
]
H_22 = [
    *PLACES,
    *(f"A&E attendances {one}" for one in TYPES),
    *(f"A&E attendances Booked Appointments {one}" for one in OTHERS),
    *(f"Attendances over 4hrs {one}" for one in OTHERS),
    *(f"Attendances over 4hrs Booked Appointments {one}" for one in OTHERS),
    *LAST,
]
H_28 = [*H_22, "", "", "", "", "", "a"]

UNBOOKED = "100,20,300,30,2,5"
"""Attendances by type and those over four hours by type, without booked ones."""
BOOKED = "100,20,300,10,0,40,30,2,5,1,0,2"
"""The same with booked ones: 50 of them, 3 over four hours."""
WAITS = "7,3,40,1,2,60"


def text(header: Sequence[str], *rows: str) -> str:
    return "\r\n".join((",".join(header), *rows)) + "\r\n"


def read(words: str | bytes, name: str = "ae.csv") -> Reading:
    data = words if isinstance(words, bytes) else words.encode()
    found = read_content(Content(name, Kind.TEXT, data))
    assert isinstance(found, FileReading)
    assert found.release.id == "ae"
    return found.reading


def value(reading: Reading, part: str, org: str = "RAA", whole: str = "") -> float | str | None:
    """The value, or the marker where there is none; ``None`` where there is no such row."""
    rows = reading.frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == whole))
    if rows.is_empty():
        return None
    (row,) = rows.to_dicts()
    return row["value"] if row["value"] is not None else row["marker"]


@pytest.mark.parametrize(
    ("header", "counts", "more", "period", "era", "total", "published"),
    [
        (H_2019, UNBOOKED, "", "MSitAE-APRIL-2019", "april-2019", ",,,TOTAL", 420),
        (H_2020, UNBOOKED, "", "MSitAE-APRIL-2020", "april-2020", "TOTAL,TOTAL,TOTAL,TOTAL", 420),
        (H_22, BOOKED, "", "MSitAE-AUGUST-2020", "august-2020", "TOTAL,TOTAL,TOTAL,TOTAL", 470),
        (H_28, BOOKED, ",,,,,,", "MSitAE-SEPTEMBER-2024", "august-2020", "Total,Total ,Total,Total", 470),
        (H_22, BOOKED, "", "MSitAE-JUNE-2026", "august-2020", "Total,Total,Total,Total", 470),
        (H_22, BOOKED, "", "MSitAE-JUNE-2026", "august-2020", "TOTAL,-,TOTAL,England", 470),
    ],
)
def test_headers_and_spellings_of_england(
    header: list[str], counts: str, more: str, period: str, era: str, total: str, published: int
) -> None:
    figures = f"{counts},{WAITS}{more}"
    found = read(text(header, f"{period},RAA,NHS ENGLAND MIDLANDS ,A TRUST,{figures}", f"{total},{figures}"))
    assert (found.era, found.rejected, found.whole) == (era, (), True)
    for org in ("RAA", "ENG"):
        assert value(found, "ae-attendances", org) == 420
        assert value(found, "ae-attendances", org, "type=other") == 300
        assert value(found, "ae-attendances-published", org) == published
        assert value(found, "ae-within-4-hours", org) == 420 - 37
        assert value(found, "ae-within-4-hours-published", org) == published - (37 if published == 420 else 40)
        assert value(found, "ae-dta-over-12-hours", org) == 3
        assert value(found, "ae-dta-over-4-hours", org) == 10
        assert value(found, "ae-emergency-admissions-via-ae", org) == 43
        assert value(found, "ae-emergency-admissions", org) == 103
    assert any("the England row agrees with the sum of 1 row" in note for note in found.notes)
    assert not any("not known" in note for note in found.notes)


def test_the_region_is_the_parent_without_its_blank_and_england_has_none() -> None:
    row = f"MSitAE-MAY-2025,RAA,NHS ENGLAND MIDLANDS ,A TRUST,{BOOKED},{WAITS}"
    found = read(text(H_22, row, f"TOTAL,TOTAL,TOTAL,TOTAL,{BOOKED},{WAITS}"))
    parents = {one.code: (one.parent, one.basis.value) for one in found.organisations}
    assert parents == {"RAA": ("NHS ENGLAND MIDLANDS", "provider"), "ENG": ("", "national")}


def test_booked_attendances_are_apart_where_they_were_counted() -> None:
    found = read(text(H_22, f"MSitAE-MAY-2025,RAA,X,A TRUST,{BOOKED},{WAITS}"))
    assert value(found, "ae-attendances-booked") == 50
    assert value(found, "ae-over-4-hours-booked", whole="type=1") == 1
    before = read(text(H_2020, f"MSitAE-MAY-2020,RAA,X,A TRUST,{UNBOOKED},{WAITS}"))
    assert value(before, "ae-attendances-booked") is None
    assert "booked appointments were not counted apart yet: the figures as published are the same" in before.notes


@pytest.mark.parametrize(
    ("attendances", "over", "reported"),
    [
        ("5630,29,921", "0,0,0", False),  # a field-test trust
        ("500,0,0", "0,0,0", False),
        ("499,0,0", "0,0,0", True),  # so few that none over four hours may be true
        ("0,0,2350", "0,0,0", True),  # a walk-in centre
        ("0,900,0", "0,0,0", True),  # an eye hospital
        ("5630,29,921", "0,0,1", True),
    ],
)
def test_none_over_four_hours_is_no_hundred_per_cent_at_a_major_department(
    attendances: str, over: str, reported: bool
) -> None:
    found = read(text(H_2020, f"MSitAE-APRIL-2020,RAA,X,A TRUST,{attendances},{over},{WAITS}"))
    total = sum(map(int, attendances.split(",")))
    late = sum(map(int, over.split(",")))
    assert value(found, "ae-attendances") == total
    assert value(found, "ae-within-4-hours") == (total - late if reported else "not available")
    assert value(found, "ae-over-4-hours-published", whole="type=1") == (
        int(over.split(",", maxsplit=1)[0]) if reported else "not available"
    )
    assert any("reports no four-hour figure (RAA)" in note for note in found.notes) is not reported


def test_england_is_of_the_trusts_that_report() -> None:
    found = read(
        text(
            H_2020,
            "MSitAE-APRIL-2020,RAA,X,A TRUST,1000,0,500,100,0,50,0,0,0,0,0,0",
            "MSitAE-APRIL-2020,RBB,X,A FIELD-TEST TRUST,600,0,100,0,0,0,0,0,0,0,0,0",
            "TOTAL,TOTAL,TOTAL,TOTAL,1600,0,600,100,0,50,0,0,0,0,0,0",
        )
    )
    assert value(found, "ae-attendances", "ENG") == 2200
    assert value(found, "ae-within-4-hours-published", "ENG") == 1350
    assert value(found, "ae-within-4-hours", "ENG") == 2050  # what the columns of the row make
    assert value(found, "ae-within-4-hours-published", "ENG", "type=1") == 900
    assert any("England’s four-hour figures as published are of the others" in note for note in found.notes)


@pytest.mark.parametrize(("period", "expected"), [("JUNE-2026", 8500), ("APRIL-2021", "not available")])
def test_a_file_cut_to_some_providers_is_told_and_is_not_whole(period: str, expected: float | str) -> None:
    found = read(
        text(
            H_2020,
            f"MSitAE-{period},RAA,X,A TRUST,1000,0,500,100,0,50,0,0,0,0,0,0",
            "Total,Total,Total,Total,9000,0,1000,1000,0,500,0,0,0,0,0,0",
        )
    )
    assert found.whole is False
    assert value(found, "ae-attendances", "ENG") == 10_000
    assert value(found, "ae-over-4-hours", "ENG") == 1500
    assert value(found, "ae-within-4-hours-published", "ENG") == expected
    assert value(found, "ae-within-4-hours", "ENG") == 8500
    differs = "the England row differs from the sum of 1 row in 4 columns: ae-attendances[type=1], it gives 9,000"
    assert any(note.startswith(differs) for note in found.notes)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"MSitAE-SOMEDAY,RBB,X,B,{UNBOOKED},{WAITS}", "line 3: “MSitAE-SOMEDAY” is no month; the row was left out"),
        (f"MSitAE-APRIL-2020,,X,B,{UNBOOKED},{WAITS}", "line 3: “B” has no organisation code; the row was left out"),
        (f"MSitAE-APRIL-2020,RBB,X,B,1e,20,300,30,2,5,{WAITS}", "line 3: “1e” in column 5 is no count"),
        (f"MSitAE-APRIL-2020,RBB,X,B,-4,20,300,30,2,5,{WAITS}", "line 3: “-4” in column 5 is no count"),
    ],
)
def test_a_wrong_row_is_told_and_the_others_are_read(row: str, said: str) -> None:
    found = read(text(H_2020, f"MSitAE-APRIL-2020,RAA,X,A,{UNBOOKED},{WAITS}", row))
    assert len(found.rejected) == 1
    assert said in found.rejected[0]
    assert value(found, "ae-attendances") == 420
    assert value(found, "ae-attendances", "RBB") in (None, "not available")  # no total without one of its types


def test_a_note_under_the_table_is_no_organisation() -> None:
    found = read(
        text(H_2020, f"MSitAE-APRIL-2020,RAA,X,A,{UNBOOKED},{WAITS}", "MSitAE-APRIL-2020,Notes: as reported,,")
    )
    assert (found.rejected, [one.code for one in found.organisations]) == ((), ["RAA"])


def test_blank_lines_are_passed_over_and_short_rows_are_missing() -> None:
    found = read(text(H_2020, "", f"MSitAE-APRIL-2020,RAA,X,A,{UNBOOKED}", ",,,,,"))
    assert found.rejected == ()
    assert value(found, "ae-dta-over-12-hours") == "not available"


def test_an_unknown_column_is_told_and_left_out() -> None:
    found = read(text([*H_22, "Ambulance arrivals"], f"MSitAE-MAY-2025,RAA,X,A,{BOOKED},{WAITS},12"))
    assert "the column “ambulance arrivals” is not known and was left out" in found.notes


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("A&E attendances Booked Appointments Type 1", "“a&e attendances booked appointments type 1” is missing"),
        ("Other emergency admissions", "the column “other emergency admissions” is missing"),
        ("Org name", "there is no column “Org name”"),
    ],
)
def test_a_missing_column_is_named(missing: str, said: str) -> None:
    header = [name for name in H_22 if name != missing]
    with pytest.raises(InputError, match=said):
        read(text(header, f"MSitAE-MAY-2025,RAA,X,A,{BOOKED},{WAITS}"))


def test_a_save_in_the_windows_code_page_with_thousands() -> None:
    words = text(H_2020, f'MSitAE-APRIL-2020,RAA,X,ST JOHN’S CAFÉ,"1,100",20,300,30,2,5,{WAITS}')
    found = read(words.encode("cp1252"))
    assert value(found, "ae-attendances") == 1420
    assert found.organisations[0].name == "ST JOHN’S CAFÉ"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Monthly-AE-July-2024-revised.csv", "revised"),
        ("a.zip » revised-210720.csv", "revised"),
        ("ae.csv", "published"),
    ],
)
def test_that_a_file_is_revised_only_its_name_says(name: str, status: str) -> None:
    found = read(text(H_2020, f"MSitAE-APRIL-2020,RAA,X,A,{UNBOOKED},{WAITS}"), name)
    assert found.status.value == status


def test_the_england_row_of_several_months_belongs_to_none() -> None:
    rows = [f"MSitAE-{month}-2020,RAA,X,A,{UNBOOKED},{WAITS}" for month in ("APRIL", "MAY")]
    found = read(text(H_2020, *rows, f"TOTAL,TOTAL,TOTAL,TOTAL,{UNBOOKED},{WAITS}"))
    assert "the row of England names no month" in found.rejected[0]
    assert found.frame["start"].n_unique() == 2


def test_other_tables_with_periods_and_codes_are_not_claimed() -> None:
    other = Content("x.csv", Kind.TEXT, b"Period,Org Code,Value\nApr-25,RAA,1\n")
    assert recognised(other) is None or recognised(other).id != "ae"  # type: ignore[union-attr]


TIDY = "period,org_code,type,attendances,breaches,admissions"


def test_the_tidied_form_is_put_together_by_provider() -> None:
    found = read(f"{TIDY}\n2017-03-01,RAA,1,1000.0,100.0,200.0\n2017-03-01,RAA,other,50,0,1\n2017-04-01,RAA,1,9,1,1\n")
    march = found.frame.filter(pl.col("start") == pl.date(2017, 3, 1))
    parts = {(row["part"], row["detail"]): row["value"] for row in march.to_dicts()}
    assert (parts["ae-attendances", ""], parts["ae-over-4-hours", ""]) == (1050, 100)
    assert (parts["ae-within-4-hours-published", "type=1"], parts["ae-emergency-admissions-via-ae", ""]) == (900, 201)
    assert ("ae-attendances", "type=2") not in parts
    assert found.whole is False  # no hundred providers


def test_england_of_the_tidied_form_is_the_sum_where_all_providers_are_there() -> None:
    rows = "\n".join(f"2017-03-01,R{at:02d},1,1000,100,200" for at in range(100))
    found = read(f"{TIDY}\n{rows}\n")
    assert (value(found, "ae-attendances", "ENG"), value(found, "ae-within-4-hours", "ENG")) == (100_000, 90_000)
    assert found.whole is True
    assert "England is the sum of all providers in 1 month: the file has no row of it" in found.notes


def test_the_tidied_form_tells_wrong_rows_and_refuses_contradictions() -> None:
    found = read(f"{TIDY}\n2017-03-01,RAA,1,9,1,1\n2017-03-01,RAA,major,9,1,1\nonce,RAA,2,9,1,1\n")
    assert ["no type of department" in found.rejected[0], "no month" in found.rejected[1]] == [True, True]
    with pytest.raises(InputError, match="RAA stands twice for March 2017"):
        read(f"{TIDY}\n2017-03-01,RAA,1,9,1,1\n2017-03-01,RAA,1,8,1,1\n")


def test_a_row_that_stands_twice_counts_once_and_a_contradiction_is_refused() -> None:
    rows = [f"MSitAE-MAY-2025,RAA,X,A,{BOOKED},{WAITS}", f"TOTAL,TOTAL,TOTAL,TOTAL,{BOOKED},{WAITS}"]
    found = read(text(H_22, *rows, *rows))
    assert "2 rows stood in it twice and count once" in found.notes
    assert any("the England row agrees" in note for note in found.notes)
    with pytest.raises(InputError, match="stand in it more than once"):
        read(text(H_22, *rows, f"MSitAE-MAY-2025,RAA,X,A,9{BOOKED},{WAITS}"))


def test_a_row_that_was_cut_off_is_told_and_left_out() -> None:
    found = read(
        text(
            H_2020,
            "MSitAE-APRIL-2020,RAA,X,A TRUST,1000,0,500,100,0,50,0,0,0,0,0,0",
            "MSitAE-APRIL-2020,RBB,X,DORS",
        )
    )
    assert {row["org"] for row in found.frame.iter_rows(named=True)} == {"RAA"}
    assert any("the row ends after 4 columns" in told for told in found.rejected)
