"""The provenance of a plan after a review: what was remembered before, and what the review adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trigpoint.documents.review.fields import TABLES
from trigpoint.documents.review.pairing import keys_of
from trigpoint.documents.review.proposal import Settled
from trigpoint.plans.provenance import Provenance


def remembered(before: Iterable[Provenance], settled: Settled) -> tuple[Provenance, ...]:
    """The provenance of a plan after a review: of each field the latest, of rows that are gone none."""
    keys = {key for table in TABLES.values() for key in keys_of(table, settled.plan)} | {"plan"}
    moved = (replace(row, item=settled.links.get(row.item, row.item)) for row in before if not _is_lost(row, settled))
    latest = {(row.item, row.field): row for row in (*moved, *settled.provenance)}
    return tuple(row for row in latest.values() if row.item in keys)


def _is_lost(row: Provenance, settled: Settled) -> bool:
    return "/link/" in row.item and row.item not in settled.links
