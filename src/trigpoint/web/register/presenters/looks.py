"""How a state looks: always a word and a shape, and a colour that only repeats them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.checks.finding import Severity
from trigpoint.plans.model import Progress
from trigpoint.plans.state import State, Summary
from trigpoint.web.config.wording import count_of


@dataclass(frozen=True, slots=True)
class Look:
    """``slug`` names it in addresses and style classes, ``shape`` the drawing in ``parts/shapes.html``."""

    slug: str
    label: str
    shape: str
    meaning: str = ""


def _slug(word: str) -> str:
    return word.replace(",", "").replace(" ", "-")


_SHAPES = {
    State.OVERDUE: "warning",
    State.DUE_THIS_QUARTER: "half",
    State.DUE_NEXT_QUARTER: "quarter",
    State.LATER: "ring",
    State.UNDATED: "dashes",
    State.COMPLETE_LATE: "tick",
    State.COMPLETE: "tick",
}
STATES = {state: Look(_slug(state.value), state.label, shape, state.meaning) for state, shape in _SHAPES.items()}
NOTHING = Look("nothing", "Nothing planned", "dashes", "The plan holds no commitment here.")

_PROGRESS_SHAPES = {
    Progress.NOT_STARTED: "ring",
    Progress.ON_TRACK: "tick",
    Progress.AT_RISK: "half",
    Progress.OFF_TRACK: "warning",
    Progress.COMPLETE: "tick",
    Progress.NOT_COMPLETE: "dashes",
}
PROGRESS = {word: Look(_slug(word.value), word.value.capitalize(), shape) for word, shape in _PROGRESS_SHAPES.items()}

SEVERITIES = {
    Severity.ERROR: Look(
        "error", "Error", "warning", "Somebody would object to it: mend it before the plan is submitted."
    ),
    Severity.WARNING: Look("warning", "Warning", "half", "It should be mended, or accepted with a reason."),
    Severity.INFO: Look("info", "Remark", "ring", "Worth knowing; it may be right as it is."),
}

# The order in which pages count states: what is wrong first, what is done last.
COUNTED = (
    State.OVERDUE,
    State.DUE_THIS_QUARTER,
    State.DUE_NEXT_QUARTER,
    State.LATER,
    State.UNDATED,
    State.COMPLETE,
)

COLUMN_HEADINGS = ("Overdue", "This quarter", "Next quarter", "Later", "No date", "Complete")


def counts(summary: Summary) -> tuple[int, ...]:
    """One count for each of ``COUNTED``; *complete* includes what was late."""
    return tuple(summary.complete if state is State.COMPLETE else summary.counts[state] for state in COUNTED)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar, in per cent of its width."""

    slug: str
    start: str
    width: str


_BAR_ORDER = (5, 0, 1, 2, 3, 4)  # what is done stands at the left, as in every progress bar


def bar(numbers: Sequence[int]) -> tuple[Segment, ...]:
    """The bar of some counts (in the order of ``COUNTED``); no segment for a count of zero."""
    total = sum(numbers)
    segments, start = [], 0.0
    for index in _BAR_ORDER:
        if numbers[index]:
            width = 100 * numbers[index] / total
            segments.append(Segment(STATES[COUNTED[index]].slug, f"{start:.2f}", f"{width:.2f}"))
            start += width
    return tuple(segments)


WORRIES = (Progress.OFF_TRACK, Progress.AT_RISK)


@dataclass(frozen=True, slots=True)
class Counted:
    """A look with how many it holds for, in words: "2 off track"."""

    look: Look
    words: str


def worries(summary: Summary) -> tuple[Counted, ...]:
    """What leads say is off track or at risk, the graver first; nothing where they say neither."""
    found = ((word, summary.declared[word]) for word in WORRIES)
    return tuple(Counted(PROGRESS[word], f"{count:,} {word.value}") for word, count in found if count)


def summary_words(summary: Summary) -> str:
    """The counts as a sentence: what is there by state, and what leads worry about."""
    if not summary.total:
        return "The plan holds no deliverable or milestone here."
    found = [f"{count:,} {state.value}" for state, count in summary.counts.items() if count]
    return f"{count_of(summary.total, 'commitment')}: {', '.join(found)}.{reported_words(summary)}"


def reported_words(summary: Summary) -> str:
    """What leads worry about as a sentence with a space before it, "" for nothing."""
    found = [f"{summary.declared[word]:,} as {word.value}" for word in WORRIES if summary.declared[word]]
    return f" Leads report {' and '.join(found)}." if found else ""


def worst(summary: Summary) -> Look:
    """The look of the most urgent state."""
    return STATES[summary.worst] if summary.worst else NOTHING
