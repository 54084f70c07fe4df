"""Makes the gallery of docs/charts.md from the example workspace: each chart once, and the icons."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from trigpoint.charts.committee import committee_picture
from trigpoint.charts.course import course_picture, localities_picture
from trigpoint.charts.funnel import funnel_picture
from trigpoint.charts.icons import assurance_icon, variation_icon
from trigpoint.charts.ladder import ladder_picture
from trigpoint.charts.picture import Picture
from trigpoint.charts.sparkline import measure_sparkline
from trigpoint.charts.spc import measure_spc_picture
from trigpoint.measures.book.reading import read_book
from trigpoint.measures.results import Results, measure_results
from trigpoint.measures.spc.control import Assurance, Variation
from trigpoint.places.model import PlaceKind
from trigpoint.plans.workspace import read_plan
from trigpoint.reports.render.picture import svg

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images" / "charts"
WORKSPACE = ROOT / "examples" / "dudley-2017-19"
_ROW, _ICON = 40, 24


def main() -> int:
    """Write every picture, print its name."""
    results = measure_results(read_book(WORKSPACE).book, read_plan(WORKSPACE))
    IMAGES.mkdir(parents=True, exist_ok=True)
    drawn = {name: svg(picture.spec) for name, picture in pictures(results).items()}
    drawn["icons"] = icons()
    drawn["sparklines"] = sparklines(results, ("ae-4-hour", "dementia-diagnosis", "rtt-18-weeks", "dm01-6-weeks"))
    for name, text in sorted(drawn.items()):
        (IMAGES / f"{name}.svg").write_text(text, encoding="utf-8")
        sys.stdout.write(f"docs/images/charts/{name}.svg\n")
    return 0


def pictures(results: Results) -> dict[str, Picture]:
    """One picture of each kind."""
    dementia, smoking = results.indicator("dementia-diagnosis"), results.indicator("smoking-prevalence")
    localities = [each for each in dementia.parts if each.place.kind is PlaceKind.LOCALITY]
    committee = [results.measure(name) for name in ("ae-4-hour", "rtt-18-weeks", "dm01-6-weeks", "cancer-62-day-gp")]
    found = {
        "trajectory": course_picture(results.measure("dementia-diagnosis")),
        "localities": localities_picture(localities),
        "committee": committee_picture(committee, title="Quality and performance committee", columns=2),
    }
    spc = measure_spc_picture(results.measure("ae-4-hour"))
    if spc is not None:
        found["spc"] = spc
    if dementia.funnels:
        found["funnel"] = funnel_picture(max(dementia.funnels, key=lambda funnel: len(funnel.points)))
    if smoking.inequality is not None:
        found["ladder"] = ladder_picture(smoking.inequality)
    return found


def icons() -> str:
    """All icons of variation in one column, all of assurance in another, with their words."""
    columns = (
        [variation_icon(each, size=_ICON) for each in Variation],
        [assurance_icon(each, size=_ICON) for each in Assurance],
    )
    return _sheet(
        [(icon, 10 + 350 * column, row) for column, every in enumerate(columns) for row, icon in enumerate(every)],
        _ICON,
        700,
    )


def sparklines(results: Results, names: Sequence[str]) -> str:
    """A few sparklines with what they say."""
    return _sheet([(measure_sparkline(results.measure(name)), 10, row) for row, name in enumerate(names)], 120, 1000)


def _sheet(drawings: Sequence[tuple[str, int, int]], wide: int, width: int) -> str:
    height = _ROW * (1 + max(row for _, _, row in drawings))
    parts = []
    for drawing, x, row in drawings:
        text = f'x="{x + wide + 12}" y="{_ROW * row + 25}" font-family="Arial, sans-serif" font-size="14"'
        parts.append(
            f'<svg x="{x}" y="{_ROW * row + 8}"{drawing.removeprefix("<svg")}<text {text}>{_words(drawing)}</text>'
        )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    return f'{head}<rect width="{width}" height="{height}" fill="white"/>{"".join(parts)}</svg>\n'


def _words(drawing: str) -> str:
    found = re.search("<title>(.*?)</title>", drawing)
    return found.group(1) if found else ""


if __name__ == "__main__":
    sys.exit(main())
