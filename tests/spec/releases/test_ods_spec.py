"""Lists of organisations: told by what is in them, read into places with kinds, parents, days and successors."""

from collections.abc import Sequence

import pytest
from tests import release_files
from tests.release_files import content

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.readers.ods import RELEASE
from trigpoint.releases.release import Reading


def extract(*rows: Sequence[str], width: int = 27) -> Content:
    """An extract of the ODS: code, name, region, area, opened, closed, status, commissioner, setting."""
    lines = []
    for code, name, region, area, opened, closed, status, commissioner, setting in rows:
        row = [
            code,
            name,
            region,
            area,
            "1 HIGH STREET, FLOOR 2",
            "",
            "",
            "TOWN",
            "",
            "AB1 2CD",
            opened,
            closed,
            status,
        ]
        row += ["B", commissioner, opened, "", "01234 567890", "", "", "", "0", "", commissioner, "", setting, ""]
        lines.append(",".join(f'"{cell}"' for cell in row[:width]))
    return open_bytes("\r\n".join(lines).encode(), "list.csv")[0]


TRUSTS = (
    ("RNA", "THE DUDLEY GROUP NHS FOUNDATION TRUST", "Y60", "QUA", "19940401", "", "", "", ""),
    ("R1C", "SOLENT NHS TRUST", "Y59", "QRL", "20110401", "20240930", "", "", ""),
    ("G6V2S", "NORTH LONDON NHS FOUNDATION TRUST", "Y56", "Z9B2Z", "20241101", "", "", "", ""),
    ("RQF", "VELINDRE NHS TRUST", "", "", "19940401", "", "", "", ""),
)
PRACTICES = (
    ("M87001", "THE SURGERY", "Y60", "QUA", "19740401", "", "A", "D2P2L", "4"),
    ("M87002", "MARKET STREET, THE SURGERY", "Y60", "QUA", "19740401", "20171031", "C", "05C", "4"),
    ("M87003", "DORMANT PRACTICE", "Y60", "QUA", "19740401", "", "D", "D2P2L", "4"),
    ("Y07175", "AMBULATORY EMERGENCY CARE", "Y62", "QOP", "20211103", "", "A", "02H", "10"),
)
COMMISSIONERS = (
    ("05C", "NHS DUDLEY CCG", "Y60", "QUA", "20130401", "20210331", "", "", ""),
    ("D2P2L", "NHS BLACK COUNTRY ICB - D2P2L", "Y60", "QUA", "20210401", "", "", "", ""),
    ("14A", "MIDLANDS COMMISSIONING HUB", "Y63", "QWO", "20150401", "", "", "", ""),
    ("Z4H8X", "HOUNSLOW - SUB-ICB REPORTING ENTITY", "Y56", "QRV", "20240401", "", "", "", ""),
    ("D7T5G", "NHS ESSEX INTEGRATED CARE BOARD", "Y61", "D7T5G", "20260401", "", "", "", ""),
)
AUTHORITIES = (
    ("Y60", "MIDLANDS COMMISSIONING REGION", "Y60", "Y60", "20190401", "", "", "", ""),
    ("QUA", "THE BLACK COUNTRY AND WEST BIRMINGHAM STP", "Y60", "QUA", "20170401", "", "", "", ""),
    ("Q77", "NHS ENGLAND MIDLANDS (WEST MIDLANDS)", "Y60", "Q77", "20150401", "20200331", "", "", ""),
    ("QGH", "NHS HEREFORDSHIRE AND WORCESTERSHIRE INTEGRATED CARE BOARD", "Y60", "QGH", "20170401", "", "", "", ""),
)


def read(content: Content) -> Reading:
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


def said(reading: Reading) -> list[tuple[str, ...]]:
    columns = ("code", "name", "kind", "parent", "valid_from", "valid_to")
    return [tuple(row[column] for column in columns) for row in reading.places]


