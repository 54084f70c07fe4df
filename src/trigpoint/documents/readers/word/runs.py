"""The words of one paragraph as they would be printed with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.word.content import BREAK, Anchor, Course, Event, Line, Paragraph, Span, words_of
from trigpoint.documents.readers.word.drawings import read_drawing
from trigpoint.documents.readers.word.fields import Fields, form_field
from trigpoint.documents.readers.word.names import KIND, MATH_TEXT, alternative, children, value
from trigpoint.documents.readers.word.styles import Look, read_look
from trigpoint.documents.readers.word.symbols import readable, symbol, symbols
from trigpoint.documents.words import ended, opens_mid_sentence, unfinished, word_list
from trigpoint.plans.document import RemarkKind

TAB = "  "  # markup takes two blanks for a line break that was lost, and one blank for a space
WRAPPERS = frozenset(
    ("hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "sdtContent", "ruby", "rubyBase")
)


@dataclass(frozen=True, slots=True)
class Change:
    """Who inserted or moved words, and when."""

    text: str
    author: str
    date: str


INSERTED = "Inserted with tracked changes that are not accepted yet; read as part of the text"
MOVED = "Moved here with tracked changes that are not accepted yet; read as part of the text"
DELETED = "Deleted with tracked changes that are not accepted yet; left out"
HIDDEN = "Formatted as hidden: not printed, and left out"


class Words:
    """Reads what stands in a paragraph, or in several that become one when tracked changes are accepted."""

    def __init__(self, course: Course, paragraph: Paragraph) -> None:
        self.course = course
        self.paragraph = paragraph
        self.spans: Line = []
        self.boxes: list[Element] = []
        self._fields = Fields()
        self._begun = False
        self._linked = False
        self._last: dict[RemarkKind, Event] = {}
        paragraph.events.extend(course.waiting)
        course.waiting.clear()

    def read(self, nodes: Iterable[Element], look: Look, change: Change | None = None) -> None:
        """The runs among these elements, and what stands around them. ``look`` is that of the paragraph's style."""
        for node in nodes:
            kind = KIND[node.tag]
            if kind == "r":
                self._run(node, look, change)
            elif kind in WRAPPERS:
                self._linked = self._linked or kind == "hyperlink"
                self.read(node, look, change)
            elif kind == "sdt":
                self.read(children(node, "sdtContent"), look, change)
            elif kind in ("ins", "moveTo"):
                text = INSERTED if kind == "ins" else MOVED
                self.read(node, look, Change(text, value(node, "author"), value(node, "date")))
            elif kind == "del":
                self._delete(node)
            elif kind == "math":
                formula = "".join(each.text or "" for each in node.iter() if each.tag in MATH_TEXT)
                self._print(formula, node, look, change)
            elif kind == "AlternateContent":
                self.read(alternative(node), look, change)
            elif kind.startswith("comment"):
                self._comment(kind, value(node, "id"))

    def _run(self, parts: Iterable[Element], look: Look, change: Change | None) -> None:
        for node in parts:
            kind = KIND[node.tag]
            if kind == "rPr":
                look = read_look(node, look, self.course.styles)
            elif kind == "t":
                text = (node.text or "").replace("\n", " ").replace("\t", " ")
                text = symbols(text, look.font) if look.font else readable(text)
                if text:
                    self._print(text, node, look, change)
            else:
                self._sign(kind, node, look, change)

    def _sign(self, kind: str, node: Element, look: Look, change: Change | None) -> None:
        """What stands in a run beside plain text."""
        if kind in ("tab", "ptab"):
            self._print(TAB, node, look, change)
        elif kind in ("br", "cr"):
            if value(node, "type") == "page":
                self.course.page_break(rendered=False)
            self._print(BREAK, None, look, change)
        elif kind == "lastRenderedPageBreak":
            self.course.page_break(rendered=True)
        elif kind == "noBreakHyphen":
            self._print("-", node, look, change)
        elif kind == "sym":
            if sign := symbol(value(node, "char"), value(node, "font")):
                self._print(sign, node, look, change)
        elif kind == "fldChar":
            self._field(value(node, "fldCharType"), node, look, change)
        elif kind in ("footnoteReference", "endnoteReference"):
            self.course.notes.append((kind.removesuffix("Reference"), value(node, "id")))
        elif kind == "commentReference":
            self._comment(kind, value(node, "id"))
        elif kind == "AlternateContent":
            self._run(alternative(node), look, change)
        elif kind in ("drawing", "pict", "object"):
            drawing = read_drawing(node)
            self.boxes += drawing.boxes
            if drawing.unread:
                event = Event(RemarkKind.UNREAD, drawing.unread, [drawing.described], at=len(self.spans))
                self.paragraph.events.append(event)
        elif kind == "ruby":
            self.read(children(node, "rubyBase"), look, change)

    def _print(self, text: str, element: Element | None, look: Look, change: Change | None) -> None:
        if look.hidden:
            self._note(RemarkKind.HIDDEN, text, Change(HIDDEN, "", ""))
            return
        if change is not None:
            self._note(RemarkKind.INSERTED, text, change, 1)
        if text.strip():
            self._looks(self.paragraph, look)
        self.spans.append(Span(text, element, look.bold))
        self.course.texts.append(text)

    def _looks(self, paragraph: Paragraph, look: Look) -> None:
        """Count a run's look in; the first one's page is the paragraph's."""
        underlined = look.underlined and not self._linked  # links are underlined without being headings
        if not self._begun:
            self._begun = True
            paragraph.page, paragraph.size = self.course.breaks, look.size
            paragraph.bold, paragraph.underlined = look.bold, underlined
        paragraph.size = min(paragraph.size, look.size)
        paragraph.bold = paragraph.bold and look.bold
        paragraph.underlined = paragraph.underlined and underlined

    def _field(self, kind: str, node: Element, look: Look, change: Change | None) -> None:
        if kind == "begin":
            self._fields.begin(len(self.spans), len(self.course.texts), form_field(node))
            return
        cut = self._fields.separate() if kind == "separate" else self._fields.end(len(self.spans))
        if cut is not None:
            del self.spans[cut.spans :]
            del self.course.texts[cut.texts :]
            if cut.shown:
                self._print(cut.shown, None, look, change)

    def _delete(self, node: Element) -> None:
        self._note(RemarkKind.DELETED, words_within(node), Change(DELETED, value(node, "author"), value(node, "date")))

    def _note(self, kind: RemarkKind, words: str, change: Change, length: int = 0) -> None:
        """Note a change; it joins the last one where nothing stands between them and one person made both."""
        here = len(self.spans)
        last = self._last.get(kind)
        if last is None and not here:
            last = self.course.carried.get(kind)
        elif last is not None and last.at != here:
            last = None
        if last is not None and (last.author, last.text) == (change.author, change.text):
            last.words.append(words)
        elif words.strip():
            last = Event(kind, change.text, [words], change.author, change.date)
            self.paragraph.events.append(last)
        else:
            return
        last.at = here + length
        self._last[kind] = last

    def _comment(self, kind: str, id_: str) -> None:
        comments, here = self.course.comments, len(self.course.texts)
        if kind == "commentRangeStart":
            comments.setdefault(id_, Anchor(self.paragraph, here))
        elif kind == "commentRangeEnd" and id_ in comments:
            comments[id_].end = here
        elif kind == "commentReference":
            comments.setdefault(id_, Anchor(self.paragraph))

    def finish(self) -> None:
        """Put the lines into the paragraph: a line that goes on with the sentence above belongs to it."""
        lines: list[Line] = [[]]
        for span in self.spans:
            if span.text == BREAK:
                lines.append([])
            else:
                lines[-1].append(span)
        for line in lines:
            text = words_of(line).strip()
            above = self.paragraph.lines[-1] if self.paragraph.lines else []
            if text and above and goes_on(words_of(above).strip(), text):
                above += [Span(" "), *line]
            elif text:
                self.paragraph.lines.append(line)

    def carry_on(self, kind: RemarkKind | None) -> None:
        """Let a change that reaches the end of the paragraph, its mark included, go on into the next."""
        self.course.carried.clear()
        last = self._last.get(kind) if kind else None
        if kind and last is not None and last.at == len(self.spans):
            last.words.append(" ")
            self.course.carried[kind] = last


def goes_on(above: str, text: str) -> bool:
    """Whether a line goes on with the sentence of the line above it, which a break only wraps.

    >>> goes_on("We agree the plan", "and publish it"), goes_on("We will:", "agree it"), goes_on("staff", "patients")
    (True, False, False)
    """
    if above.endswith((";", ":")) or ended(above) or not opens_mid_sentence(text):
        return False
    return unfinished(above) or text.split(maxsplit=1)[0] in word_list("unfinished")


def words_within(node: Element) -> str:
    """All words within an element, deleted ones included, paragraphs parted by a blank."""
    found = []
    for each in node.iter():
        kind = KIND[each.tag]
        if kind in ("t", "delText"):
            found.append(each.text or "")
        elif kind in ("p", "tab", "br", "tc"):
            found.append(" ")
    return "".join(found)
