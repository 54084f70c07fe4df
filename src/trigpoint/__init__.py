"""Trigpoint reads a health system's operational plan, checks it, and prints the committee papers.

The names that a notebook needs are offered here, each from the part where it lives; a part is imported when its first
name is asked for, so that ``import trigpoint`` costs next to nothing.

>>> import trigpoint
>>> trigpoint.read_workspace.__module__
'trigpoint.plans.workspace'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

_HOMES = {
    "accept": "trigpoint.documents.review",
    "check_workspace": "trigpoint.checks",
    "committee_paper": "trigpoint.reports",
    "diff": "trigpoint.plans.diff",
    "examine_document": "trigpoint.reports.examination",
    "examine_workspace": "trigpoint.checks",
    "interpret": "trigpoint.documents",
    "paper_bytes": "trigpoint.reports.render.file",
    "plan_states": "trigpoint.plans",
    "propose": "trigpoint.documents.review",
    "read_document": "trigpoint.documents",
    "read_plan": "trigpoint.plans",
    "read_workspace": "trigpoint.plans",
    "reproduce": "trigpoint.measures",
    "settle": "trigpoint.documents.review",
    "standings": "trigpoint.measures",
    "write_plan": "trigpoint.plans",
    "write_workspace": "trigpoint.plans",
}

if TYPE_CHECKING:
    from trigpoint.checks import check_workspace as check_workspace
    from trigpoint.checks import examine_workspace as examine_workspace
    from trigpoint.documents import interpret as interpret
    from trigpoint.documents import read_document as read_document
    from trigpoint.documents.review import accept as accept
    from trigpoint.documents.review import propose as propose
    from trigpoint.documents.review import settle as settle
    from trigpoint.measures import reproduce as reproduce
    from trigpoint.measures import standings as standings
    from trigpoint.plans import plan_states as plan_states
    from trigpoint.plans import read_plan as read_plan
    from trigpoint.plans import read_workspace as read_workspace
    from trigpoint.plans import write_plan as write_plan
    from trigpoint.plans import write_workspace as write_workspace
    from trigpoint.plans.diff import diff as diff
    from trigpoint.reports import committee_paper as committee_paper
    from trigpoint.reports.examination import examine_document as examine_document
    from trigpoint.reports.render.file import paper_bytes as paper_bytes
else:
    # Hidden from the type checker, which would otherwise take any misspelt name for one of ours.
    def __getattr__(name: str) -> object:
        from importlib import import_module  # noqa: PLC0415 - the point of all this

        if name not in _HOMES:
            raise AttributeError(f"module 'trigpoint' has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
