"""The activity part of a paper, alone or in a committee's: trajectories, years, bridge, schemes, assumptions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from trigpoint.activity.results.run import ActivityRun, SeriesRun
from trigpoint.charts.activity.overall import overall_picture
from trigpoint.charts.activity.trajectory import trajectory_picture
from trigpoint.periods.labels import long_date
from trigpoint.reports.activity import tables
from trigpoint.reports.activity.about_sheets import illustrative_words
from trigpoint.reports.activity.words import between, change, key_name, number, pod_name
from trigpoint.reports.blocks import Block, Figure, Heading, Paper, Paragraph, Points, Table, Tone
from trigpoint.reports.left_out import left_out
from trigpoint.wording import listed

HEADING = "Activity: what the plan makes of it"
TITLE = "Activity plan"


def activity_paper(
    run: ActivityRun, *, on: date, organisation: str = "", title: str = TITLE, problems: Sequence[str] = ()
) -> Paper:
    """The activity section as a paper of its own. ``on`` is its date; the same arguments give the same paper."""
    years = listed([year.label for year in run.years])
    front = (
        ("Organisation", organisation),
        ("Date", long_date(on)),
        ("Scenario", run.scenario.name or run.scenario.id),
        ("Years", years),
        ("Purpose", "Activity planning assumptions and what follows from them"),
    )
    rows = tuple((label, value) for label, value in front if value)
    blocks = tuple(activity_blocks(run, problems=problems))
    return Paper(title, f"Activity {years}", organisation or "Activity", on, rows, blocks)


def activity_blocks(
    run: ActivityRun, *, problems: Sequence[str] = (), pods: Collection[str] | None = None
) -> Iterator[Block]:
    """The section: summary and years of all points of delivery; picture, finding and bridge of each; schemes;
    assumptions with source and author; what was left out; how it was made.

    ``pods`` are those that have a part of their own, for a committee that answers for some; ``None`` means all.
    """
    told = illustrative_words(run)
    yield Heading(HEADING)
    if told:
        yield Paragraph(" ".join(told), Tone.NOTICE)
    yield from _scenario(run)
    yield Paragraph(_summary(run))
    yield tables.annual_table(run)
    wanted = [one for one in run.pods if pods is None or one.key.pod in pods]
    if len(wanted) > 1:
        yield Figure(overall_picture(run), "Change from the outturn by point of delivery", tabled=True)
    for one in wanted:
        yield from _pod(run, one)
    if pods is not None and len(wanted) < len(run.pods):
        others = list(dict.fromkeys(pod_name(run.book, one.key.pod) for one in run.pods if one not in wanted))
        yield Paragraph(f"Not shown one by one: {listed(others)}; the paper on the whole plan has them.")
    yield from _schemes(run)
    yield from _beds_and_value(run)
    yield from _assumptions(run)
    yield from left_out([*problems, *map(str, run.warnings)])
    yield Paragraph(f"{tables.made_with(run)} {_METHOD}")


_METHOD = (
    "Intervals hold 80% of the draws: they have the error of the forecast outturn, the uncertainty of growth and "
    "schemes, and whether each scheme is delivered. The steps of each bridge add up to do something."
)


def pods_reached(run: ActivityRun, commitments: Collection[str]) -> frozenset[str]:
    """The points of delivery that schemes of some deliverables, milestones or objectives change.

    A scheme is one of theirs where its deliverable or milestone is; those that name none are nobody's in particular.
    """
    own = {one.id for one in run.book.schemes if {one.deliverable, one.milestone} & set(commitments)}
    return frozenset(one.pod for one in run.schemes if one.id in own)


def _scenario(run: ActivityRun) -> Iterator[Block]:
    """What a scenario changes, in the words of its file; nothing for the plan as entered."""
    scenario = run.scenario
    names = {one.id: one.name for one in run.book.growth} | {one.id: one.name for one in run.book.schemes}
    told = [f"{names.get(one.assumption, one.assumption)}: {one.field} is {one.value}" for one in scenario.changes]
    told += [f"{names.get(one, one)} is left out" for one in scenario.without]
    if not told:
        return
    note = f" {scenario.note}" if scenario.note else ""
    yield Paragraph(
        f"This is the scenario “{scenario.name or scenario.id}”.{note} It differs from the plan as entered:"
    )
    yield Points(tuple(told))


def _summary(run: ActivityRun) -> str:
    """The last plan year of each point of delivery in one sentence each."""
    at, base = len(run.years) - 1, run.book.settings.base_year
    sentences = []
    for one in run.pods:
        mean, outturn = float(one.annual_do_something.mean[at]), float(one.base.sum())
        low, high = float(one.annual_do_something.p10[at]), float(one.annual_do_something.p90[at])
        sentences.append(
            f"{key_name(run.book, one.key)}: {number(mean)} in {run.years[at]} (80% interval {between(low, high)}), "
            f"{change(mean, outturn)} on the outturn of {base}."
        )
    return " ".join(sentences)


def _pod(run: ActivityRun, one: SeriesRun) -> Iterator[Block]:
    """One point of delivery: finding, picture, bridge."""
    code, detail = one.key.pod, one.key.detail
    name = ", ".join(part for part in (pod_name(run.book, code), *detail) if part)
    yield Heading(name, level=3)
    picture = trajectory_picture(run, code, one.key.provider, detail=detail)
    yield Paragraph(picture.finding)
    yield Figure(picture, f"{name}: outturn, do nothing and do something by month", tabled=True)
    if not any(detail) and any(part.pod == code for part in run.bridge):
        yield tables.bridge_table(run, code)


def _schemes(run: ActivityRun) -> Iterator[Block]:
    table = tables.schemes_table(run)
    yield Heading("Schemes", level=3)
    if not table.rows:
        yield Paragraph("No scheme changes activity in the plan years.")
        return
    yield Paragraph("Negative is activity avoided, positive is activity that a scheme brings or moves here.")
    yield table


def _beds_and_value(run: ActivityRun) -> Iterator[Block]:
    made: list[tuple[Sequence[object], Table]] = [
        (run.beds, tables.beds_table(run)),
        (run.values, tables.values_table(run)),
        (run.strains, tables.strains_table(run)),
    ]
    there = [table for rows, table in made if rows]
    if there:
        yield Heading("Beds, value and capacity", level=3)
        yield from there


def _assumptions(run: ActivityRun) -> Iterator[Block]:
    table = tables.assumptions_table(run)
    yield Heading("Assumptions", level=3)
    if not table.rows:
        yield Paragraph("Nothing is assumed: do nothing and do something are the forecast outturn.")
        return
    if any(tables.STAR in row[0] for row in table.rows):
        yield Paragraph(f"{tables.STAR} illustrative: invented for a demonstration.")
    yield table
