"""How results of the activity model draw themselves."""

from __future__ import annotations

from typing import ClassVar

from trigpoint import drawn


class Drawn(drawn.Drawn):
    """A result of the activity model: its pictures are the entry points ``activity-…``.

    ``picture`` asks for ``pod``, ``year``, ``provider`` or ``history`` where a picture needs them.
    """

    __slots__ = ()
    family: ClassVar[str] = "activity"
