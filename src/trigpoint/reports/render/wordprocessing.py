"""The parts of WordprocessingML that python-docx has no words for: fields, alt text, repeated headers, language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Arial"
TABLE_TEXT_ID = "TableText"
INK = RGBColor(0x21, 0x2B, 0x32)
ACCENT = RGBColor(0x00, 0x5E, 0xB8)
QUIET = RGBColor(0x42, 0x55, 0x63)
_RULE = "AEB7BD"


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def prepare(document: Any) -> None:
    """Page, language and styles: A4, British English, Arial, spacing by style and never by empty paragraphs."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.0)
    _set_language(document)
    styles = document.styles
    _set(styles["Normal"], size=11, after=6)
    _set(styles["Title"], size=24, after=2, bold=True, colour=INK, keep=True)
    _set(styles["Subtitle"], size=12, after=10, colour=QUIET)
    _set(styles["Heading 1"], size=16, before=20, after=6, bold=True, colour=ACCENT, keep=True)
    _set(styles["Heading 2"], size=13, before=14, after=4, bold=True, colour=INK, keep=True)
    _set(styles["Body Text"], size=11, before=6, after=6)
    _set(styles["List Bullet"], size=11, after=3)
    _set(styles["List Number"], size=11, after=3)
    _set(styles["Caption"], size=10, before=8, after=4, bold=True, colour=INK)
    _set(styles["Header"], size=9, colour=QUIET)
    _set(styles["Footer"], size=9, colour=QUIET)
    _set(_new(document, "Organisation"), size=11, after=2, colour=QUIET)
    _set(_new(document, "Table Text"), size=9)
    _set(_new(document, "Figure"), size=11, before=6, keep=True)
    notice = _new(document, "Notice")
    _set(notice, size=11, before=10, after=10)
    _side_rule(notice)
    _remove_rule(styles["Title"])
    _table_style(document)


def _new(document: Any, name: str) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def _set(
    style: Any,
    *,
    size: int,
    before: int = 0,
    after: int = 0,
    bold: bool = False,
    colour: RGBColor = INK,
    keep: bool = False,
) -> None:
    font, paragraph = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = colour
    for spacing in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph.keep_with_next = keep


def _set_language(document: Any) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("w:lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA"))
    for theme in document.settings.element.findall(qn("w:themeFontLang")):
        theme.set(qn("w:val"), "en-GB")


def _side_rule(style: Any) -> None:
    borders = _element("w:pBdr")
    borders.append(_element("w:left", val="single", sz="36", space="8", color="005EB8"))
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")


def _remove_rule(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for borders in properties.findall(qn("w:pBdr")):
        properties.remove(borders)


def _table_style(document: Any) -> None:
    style = document.styles.add_style("Trigpoint Table", WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    properties = _element("w:tblPr")
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=_RULE))
    properties.append(borders)
    margins = _element("w:tblCellMar")
    for side, width in (("top", "50"), ("left", "80"), ("bottom", "50"), ("right", "80")):
        margins.append(_element(f"w:{side}", w=width, type="dxa"))
    properties.append(margins)
    style.element.append(properties)


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A Word field (page number, caption number) with the text shown until Word computes it."""
    for part in ("begin", instruction, "separate", shown, "end"):
        run = paragraph.add_run()
        if part in ("begin", "separate", "end"):
            run._r.append(_element("w:fldChar", fldCharType=part))
        elif part == shown:
            run.text = shown
        else:
            code = _element("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)


def mark_rows(table: Any) -> None:
    """The first row is the header, repeated on each page and read out with each cell; rows stay in one piece."""
    rows = table._tbl.tr_lst
    for row in rows:
        row.get_or_add_trPr().append(_element("w:cantSplit"))
    rows[0].trPr.append(_element("w:tblHeader"))


def shade(cell: Any, colour: str) -> None:
    """The background of one cell."""
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=colour))


def describe_table(table: Any, title: str) -> None:
    """The table's text alternative, and which row and column are headings."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    flags = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    properties.append(_element("w:tblLook", val="06A0", **flags))
    properties.append(_element("w:tblCaption", val=title))


def describe_picture(shape: Any, *, title: str, description: str) -> None:
    """The picture's text alternative, which screen readers speak in its place."""
    properties = shape._inline.docPr
    properties.set("title", title)
    properties.set("descr", description)


def new_numbering(document: Any) -> Callable[[Any], None]:
    """A numbered list of its own, starting at 1; the result puts a paragraph into it."""
    numbering = document.part.numbering_part.numbering_definitions._numbering
    style = document.styles["List Number"].element
    used = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    abstract = next(num for num in numbering.num_lst if str(num.numId) == used).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)

    def put(paragraph: Any) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId

    return put
