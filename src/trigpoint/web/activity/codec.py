"""Between the files of the folder ``activity`` and the rows of the database, both directions, without loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trigpoint.web.activity import models
from trigpoint.web.dashboards.codec import Tables
from trigpoint.web.register.codec import Codec

FILES = Codec(models.ActivityFile, ("name", "content"), tuple, lambda name, content: (name, content))
CELLS = Codec(models.ActivityCells, ("content",), lambda content: (content,), bytes)
PROBLEMS = Codec(models.ActivityProblem, ("text",), lambda text: (text,), str)


def tables_of(texts: Mapping[str, str], cells: bytes | None = None, problems: Sequence[str] = ()) -> Tables:
    """Every table of an edition's activity files with what they put into it, the files in the order of their names."""
    return (
        (FILES, sorted(texts.items())),
        (CELLS, () if cells is None else (cells,)),
        (PROBLEMS, problems),
    )
