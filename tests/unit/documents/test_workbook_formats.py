"""What a cell shows of the number it holds: the table of number formats, which is also their manual."""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.documents.readers.workbook.sheet_dates import moment_of
from trigpoint.documents.readers.workbook.sheet_formats import BUILT_IN, cell_format
from trigpoint.documents.readers.workbook.sheet_numbers import finite, general

JUNE_30 = 46203
"""30 June 2026 as Excel counts days."""
ACCOUNTING = '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-'

SHOWN = [
    # code, number, what Excel shows, and why
    ("General", 3, "3", "whole numbers as they are"),
    ("General", 10 / 3, "3.333333333", "ten digits, as in a cell"),
    ("General", 0.1 + 0.2, "0.3", "the noise of binary fractions is cut at fifteen digits"),
    ("General", 100012345678, "100012345678", "long identifiers in full, never as a power of ten"),
    ("General", -2.50, "-2.5", ""),
    ("General", 1e20, "1.00000E+20", "beyond what anybody writes out"),
    ("0", 10 / 3, "3", "the score of a risk register that is computed"),
    ("0", 2.5, "3", "halves go up, never to even"),
    ("0.0", -0.04, "0.0", "no minus before nought"),
    ("0.00", 1.005, "1.01", "rounded from the fifteen digits that Excel keeps"),
    ("00", 7, "07", ""),
    ("#", 0, "", "nothing at all"),
    ("0.##", 5, "5", "no point without places"),
    ("0.##", 5.25, "5.25", ""),
    ("0%", 0.125, "13%", ""),
    ("0.0%", 0.9345, "93.5%", ""),
    ("0.00%", 1, "100.00%", ""),
    ("0.0\\%", 5, "5.0%", "a percent sign as a letter multiplies nothing"),
    ("#,##0", 1234567.5, "1,234,568", ""),
    ("#,##0.00", 0, "0.00", ""),
    ('"£"#,##0.00', -5.005, "-£5.01", ""),
    ("[$£-809]#,##0.00", 12.3, "£12.30", "currency of a country"),
    (ACCOUNTING, 1234.5, "£1,234.50", "padding falls away"),
    (ACCOUNTING, -1234.5, "-£1,234.50", ""),
    (ACCOUNTING, 0, "£-", "nought as a dash"),
    ("#,##0_);(#,##0)", -1234, "(1,234)", "negative in brackets"),
    ("(#,##0)", -5, "-(5)", "one section alone takes a minus sign"),
    ("+0.0;-0.0", 2, "+2.0", ""),
    ('#,##0,"k"', 1234567, "1,235k", "a comma at the end divides by a thousand"),
    ('0.0,,"m"', 1234567, "1.2m", ""),
    ('0.0" days"', 2.5, "2.5 days", ""),
    ('"Q"0', 3, "Q3", ""),
    ('General"%"', 3.5, "3.5%", ""),
    ("000 000 0000", 4857773456, "485 777 3456", "digits fill the places from the right"),
    ("00000 000000", 7700900123, "07700 900123", ""),
    ("0.00E+00", 12345.678, "1.23E+04", ""),
    ("# ?/?", 1.5, "1 1/2", "fractions"),
    ("[<1]0.0%;0", 0.5, "50.0%", "the section whose condition holds"),
    ("[<1]0.0%;0", 5, "5", ""),
    ("[Red]0;[Blue]-0", -3, "-3", "colours are not words"),
    (";;;", 5, "", "shown to nobody"),
    ("0;-0;;@", 0, "", "nought alone hidden"),
    ("@", 5.5, "5.5", "a number in a text cell"),
    ("dd/mm/yyyy", JUNE_30, "30 June 2026", "dates in words: no doubt about day and month"),
    ("m/d/yyyy", JUNE_30, "30 June 2026", "the same in a file made elsewhere"),
    ("yyyy-mm-dd", JUNE_30, "30 June 2026", ""),
    ("dd-mmm-yy", JUNE_30, "30 June 2026", ""),
    ("[$-809]dd mmmm yyyy;@", JUNE_30, "30 June 2026", ""),
    ("[$-F800]dddd, mmmm dd, yyyy", JUNE_30, "Tuesday 30 June 2026", "the day of the week where it is shown"),
    ("mmm-yy", JUNE_30, "June 2026", "a month is a month, not its hidden first day"),
    ("mmmm yyyy", JUNE_30, "June 2026", ""),
    ("d-mmm", JUNE_30, "30 June", "the year that Excel adds unasked is not shown, and not printed"),
    ("mmmm", JUNE_30, "June", ""),
    ("yyyy", JUNE_30, "2026", ""),
    ("ddd", JUNE_30, "Tuesday", ""),
    ('"w/c "dd/mm/yy', JUNE_30, "w/c 30 June 2026", "words of the format stay"),
    ("dd/mm/yyyy hh:mm", JUNE_30 + 0.4375, "30 June 2026 10:30", ""),
    ("h:mm AM/PM", 0.75, "6:00 PM", ""),
    ("hh:mm", 0.0, "00:00", ""),
    ("hh:mm", 0.4374999999, "10:30", "half a second of error must not print 10:29"),
    ("h:mm:ss", 0.5, "12:00:00", ""),
    ("[h]:mm", 1.25, "30:00", "hours beyond a day"),
    ("[h]:mm", -0.5, "-12:00", ""),
    ("mm:ss.0", 0.00123, "01:46.2", "minutes before seconds"),
    ("dd.mm.yyyy", 0, "0 January 1900", "an empty date as Excel shows it"),
]


