"""Fields: what stands between the beginning of a field and its result is an instruction, and is not printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.word.names import child, children, is_on, number, value


@dataclass(frozen=True, slots=True)
class Cut:
    """From where on words were an instruction, among the spans and among all texts, and what is printed instead."""

    spans: int
    texts: int
    shown: str = ""


@dataclass(slots=True)
class Open:
    """A field that has begun. ``result`` is where its result begins, once it has."""

    begun: Cut
    shown: str
    result: int | None = None


@dataclass(slots=True)
class Fields:
    """The fields of a paragraph that are not yet ended, the innermost last.

    A field that never comes to an end hides nothing: its words are kept.
    """

    open: list[Open] = field(default_factory=list)

    def begin(self, spans: int, texts: int, shown: str) -> None:
        """A field begins here; ``shown`` is what a form field prints without having it among its words."""
        self.open.append(Open(Cut(spans, texts), shown))

    def separate(self) -> Cut | None:
        """The instruction ends and the result begins: what to cut."""
        if not self.open or self.open[-1].result is not None:
            return None
        self.open[-1].result = self.open[-1].begun.spans
        return self.open[-1].begun

    def end(self, spans: int) -> Cut | None:
        """The field ends: what to cut where there was no result."""
        if not self.open:
            return None
        ended = self.open.pop()
        if ended.result is None or (ended.shown and ended.result == spans):
            return Cut(ended.begun.spans, ended.begun.texts, ended.shown)
        return None


def form_field(begin: Element) -> str:
    """What a drop-down list or a tick box of an old form prints; "" for any other field."""
    data = child(begin, "ffData")
    if data is None:
        return ""
    if (box := child(data, "checkBox")) is not None:
        state = child(box, "checked")
        state = child(box, "default") if state is None else state
        return "☒" if state is not None and is_on(state) else "☐"
    if (chosen := child(data, "ddList")) is not None:
        entries = [value(each) for each in children(chosen, "listEntry")]
        result = child(chosen, "result")
        result = child(chosen, "default") if result is None else result
        at = 0 if result is None else number(result) or 0
        return entries[at] if 0 <= at < len(entries) else ""
    return ""
