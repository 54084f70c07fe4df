"""Between the files of the folder ``finance`` and the rows of the database, both directions, without loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trigpoint.web.dashboards.codec import Tables
from trigpoint.web.finance import models
from trigpoint.web.register.codec import Codec

FILES = Codec(models.FinanceFile, ("name", "content"), tuple, lambda name, content: (name, content))
PROBLEMS = Codec(models.FinanceProblem, ("text",), lambda text: (text,), str)


def tables_of(texts: Mapping[str, str], problems: Sequence[str] = ()) -> Tables:
    """Every table of an edition's finance files with what they put into it, the files in the order of their names."""
    return (FILES, sorted(texts.items())), (PROBLEMS, problems)