@pytest.mark.parametrize(("code", "value", "shown", "why"), SHOWN)
def test_a_number_is_shown_as_in_excel(code: str, value: float, shown: str, why: str) -> None:
    assert cell_format(code).shown(value) == shown, why


def test_formats_that_a_file_gives_by_number_alone() -> None:
    shown = {
        number: cell_format(BUILT_IN[number]).shown(JUNE_30 + 0.4375) for number in (9, 10, 14, 15, 17, 20, 22, 44)
    }
    assert shown == {
        9: "4620344%",
        10: "4620343.75%",
        14: "30 June 2026",
        15: "30 June 2026",
        17: "June 2026",
        20: "10:30",
        22: "30 June 2026 10:30",
        44: "£46,203.44",
    }


@pytest.mark.parametrize("code", ["dd/mm/yyyy", "hh:mm", "mmm-yy"])
@pytest.mark.parametrize("value", [-1, -0.5, 2_958_466, 1e15, 1e300])
def test_a_day_that_no_calendar_has_is_no_date(code: str, value: float) -> None:
    assert cell_format(code).shown(value) is None


def test_hours_without_end_are_no_time() -> None:
    assert cell_format("[h]:mm").shown(1e23) is None


def test_days_count_from_1904_where_the_file_says_so() -> None:
    days = (date(2026, 6, 30) - date(1904, 1, 1)).days
    assert cell_format("dd/mm/yyyy").shown(days, from_1904=True) == "30 June 2026"
    assert cell_format("0").shown(days, from_1904=True) == str(days)


@pytest.mark.parametrize(
    ("day", "shown"), [(1, (1900, 1, 1)), (59, (1900, 2, 28)), (60, (1900, 2, 29)), (61, (1900, 3, 1))]
)
def test_the_leap_day_that_never_was(day: int, shown: tuple[int, int, int]) -> None:
    moment = moment_of(day)
    assert moment is not None
    assert moment[:3] == shown


@pytest.mark.parametrize(
    "code",
    ["", " ", "0" * 2_000, "[", '"', "\\", "[>", "[<abc]0", "0/", "/0", "E+", "....", "%%%%", ",,,,", "yyyy" * 200],
)
@pytest.mark.parametrize("value", [0.0, -1.5, 46203.25, 1e300, 5e-324])
def test_codes_that_nobody_can_mean_show_something(code: str, value: float) -> None:
    shown = cell_format(code).shown(value)
    assert shown is None or isinstance(shown, str)


@pytest.mark.parametrize("written", ["NaN", "inf", "-1e999", "1_000", "", "abc", "0x10"])
def test_what_is_no_finite_number(written: str) -> None:
    assert finite(written) is None


def test_small_and_large_numbers_in_general() -> None:
    assert [general(value) for value in (0.00001234, 1e-12, 123456789.123456, 1e15)] == [
        "0.00001234",
        "1.00000E-12",
        "123456789.1",
        "1.00000E+15",
    ]
