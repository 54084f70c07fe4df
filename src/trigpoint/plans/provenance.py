"""Where an accepted field of a plan came from, and who accepted it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Verdict(Enum):
    """What a person decided of something that was read."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Provenance:
    """One field of one row of a plan: the document and place it was read from, its words, and who took it in when.

    ``item`` is the row's id ("plan" for the plan's own fields), ``field`` the name in the model; ``digest`` the
    SHA-256 of the document's bytes in hexadecimal; ``place`` as ``Document.spot`` prints it; ``sureness`` from 0 to 1
    is the reader's own. ``verdict`` is never ``SKIPPED``: what was skipped is not in the plan.
    """

    item: str
    field: str
    document: str
    digest: str
    place: str
    words: str
    sureness: float
    verdict: Verdict
    by: str
    on: date
