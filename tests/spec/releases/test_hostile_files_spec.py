"""Hostile and broken files: each is refused or read in sentences, and none ends the program, hangs or doubles a figure.

The small file throughout is of ambulance indicators: England and two services in January 2024.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import struct
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trigpoint.cli.data_figures import Asked, tell_value
from trigpoint.cli.data_lists import remove_file
from trigpoint.errors import InputError
from trigpoint.releases.files import workbook_process
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.observation import Basis, Rows
from trigpoint.releases.reading import FileReading, read_bytes
from trigpoint.releases.registry import release
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import read_schema
from trigpoint.releases.soundness import shortened, sound
from trigpoint.releases.store import Outcome, open_store
from trigpoint.releases.tables.header import find_header
from trigpoint.releases.tables.strings import string_table

TODAY = date(2026, 6, 1)
ITEMS = [name.upper() for name in read_schema("ambulance").eras[-1].counted]


def indicators(*rows: tuple[str, str]) -> str:
    """A CSV of ambulance indicators: code and figure, the same figure in all columns."""
    lines = [["Year", "Month", "Region", "Org Code", "Org Name", *ITEMS]]
    lines += [["2024", "1", "Eng", code, f"Service {code}", *[figure] * len(ITEMS)] for code, figure in rows]
    return "".join(",".join(line) + "\r\n" for line in lines)


SMALL = indicators(("Eng", "30"), ("RRU", "10"), ("RX6", "20"))
DATA = SMALL.encode()


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def patched(data: bytes, at_local: int, at_central: int, value: bytes) -> bytes:
    """An archive of one member with bytes of its two headers changed."""
    changed, central = bytearray(data), data.rfind(b"PK\x01\x02")
    if at_local:
        changed[at_local : at_local + len(value)] = value
    changed[central + at_central : central + at_central + len(value)] = value
    return bytes(changed)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(sheet: str, strings: str = f'<sst xmlns="{MAIN}"/>', before: str = "") -> bytes:
    """A workbook of one sheet whose parts are written by hand, as no program would."""
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    sheets = '<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>'

    def links(**targets: str) -> str:
        each = "".join(
            f'<Relationship Id="{id}" Type="{OFFICE}/{said.split()[0]}" Target="{said.split()[1]}"/>'
            for id, said in targets.items()
        )
        return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'

    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": links(a="officeDocument xl/workbook.xml"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": links(a="worksheet worksheets/sheet1.xml", b="sharedStrings sharedStrings.xml"),
        "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    return zipped(*((name, ('<?xml version="1.0"?>' + text).encode()) for name, text in parts.items()))


def cell(reference: str, text: str) -> str:
    row = "".join(one for one in reference if one.isdigit())
    return f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c></row>'


ENTITIES = "<!DOCTYPE d [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)) + "]>"
ONE_CELL = f"<sheetData>{cell('A1', 'Org Code')}</sheetData>"
UNCLOSED = "a quotation mark is opened and not closed"
DAMAGED = "the archive is damaged or cut short"
LARGE = "the workbook is damaged, or has more cells than are read"
UNKNOWN = "this is no published statistic that is known"

REFUSED = [
    # what the file holds, the sentence
    (b"x", UNKNOWN),
    (b'{"error": {"code": 404}}', UNKNOWN),
    (b"," * 1_000_000, UNKNOWN),
    ("<!DOCTYPE html><html>".encode("utf-16"), "this is a web page saved under the name of a data file"),
    (b'"' + DATA * 60, UNCLOSED),
    (DATA + b'2024,1,"' + b"x" * 200_000 + b'",RRU\r\n', UNCLOSED),
    (DATA + b'"2024' + b"\r\n1,2,3" * 60, UNCLOSED),
    (zipped(("b.zip", zipped(("a.csv", DATA)))), "there is only another archive in the archive"),
    (zipped(("b.csv", zipped(("a.csv", DATA)))), "this is an archive within an archive"),
    (
        zipped(("b.xlsx", zipped(("xl/x.xml", b"0" * 30_000_000), ("[Content_Types].xml", b"")))),
        "the archive would unpack",
    ),
    (zipped(("a.csv", b""), ("b.csv", b" \r\n")), "the tables in the archive are empty"),
    (zipped(*((f"{n}.csv", b"a") for n in range(2_001)), method=0), "the archive would unpack to 0 MB in 2,001 files"),
    (patched(zipped(("a.csv", DATA)), 0, 16, b"\x00\x01\x02\x03"), DAMAGED),  # checksum
    (patched(zipped(("a.csv", DATA)), 0, 24, struct.pack("<I", 10)), DAMAGED),  # size
    (patched(zipped(("a.csv", DATA)), 8, 10, b"\x0c\x00"), DAMAGED),  # said to be bzip2
    (patched(zipped(("a.csv", DATA)), 8, 10, b"\x0e\x00"), DAMAGED),  # said to be LZMA
    (patched(zipped(("a.csv", DATA), method=zipfile.ZIP_LZMA), 26, 42, b"\xff\xff"), DAMAGED),
    (
        patched(zipped(("a.csv", DATA)), 8, 10, b"\x63\x00"),
        "the archive is locked, or packed in a way that is not read",
    ),
    (patched(zipped(("a.csv", DATA)), 6, 8, b"\x01\x00"), "the archive is locked with a password"),
    (xlsx(f'<dimension ref="A1:XFD1048576"/>{ONE_CELL}'), UNKNOWN),
    (xlsx(f"<sheetData>{cell('A1', 'x')}{cell('XFD1048576', 'x')}</sheetData>"), LARGE),
    (xlsx(f"<sheetData>{cell('A1', 'x')}{cell('ZZZ99999999', 'x')}</sheetData>"), LARGE),
    (xlsx(ONE_CELL, f'<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000"/>'), LARGE),
    (xlsx(f"<sheetData>{cell('A1', '&a9;')}</sheetData>", before=ENTITIES), "the workbook is damaged or cut short"),
    (xlsx('<sheetData><row r="1"><c r="A1"><f>cmd|x!A0</f><v>1</v></c></row></sheetData>'), UNKNOWN),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000, "the workbook is damaged or cut short"),
]


@pytest.mark.parametrize(("data", "sentence"), REFUSED, ids=[f"{n} {row[1][:40]}" for n, row in enumerate(REFUSED)])
def test_a_hostile_file_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    (refused,) = read_bytes(data, "file.csv")
    assert isinstance(refused, InputError)
    assert sentence in str(refused)
    assert len(str(refused)) < 600


@pytest.mark.parametrize("cut", range(0, len(zipped(("a.csv", DATA))), 10))
def test_an_archive_cut_short_anywhere_is_refused(cut: int) -> None:
    (refused,) = read_bytes(zipped(("a.csv", DATA))[:cut], "cut.zip")
    assert isinstance(refused, InputError)


READ = [
    # how the small file is saved, which changes nothing of what it says
    ("utf-8-sig", DATA.decode().encode("utf-8-sig")),
    ("utf-16", SMALL.encode("utf-16")),
    ("utf-16 with half a letter at its end", SMALL.encode("utf-16") + b"\x00"),
    ("cp1252 with a letter of its own", SMALL.replace("Service RRU", "Caf\u00e9").encode("cp1252")),
    ("line ends of old Macs", SMALL.replace("\r\n", "\r").encode()),
    ("rows in another order", indicators(("RX6", "20"), ("Eng", "30"), ("RRU", "10")).encode()),
    ("a row too long", (SMALL.rstrip() + ",9,9,9\r\n").encode()),
    ("a line of a million commas", DATA + b"," * 1_000_000 + b"\r\n"),
    ("half a surrogate pair in a name", SMALL.encode().replace(b"Service RRU", b"\xed\xa0\x80")),
    ("members called ../../a.csv", zipped(("../../a.csv", DATA))),
    ("a member of the root folder", zipped(("/etc/a.csv", DATA))),
    ("a name of many letters", zipped(("a" * 60_000 + ".csv", DATA), ("b.csv", b""))),
    ("ghosts beside it", zipped(("__MACOSX/._a.csv", b"\x00"), ("a.csv", DATA))),
]


@pytest.mark.parametrize(("said", "data"), READ, ids=[row[0] for row in READ])
def test_a_file_saved_oddly_is_read_as_it_is(said: str, data: bytes) -> None:
    (read,) = read_bytes(data, "file.csv")
    assert isinstance(read, FileReading), read
    figures = read.reading.frame.filter(pl.col("part") == read.reading.frame["part"][0]).sort("org")
    assert figures.select("org", "value").rows() == [("ENG", 30.0), ("RRU", 10.0), ("RX6", 20.0)]


@pytest.mark.parametrize("again", [("RRU", "10"), ("RRU", "11"), ("Eng", "30")])
def test_an_organisation_that_stands_twice_is_never_counted_twice(again: tuple[str, str]) -> None:
    (refused,) = read_bytes((SMALL + indicators(again).split("\r\n", 1)[1]).encode(), "twice.csv")
    assert "more than once" in str(refused)


ODD_CELLS = ["A" * 5_000, "\x1b[31mred", "=cmd|' /C calc'!A0", "<script>", "1e999", "\u202e12", "31/02/2024"]


@pytest.mark.parametrize("odd", ODD_CELLS)
def test_a_cell_that_is_no_figure_is_told_shortly_and_harmlessly(odd: str) -> None:
    (read,) = read_bytes(indicators(("RRU", odd), ("RX6", "20")).encode(), "odd.csv")
    assert isinstance(read, FileReading)
    assert read.reading.frame["org"].unique().to_list() == ["RX6"]
    assert all(len(one) < 600 and "\x1b" not in one for one in read.reading.rejected)


def test_codes_that_are_none_are_left_out_with_their_figures() -> None:
    (read,) = read_bytes(indicators(("R" * 5_000, "1"), ("R\x1b[2J", "1"), ("RX6", "20")).encode(), "codes.csv")
    assert isinstance(read, FileReading)
    assert read.reading.frame["org"].unique().to_list() == ["RX6"]
    assert [one.code for one in read.reading.organisations] == ["RX6"]
    assert any("cannot be an organisation’s code" in one for one in read.reading.rejected)


def test_counts_below_nought_are_kept_and_noted_and_infinite_ones_marked() -> None:
    rows = Rows()
    for org, value in (("RRU", -5.0), ("RX6", float("inf")), ("RX7", float("nan")), ("RX8", 3.0)):
        rows.add("ambulance-calls", org, Basis.AMBULANCE, date(2024, 1, 1), date(2024, 1, 31), value)
    ambulance = release("ambulance")
    part = next(one.id for one in ambulance.parts if one.unit in ("calls", "incidents", "seconds"))
    frame = rows.frame().with_columns(pl.lit(part).alias("part"))
    named = (Organisation("RRU", "L" * 900, Basis.AMBULANCE),)
    checked = sound(Reading("csv", frame, organisations=named, title="T" * 900), ambulance)
    assert checked.frame.sort("org")["value"].to_list() == [-5.0, None, None, 3.0]
    assert checked.frame.sort("org")["marker"].to_list() == ["", "not available", "not available", ""]
    assert checked.rejected == ("2 figures are beyond all numbers: marked as not available",)
    assert checked.notes == (f"1 count is below nought, the first {part} of RRU: -5; kept as published",)
    assert len(checked.title) < 220
    assert len(checked.organisations[0].name) < 220


def test_periods_that_no_statistic_is_of_are_left_out() -> None:
    rows = Rows()
    for start, end in (((1, 1), (1, 1)), ((9999, 12), (9999, 12)), ((2024, 3), (2024, 1)), ((2024, 1), (2024, 1))):
        rows.add("calls", "RX6", Basis.AMBULANCE, date(*start, 1), date(*end, 31), 1.0)
    checked = sound(Reading("csv", rows.frame()), release("ambulance"))
    assert checked.frame["start"].to_list() == [date(2024, 1, 1)]
    assert checked.rejected == (
        "0001-01-01 to 0001-01-31 is no period of statistics: 3 figures of the kind were left out",
    )


def test_a_long_sentence_keeps_its_start_and_its_end() -> None:
    said = shortened("start " + "x" * 5_000 + " end")
    assert (said[:6], said[-4:], len(said) <= 500) == ("start ", " end", True)


BLANKS = [  # lines above and among the rows; what polars passes over by itself must not be counted
    "\r\n\r\nCode,N\r\nA,1\r\nB,2\r\n",
    "Code,N\r\n\r\nA,1\r\n\r\nB,2\r\n",
    '"a title\r\nof two lines"\r\nCode,N\r\nA,1\r\nB,2\r\n',
    "\rCode,N\rA,1\rB,2\r",
    'Code,N\nA,1,"surplus"\nB\n,2\n'.replace("B\n,2", "B,2"),
    'Code,N\nA,"1" \nB,2\n',
]


@pytest.mark.parametrize("text", BLANKS)
def test_rows_below_a_header_are_all_found(text: str) -> None:
    content = Content("a.csv", Kind.TEXT, text.encode())
    header = find_header(content.head, "Code", "N")
    assert header is not None
    assert string_table(content, header).select("code", "n").rows() == [("A", "1"), ("B", "2")]


def test_a_workbook_that_ends_its_process_does_not_end_this_one() -> None:
    hostile = xlsx(f"<sheetData>{cell('A1', 'x')}{cell('XFD1048576', 'x')}</sheetData>")
    command = [sys.executable, "-I", str(workbook_process.__file__)]
    alone = subprocess.run(command, input=hostile, capture_output=True, check=False)
    assert alone.returncode != 0  # were it read here, this would be the end of the tests
    (content,) = open_bytes(hostile, "far.xlsx")
    with pytest.raises(InputError, match="more cells than are read"):
        _ = content.sheets


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A workspace that holds the small file."""
    (read,) = read_bytes(DATA, "small.csv")
    assert isinstance(read, FileReading)
    open_store(tmp_path).add(read, TODAY)
    return tmp_path


