"""The parts of a workspace as `trigpoint triangulate` reads them, and what comes of comparing them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.errors import InputError, InputErrors

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.checks.waiver import Waived
    from trigpoint.cli.triangulate import Request
    from trigpoint.finance.book.book import FinanceBook
    from trigpoint.plans.workspace import Waiver, Workspace
    from trigpoint.triangulation.findings import Triangulated
    from trigpoint.triangulation.tolerance import Tolerances


def triangulated(wanted: Request, workspace: Workspace | None = None) -> tuple[Triangulated, tuple[InputError, ...]]:
    """What triangulation says of a workspace, with what could not be read of its parts.

    The plan is ``workspace`` where one is given, else that of the folder. Raises ``InputError`` where there is no such
    folder, nothing to compare in it, or a rule or tolerance is not known.
    """
    from trigpoint.checks.waiver import Decisions, read_settings
    from trigpoint.cli.clock import today
    from trigpoint.triangulation.engine import triangulation
    from trigpoint.triangulation.findings import examined
    from trigpoint.triangulation.parts import Parts
    from trigpoint.triangulation.register import find_triangulation_rule, triangulation_rules

    if not wanted.workspace.is_dir():
        raise InputError("there is no such folder", where=str(wanted.workspace), remedy="give the folder of a plan")
    only = tuple(dict.fromkeys(find_triangulation_rule(each).id for each in wanted.only))
    problems: list[InputError] = []
    workspace = workspace or _plan(wanted.workspace, problems)
    finance = _finance(wanted.workspace, problems)
    tolerances = _tolerances(wanted, finance)
    activity = _activity(wanted, problems)
    if workspace is None and finance is None and activity is None:
        raise _nothing(wanted.workspace, problems)
    plan = workspace.plan if workspace is not None else None
    sources = workspace.sources if workspace is not None else {}
    rules = tuple(one for one in triangulation_rules() if not only or one.id in only)
    told = triangulation(Parts(plan, finance, activity, tolerances, sources), rules)
    decisions = Decisions()
    if workspace is not None:
        decisions = Decisions(read_settings(workspace.checks), workspace.waivers)
    name = wanted.workspace.resolve().name
    made = examined(told, plan, name=name, decisions=decisions, today=today(), only=only)
    return made, tuple(problems)


def waived_with(folder: Path, workspace: Workspace, given: Waiver) -> tuple[Waived, ...]:
    """The findings of a rule that the waivers of the workspace accept, this one among them."""
    from trigpoint.cli.check import Format, Level
    from trigpoint.cli.triangulate import Request

    wanted = Request(folder, "", None, None, 1, (), (given.rule,), Level.INFO, Format.TEXT, None, None, all=False)
    return triangulated(wanted, workspace)[0].waived


def _plan(folder: Path, problems: list[InputError]) -> Workspace | None:
    from trigpoint.plans.workspace_files import PLAN_FILE

    if not (folder / PLAN_FILE).exists():
        return None
    from trigpoint.plans.workspace import read_workspace

    try:
        return read_workspace(folder)
    except InputErrors as error:
        problems.extend(error.errors)
    except InputError as error:
        problems.append(error)
    return None


def _finance(folder: Path, problems: list[InputError]) -> FinanceBook | None:
    from trigpoint.finance.book.reading import read_finance

    reading = read_finance(folder)
    problems.extend(reading.problems)
    return reading.book


def _activity(wanted: Request, problems: list[InputError]) -> ActivityRun | None:
    """The run of the folder's activity; ``None`` where it has none, and where it cannot be run, which is told."""
    from trigpoint.activity.book.reading import read_activity
    from trigpoint.cli.activity_reading import Asked, run_of, scenario_of

    reading = read_activity(wanted.workspace)
    problems.extend(reading.problems)
    if reading.book is None:
        if wanted.scenario:
            raise InputError(
                "--scenario is of the activity model, and this folder has none", where=str(wanted.workspace)
            )
        return None
    scenario = scenario_of(reading.book, wanted.scenario)
    asked = Asked(wanted.draws, wanted.seed, wanted.workers)
    try:
        return run_of(reading.book, scenario, asked)
    except InputErrors as error:
        problems.extend(error.errors)
    except InputError as error:
        problems.append(error)
    return None


def _nothing(folder: Path, problems: list[InputError]) -> InputError:
    if problems:
        return InputErrors(tuple(problems))
    what = "this folder has no plan.toml, and no folder finance or activity"
    return InputError(what, where=str(folder), remedy="give the folder of a plan")


def _tolerances(wanted: Request, finance: FinanceBook | None) -> Tolerances:
    """Those of the options, over those of the plan, over the usual ones."""
    from trigpoint.finance.book.tables import FOLDER, TOLERANCES
    from trigpoint.triangulation.tolerance import read_options, tolerances_of

    text = finance.tolerances_toml if finance is not None else ""
    return read_options(wanted.tolerances, tolerances_of(text, str(wanted.workspace / FOLDER / TOLERANCES)))
