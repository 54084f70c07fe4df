"""Peers: own rate beside those of similar organisations, and what an opportunity of it is worth believing."""

from __future__ import annotations

from typing import Any

from trigpoint.errors import InputError
from trigpoint.finance.peers.result import Benchmark
from trigpoint.reports.finance.contract_tables import opportunities_table, peers_table
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.presenters.pictures import charts_of
from trigpoint.web.finance.results import benchmark_of


def peers_page(desk: Desk) -> dict[str, Any]:
    """What the page shows: each measure with its pictures, tables and sentences."""
    from trigpoint.finance.peers.rows import measures_of

    blocks = [_block(desk, number, measure) for number, measure in enumerate(measures_of(desk.book), start=1)]
    return {"blocks": blocks, "illustrative": any(block["illustrative"] for block in blocks)}


def _block(desk: Desk, number: int, measure: str) -> dict[str, Any]:
    """One measure; where it cannot be compared, the reason."""
    block: dict[str, Any] = {"id": f"measure-{number}", "measure": measure, "reason": "", "illustrative": False}
    try:
        found = benchmark_of(desk, measure)
    except InputError as error:
        return block | {"reason": str(error)}
    return block | {
        "sentences": sentences_of(found),
        "charts": charts_of(
            desk,
            (f"{measure}: peers", "peers", measure),
            (f"{measure}: opportunity", "opportunity", measure),
            (f"{measure}: funnel", "funnel", measure),
        ),
        "peers": peers_table(found),
        "opportunities": opportunities_table(found),
        "remarks": found.remarks,
        "illustrative": found.illustrative,
    }


def sentences_of(found: Benchmark) -> list[str]:
    return [each.sentence for each in found.opportunities if each.sentence]
