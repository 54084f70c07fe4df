"""Bytes of a web page, or of what Word and Outlook save as one, → ``Document``."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from dataclasses import replace
from itertools import count

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trigpoint.documents.markup import Piece, tidy
from trigpoint.documents.readers.html.flow import Flow, Flowed, LeftOut
from trigpoint.documents.readers.html.nesting import without_drawings
from trigpoint.documents.readers.html.tables import is_data, table_cells
from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS
from trigpoint.documents.readers.pdf.page_blocks import BlockList
from trigpoint.documents.readers.pdf.page_rows import Placed, row_blocks
from trigpoint.documents.readers.text import MARKER, decode, too_wide, worded_block
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Block, BlockKind, Document, Format, Origin, RemarkKind

CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
LOOKED_AT = 4096
# Those of European pages beside UTF-8 and Windows-1252, which bytes tell by themselves; browsers read ISO 8859-1 and
# ASCII as Windows-1252, and so do we.
CHARSETS = frozenset(("utf-16", "utf-16-le", "utf-16-be", "iso8859-2", "iso8859-15", "cp1250", "mac-roman"))
ENDS = (".", ";", ",", ":")
PROPERTIES = {"author": "author", "dc.creator": "author", "description": "subject", "date": "modified"}
LONGEST_BOLD_HEADING = 80
SENTENCES = {
    RemarkKind.HIDDEN: "Words that the page does not show were left out",
    RemarkKind.DELETED: "Words that are marked as deleted were left out",
    RemarkKind.COMMENT: "A reader's comment stands here",
}


def parse_html(data: bytes, name: str) -> Document:
    """The document in the bytes of an HTML page; what a reader of the page would not see is left out and remarked on.

    >>> document = parse_html(b"<h1>Plan</h1><table><tr><th>Action<th>Owner<tr><td>Open it<td>Nurse</table>", "p.html")
    >>> [(block.kind.value, block.text) for block in document.blocks]
    [('heading', 'Plan'), ('table row', 'Action\\tOwner'), ('table row', 'Open it\\tNurse')]
    """
    where = Where(name)
    tree = LexborHTMLParser(without_drawings(_decoded(data, where), where))
    flow = Flow(is_data)
    if tree.body is not None:
        flow.read(tree.body)
    read = BlockList(where)
    _read(flow, read)
    if not read.blocks:
        raise InputError("the page has no words", where=where, remedy="give a document with text in it")
    return Document(name, tuple(read.blocks), Format.HTML, read.settled_remarks(), _properties(tree))


def _read(flow: Flow, into: BlockList) -> None:
    """All that flowed as blocks, what was left out of it as remarks in its place."""
    left_out = iter((*flow.left_out, None))
    pending = next(left_out)
    tables = count(1)
    level = 0
    for index, one in enumerate((*flow.found, None)):
        while pending is not None and pending.before <= index:
            _remark(pending, into)
            pending = next(left_out)
        if one is not None and one.table is None:
            level = one.heading or level
            into.extend([_block(one, into.where, level)])
        elif one is not None and one.table is not None:
            waiting = [one.table]
            while waiting:
                waiting += _read_table(waiting.pop(0), next(tables), into)


def _read_table(node: LexborNode, number: int, into: BlockList) -> list[LexborNode]:
    """Add a table, its caption before it; the tables inside its cells are to follow."""
    caption = next((child for child in node.iter() if child.tag == "caption"), None)
    if caption is not None and (words := tidy(caption.text() or "")):
        into.extend([Block(BlockKind.PARAGRAPH, words, Origin(), raw=words)])
    table = table_cells(node, into.where)
    if table.cut:
        into.remark(RemarkKind.UNREAD, f"Columns of a table beyond the first {MAXIMUM_COLUMNS} were left out")
    left_out = defaultdict(list)
    for missing in table.left_out:
        left_out[missing.before].append(missing)
    rows = row_blocks(table.placed, table.height, table.width, number) if table.width else ()
    for row, block in enumerate(rows):
        for missing in left_out[row]:
            _remark(missing, into)
        into.extend([block])
    return table.inner


def _remark(one: LeftOut, into: BlockList) -> None:
    into.remark(one.kind, f"{SENTENCES[one.kind]}: “{one.words}”", one.words)


def _block(one: Flowed, where: Where, level: int) -> Block:
    """A paragraph, heading or list item; a line that stands as typed is read like one of a text file.

    ``level`` is that of the heading above: a short bold paragraph is one below it, and a short numbered one is a
    heading only where the page marks none.
    """
    if one.verbatim:
        return _typed(one.text, where)
    if one.heading:
        found = MARKER.match(one.text)
        marker, text = (found[1], one.text[found.end() :]) if found and found[1][0].isalnum() else ("", one.text)
        return Block(BlockKind.HEADING, text or one.text, Origin(), marker if text else "", one.heading, raw=one.raw)
    if one.marker:
        raw = f"{one.marker} {one.raw}"
        return Block(BlockKind.LIST_ITEM, one.text, Origin(), one.marker, max(one.listed - 1, 0), raw=raw)
    if one.listed or not one.bold or len(one.text) > LONGEST_BOLD_HEADING or one.text.endswith(ENDS):
        return worded_block(one.text, one.raw, Origin(), titles=not level)
    return Block(BlockKind.HEADING, one.text, Origin(), level=level + 1, raw=one.raw)


def _typed(line: str, where: Where) -> Block:
    """A line of text that stands as it was typed: a row where tabs part it."""
    if "\t" not in line:
        return worded_block(tidy(line), line, Origin())
    words = line.split("\t")
    if len(words) > MAXIMUM_COLUMNS:
        raise too_wide(where)
    cells = [Placed(0, column, (Piece(said),)) for column, text in enumerate(words) if (said := tidy(text))]
    (row,) = row_blocks(cells, 1, len(words), 0)
    return replace(row, origin=Origin(), cells=tuple(replace(cell, origin=Origin()) for cell in row.cells))


def _decoded(data: bytes, where: Where) -> str:
    """The text by byte order mark, by what the page says, as UTF-8, or as Windows-1252."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, where)
    found = CHARSET.search(data[:LOOKED_AT]) or XML_ENCODING.match(data[:LOOKED_AT])
    charset = found[1].decode("ascii", "replace") if found else "utf-8"
    try:
        name = codecs.lookup(charset).name
        if name in CHARSETS:
            data = data.decode(name).encode()
    except (LookupError, UnicodeError):
        pass  # the page is not what it says; its bytes are looked at instead
    return decode(data, where)


def _properties(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    title = tree.css_first("head title")
    if title is not None and (words := tidy(title.text())):
        found["title"] = words
    for node in tree.css("head meta[name][content]"):
        key = PROPERTIES.get((node.attributes.get("name") or "").lower())
        words = tidy(node.attributes.get("content") or "")
        if key and words:
            found.setdefault(key, words)
    return found
