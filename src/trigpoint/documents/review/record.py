"""Decisions as JSON and back, so that a review that was broken off goes on where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trigpoint.documents.review.proposal import Decision
from trigpoint.errors import InputError
from trigpoint.plans.provenance import Verdict

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What was decided so far of one document: its name, the SHA-256 of its bytes in hexadecimal, the decisions."""

    document: str
    digest: str
    decisions: tuple[Decision, ...] = ()


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain dictionaries and strings, ready for ``json.dumps``."""
    return {
        "format": FORMAT,
        "document": record.document,
        "digest": record.digest,
        "decisions": [
            {
                "proposal": one.proposal,
                "verdict": one.verdict.value,
                "values": dict(one.values),
                "by": one.by,
                "on": one.on.isoformat(),
            }
            for one in record.decisions
        ],
    }


def from_json(content: object, *, where: str) -> Record:
    """The record in what ``json.loads`` gave; ``InputError`` says that a file, named by ``where``, holds none.

    >>> record = Record("plan.docx", "00", (Decision("add:themes:t1:0", Verdict.ACCEPTED, by="A. Planner"),))
    >>> from_json(to_json(record), where="review.json") == record
    True
    """
    try:
        if not isinstance(content, Mapping) or content["format"] != FORMAT:
            raise ValueError
        decisions = tuple(_decision(row) for row in content["decisions"])
        return Record(_text(content["document"]), _text(content["digest"]), decisions)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(
            "this file holds no review that can be read",
            where=where,
            remedy="remove it, and the review begins anew",
        ) from None


def _decision(row: Mapping[str, Any]) -> Decision:
    values = {_text(name): _text(text) for name, text in row["values"].items()}
    on = date.fromisoformat(_text(row["on"]))
    return Decision(_text(row["proposal"]), Verdict(row["verdict"]), values, _text(row["by"]), on)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
