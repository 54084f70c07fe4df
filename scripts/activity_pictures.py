"""Makes the activity model's part of the gallery in docs/charts.md from the example workspace: each chart once."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.book.reading import read_activity
from trigpoint.activity.monitor import monitor
from trigpoint.activity.outturn import back_test, histories_of_frame
from trigpoint.activity.simulation.compare import compare
from trigpoint.activity.simulation.run import run_model
from trigpoint.charts.activity import (
    annual_picture,
    back_test_picture,
    beds_picture,
    bridge_picture,
    comparison_picture,
    likelihood_picture,
    monitoring_picture,
    outturn_picture,
    overall_picture,
    schemes_picture,
    tornado_picture,
    trajectory_picture,
)
from trigpoint.charts.picture import Picture
from trigpoint.reports.render.picture import svg

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images" / "charts"
WORKSPACE = ROOT / "examples" / "dudley-2017-19"
POD = "Non-elective"


def main() -> int:
    """Write every picture, print its name and what it says."""
    book = read_activity(WORKSPACE).book
    if book is None:
        sys.stderr.write("the example workspace has no activity\n")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, picture in sorted(pictures(book).items()):
        (IMAGES / f"activity-{name}.svg").write_text(svg(picture.spec), encoding="utf-8")
        sys.stdout.write(f"docs/images/charts/activity-{name}.svg: {picture.finding}\n")
    return 0


def pictures(book: ActivityBook) -> dict[str, Picture]:
    """One picture of each kind."""
    run = run_model(book)
    year = run.years[-1]
    # Counts have a row for each specialty and cohort; a forecast is of the whole.
    whole = book.counts.group_by("provider", "pod", "month").agg(pl.col("value").sum())
    histories = histories_of_frame(whole, organisation="provider", label="pod")
    known = book.settings.months_known or 5
    own = next(one for one in run.outturns if one.label == POD)
    same = [one for one in histories if (one.organisation, one.label) == (own.organisation, own.label)]
    return {
        "overall": overall_picture(run),
        "trajectory": trajectory_picture(run, POD),
        "annual": annual_picture(run, POD),
        "bridge": bridge_picture(run, POD, year),
        "tornado": tornado_picture(run, POD, year),
        "likelihood": likelihood_picture(run, POD, year),
        "schemes": schemes_picture(run, year),
        "beds": beds_picture(run),
        "outturn": outturn_picture(own, same[0] if same else None, illustrative=True),
        "comparison": comparison_picture(compare([run, *(run_model(book, one) for one in book.scenarios)])),
        "back-test": back_test_picture(back_test(histories, known, [book.settings.base_year - 1]), illustrative=True),
        "monitoring": monitoring_picture(monitor(run, book), POD, illustrative=True),
    }


if __name__ == "__main__":
    raise SystemExit(main())
