"""Rules on what a file holds beside its printed words: tracked changes, comments, hidden parts, broken formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import opening
from trigpoint.checks.pack import word_set
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.plans.document import Origin, Remark, RemarkKind
from trigpoint.wording import count

ERROR_VALUE = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|GETTING_DATA)|Err:5\d\d")
QUOTED_WORDS = 14
LONGEST_CHOICE = 6


def _of(subject: Subject, *kinds: RemarkKind) -> tuple[Remark, ...]:
    return tuple(each for each in subject.document.remarks if each.kind in kinds) if subject.document else ()


def _objection(remark: Remark, message: str) -> Objection:
    """An objection where the remark stands, quoting its words, or else naming its sheet."""
    quoted = opening(remark.words, QUOTED_WORDS) or remark.origin.sheet
    return Objection(message, remark.origin.line, quoted, None, remark.origin.place)


@rule("TRACKED_CHANGES", Severity.WARNING, needs=Needs.DOCUMENT)
def tracked_changes(subject: Subject) -> Iterator[Objection]:
    """Changes are still tracked in the file: nobody has accepted or rejected them.

    What is deleted can still be read by everyone who gets the file, and readers see two plans in one. Named once a
    paragraph or row; the plan is read with insertions in and deletions out.

    Fires: a paragraph with a tracked deletion. Does not: a file whose changes were accepted.
    Remedy: accept or reject every change before the plan is sent out.
    """
    kinds = {RemarkKind.INSERTED: "insertion", RemarkKind.DELETED: "deletion"}
    groups: dict[object, list[Remark]] = {}
    for remark in _of(subject, *kinds):
        place = remark.origin.line if remark.origin.line is not None else tuple(remark.origin.place.items())
        groups.setdefault(place, []).append(remark)
    for remarks in groups.values():
        counted = {kind: sum(1 for each in remarks if each.kind is kind) for kind in kinds}
        told = " and ".join(count(number, f"tracked {kinds[kind]}") for kind, number in counted.items() if number)
        yield _objection(remarks[0], f"Holds {told}, neither accepted nor rejected.")


@rule("COMMENT_LEFT", Severity.WARNING, needs=Needs.DOCUMENT)
def comment_left(subject: Subject) -> Iterator[Objection]:
    """A comment is still in the file.

    A comment is a question somebody asked of the draft; in a plan that is sent out it is open for all to read.

    Fires: a cell with a comment "figure to be checked". Does not: a file without comments.
    Remedy: settle it and delete the comment.
    """
    for remark in _of(subject, RemarkKind.COMMENT):
        said = f": “{opening(remark.text, QUOTED_WORDS)}”" if remark.text.strip() else ""
        yield _objection(remark, f"A comment is left in{said}.")


@rule("HIDDEN_CONTENT", Severity.WARNING, needs=Needs.DOCUMENT)
def hidden_content(subject: Subject) -> Iterator[Objection]:
    """A sheet, row, column or passage is hidden.

    Readers of the page do not see it, readers of the file do, and so does whatever reads the file by machine. Info for
    a hidden sheet that only holds the choices of drop-down lists.

    Fires: a hidden sheet "Old version". Does not: a sheet that all can see.
    Remedy: show it or delete it.
    """
    for remark in _of(subject, RemarkKind.HIDDEN):
        found = _objection(remark, _sentence(remark.text, "Something is hidden here; show it or delete it."))
        yield replace(found, severity=Severity.INFO) if _choices(remark) else found


def _choices(remark: Remark) -> bool:
    """Whether a hidden sheet is called as the lists that drop-downs choose from are, and no sentences."""
    name = frozenset(re.findall(r"[a-z]+", remark.origin.sheet.lower()))
    terse = all(len(part.split()) <= LONGEST_CHOICE for part in remark.words.split("·"))
    return terse and bool(name & word_set("sections", "choice_sheets"))


@rule("FORMULA_ERROR", Severity.ERROR, needs=Needs.DOCUMENT)
def formula_error(subject: Subject) -> Iterator[Objection]:
    """A cell shows the error of a formula where a value should stand.

    Named once a sheet or table and kind of error, at its first cell.

    Fires: a cell "#REF!". Does not: "#1 priority"; "n/a".
    Remedy: mend the formula, or write the value.
    """
    found = [(each.origin, _error_of(each)) for each in _of(subject, RemarkKind.FORMULA_ERROR)]
    told = {(origin.line, shown) for origin, shown in found}
    for row, _, cell in subject.cells:
        shown = cell.text.strip()
        line = cell.origin.line or row.origin.line
        if ERROR_VALUE.fullmatch(shown) and (line, shown) not in told:
            found.append((replace(cell.origin, line=line), shown))
    groups: dict[tuple[str, str], list[Origin]] = {}
    for origin, shown in found:
        groups.setdefault((origin.sheet or str(origin.table or ""), shown), []).append(origin)
    for (_, shown), origins in groups.items():
        first = min(origins, key=lambda origin: (origin.line or 0, origin.row or 0, origin.column or 0))
        more = f", and in {count(len(origins) - 1, 'other cell')}" if len(origins) > 1 else ""
        message = f"{shown or 'An error'} stands where a value should{more}."
        yield Objection(message, first.line, shown, None, first.place)


def _error_of(remark: Remark) -> str:
    match = ERROR_VALUE.search(remark.words) or ERROR_VALUE.search(remark.text)
    return match.group() if match else remark.words.strip()


@rule("MACRO_IN_FILE", Severity.WARNING, needs=Needs.DOCUMENT)
def macro_in_file(subject: Subject) -> Iterator[Objection]:
    """The file holds a program.

    Many mail systems stop such a file, and readers are taught not to open it. Macros are never run here.

    Fires: a workbook with a macro. Does not: one without.
    Remedy: send the plan as a file without macros.
    """
    for remark in _of(subject, RemarkKind.MACRO)[:1]:
        yield _objection(remark, _sentence(remark.text, "The file holds macros."))


@rule("EXTERNAL_LINK", Severity.INFO, needs=Needs.DOCUMENT)
def external_link(subject: Subject) -> Iterator[Objection]:
    """The file takes values from another file.

    Whoever receives it sees the values of the last time it was saved, and cannot tell whether they still hold.

    Fires: a workbook with links to another workbook. Does not: a link to a page on the web in its text.
    Remedy: write the values, and say where they come from.
    """
    for remark in _of(subject, RemarkKind.EXTERNAL_LINK):
        yield _objection(remark, _sentence(remark.text, "Takes values from another file."))


@rule("UNREAD_PART", Severity.INFO, needs=Needs.DOCUMENT)
def unread_part(subject: Subject) -> Iterator[Objection]:
    """A part of the file could not be read, so nothing in it has been checked.

    Fires: a picture of a table; an embedded object. Does not: a file that is read whole.
    Remedy: put the words and figures into the document itself.
    """
    for remark in _of(subject, RemarkKind.UNREAD):
        yield _objection(remark, _sentence(remark.text, "A part of the file could not be read and is not checked."))


def _sentence(text: str, otherwise: str) -> str:
    """What the reader says of it as one sentence."""
    said = " ".join(text.split())
    if not said:
        return otherwise
    return said if said.endswith((".", "?", "!")) else f"{said}."
