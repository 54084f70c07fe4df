"""The order in which a review shows proposals: the plan itself, then theme by theme and objective by objective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.documents.review import Proposal
from trigpoint.plans.model import Plan

LAST = 10**9
FIRST_TABLES = ("plan", "statuses")


@dataclass(frozen=True, slots=True)
class Branch:
    """A proposal with the headings of the theme and the objective it stands under, "" where there is none."""

    proposal: Proposal
    theme: str
    objective: str


@dataclass(frozen=True, slots=True)
class _Node:
    table: str
    parent: str
    heading: str
    rank: int


def in_order(proposals: Sequence[Proposal], existing: Plan | None) -> list[Branch]:
    """All proposals as a person reads a plan: what stands under an objective follows it, children their deliverable."""
    nodes = _nodes(proposals, existing)
    keyed = []
    for rank, proposal in enumerate(proposals):
        path = _path(proposal, nodes)
        theme, objective = path.get("themes"), path.get("objectives")
        branch = Branch(proposal, theme.heading if theme else "", objective.heading if objective else "")
        keyed.append((_order(proposal, path, rank), branch))
    return [branch for _, branch in sorted(keyed, key=lambda pair: pair[0])]


def _nodes(proposals: Sequence[Proposal], existing: Plan | None) -> dict[str, _Node]:
    """Every row that others may stand under: those of the plan that is there, and those proposed."""
    nodes: dict[str, _Node] = {}
    if existing is not None:
        for row in existing.themes:
            nodes[row.id] = _Node("themes", "", row.heading, len(nodes))
        for row in existing.objectives:
            nodes[row.id] = _Node("objectives", row.theme, row.heading, len(nodes))
        for row in existing.deliverables:
            nodes[row.id] = _Node("deliverables", row.objective, row.text, len(nodes))
    for proposal in proposals:
        if proposal.table in ("themes", "objectives", "deliverables"):
            before = nodes.get(proposal.item)
            rank = before.rank if before else len(nodes)
            nodes[proposal.item] = _Node(proposal.table, proposal.parent, _heading(proposal), rank)
    return nodes


def _heading(proposal: Proposal) -> str:
    number = next((field.proposed for field in proposal.fields if field.name == "number"), "")
    return proposal.title if not number or proposal.title.startswith(number) else f"{number} {proposal.title}"


def _path(proposal: Proposal, nodes: dict[str, _Node]) -> dict[str, _Node]:
    """Table → the row of that table that the proposal stands under, itself included."""
    path: dict[str, _Node] = {}
    key = proposal.item if proposal.item in nodes else proposal.parent
    while key in nodes and nodes[key].table not in path:
        path[nodes[key].table] = nodes[key]
        key = nodes[key].parent
    return path


def _order(proposal: Proposal, path: dict[str, _Node], rank: int) -> tuple[int, ...]:
    if proposal.table in FIRST_TABLES:
        return (FIRST_TABLES.index(proposal.table), rank)
    if not path:
        return (4, rank)
    theme, objective, deliverable = (path.get(name) for name in ("themes", "objectives", "deliverables"))
    own = {"themes": -1, "objectives": -1}.get(proposal.table, LAST)
    return (
        3,
        theme.rank if theme else LAST,
        objective.rank if objective else -1,
        deliverable.rank if deliverable else own,
        rank,
    )
