"""Headers found by what stands in them, and preambles as workbooks write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.sheet import Sheet
from trigpoint.releases.observation import Status
from trigpoint.releases.tables.header import compound, find_header, need_header
from trigpoint.releases.tables.preamble import read_preamble

ROWS = [
    ["", "", "", "", 4.0, 5.0],
    ["", "Title:", "Beds open overnight", "", 227.0, ""],
    ["", "Period:", "June 2025", "", "", ""],
    ["", "", "", "Attendances", "", "Over 4 hours"],
    ["", "Code", "Name ", "Type 1", "Type 2", "Type 1"],
    ["", "-", "England", 10.0, 2.0, 3.0],
]


def test_the_header_is_the_first_row_that_has_all_the_names() -> None:
    header = find_header(ROWS, ("Org Code", "Code"), "name")
    assert header is not None
    assert header.index == 4
    assert header.column("Provider name", "Name") == 2
    assert header.column("Region") is None


def test_merged_labels_are_carried_on_to_the_right() -> None:
    header = find_header(ROWS, "Code")
    assert header is not None
    assert compound(ROWS, header) == (
        "",
        "code",
        "name",
        "attendances | type 1",
        "attendances | type 2",
        "over 4 hours | type 1",
    )


def test_a_number_in_the_title_row_is_no_header() -> None:
    assert find_header(ROWS, "227") is not None  # it can be asked for
    assert find_header(ROWS, "Beds") is None  # and is never met by part of a word


def test_a_missing_header_is_said_with_its_sheet() -> None:
    with pytest.raises(InputError, match=r"beds\.xlsx, sheet NHS Trust: no header with “Org Code”, “Total” was found"):
        need_header(Sheet("NHS Trust", rows=ROWS), "beds.xlsx", "Org Code", "Total")


def test_a_missing_column_is_named() -> None:
    header = find_header(ROWS, "Code")
    assert header is not None
    with pytest.raises(InputError, match="there is no column “Region”"):
        header.need("beds.xlsx", "Region", "Region Code")


STATUSES = [
    # Published, Revised, Status: what it is
    ("10th July 2025", "", "Published", Status.PUBLISHED),
    ("10th July 2025", "-", "Public", Status.PUBLISHED),
    ("10th July 2025", "11th September 2025", "Published", Status.REVISED),
    ("10th July 2025", datetime(2025, 9, 11), "", Status.REVISED),
    ("10th July 2025", "", "Revised Public", Status.REVISED),
    ("Thursday 12th March 2026", "", "Provisional", Status.PROVISIONAL),
    ("10th July 2025", "", "Final", Status.FINAL),
    ("", "", "", Status.PUBLISHED),
]


@pytest.mark.parametrize(("published", "revised", "status", "read"), STATUSES)
def test_a_preamble_says_how_far_it_is_settled(
    published: str, revised: str | datetime, status: str, read: Status
) -> None:
    rows = [["", "Published:", published], ["", "Revised:", revised], ["", "Status:", status]]
    assert read_preamble(rows).status is read


def test_label_and_value_may_share_a_cell() -> None:
    rows = [["", "Title: Referral to Treatment"], ["", "Basis: Commissioner"], ["", "Published: 12/03/2026"]]
    preamble = read_preamble(rows)
    assert (preamble.title, preamble.basis) == ("Referral to Treatment", "Commissioner")
    assert preamble.published == date(2026, 3, 12)


def test_a_period_of_many_months_is_kept_in_words() -> None:
    preamble = read_preamble([["", "Period:", "April 2007 to August 2025"]])
    assert preamble.period is None
    assert preamble.period_text == "April 2007 to August 2025"
