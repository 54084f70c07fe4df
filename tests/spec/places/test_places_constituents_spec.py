"""Which earlier organisations together make up a later one, and to what an organisation belonged on a day."""

from datetime import date

import pytest

from trigpoint.places import area_changes, constituents, load_memberships, load_national

DAY_2013, DAY_2019, DAY_2021 = date(2013, 6, 30), date(2019, 6, 30), date(2021, 6, 30)
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("code", "at", "expected"),
    [
        # An organisation that existed is itself, as it then was.
        ("05C", DAY_2019, "05C"),
        ("QUA", BEFORE, "QUA"),
        ("Z9B2Z", AFTER, "Z9B2Z"),
        ("RA7", date(2019, 1, 1), "RA7"),
        # One merger: what closed on the day before.
        ("D2P2L", DAY_2019, "05C 05L 05Y 06A"),
        ("18C", DAY_2019, "05F 05J 05T 06D"),
        ("16C", DAY_2019, "00C 00K 00M"),
        ("R0D", DAY_2019, "RD3 RDZ"),
        ("14G", DAY_2019, "14G"),
        ("13T", date(2015, 3, 31), "00F 00G 00H"),
        # Two mergers one after another: East Berkshire of 2018 went into Frimley of 2021.
        ("D4U1Y", DAY_2019, "10C 15D 99M"),
        ("D4U1Y", DAY_2013, "10C 10G 10T 11C 99M"),
        ("14L", DAY_2013, "00W 01M 01N"),
        # A board before there were boards: the commissioners of the partnership of its code.
        ("QUA", DAY_2021, "D2P2L"),
        ("QUA", DAY_2019, "05C 05L 05Y 06A"),
        ("QGH", DAY_2013, "05F 05J 05T 06D"),
        # The boards of April 2026: earlier boards where they went in whole, else their sub-ICB locations.
        ("Z9B2Z", BEFORE, "QMJ QRV"),
        ("D7T5G", BEFORE, "06Q 06T 07G 07H 99E 99F 99G"),
        ("T6Y0W", BEFORE, "06L 07K 26A"),
        ("S1Y5D", BEFORE, "06H 06K 06N M1J4Y"),
        ("Z9B2Z", DAY_2021, "93C W2U3Z"),
        ("T6Y0W", DAY_2019, "06L 06M 06V 06W 06Y 07J 07K"),
        # Frimley was divided between three boards: what has a part of it cannot be told from earlier figures.
        ("S0E4D", BEFORE, None),
        ("S9B9J", BEFORE, None),
        ("U2G6B", BEFORE, None),
        # Closed before the day, or not known.
        ("05C", DAY_2021, None),
        ("QNQ", AFTER, None),
        ("no such code", DAY_2019, None),
    ],
)
def test_constituents(code: str, at: date, expected: str | None):
    assert constituents(code, at) == (tuple(expected.split()) if expected else None)


@pytest.mark.parametrize(
    ("code", "at", "expected"),
    [
        ("QUA", BEFORE, "D2P2L"),
        ("Z9B2Z", BEFORE, "93C W2U3Z"),
        ("Z9B2Z", AFTER, "93C W2U3Z"),
        ("QNC", BEFORE, "04Y 05D 05G 05Q 05V 05W"),
        ("D2P2L", DAY_2019, "05C 05L 05Y 06A"),
        ("S0E4D", AFTER, "10Q 14Y 15A U2G6B"),
        ("S0E4D", BEFORE, None),
    ],
)
def test_by_location(code: str, at: date, expected: str | None):
    assert constituents(code, at, locations=True) == (tuple(expected.split()) if expected else None)


@pytest.mark.parametrize(
    ("code", "day", "parent"),
    [
        ("05C", DAY_2019, "QUA"),
        ("05C", DAY_2021, None),  # closed
        ("05C", DAY_2013, None),  # before there were partnerships
        ("D2P2L", DAY_2021, "QUA"),
        ("06T", BEFORE, "QJG"),
        ("06T", AFTER, "D7T5G"),
        ("07H", AFTER, "D7T5G"),
        ("06K", AFTER, "S1Y5D"),
        ("06L", AFTER, "T6Y0W"),
        ("93C", AFTER, "Z9B2Z"),
        ("D4U1Y", BEFORE, "QNQ"),
        ("D4U1Y", AFTER, None),
        ("02Q", DAY_2021, "QF7"),
        ("02Q", BEFORE, "QT1"),
        ("RNA", BEFORE, "QUA"),
        ("RDU", BEFORE, "QNQ"),
        ("RDU", AFTER, "S9B9J"),
        ("RDE", AFTER, "D7T5G"),
        ("QUA", BEFORE, "Y60"),
    ],
)
def test_parent_of_a_day(code: str, day: date, parent: str | None):
    assert load_memberships().parent(code, day) == parent


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("D2P2L", ["2022-07-01 West Birmingham went to 15E"]),
        ("15E", ["2022-07-01 West Birmingham came from D2P2L"]),
        ("QRL", ["2026-04-01 took over a part of QNQ"]),
        ("92A", ["2026-04-01 took over a part of D4U1Y"]),
        ("RA7", ["2020-04-01 took over the whole of RA3", "2026-07-01 took over the whole of RVJ"]),
        ("R0D", []),  # made of two others, and unchanged since
        ("05C", []),
    ],
)
def test_area_changes(code: str, expected: list[str]):
    changes = area_changes(code, date(2013, 3, 31), date(2026, 12, 31))
    assert [f"{one.day} {one.what}" for one in changes] == expected


def test_changes_outside_the_time_asked_for_are_not_told():
    assert area_changes("D2P2L", date(2022, 7, 1), BEFORE) == ()
    assert area_changes("D2P2L", date(2022, 6, 30), date(2022, 7, 1)) != ()


@pytest.mark.parametrize(
    ("day", "kind", "number"),
    [
        (date(2013, 4, 1), "commissioners", 211),
        (date(2018, 4, 1), "commissioners", 195),
        (date(2019, 4, 1), "commissioners", 191),
        (date(2020, 4, 1), "commissioners", 135),
        (date(2021, 4, 1), "commissioners", 106),
        (date(2022, 7, 1), "commissioners", 106),
        (AFTER, "commissioners", 106),
        (date(2022, 6, 30), "icb", 0),
        (date(2022, 7, 1), "icb", 42),
        (BEFORE, "icb", 42),
        (AFTER, "icb", 36),
        (AFTER, "region", 7),
    ],
)
def test_how_many_there_were(day: date, kind: str, number: int):
    wanted = {"ccg", "sub-icb location"} if kind == "commissioners" else {kind}
    assert sum(place.kind.value in wanted for place in load_national().at(day)) == number


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("QUA", "NHS Black Country ICB"),
        ("D7T5G", "NHS Essex ICB"),
        ("06T", "NHS Essex ICB - 06T"),
        ("RQ3", "Birmingham Women's and Children's NHS Foundation Trust"),
        ("RCX", "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust"),
        ("14V", "Kent, Surrey and Sussex - H&J Commissioning Hub"),
        ("K0N6A", "The Online NHS Trust"),
    ],
)
def test_names(code: str, name: str):
    assert load_national()[code].name == name