@pytest.mark.parametrize(
    ("rows", "variant", "expected"),
    [
        (
            TRUSTS,
            "trusts",
            [
                ("RNA", "The Dudley Group NHS Foundation Trust", "trust", "QUA", "1994-04-01", ""),
                ("R1C", "Solent NHS Trust", "trust", "QRL", "2011-04-01", "2024-09-30"),
                ("G6V2S", "North London NHS Foundation Trust", "trust", "Z9B2Z", "2024-11-01", ""),
                ("RQF", "Velindre NHS Trust", "trust", "", "1994-04-01", ""),
            ],
        ),
        (
            PRACTICES,
            "practices",
            [
                ("M87001", "The Surgery", "practice", "D2P2L", "1974-04-01", ""),
                ("M87002", "Market Street, The Surgery", "practice", "05C", "1974-04-01", "2017-10-31"),
                ("M87003", "Dormant Practice", "practice", "D2P2L", "1974-04-01", ""),
                ("Y07175", "Ambulatory Emergency Care", "other", "02H", "2021-11-03", ""),
            ],
        ),
        (
            COMMISSIONERS,
            "commissioners",
            [
                ("05C", "NHS Dudley CCG", "ccg", "QUA", "2013-04-01", "2021-03-31"),
                ("D2P2L", "NHS Black Country ICB - D2P2L", "sub-icb location", "QUA", "2021-04-01", ""),
                ("14A", "Midlands Commissioning Hub", "other", "QWO", "2015-04-01", ""),
                ("Z4H8X", "Hounslow - Sub-ICB Reporting Entity", "other", "QRV", "2024-04-01", ""),
                ("D7T5G", "NHS Essex Integrated Care Board", "icb", "Y61", "2026-04-01", ""),
            ],
        ),
        (
            AUTHORITIES,
            "authorities",
            [
                ("Y60", "Midlands Commissioning Region", "region", "", "2019-04-01", ""),
                ("QUA", "The Black Country and West Birmingham STP", "stp", "Y60", "2017-04-01", ""),
                ("Q77", "NHS England Midlands (West Midlands)", "other", "Y60", "2015-04-01", "2020-03-31"),
                (
                    "QGH",
                    "NHS Herefordshire and Worcestershire Integrated Care Board",
                    "icb",
                    "Y60",
                    "2017-04-01",
                    "",
                ),
            ],
        ),
    ],
)
def test_extracts_without_header(rows: Sequence[Sequence[str]], variant: str, expected: list[tuple[str, ...]]):
    reading = read(extract(*rows))
    assert reading.variant == variant
    assert variant in RELEASE.variants
    assert said(reading) == expected
    assert reading.frame.is_empty()
    assert [one.code for one in reading.organisations] == [row[0] for row in expected]


def test_what_is_said_of_practices():
    notes = " ".join(read(extract(*PRACTICES)).notes)
    assert "3 are open and 1 closed; the last to open did so on 3 November 2021" in notes
    assert "2 active, 1 closed, 1 dormant" in notes
    assert "3 are GP practices (prescribing setting 4); the other 1 prescribe in other settings" in notes


def test_practices_without_their_setting():
    reading = read(extract(*PRACTICES, width=24))
    assert {row["kind"] for row in reading.places} == {"practice"}
    assert "no prescribing setting" in reading.notes[-1]


@pytest.mark.parametrize("width", [24, 26, 27])
def test_copies_that_lost_columns_at_the_end(width: int):
    assert said(read(extract(*TRUSTS, width=width)))[1][5] == "2024-09-30"


def test_a_copy_without_one_line_of_the_address():
    text = "\n".join(
        f'"{code}","{name}","{region}","{area}","A","B","C","D","E","{opened}","{closed}"' + ',""' * 15
        for code, name, region, area, opened, closed, *_ in TRUSTS
    )
    assert said(read(open_bytes(text.encode(), "x.csv")[0]))[1][4:] == ("2011-04-01", "2024-09-30")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (("RNA", "TWICE NHS TRUST", "Y60", "QUA", "19940401", "", "", "", ""), "the code RNA stands in it already"),
        (("R1Z", "", "Y60", "QUA", "19940401", "", "", "", ""), "R1Z has no name"),
        (("R 1", "SPACED NHS TRUST", "Y60", "QUA", "19940401", "", "", "", ""), "“R 1” is no organisation code"),
        (("R1Z", "X NHS TRUST", "Y60", "QUA", "19941301", "", "", "", ""), "“19941301” is no day"),
        (("R1Z", "X NHS TRUST", "Y60", "QUA", "20110401", "20100401", "", "", ""), "closes on 2010-04-01 before"),
        (("R1Z", "X NHS TRUST", "Y60", "QUA", "20110231", "", "", "", ""), "“20110231” is no day"),
    ],
)
def test_one_bad_row_is_told_and_the_others_read(row: Sequence[str], what: str):
    many = [(f"R{at:02}", f"TRUST NUMBER {at} NHS TRUST", "Y60", "QUA", "20000401", "", "", "", "") for at in range(20)]
    reading = read(extract(*TRUSTS, *many, row))
    assert len(reading.places) == len(TRUSTS) + 20
    assert len(reading.rejected) == 1
    assert what in reading.rejected[0]
    assert "list.csv, line 25" in reading.rejected[0]


def workbook(**sheets: Sequence[Sequence[object]]) -> Content:
    return content(release_files.workbook(**sheets), name="book.xlsx")


