"""The plan: its model, its home on disk, where it stands at a date, and what changed between two editions.

``model`` is the plan as values, ``workspace`` reads and writes it, ``state`` says what is due and overdue,
``diff`` compares editions; ``document`` and ``draft`` are what a reader of documents makes before a review.
"""

from trigpoint.plans.model import Plan
from trigpoint.plans.state import plan_states
from trigpoint.plans.workspace import (
    Waiver,
    Workspace,
    read_plan,
    read_workspace,
    write_plan,
    write_workspace,
)

__all__ = [
    "Plan",
    "Waiver",
    "Workspace",
    "plan_states",
    "read_plan",
    "read_workspace",
    "write_plan",
    "write_workspace",
]
