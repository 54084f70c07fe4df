"""Reading a Word plan of 500 pages: headings, paragraphs, lists, tables with merged cells, as Word writes them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.timing import Claim, call_seconds, paired_medians

PAGES = 500
BOUND_SECONDS = 10.0
ROWS, COLUMNS = 8, 6
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LOOK = (
    '<w:rPr><w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:cstheme="majorHAnsi"/>{bold}'
    '<w:color w:val="000000"/><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr>'
)
PLAIN, BOLD = LOOK.format(bold=""), LOOK.format(bold="<w:b/><w:bCs/>")
SENTENCE = "The partnership will agree a pathway for people who wait, and publish it by June 2027, with "
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def word_plan(pages: int) -> bytes:
    """A Word file of about so many pages; each has a heading, prose, a list and a table of eight rows."""
    body = "".join(_page(number) for number in range(pages))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{TYPES}.styles+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{TYPES}.numbering+xml"/></Types>',
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relationships({"styles": "styles.xml", "numbering": "numbering.xml"}),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{NUMBERING}</w:numbering>',
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
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def _page(number: int) -> str:
    heading = _paragraph(f"Pathway {number}", '<w:pStyle w:val="Heading2"/>', runs=1)
    prose = _paragraph(SENTENCE * 2, runs=4) * 3
    item = _paragraph(SENTENCE, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 3
    return heading + prose + item + _table(number) + "<w:p/>"


def _table(page: int) -> str:
    header = "".join(_cell(f"Column {at}", BOLD) for at in range(COLUMNS - 2)) + _cell("Both years", BOLD, 2)
    rows = "".join(_row(page, at) for at in range(ROWS - 1))
    grid = '<w:gridCol w:w="1600"/>' * COLUMNS
    top = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{header}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{top}{rows}</w:tbl>"


def _row(page: int, at: int) -> str:
    merge = '<w:vMerge w:val="restart"/>' if at % 3 == 0 else "<w:vMerge/>"
    first = _cell(f"Objective {page}.{at}" if at % 3 == 0 else "", PLAIN, merge=merge)
    return f'<w:tr w:rsidR="00FC74E0">{first}{_cell(SENTENCE, PLAIN) * (COLUMNS - 1)}</w:tr>'


def _cell(text: str, look: str, span: int = 1, merge: str = "") -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties = f'<w:tcW w:w="1600" w:type="dxa"/>{wide}{merge}<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(text, look=look)}</w:tc>"


def _paragraph(text: str, properties: str = "", look: str = PLAIN, runs: int = 2) -> str:
    size = len(text) // runs + 1
    parts = (text[at : at + size] for at in range(0, len(text), size))
    shown = "".join(f'<w:r w:rsidRPr="001F43C8">{look}<w:t xml:space="preserve">{part}</w:t></w:r>' for part in parts)
    spacing = f'{properties}<w:spacing w:before="100" w:after="100"/><w:ind w:left="100" w:right="100"/>'
    return f'<w:p w:rsidR="00FC74E0" w:rsidRPr="001F43C8"><w:pPr>{spacing}</w:pPr>{shown}</w:p>'


def claims() -> list[Claim]:
    """`parse_word` against unpacking the file and parsing its XML: the least that any reader has to do."""
    from lxml import etree

    from trigpoint.documents.readers.word.document import parse_word

    data = word_plan(PAGES)

    def floor() -> None:
        with ZipFile(BytesIO(data)) as package:
            etree.fromstring(package.read("word/document.xml"))

    ours, reference = paired_medians(
        lambda: call_seconds(lambda: parse_word(data, "plan.docx")), lambda: call_seconds(floor), runs=3
    )
    return [
        Claim(f"read a Word plan of {PAGES} pages", ours, "unpacking and parsing its XML", reference, BOUND_SECONDS)
    ]
