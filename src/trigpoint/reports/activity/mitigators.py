"""The New Hospital Programme's mitigators as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trigpoint.activity.nhp.mitigators import Mitigator, load_mitigators
from trigpoint.reports.activity.words import NOTHING
from trigpoint.reports.blocks import Table

_DATASETS = {"ip": "inpatients", "op": "out-patients", "aae": "A&E"}


def mitigators_named(text: str = "") -> tuple[Mitigator, ...]:
    """Those with a text in their code, name or label, capitals apart; all where it is left out.

    >>> [one.code for one in mitigators_named("falls")]
    ['IP-AA-016']
    """
    wanted = text.strip().casefold()
    return tuple(one for one in load_mitigators() if wanted in f"{one.code} {one.name} {one.label}".casefold())


def mitigator_table(found: Sequence[Mitigator]) -> Table:
    """A row a mitigator: code, what it is, of what activity, and its cohort in open fields, or what these lack."""
    rows = tuple((one.code, one.label, _dataset(one), one.kind, _cohort(one)) for one in found)
    return Table("Mitigators of the New Hospital Programme", ("Code", "Mitigator", "Of", "Effect", "Cohort"), rows)


def _dataset(one: Mitigator) -> str:
    return _DATASETS.get(one.dataset.value, one.dataset.value)


def _cohort(one: Mitigator) -> str:
    lacks = f"needs {one.lacks}" if one.lacks else ""
    return "; ".join(part for part in (str(one.where) if one.is_expressible else "", lacks) if part) or NOTHING


def mitigator_answer(found: Sequence[Mitigator]) -> list[dict[str, Any]]:
    """The mitigators as JSON has them. ``where`` is a filter as schemes.csv writes it, "" where none can be written."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "label": one.label,
            "dataset": one.dataset.value,
            "family": one.family,
            "kind": one.kind,
            "where": str(one.where) if one.is_expressible else "",
            "lacks": one.lacks,
            "days": one.days,
            "rate": one.rate,
        }
        for one in found
    ]
