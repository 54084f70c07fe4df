"""The questions of a review on a terminal: all at once, or one proposal after the other beside the document's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from trigpoint.characters import without_unprintable
from trigpoint.cli.clock import today
from trigpoint.cli.proposal_words import change_words, console, headline, likeness, print_proposals
from trigpoint.documents.review import Acceptance, Action, Decision, FieldProposal, Proposal, accept, check
from trigpoint.errors import InputError
from trigpoint.plans.model import Scope
from trigpoint.plans.provenance import Verdict
from trigpoint.wording import count

if TYPE_CHECKING:
    from trigpoint.cli.import_review import Review

LONGEST = 1500


class _Quit(Exception):
    """The user has had enough for now."""


def ask(review: Review) -> bool:
    """Ask until everything is decided or put off; ``False`` when the user stops, and nothing is to be written yet.

    Every decision is kept before the next question, so that Ctrl-C or a closed terminal loses none.
    """
    out = console()
    if review.file.decisions:
        out.print(f"\n{count(len(review.file.decisions), 'decision')} from before: taken up from {review.file.path}")
    try:
        return _ask(review, out)
    except (_Quit, EOFError):
        _tell_kept(review, out)
        return False
    except KeyboardInterrupt:
        out.print()
        _tell_kept(review, out)
        raise


def _tell_kept(review: Review, out: Console) -> None:
    made = review.file.decisions
    kept = f" {count(len(made), 'decision')} so far: the same command goes on from there." if made else ""
    out.print(f"Nothing was written to {review.folder}.{kept}")


def _ask(review: Review, out: Console) -> bool:
    undecided = review.undecided
    if not undecided:
        return True
    print_proposals(undecided, everything=False)
    sure = sum(one.sure for one in undecided)
    questions = sum(one.question for one in undecided)
    able = len(undecided) - questions
    out.print()
    offers = {
        "a": f"accept all {able}" + (f" ({count(questions, 'question')} left open)" if questions else ""),
        "s": f"accept only the {sure} that are sure",
        "o": "go through them one by one",
        "n": "nothing",
    }
    answer = _choice(out, offers)
    if answer == "n":
        raise _Quit
    if answer == "o":
        _one_by_one(review, undecided, out)
    else:
        which = Acceptance.ALL if answer == "a" else Acceptance.SURE
        review.file.add(accept(undecided, which, review.by, today()))
    return True


def _one_by_one(review: Review, undecided: Sequence[Proposal], out: Console) -> None:
    """First those that need a decision; then the rest, which may be taken at once."""
    doubtful = [one for one in undecided if not one.sure]
    _each(review, doubtful, out)
    sure = [one for one in undecided if one.sure]
    if not sure:
        return
    out.print(f"\nNothing speaks against the other {len(sure)}.", style="bold")
    offers = {"a": "accept them all", "o": "go through them one by one", "l": "leave them for later"}
    answer = _choice(out, offers)
    if answer == "a":
        review.file.add(accept(sure, Acceptance.ALL, review.by, today()))
    elif answer == "o":
        _each(review, sure, out)


def _each(review: Review, proposals: Sequence[Proposal], out: Console) -> None:
    """One after the other; an answer may do for all that are like it, or that stand under it."""
    undecided = list(proposals)
    while undecided:
        one = undecided.pop(0)
        like_it = [other for other in undecided if likeness(other) == likeness(one)] if one.doubts else []
        out.print(f"\n{len(undecided) + 1} to go", style="bold")
        _show(one, out)
        answer = _decide(review, one, like_it, out)
        if answer == "a":
            undecided = [other for other in undecided if other not in like_it]
        elif answer == "n" and one.action is Action.ADD and one.table == "objectives":
            undecided = _not_under(one, undecided, out)


def _not_under(objective: Proposal, proposals: Sequence[Proposal], out: Console) -> list[Proposal]:
    """The proposals without those that cannot be taken over without the objective."""
    left_out = {objective.item}
    for one in proposals:  # parents come before what stands under them
        if one.action is Action.ADD and one.parent in left_out:
            left_out.add(one.item)
    kept = [one for one in proposals if one.item not in left_out]
    if len(kept) < len(proposals):
        out.print(f"{count(len(proposals) - len(kept), 'proposal')} under it left out with it.")
    return kept


_WORDS = {"yes": "y", "no": "n"}
_OFFERS = {"y": "yes", "n": "no, leave it out", "c": "correct it", "l": "leave it for later", "q": "stop here"}


def _decide(review: Review, one: Proposal, like_it: Sequence[Proposal], out: Console) -> str:
    """Decide, correct or put off one proposal; the letter that was answered."""
    offers = dict(_OFFERS)
    if one.question:
        del offers["y"]
    if like_it:
        offers["a"] = f"yes to it and the {len(like_it)} like it"
    while True:
        answer = _choice(out, offers)
        if answer == "q":
            raise _Quit
        if answer == "l":
            return answer
        if answer == "a":
            review.file.add(accept([one, *like_it], Acceptance.ALL, review.by, today()))
            return answer
        verdict, values = (Verdict.ACCEPTED if answer == "y" else Verdict.SKIPPED), {}
        if answer == "c":
            verdict, values = Verdict.CORRECTED, _corrected(one, out)
        if (answer != "c" or values) and _keep(review, Decision(one.key, verdict, values, review.by, today()), out):
            return answer


def _keep(review: Review, decision: Decision, out: Console) -> bool:
    """Keep a decision, unless its correction cannot be read: then that is said."""
    try:
        if decision.values:
            before = review.workspace.provenance if review.workspace else ()
            check(review.read.draft, review.existing, decision, before)
    except InputError as error:
        out.print(str(error))
        return False
    review.file.add([decision])
    return True


def _show(one: Proposal, out: Console) -> None:
    out.print(headline(one), style="bold")
    if one.under:
        out.print(Text(f"under {_shown(one.under)}"))
    table = Table("In the document", "Read as", box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_row(_shown(one.words) or "(nothing)", _reading(one))
    out.print(table)
    for doubt in one.doubts:
        out.print(Text(f"? {_shown(doubt)}"))


def _reading(one: Proposal) -> str:
    if one.action is Action.REMOVE:
        return "the plan has it, the document does not"
    if one.action is Action.CHANGE:
        return "\n".join(_shown(f"{field.label}: {change_words(field)}") for field in one.fields)
    told = (field for field in one.fields if field.proposed not in ("", one.under, Scope.SYSTEM.value))
    return "\n".join(f"{field.label}: {_shown(field.proposed)}" for field in told)


def _shown(text: str) -> str:
    plain = without_unprintable(text)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


def _corrected(one: Proposal, out: Console) -> dict[str, str]:
    """The fields that the user writes anew; nothing when none is chosen."""
    fields = {str(number): field for number, field in enumerate(one.fields, 1)}
    values: dict[str, str] = {}
    while True:
        if len(fields) == 1:
            field = fields["1"]
        else:
            out.print(
                "  ".join(f"{number} {field.label}" for number, field in fields.items()), style="dim", soft_wrap=True
            )
            answer = _line(out, "Which field? (its number; Enter when done) ")
            if not answer:
                return values
            if answer not in fields:
                continue
            field = fields[answer]
        values[field.name] = _written(field, values, out)
        if len(fields) == 1:
            return values


def _written(field: FieldProposal, values: dict[str, str], out: Console) -> str:
    out.print(Text(f"{field.label} is: {_shown(values.get(field.name, field.proposed)) or '(empty)'}"))
    if field.hint:
        out.print(Text(field.hint), style="dim")
    return _line(out, f"{field.label}: ")


def _choice(out: Console, offers: dict[str, str]) -> str:
    """One of the letters offered, asked for until it is given."""
    words = ", ".join(f"[{letter}] {what}" for letter, what in offers.items())
    while True:
        answer = _line(out, f"{words}: ").lower()
        letter = _WORDS.get(answer, answer)
        if letter in offers:
            return letter
        out.print(f"Please answer with one of the letters: {' or '.join(offers)}.")


def _line(out: Console, prompt: str) -> str:
    out.print(Text(prompt), end="")
    return input().strip()
