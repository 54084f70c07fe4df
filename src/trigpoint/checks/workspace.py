"""Checking a workspace with the settings and waivers it carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import PurePath

from trigpoint.checks.checked import Checked
from trigpoint.checks.engine import examine
from trigpoint.checks.finding import Finding
from trigpoint.checks.rule import Rule
from trigpoint.checks.subject import Anchor, of_plan
from trigpoint.checks.waiver import Decisions, read_settings
from trigpoint.plans.workspace import Workspace


def check_workspace(
    workspace: Workspace, *, today: date | None = None, rules: Iterable[Rule] | None = None
) -> tuple[Finding, ...]:
    """All findings on a workspace, each with its file and line; waived ones and rules that are off are left out.

    ``today`` decides which waivers are over; without it none is. Raises ``InputError`` when the workspace sets a
    rule that does not exist, or sets one to an unknown word.
    """
    return examine_workspace(workspace, today=today, rules=rules).findings


def examine_workspace(
    workspace: Workspace,
    *,
    today: date | None = None,
    rules: Iterable[Rule] | None = None,
    only: Collection[str] = (),
) -> Checked:
    """Everything that the checks say of a workspace: see ``check_workspace`` and ``engine.examine``."""
    anchors = {key: Anchor(where.line, PurePath(where.file).name) for key, where in workspace.sources.items()}
    decisions = Decisions(read_settings(workspace.checks), workspace.waivers)
    return examine(of_plan(workspace.plan, anchors), decisions=decisions, today=today, rules=rules, only=only)