ENTRIES = [
    # what somebody wrote into the manifest
    ("tables", ["../../victim.txt"]),
    ("tables", ["release=ambulance/../../victim.txt"]),
    ("tables", "abc"),
    ("about", "/etc/hostname"),
    ("about", 3),
    ("number", "1"),
    ("whole", "no"),
    ("periods", ["2024-01-01"]),
    ("superseded", [{"periods": ["a"], "kinds": []}]),
    ("status", "certain"),
]


@pytest.mark.parametrize(("name", "value"), ENTRIES)
def test_a_manifest_that_was_tampered_with_is_refused(held: Path, name: str, value: object) -> None:
    manifest = held / "published" / "manifest.json"
    said = json.loads(manifest.read_text())
    said["files"][0][name] = value
    manifest.write_text(json.dumps(said))
    with pytest.raises(InputError, match="the list of published files is damaged"):
        open_store(held)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"nothing" * 100])
def test_a_damaged_table_is_mended_by_adding_its_file_again(held: Path, data: bytes) -> None:
    next(held.rglob("*.parquet")).write_bytes(data)
    store = open_store(held)
    with pytest.raises(InputError, match="damaged"):
        store.observations()
    (read,) = read_bytes(DATA, "small.csv")
    assert isinstance(read, FileReading)
    assert store.add(read, TODAY).outcome is Outcome.ADDED
    assert len(open_store(held).observations()) == len(read.reading.frame)


