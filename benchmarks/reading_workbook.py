"""Reading an Excel plan of 50,000 rows and ten columns: words, dates, percentages, money, as Excel writes them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.timing import Claim, call_seconds, paired_medians

ROWS = 50_000
BOUND_SECONDS = 5.0
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
HEADINGS = ("Ref", "Objective", "Action", "Lead", "Start", "Due", "Progress", "Budget", "Status", "Latest update")
SENTENCE = "The partnership will agree a pathway for people who wait, and publish it by June 2027, action"
STATUSES = ("On track", "Complete", "Delayed")
FIRST_DAY = 46113  # 1 April 2026
STYLES = (
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/>'
    '<numFmt numFmtId="165" formatCode="&quot;£&quot;#,##0.00"/></numFmts><cellXfs count="5"><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="17"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
)


def workbook_plan(rows: int) -> bytes:
    """A workbook with one sheet of so many actions; four of its ten columns hold words of their own in each row."""
    texts = [*HEADINGS, *STATUSES]
    for number in range(rows):
        texts += [
            f"Objective {number % 400}",
            f"{SENTENCE} {number}",
            f"Director {number}",
            f"{SENTENCE} {number}, late",
        ]
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    heading = "".join(f'<c r="{"ABCDEFGHIJ"[at]}1" t="s"><v>{at}</v></c>' for at in range(len(HEADINGS)))
    cells = "".join(_row(number) for number in range(rows))
    links = {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relationships({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><sheets>'
        '<sheet name="Actions" sheetId="1" r:id="rworksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relationships(links),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{heading}</row>{cells}'
        "</sheetData></worksheet>",
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, DECLARATION + text)
    return stream.getvalue()


def _relationships(targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{kind}" Type="{KINDS}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def _row(number: int) -> str:
    line, text = number + 2, len(HEADINGS) + len(STATUSES) + 4 * number
    return (
        f'<row r="{line}" spans="1:10"><c r="A{line}"><v>{number + 1}</v></c>'
        f'<c r="B{line}" t="s"><v>{text}</v></c><c r="C{line}" t="s"><v>{text + 1}</v></c>'
        f'<c r="D{line}" t="s"><v>{text + 2}</v></c><c r="E{line}" s="1"><v>{FIRST_DAY + number % 700}</v></c>'
        f'<c r="F{line}" s="2"><v>{FIRST_DAY + number % 500}</v></c>'
        f'<c r="G{line}" s="3"><v>{number % 1000 / 1000}</v></c><c r="H{line}" s="4"><v>{number * 7 / 100}</v></c>'
        f'<c r="I{line}" t="s"><v>{len(HEADINGS) + number % 3}</v></c><c r="J{line}" t="s"><v>{text + 3}</v></c></row>'
    )


def claims() -> list[Claim]:
    """`parse_workbook` against the values alone, with no formats, places or notes, by a reader written in Rust."""
    from python_calamine import load_workbook

    from trigpoint.documents.readers.workbook.document import parse_workbook

    data = workbook_plan(ROWS)
    ours, reference = paired_medians(
        lambda: call_seconds(lambda: parse_workbook(data, "plan.xlsx")),
        lambda: call_seconds(lambda: load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()),
        runs=3,
    )
    name = f"read a workbook of {ROWS:,} rows and {len(HEADINGS)} columns"
    return [Claim(name, ours, "its values alone by python-calamine", reference, BOUND_SECONDS)]
