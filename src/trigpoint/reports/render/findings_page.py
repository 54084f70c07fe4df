"""What the checks said of a plan as one HTML page that needs no other file, no script and no network."""

from __future__ import annotations

from trigpoint.checks.waiver import ends
from trigpoint.periods import long_date
from trigpoint.reports.findings import FindingsReport
from trigpoint.reports.render.template import template
from trigpoint.wording import capital, printable


def to_html(report: FindingsReport) -> str:
    """The page. All words of the plan are escaped; severities are told by words as well as by colour."""
    page = template("findings.html", finalise=_shown)
    return page.render(report=report, capital=capital, ends=ends, long_date=long_date)


def _shown(value: object) -> object:
    # Macros give texts that are marked as safe, and those are of another type.
    return printable(value) if type(value) is str else value
