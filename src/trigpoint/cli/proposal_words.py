"""Proposals on a terminal: what each does, why it needs a look, and many of them by their reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from trigpoint.characters import on_one_line
from trigpoint.documents.review import Action, FieldProposal, Proposal, kind_of_doubt
from trigpoint.documents.review.fields import TABLES
from trigpoint.plans.changes import ChangeKind
from trigpoint.plans.diff_words import Edit, word_changes
from trigpoint.wording import listed

FIRST = 8
LIKE_IT = 3
LONGEST = 200
_SHORT = 60
_AROUND = 25
_MARKS = {Edit.REMOVED: ("[−", "−]"), Edit.ADDED: ("[+", "+]")}


def console() -> Console:
    """Standard output, on which words of a document are never taken for mark-up."""
    return Console(highlight=False, markup=False)


def cut(text: str) -> str:
    """The text on one line, cut when it is long."""
    line = on_one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def placed(text: str, place: str) -> str:
    """The text with the place it is about before it, where that is known."""
    return f"{place}: {text}" if place else text


def headline(one: Proposal) -> str:
    """What a proposal does to which row, and where it was read."""
    noun = TABLES[one.table].noun if one.table in TABLES else ""
    return cut(placed(f"{one.action.value} {noun}: {one.title}" if noun else one.title, one.place))


def reasons(one: Proposal) -> Iterator[str]:
    """What a proposal changes, and why it needs a look."""
    if one.action is Action.CHANGE:
        yield from (f"{field.label}: {change_words(field)}" for field in one.fields)
    yield from one.doubts


def change_words(field: FieldProposal) -> str:
    """A changed field: short values beside each other, of long ones what became of their words.

    >>> change_words(FieldProposal("due", "30 June 2018", "31 March 2018"))
    '31 March 2018 → 30 June 2018'
    """
    before, after = (on_one_line(text) for text in (field.current, field.proposed))
    if field.kind is ChangeKind.MOVED:
        before, after = (text if len(text) <= _SHORT else f"{text[:_SHORT]}…" for text in (before, after))
        return f"{before or '(nothing)'} → {after or '(nothing)'}"
    if len(before) + len(after) <= 2 * _SHORT or not (before and after):
        return f"{before or '(nothing)'} → {after or '(nothing)'}"
    pieces = word_changes(before, after)
    last = len(pieces) - 1
    shown = (
        _kept(piece.text, first=index == 0, last=index == last)
        if piece.edit is Edit.KEPT
        else _marked(piece.edit, piece.text)
        for index, piece in enumerate(pieces)
    )
    return "".join(shown).strip()


def _marked(edit: Edit, text: str) -> str:
    start, end = _MARKS[edit]
    return f"{start}{text.strip()}{end}{' ' if text.endswith(' ') else ''}"


def _kept(text: str, *, first: bool, last: bool) -> str:
    """What did not change, with no more whole words of it than show where the changes stand."""
    if len(text) <= 2 * _AROUND:
        return text
    head = "" if first else text[:_AROUND].rpartition(" ")[0]
    tail = "" if last else text[-_AROUND:].partition(" ")[2]
    return f"{head} … {tail}" if head else f"… {tail}"


def likeness(one: Proposal) -> object:
    """The same for proposals that differ in their words alone: one answer may do for all of them."""
    return one.action, one.table, one.question and one.key, frozenset(map(kind_of_doubt, one.doubts))


def print_proposals(proposals: Sequence[Proposal], *, everything: bool) -> None:
    """What needs a decision, by the reason why; the rest in a line. ``everything`` lists each proposal by itself."""
    out = console()
    doubtful = [one for one in proposals if not one.sure]
    if doubtful:
        out.print(f"\nNeeds a decision ({len(doubtful)})", style="bold")
    groups: dict[object, list[Proposal]] = {}
    for one in doubtful:
        groups.setdefault(likeness(one), []).append(one)
    for ones in groups.values():
        _print_alike(out, ones, len(ones) if everything else LIKE_IT)
    _print_sure(out, [one for one in proposals if one.sure], everything=everything, alone=not doubtful)


def _print_alike(out: Console, ones: Sequence[Proposal], shown: int) -> None:
    for one in ones[:shown]:
        _print_one(out, one)
    rest = ones[shown:]
    if rest:
        places = list(dict.fromkeys(one.place for one in rest if one.place))
        more = "; …" if len(places) > LIKE_IT else ""
        where = f" ({'; '.join(places[:LIKE_IT])}{more})" if places else ""
        out.print(Padding.indent(Text(cut(f"… and {len(rest):,} like it{where}")), 2))


def _print_sure(out: Console, sure: Sequence[Proposal], *, everything: bool, alone: bool) -> None:
    if not sure:
        return
    parts = [f"{number:,} to {action.value}" for action, number in Counter(one.action for one in sure).items()]
    out.print(f"\nNothing speaks against {'these' if alone else 'the rest'}: {listed(parts)}.")
    changes = [one for one in sure if one.action is not Action.ADD]
    shown: Iterable[Proposal] = sure if everything else changes[:FIRST]
    for one in shown:
        _print_one(out, one)
    if not everything and len(changes) > FIRST:
        out.print(f"  … and {len(changes) - FIRST:,} more: --accept none lists them all")


def _print_one(out: Console, one: Proposal) -> None:
    out.print(Padding.indent(Text(headline(one)), 2))
    for reason in reasons(one):
        out.print(Padding.indent(Text(on_one_line(reason)), 6))
