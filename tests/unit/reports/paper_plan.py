"""A small plan with something in every section of a paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from trigpoint.plans.model import (
    Comparator,
    Deliverable,
    IndicatorRow,
    IndicatorTable,
    Lead,
    Milestone,
    Objective,
    Plan,
    Polarity,
    Progress,
    SuccessMeasure,
    Target,
    Theme,
    TrajectoryRule,
    Update,
)

AT = date(2017, 11, 30)


def small_plan(word: str = "hub") -> Plan:
    """Two objectives, one for each committee; ``word`` stands in every text."""
    return Plan(
        title=f"Plan of the {word}",
        organisation=f"NHS {word}",
        years=("2017/18", "2018/19"),
        edition="First edition",
        notice=f"Notice {word}.",
        themes=(Theme("t1", "1", f"Theme {word}"),),
        objectives=(
            Objective(
                "o1", "t1", "1.1", f"Open {word}", (Lead("", f"Director {word}"),), ("Quality & Safety Committee",)
            ),
            Objective("o2", "t1", "1.2", f"Close {word}", (), ("Finance Committee",)),
        ),
        deliverables=(
            Deliverable("d1", "o1", f"Overdue {word}", due=date(2017, 9, 30), area=f"North {word}"),
            Deliverable("d2", "o1", f"This quarter {word}", column="2017/18 Q3"),
            Deliverable("d3", "o1", f"Next quarter {word}", column="2017/18"),
            Deliverable("d4", "o1", f"Undated {word}"),
            Deliverable("d5", "o2", "Of the other committee", due=date(2017, 6, 30)),
        ),
        milestones=(
            Milestone("m1", "o1", "d1", f"Done {word}", due=date(2017, 10, 15)),
            Milestone("m2", "o1", "d1", f"Worrying {word}", due=date(2018, 12, 31)),
        ),
        measures=(
            SuccessMeasure(
                "s1", "o1", "", word, (Target(f"seen {word}", Decimal(95), "%", Comparator.AT_LEAST, "2017/18"),)
            ),
        ),
        indicators=(
            IndicatorTable(
                "i1",
                f"Checks {word}",
                "%",
                "percentage",
                Polarity.HIGHER,
                1,
                "o1",
                f"Source {word}",
                f"Note {word}.",
                (
                    IndicatorRow("North", "target", {"2016/17": Decimal("40.0"), "2017/18": Decimal("42.0")}),
                    IndicatorRow("North", "actual", {"2016/17": Decimal("39.0")}),
                ),
            ),
        ),
        trajectories=(TrajectoryRule("i1", "North", "target", "step(+2pp a year from 40% in 2016/17)"),),
        updates=(
            Update("d1", date(2017, 8, 31), Progress.OFF_TRACK, None, date(2018, 1, 31), word, illustrative=True),
            Update("m1", date(2017, 10, 31), Progress.COMPLETE, date(2017, 10, 20), None, word),
            Update("m2", date(2017, 10, 31), Progress.AT_RISK),
            Update("d2", date(2017, 12, 31), Progress.COMPLETE, date(2017, 12, 20)),
        ),
    )
