"""Rules on what stands in the place of content: placeholders, notes to oneself, non-actions, references by position."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, closing, opening
from trigpoint.checks.pack import found, patterns, table
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Passage, Role, Subject

PLACES = frozenset(
    {Role.CELL, Role.MILESTONE, Role.DELIVERABLE, Role.MEASURE, Role.BASELINE, Role.OBJECTIVE, Role.LINK}
)
ACTIONS = frozenset({Role.MILESTONE, Role.DELIVERABLE})
LIST_MARK = re.compile(r"^\s*(?:\d+[.)]|[a-z]\)|[•*–-])\s*")
EXAMPLE_OPENING = re.compile(r"^\s*(?:\d+[.)]\s*)?e\.?\s?g\.?(?=[\s:,])", re.IGNORECASE)
TRAILING_QUESTION = re.compile(r"\?\s*$")
FEWEST_WORDS = 2
QUESTION_WORDS = re.compile(r"\b(?:how|what|who|when|where|why|which|whether|do|does|is|are|can|did)\b", re.IGNORECASE)


@rule("PLACEHOLDER_TEXT", Severity.ERROR)
def placeholder_text(subject: Subject) -> Iterator[Objection]:
    """XXX, TBC, "to be determined" or the like stands where a value, a baseline or an action should.

    Info where the text itself says what will come later ("scope to be determined", "outcome awaited"): an honest gap
    is still a gap. "To be agreed", "to be developed" and the like count only where they are all there is.

    Fires: "in line with the national XXXX", "To be determined". Does not: "Plan to be implemented by April 2027".
    Remedy: write the content, or say who will supply it by when.
    """
    for passage in subject.texts:
        text = LIST_MARK.sub("", passage.text)
        for match, say in found("placeholders", "anywhere", passage.text):
            quoted = around(passage.text, match.start(), match.end(), before=5, after=2)
            yield Objection(f"“{match.group().strip()}” {say}.", passage.line, quoted, None, passage.where)
        if passage.role in PLACES:
            for pattern, say in patterns("placeholders", "whole"):
                if pattern.fullmatch(text.strip()):
                    yield Objection(f"“{text.strip()}” {say}.", passage.line, text, None, passage.where)
        for match, say in found("placeholders", "declared", passage.text):
            quoted = around(passage.text, match.start(), match.end(), before=1, after=3)
            message = f"{say[0].upper()}{say[1:]}: say who supplies it by when."
            yield Objection(message, passage.line, quoted, Severity.INFO, passage.where)


@rule("DRAFTING_NOTE", Severity.WARNING)
def drafting_note(subject: Subject) -> Iterator[Objection]:
    """A note of the author to themselves was left in.

    A question mark at the end of a deliverable or action, an action that opens with "e.g.", a working title,
    an instruction to the writer.

    Fires: "Support the reference group?", "E.g. set up a pilot". Does not: a question quoted in running text.
    Remedy: decide, and write the commitment.
    """
    for passage in subject.texts:
        for match, say in found("placeholders", "drafting", passage.text):
            quoted = around(passage.text, match.start(), match.end(), before=2, after=2)
            yield Objection(f"Left in from drafting: {say}.", passage.line, quoted, None, passage.where)
        if passage.role not in PLACES:
            continue
        if opened := EXAMPLE_OPENING.match(passage.text):
            quoted = around(passage.text, opened.start(), opened.end(), before=0, after=6)
            yield Objection("An example stands for the action itself.", passage.line, quoted, None, passage.where)
        asked = TRAILING_QUESTION.search(passage.text) and len(passage.text.split()) > FEWEST_WORDS
        if asked and not QUESTION_WORDS.match(passage.text):
            quoted = opening(passage.text, 9) if len(passage.text.split()) < 14 else closing(passage.text, 12)
            message = "A commitment that ends in a question mark has not been decided."
            yield Objection(message, passage.line, quoted, None, passage.where)


@rule("NON_ACTION", Severity.WARNING)
def non_action(subject: Subject) -> Iterator[Objection]:
    """An action says that nothing will be done, or only states how things are.

    Info where it states a fact: the reader may see an action in it.

    Fires: "No plans to introduce a measurement". Does not: "No patient waits more than four hours".
    Remedy: write what will be done, or delete the action and say why there is none.
    """
    for passage in _actions(subject):
        text = LIST_MARK.sub("", passage.text)
        for key, severity in (("no_action", None), ("states_fact", Severity.INFO)):
            for pattern, say in patterns("placeholders", key):
                if pattern.search(text):
                    message = f"The action {say}."
                    yield Objection(message, passage.line, opening(text, 10), severity, passage.where)


@rule("STATUS_IN_ACTION", Severity.INFO)
def status_in_action(subject: Subject) -> Iterator[Objection]:
    """An action holds a status word and no action.

    Fires: "In progress". Does not: "Work in progress is reported to the board by June 2026".
    Remedy: write the action; report its status in an update.
    """
    for passage in _actions(subject):
        for pattern, say in patterns("placeholders", "status"):
            if pattern.fullmatch(passage.text.strip()):
                yield Objection(f"“{passage.text.strip()}” {say}.", passage.line, passage.text, None, passage.where)


@rule("VAGUE_ACTION", Severity.INFO)
def vague_action(subject: Subject) -> Iterator[Objection]:
    """An action names no object, date or owner of its own.

    It fires on short actions that consist of a general verb and general nouns alone.

    Fires: "Implementation of approved projects", "Evaluate". Does not: "Implement the referral policy".
    Remedy: name what is done, to what, by when.
    """
    verbs = frozenset(table("placeholders")["vague"]["verbs"])
    empty = frozenset(table("placeholders")["vague"]["empty_words"])
    for passage in _actions(subject):
        words = re.findall(r"[a-z0-9]+", LIST_MARK.sub("", passage.text).lower())
        if 0 < len(words) <= 8 and words[0] in verbs and all(word in empty or word in verbs for word in words):
            message = "The action names nothing that could be seen to be done; say what, to what, by when."
            yield Objection(message, passage.line, passage.text, None, passage.where)


@rule("BACK_REFERENCE", Severity.WARNING)
def back_reference(subject: Subject) -> Iterator[Objection]:
    """A cell says "As above", "See above" or "ditto".

    The row then has no content of its own: it breaks when rows are sorted, filtered or exported. Once a row.
    A note "(see below)" inside other words is an info.

    Fires: "As above". Does not: "the standards set out above are met".
    Remedy: repeat the words, or name the row that is meant.
    """
    seen: set[int | None] = set()
    for passage in _places(subject):
        for pattern, _ in patterns("placeholders", "back_reference"):
            key = passage.line if passage.line is not None else id(passage)
            if key not in seen and pattern.fullmatch(passage.text.strip()):
                seen.add(key)
                message = "The cell refers to another by position and has no content of its own; write it out."
                yield Objection(message, passage.line, opening(passage.text, 6), None, passage.where)
        for match, say in found("placeholders", "position_note", passage.text):
            quoted = around(passage.text, match.start(), match.end(), before=4, after=0)
            message = f"“{match.group()}” {say}; name what is meant."
            yield Objection(message, passage.line, quoted, Severity.INFO, passage.where)


@rule("CONDITIONAL_DELIVERABLE", Severity.INFO)
def conditional_deliverable(subject: Subject) -> Iterator[Objection]:
    """Delivery depends on a decision or on money that has no owner and no date.

    Fires: "delivered, subject to resources continuing". Does not: "subject to audit".
    Remedy: make the decision a milestone with its own owner and date.
    """
    for passage in subject.items:
        if passage.role not in ACTIONS:
            continue
        for match, say in found("placeholders", "conditional", passage.text):
            if any(exempt.match(passage.text, match.start()) for exempt, _ in _exempt()):
                continue
            quoted = around(passage.text, match.start(), match.end(), before=2, after=5)
            message = f"{say[0].upper()}{say[1:]} that has no owner or date here."
            yield Objection(message, passage.line, quoted, None, passage.where)


def _exempt() -> tuple[tuple[re.Pattern[str], str], ...]:
    return patterns("placeholders", "conditional_exempt")


def _actions(subject: Subject) -> Iterator[Passage]:
    """The milestones of a plan; of an action plan that has none, the deliverables."""
    action = Role.MILESTONE if subject.plan.milestones else Role.DELIVERABLE
    return (passage for passage in subject.items if passage.role is action)


def _places(subject: Subject) -> Iterator[Passage]:
    return (passage for passage in subject.texts if passage.role in PLACES)