def test_commissioners_and_partnerships_with_their_mergers():
    merged = [
        ["Legacy (closing) CCG Code", "Legacy (closing) CCG Name", "New CCG Name", "New CCG Code"],
        ["05F", "Herefordshire CCG", "NHS Herefordshire and Worcestershire CCG", "18C"],
    ]
    head = ["CCG Code", "CCG Name", "STP Code", "STP Name", "Region Code", "Region Name"]
    stp = ["QGH", "Herefordshire and Worcestershire STP", "Y60", "Midlands"]
    after = [head, ["18C", "NHS Herefordshire and Worcestershire CCG", *stp]]
    before = [head, ["05F", "NHS Herefordshire CCG", *stp]]
    reading = read(workbook(Title=[["CCGs"]], CCG_Mergers=merged, **{"Pre-Apr_2020": before, "Post-Apr_2020": after}))
    assert reading.variant == "ccgs"
    rows = {row["code"]: row for row in reading.places}
    assert rows["05F"]["name"] == "NHS Herefordshire CCG"
    assert (rows["05F"]["valid_to"], rows["05F"]["successor"], rows["05F"]["parent"]) == ("2020-03-31", "18C", "QGH")
    assert (rows["18C"]["valid_from"], rows["18C"]["parent"], rows["18C"]["kind"]) == ("2020-04-01", "QGH", "ccg")
    assert (rows["QGH"]["kind"], rows["QGH"]["parent"], rows["Y60"]["kind"]) == ("stp", "Y60", "region")
    assert "“CCG Mergers”, “Pre-Apr 2020”, “Post-Apr 2020”" in reading.notes[-1]


def test_locations_and_boards():
    head = ["Sub ICB Location ODS Code ", "Sub ICB Location Name ", "ICB Code", "Integrated Care Board Name "]
    rows = [head, ["D2P2L", "NHS BLACK COUNTRY  ICB - D2P2L", "QUA", "NHS BLACK COUNTRY INTEGRATED CARE BOARD"]]
    assert said(read(workbook(lookup=rows))) == [
        ("QUA", "NHS Black Country Integrated Care Board", "icb", "", "", ""),
        ("D2P2L", "NHS Black Country ICB - D2P2L", "sub-icb location", "QUA", "", ""),
    ]


def test_names_and_codes_of_the_ons():
    text = "ICB24CD,ICB24CDH,ICB24NM,ObjectId\nE54000062,QUA,NHS Black Country Integrated Care Board,40\n"
    reading = read(open_bytes(b"\xef\xbb\xbf" + text.encode(), "names.csv")[0])
    assert reading.variant == "icbs"
    assert said(reading) == [("QUA", "NHS Black Country Integrated Care Board", "icb", "", "", "")]


def test_networks_and_their_practices():
    networks = [
        ["PCN Code", "PCN Name", "Current\nCCG Code", "CCG", "Open Date", "Close Date"],
        ["U12345", "DUDLEY NORTH PCN", "D2P2L", "NHS BLACK COUNTRY AND WEST BIRMINGHAM CCG", "20190701", None],
    ]
    relationship = ["Practice to PCN\nRelationship\nStart Date", "Practice to PCN\nRelationship\nEnd Date"]
    partners = [
        ["Partner\nOrganisation\nCode", "Partner\nName", "PCN Code", "PCN Name", *relationship],
        ["M87001", "THE SURGERY", "U99999", "OLD PCN", "20190701", "20200331"],
        ["M87001", "THE SURGERY", "U12345", "DUDLEY NORTH PCN", "20200401", None],
    ]
    reading = read(workbook(PCN_Details=networks, PCN_Partners=partners))
    rows = {row["code"]: row for row in reading.places}
    assert (rows["U12345"]["kind"], rows["U12345"]["parent"], rows["U12345"]["valid_from"]) == (
        "pcn",
        "D2P2L",
        "2019-07-01",
    )
    assert (rows["M87001"]["kind"], rows["M87001"]["parent"]) == ("practice", "U12345")


@pytest.mark.parametrize(
    "text",
    [
        "RNA,THE DUDLEY GROUP NHS FOUNDATION TRUST,10,20\nRL4,THE ROYAL WOLVERHAMPTON NHS TRUST,30,40\n",
        "\n".join(",".join(["RNA", "DUDLEY", "Y60", "QUA", *"123456789", str(at)] + ["1"] * 13) for at in range(9)),
        "Period,Org Code,Org name,A&E attendances Type 1\nMSitAE-MAY-2025,RNA,DUDLEY,10\n",
        "PRACTICE_CODE,PCN_CODE,CCG_CODE,NUMBER_OF_PATIENTS\nM87001,U12345,D2P2L,10\n",
        "CCG Code,CCG Name,Value\n05C,NHS Dudley CCG,10\n",
        "a,b\n1,2\n",
    ],
)
def test_other_tables_are_not_claimed(text: str):
    assert not RELEASE.recognise(open_bytes(text.encode(), "x.csv")[0])


def test_other_workbooks_are_not_claimed():
    assert not RELEASE.recognise(workbook(Provider=[["Title:", "DM01"], ["Provider Code", "Provider Name", "Total"]]))


def test_an_extract_that_holds_nothing_that_can_be_read():
    content = extract(
        ("RNA", "A NHS TRUST", "Y60", "QUA", "20110401", "20100401", "", "", ""),
        ("RNB", "B NHS TRUST", "Y60", "QUA", "20110401", "20100401", "", "", ""),
    )
    with pytest.raises(InputError, match="no organisation could be read"):
        RELEASE.read(content)