@pytest.mark.parametrize("columns", [{"x": [1]}, {"part": ["calls"], "org": ["ENG"], "value": ["much"]}])
def test_a_table_of_another_shape_is_a_sentence(held: Path, columns: dict[str, list[object]]) -> None:
    pl.DataFrame(columns).write_parquet(next(held.rglob("*.parquet")))
    with pytest.raises(InputError, match="damaged"):
        open_store(held).observations()


@pytest.mark.parametrize("about", ["[]", "{}", '{"organisations": [["R", "N", "nobody", ""]]}', '{"organisations": 3}'])
def test_damaged_organisations_are_a_sentence(held: Path, about: str) -> None:
    next(held.rglob("about-*.json")).write_text(about)
    with pytest.raises(InputError, match="no longer in the workspace, or damaged"):
        open_store(held).organisations()


def test_a_file_that_is_not_held_cannot_be_removed(held: Path) -> None:
    with pytest.raises(InputError, match="no file here is called other"):
        remove_file(held, "other.csv")
    with pytest.raises(InputError, match="no file here has the digest"):
        remove_file(held, "")
    assert len(open_store(held).files) == 1


@pytest.mark.parametrize("org", ["", "  "])
def test_nobody_has_no_figures(held: Path, org: str) -> None:
    asked = Asked("ambulance-cat2-mean", org, held, "", "", "")
    with pytest.raises(InputError, match="no organisation was named"):
        tell_value(asked, "2024-01", as_json=False)


def test_a_pipe_in_place_of_the_manifest_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    os.mkfifo(tmp_path / "published" / "manifest.json")
    with pytest.raises(InputError, match="this is not a file"):
        open_store(tmp_path)


def test_a_full_disk_is_a_sentence_and_leaves_what_was_there(held: Path) -> None:
    (more,) = read_bytes(indicators(("RYA", "7")).replace("2024", "2025").encode(), "more.csv")
    assert isinstance(more, FileReading)
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
        with pytest.raises(InputError, match="the figures cannot be written"):
            open_store(held).add(more, TODAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert [one.file for one in open_store(held).files] == ["small.csv"]
    assert open_store(held).add(more, TODAY).outcome is Outcome.ADDED
