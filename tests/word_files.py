"""Word files made part by part, as Word writes them, for what no library writes (changes, fields, text boxes …)."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = {
    "w": W,
    "r": OFFICE,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOTS = {"comments": "comments", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
         "endnotes": "endnotes", "settings": "settings", "header": "hdr", "footer": "ftr"}  # fmt: skip
HEADINGS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
)


def word_file(
    body: str, *, spaces: Mapping[str, str] = SPACES, parts: Mapping[str, str | bytes] | None = None,
    links: Mapping[str, str] | None = None, **stories: str,
) -> bytes:  # fmt: skip
    """A .docx with this body. ``stories`` are the insides of other parts by name ("comments", "styles" …); ``parts``
    are whole parts by path; ``links`` are external relationships of the document, target by kind.
    """
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(stories),
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}, {}),
        "word/_rels/document.xml.rels": _relationships({kind: f"{kind}.xml" for kind in stories}, links or {}),
        "word/document.xml": f"{DECLARATION}<w:document {declared}><w:body>{body}</w:body></w:document>",
    }
    for kind, inside in stories.items():
        root = ROOTS.get(kind)
        text = inside if root is None else f"<w:{root} {declared}>{inside}</w:{root}>"
        written[f"word/{kind}.xml"] = DECLARATION + text
    return zipped({**written, **(parts or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def _content_types(stories: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{MAIN}.{kind}+xml"/>' for kind in stories if kind in ROOTS
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>{rows}</Types>'
    )


def _relationships(inside: Mapping[str, str], outside: Mapping[str, str]) -> str:
    rows = [f'<Relationship Id="i{kind}" Type="{OFFICE}/{kind}" Target="{to}"/>' for kind, to in inside.items()]
    rows += [
        f'<Relationship Id="x{kind}" Type="{OFFICE}/{kind}" Target="{escape(to)}" TargetMode="External"/>'
        for kind, to in outside.items()
    ]
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a run that is no mark-up is put into one."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if run[:1] == '<' else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def bold(text: str) -> str:
    return r(text, "<w:b/>")


def styled(style: str, text: str, properties: str = "") -> str:
    return p(text, properties=f'<w:pStyle w:val="{style}"/>{properties}')


def listed(text: str, list_id: int = 1, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells; a cell that is no mark-up is put into one."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c[:1] == '<' else tc(c) for c in cells)}</w:tr>"


def tc(*content: str, span: int = 1, merge: str = "", properties: str = "") -> str:
    """A cell of paragraphs and tables. ``merge`` is "restart" or "continue"."""
    wide = f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
    tall = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inside = "".join(each if each[:3] == "<w:" else p(each) for each in content) or p()
    return f"<w:tc><w:tcPr>{wide}{tall}{properties}</w:tcPr>{inside}</w:tc>"


def field(instruction: str, result: str) -> str:
    """A complex field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(*content: str) -> str:
    """A text box as Word writes it: twice, for itself and for older versions."""
    inside = f"<w:txbxContent>{''.join(p(each) if each[:1] != '<' else each for each in content)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def changed(kind: str, *runs: str, author: str = "A. Reviewer") -> str:
    """A tracked change ("ins", "del", "moveFrom", "moveTo") around runs; deleted words are ``delText``."""
    inside = "".join(run if run[:1] == "<" else r(run) for run in runs)
    if kind == "del":
        inside = inside.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:{kind} w:id="9" w:author="{author}" w:date="2026-05-04T10:00:00Z">{inside}</w:{kind}>'


def level(at: int, format_: str, text: str, start: int = 1, more: str = "") -> str:
    """One level of a list definition."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, uses: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """One list definition and its uses."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{uses}'
