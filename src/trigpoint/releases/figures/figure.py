"""One figure as it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trigpoint.releases.observation import Marker, Status


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A measure of an organisation for a period. Proportions are in per cent; nothing is rounded.

    ``value`` is ``None`` where ``marker`` and ``note`` say why. ``numerator`` and ``denominator`` are the parts,
    ``None`` where the release does not give them. ``basis`` is as what the organisation is counted, ``detail`` the part
    of the whole. ``source`` names publisher, release, edition and file, and how the figure was put together; ``file``
    is that file's name alone, "" where there is no figure.
    """

    measure: str
    org: str
    name: str
    basis: str
    detail: str
    start: date
    end: date
    value: float | None
    numerator: float | None
    denominator: float | None
    marker: Marker
    status: Status | None
    source: str
    note: str = ""
    file: str = ""
