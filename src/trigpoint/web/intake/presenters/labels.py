"""The words and looks of a review: tables, actions, verdicts."""

from __future__ import annotations

from trigpoint.documents.review import Action
from trigpoint.documents.review.fields import TABLES
from trigpoint.plans.provenance import Verdict
from trigpoint.web.intake.models import State
from trigpoint.web.register.presenters.looks import Look
from trigpoint.wording import plural

OWN_TABLES = {"plan": ("plan", "details of the plan itself"), "statuses": ("status word", "status words")}
UNDER_NONE = {"plan": "The plan itself", "statuses": "What its status words mean"}

ACCEPTED, CORRECTED = Look("complete", "Accepted", "tick"), Look("complete", "Corrected", "tick")
SKIPPED = Look("nothing", "Skipped", "dashes")
DOUBTFUL = Look("at-risk", "Needs your decision", "half")
SURE = Look("later", "Sure", "ring")
VERDICTS = {Verdict.ACCEPTED: ACCEPTED, Verdict.CORRECTED: CORRECTED, Verdict.SKIPPED: SKIPPED}

ACTIONS = {
    Action.ADD.value: Look("on-track", "New", "tick"),
    Action.CHANGE.value: Look("at-risk", "Changed", "half"),
    Action.REMOVE.value: Look("off-track", "No longer in the document", "warning"),
}

STATES = {
    State.WAITING: "Waiting to be read",
    State.READING: "Being read",
    State.REVIEW: "To be reviewed",
    State.NO_PLAN: "No plan",
    State.REFUSED: "Could not be read",
    State.FINISHED: "Finished",
}


def kind(table: str) -> str:
    """What one row of a table is called, with a capital: "Success measure"."""
    noun = OWN_TABLES[table][0] if table in OWN_TABLES else TABLES[table].noun if table in TABLES else table
    return noun[:1].upper() + noun[1:]


def kinds(table: str) -> str:
    """What the rows of a table are called, with a capital: "Success measures"."""
    known = {name: words for name, (_, words) in OWN_TABLES.items()}
    words = known.get(table) or (plural(2, TABLES[table].noun) if table in TABLES else table)
    return words[:1].upper() + words[1:]


def table_order(table: str) -> int:
    """The place of a table in every list of tables."""
    order = [*OWN_TABLES, *TABLES]
    return order.index(table) if table in order else len(order)


def group_heading(theme: str, objective: str, table: str) -> str:
    """What stands over proposals that belong together."""
    return " › ".join(part for part in (theme, objective) if part) or UNDER_NONE.get(table) or kinds(table)
