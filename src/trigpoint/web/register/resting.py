"""What of a plan's models rests on one of its commitments, as a line on the page of that commitment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resting:
    """A scheme that names a deliverable or milestone: its name, its page, what it rests ``on``, and what is ``said`` of
    it."""

    name: str
    href: str
    on: str
    said: str
    illustrative: bool
