"""What a file that is sent away says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bearing:
    """The date that a file bears, whose it is, its title, and what was left out before it was made."""

    on: date
    organisation: str
    title: str
    problems: tuple[str, ...] = ()
