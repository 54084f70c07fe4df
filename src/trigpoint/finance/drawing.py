"""How results of finance draw themselves."""

from __future__ import annotations

from typing import ClassVar

from trigpoint import drawn


class Drawn(drawn.Drawn):
    """A result of finance: its pictures are the entry points ``finance-…``."""

    __slots__ = ()
    family: ClassVar[str] = "finance"
