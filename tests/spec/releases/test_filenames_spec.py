"""The month in a file's name: a last resort, never what tells what a file is."""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.errors import InputError
from trigpoint.releases.reading import FileReading, read_bytes
from trigpoint.releases.tables.filenames import month_named

NAMES = [
    ("Monthly-Diagnostics-Web-File-Provider-March-2025_SW40K.csv", "2025-03"),
    ("Incomplete-Provider-Apr24-XLSX-8M-revised.csv", "2024-04"),
    ("20241130-RTT-November-2024-RBD.csv", "2024-11"),
    ("data/2025_2026.csv", "2025-04"),
    ("SHMI data, Apr22-Mar23 (csv).csv", "2023-03"),
    ("gp-reg-patients-04-2013.csv", "2013-04"),
    ("gp-reg-pat-prac-quin-age_2017_09_sample.csv", "2017-09"),
    ("lists-2016.zip » gp-July-2016.csv", "2016-07"),
    ("DM01-MAY-2026-full-extract.csv", "2026-05"),
    ("April-2020-revised-260421-abc123.csv", "2020-04"),
    ("Margate24.csv", None),
    ("maybe2024.csv", None),
    ("provider-38145.csv", None),
    ("2025-13.csv", None),
]


@pytest.mark.parametrize(("name", "month"), NAMES)
def test_the_month_of_a_name(name: str, month: str | None) -> None:
    found = month_named(name)
    assert (found.isoformat()[:7] if found else None) == month


DM01 = (
    "Regional Team Code,Provider Code,Provider Name,Diagnostic ID,Diagnostic Test Name, Total Waiting List ,"
    + ",".join(f" {week:02} <{week + 1:02} weeks " for week in range(13))
    + ", 13+ weeks , Planned tests / procedures , Unscheduled tests / procedures ,"
    " Waiting list tests / procedures (excluding planned) \n"
    "Y56,RF4,A TRUST,1,Magnetic Resonance Imaging,14," + ",".join(["1"] * 14) + ",1,2,3\n"
)


def read(name: str, month: date | None = None) -> FileReading | InputError:
    (found,) = read_bytes(DM01.encode(), name, month=month)
    return found


def test_a_sheet_saved_without_its_first_lines_takes_its_month_from_its_name_and_says_so() -> None:
    found = read("Provider-March-2025.csv")
    assert isinstance(found, FileReading)
    assert found.periods == ((date(2025, 3, 1), date(2025, 3, 31)),)
    assert "March 2025 was taken from its name" in found.reading.notes[0]


def test_what_the_user_says_counts_before_the_name() -> None:
    found = read("Provider-March-2025.csv", month=date(2024, 7, 1))
    assert isinstance(found, FileReading)
    assert found.periods[0][0] == date(2024, 7, 1)
    assert not any("name" in note for note in found.reading.notes)


def test_without_either_it_is_refused_with_what_to_do() -> None:
    found = read("provider.csv")
    assert isinstance(found, InputError)
    assert "--month" in str(found)


def test_a_name_does_not_make_a_file_what_it_is_not() -> None:
    (found,) = read_bytes(b"Name,Colour\nBarts,blue\n", "Monthly-AE-June-2025.csv")
    assert isinstance(found, InputError)
