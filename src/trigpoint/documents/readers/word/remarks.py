"""What a Word file holds beside its words: changes, comments, hidden text, macros, links out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.package import Element, Package, Relationship
from trigpoint.documents.readers.word.content import Anchor, Course, Item, paragraphs_of, words_of
from trigpoint.documents.readers.word.names import KIND, WORD_2010, WORD_2012, children, value
from trigpoint.documents.readers.word.runs import words_within
from trigpoint.plans.document import Origin, Remark, RemarkKind

OWN_AUTHOR = "Trigpoint"
LONGEST_WORDS = 1_000
MACROS = "The file carries macros; they were not run"
LINKED = "The file is linked to something outside it, which was not fetched"
ORDINARY_LINKS = frozenset(("hyperlink",))


def change_remarks(items: list[Item], course: Course, last: Origin) -> Iterator[Remark]:
    """Changes, hidden text and unread parts, in reading order. ``last`` is where the document ends."""
    for paragraph in paragraphs_of(items):
        for event in paragraph.events:
            origin = _within(paragraph.origin, last)
            yield Remark(event.kind, event.text, origin, _short("".join(event.words)), event.author, event.date)
    for event in course.waiting:
        yield Remark(event.kind, event.text, last, _short("".join(event.words)), event.author, event.date)


def comment_remarks(
    comments: Element | None, resolved: frozenset[str], course: Course, last: Origin
) -> Iterator[Remark]:
    """Comments with the words that they hang on, replies included.

    Left out are those marked as resolved, and what this program itself has said of the plan.
    """
    for comment in [] if comments is None else children(comments, "comment"):
        if value(comment, "author") == OWN_AUTHOR:
            continue
        anchor = course.comments.get(value(comment, "id"))
        text = tidy(words_within(comment))
        if anchor is None or not text or any(paragraph_id(each) in resolved for each in comment):
            continue
        origin = _within(anchor.paragraph.origin, last)
        author, date = value(comment, "author"), value(comment, "date")
        yield Remark(RemarkKind.COMMENT, text, origin, _anchored(anchor, course), author, date)


def own_comments(comments: Element | None, course: Course) -> Set[tuple[str, int | None, str]]:
    """What this program has said in the file before, the lines of the blocks that it hangs on, and the words."""
    found = set()
    for comment in [] if comments is None else children(comments, "comment"):
        anchor = course.comments.get(value(comment, "id"))
        if anchor is not None and anchor.paragraph.origin is not None and value(comment, "author") == OWN_AUTHOR:
            found.add((tidy(words_within(comment)), anchor.paragraph.origin.line, _anchored(anchor, course)))
    return found


def _anchored(anchor: Anchor, course: Course) -> str:
    """The words that a comment hangs on; where it has no beginning and end, those of its paragraph."""
    if anchor.start is None or anchor.end is None:
        return _short(" ".join(words_of(line) for line in anchor.paragraph.lines))
    words: list[str] = []
    length = 0
    for text in course.texts[anchor.start : anchor.end]:
        words.append(text)
        length += len(text)
        if length > LONGEST_WORDS:
            break
    return _short("".join(words))


def resolved_comments(extended: Element | None) -> frozenset[str]:
    """The paragraph ids of comments that were marked as resolved, and of the replies to them."""
    rows = [] if extended is None else list(extended)
    done = {_id(row, "paraId") for row in rows if _id(row, "done") in ("1", "true")} - {""}
    return frozenset(done | {_id(row, "paraId") for row in rows if _id(row, "paraIdParent") in done})


def answered_comments(extended: Element | None) -> frozenset[str]:
    """The paragraph ids of comments that somebody replied to."""
    rows = [] if extended is None else list(extended)
    return frozenset(_id(row, "paraIdParent") for row in rows) - {""}


def _id(row: Element, name: str) -> str:
    return str(row.get(f"{{{WORD_2012}}}{name}", ""))


def paragraph_id(element: Element) -> str:
    """The id that Word gives a paragraph, "" for none."""
    return element.get(f"{{{WORD_2010}}}paraId", "") if KIND[element.tag] == "p" else ""


def package_remarks(package: Package, relationships: Iterable[Relationship]) -> Iterator[Remark]:
    """Macros, and links to anything outside the file but web addresses in the text."""
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        yield Remark(RemarkKind.MACRO, MACROS, Origin())
    seen: set[str] = set()
    for each in relationships:
        if each.external and each.kind not in ORDINARY_LINKS and each.target not in seen:
            seen.add(each.target)
            yield Remark(RemarkKind.EXTERNAL_LINK, LINKED, Origin(), _short(each.target))


def _within(origin: Origin | None, last: Origin) -> Origin:
    """A place that exists: a paragraph without words that left no block stands where the last block does."""
    if origin is None or (origin.line or 0) > (last.line or 0):
        return last
    return origin


def _short(words: str) -> str:
    text = tidy(words[: 2 * LONGEST_WORDS])
    return text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS]}…"
