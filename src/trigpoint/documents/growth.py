"""Growth rates that a plan assumes for hospital activity, in sentences under its graphs."""

from __future__ import annotations

import re
from decimal import Decimal

from trigpoint.documents.assembly import source
from trigpoint.documents.identity import years_printed
from trigpoint.plans.document import BlockKind, Document
from trigpoint.plans.draft import Source
from trigpoint.plans.model import ActivityAssumption

ASSUMED = re.compile(
    r"(?P<name>(?:[A-Z]{2,}\s+)?growth (?:assumption|rate)s?)\b[^.%]*?(?P<value>\d+(?:\.\d+)?)\s*%",
    re.IGNORECASE,
)
POD = r"[A-Z][\w&' -]{1,50}?"
POINT_OF_DELIVERY = re.compile(
    rf"assumptions? (?:for|in) (?:the )?(?P<pod>{POD})\s+(?:activity|appointments|attendances|admissions)\b"
)
LONGEST = 20_000
APPOINTMENTS = re.compile(r"outpatient", re.IGNORECASE)


def read_growth(document: Document) -> tuple[tuple[ActivityAssumption, ...], dict[str, Source]]:
    """Assumed growth by point of delivery and year, as the sentences print them.

    The years are those that the paragraph names; a paragraph that names none gives one assumption without a period.
    """
    rows: list[ActivityAssumption] = []
    sources: dict[str, Source] = {}
    for block in document.blocks:
        if block.kind is not BlockKind.PARAGRAPH or "growth" not in block.text or len(block.text) > LONGEST:
            continue
        pod = POINT_OF_DELIVERY.search(block.text)
        assumed = ASSUMED.search(block.text)
        if pod is None or assumed is None:
            continue
        name = pod["pod"].strip()
        if APPOINTMENTS.search(name):
            name = f"{name} appointments"
        for period in [year.label for year in years_printed(block.text)] or [""]:
            key = f"a{len(rows) + 1}"
            value = Decimal(assumed["value"])
            rows.append(ActivityAssumption(key, "growth", name, assumed["name"], period, value, "%"))
            sources[key] = source([block.origin.line or 0], block.text)
    return tuple(rows), sources
