"""A plan on its way through a review: rows that decisions put in, change and take out, and what follows from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from trigpoint.documents.review.comparison import PLAN, STATUSES, Step
from trigpoint.documents.review.corrections import Taken
from trigpoint.documents.review.fields import TABLES, TableForm, Values, with_values
from trigpoint.documents.review.figures import merged
from trigpoint.documents.review.pairing import keys_of
from trigpoint.documents.review.proposal import Action, Proposal
from trigpoint.documents.review.removals import UNDER_OBJECTIVES
from trigpoint.plans.model import Plan

UNDER_DELIVERABLES = ("milestones", "measures", "links")


@dataclass(slots=True)
class Ledger:
    """The rows of every table by key, and what was decided of them.

    ``header`` has the fields of the plan that were taken over, ``meanings`` the answers on status words, ``taken`` the
    steps that took effect, ``left`` those that did not, ``told`` what followed beyond the decisions, and how often.
    """

    rows: dict[str, dict[str, Any]]
    header: Values = field(default_factory=dict)
    meanings: dict[str, Taken] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    left: list[Proposal] = field(default_factory=list)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    _skipped: set[str] = field(default_factory=set)
    _waiting: set[str] = field(default_factory=set)
    _removed: list[Taken] = field(default_factory=list)

    def leave(self, step: Step) -> None:
        """A step that nobody decided, or that waits for another; what stands under its row waits with it.

        What cannot be without something that was skipped is left out with it, and is no question any more.
        """
        table = TABLES.get(step.proposal.table)
        if table is not None and step.proposal.action is Action.ADD:
            needed = {step.values[one.name] for one in table.fields if one.needed and one.refers}
            if needed & self._skipped:
                self._leave_out(step, table)
                return
        self.left.append(step.proposal)
        if step.proposal.action is Action.ADD and step.proposal.table in TABLES:
            self._waiting.add(step.proposal.item)

    def skip(self, step: Step) -> None:
        """A step that was declined."""
        if step.proposal.action is Action.ADD and step.proposal.table in TABLES:
            self._skipped.add(step.proposal.item)

    def take(self, taken: Taken) -> None:
        """A step that was accepted."""
        proposal = taken.step.proposal
        if proposal.table == PLAN:
            self.header.update(taken.values)
            self.taken.append(taken)
        elif proposal.table == STATUSES:
            self.meanings[proposal.item] = taken
        elif proposal.action is Action.REMOVE:
            self._removed.append(taken)
        else:
            self._put(taken, TABLES[proposal.table])

    def _put(self, taken: Taken, table: TableForm) -> None:
        """Add or change a row, if everything that it is to stand under is there."""
        step, item = taken.step, taken.step.proposal.item
        own = taken.own
        for parent in (one for one in table.fields if one.refers and own.get(one.name)):
            if own[parent.name] in self._waiting:
                self.leave(step)
                return
            if own[parent.name] in self._skipped:
                if parent.needed:
                    self._leave_out(step, table)
                    return
                own[parent.name] = ""
                self.told[table.noun, f"kept, though the {parent.label.lower()} above was skipped"] += 1
        if "objective" in taken.corrected and "deliverable" not in taken.corrected and table.name in UNDER_DELIVERABLES:
            own["deliverable"] = self._of_objective(own, step.before)
        if step.before is not None and "rows" in own:
            own["rows"] = merged(step.before.rows, own["rows"])
        unchanged = step.before is None and own == {name: step.values[name] for name in own}
        base = step.row if step.before is None else step.before
        self.rows[table.name][item] = base if unchanged else with_values(base, own)
        self.taken.append(taken)

    def _leave_out(self, step: Step, table: TableForm) -> None:
        self._skipped.add(step.proposal.item)
        self.told[table.noun, "left out with the objective above, which was skipped"] += 1

    def _of_objective(self, own: Values, before: Any) -> str:
        """A row's deliverable, if that belongs to the objective that a person gave the row."""
        key = own.get("deliverable", before.deliverable if before is not None else "")
        found = self.rows["deliverables"].get(key)
        return key if found is not None and found.objective == own["objective"] else ""

    def remove(self) -> None:
        """Take out what was to be removed; an objective stays while something that was kept stands under it."""
        objectives = [taken for taken in self._removed if taken.step.proposal.table == "objectives"]
        for taken in self._removed:
            if taken.step.proposal.table != "objectives":
                self.rows[taken.step.proposal.table].pop(taken.step.proposal.item, None)
        for taken in objectives:
            under = self._under(taken.step.proposal.item)
            if any(key not in taken.step.with_it for _, key in under):
                self.told["objective", "not removed: something that was kept stands under it"] += 1
                continue
            for name, key in under:
                del self.rows[name][key]
            del self.rows["objectives"][taken.step.proposal.item]

    def _under(self, objective: str) -> list[tuple[str, str]]:
        return [
            (name, key)
            for name in UNDER_OBJECTIVES
            for key, row in self.rows[name].items()
            if row.objective == objective
        ]

    def mend(self) -> None:
        """Empty references to rows that were taken out; give what stands under a deliverable the objective of that."""
        for table in TABLES.values():
            loose = [one for one in table.fields if one.refers and not one.needed]
            for key, row in self.rows[table.name].items() if loose else ():
                lost = {one.name: "" for one in loose if self._is_gone(one.refers, getattr(row, one.name))}
                if lost:
                    self.told[table.noun, "kept, though what stood above was removed"] += 1
                    self.rows[table.name][key] = replace(row, **lost)
        for name in UNDER_DELIVERABLES:
            for key, row in self.rows[name].items():
                deliverable = self.rows["deliverables"].get(row.deliverable)
                if deliverable is not None and deliverable.objective != row.objective:
                    self.rows[name][key] = replace(row, objective=deliverable.objective)

    def _is_gone(self, table: str, key: str) -> bool:
        return bool(key) and key not in self.rows[table]


def opened(plan: Plan) -> Ledger:
    """The ledger of a plan before any decision."""
    return Ledger(
        {table.name: dict(zip(keys_of(table, plan), table.rows(plan), strict=True)) for table in TABLES.values()}
    )
