"""What a plan's finance is written into: a workbook, a paper or a page, by the ending of the name."""

from __future__ import annotations

from trigpoint.reports.bearing import Bearing
from trigpoint.reports.finance.gathered import Gathered


def export_bytes(told: Gathered, ending: str, bearing: Bearing) -> bytes:
    """The bytes of an ``.xlsx``, ``.docx`` or ``.html`` file. The same arguments give the same bytes."""
    if ending == ".xlsx":
        from trigpoint.reports.finance.workbook import finance_workbook  # noqa: PLC0415 - only where one is asked for

        return finance_workbook(told, bearing)
    from trigpoint.reports.finance.section import finance_paper  # noqa: PLC0415 - likewise
    from trigpoint.reports.render.file import paper_bytes  # noqa: PLC0415

    paper = finance_paper(
        told, on=bearing.on, organisation=bearing.organisation, title=bearing.title, problems=bearing.problems
    )
    return paper_bytes(paper, ending)
