"""The process that reads for ``reading``. It knows neither Django nor the database."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import date

# Before polars is loaded: every thread claims addresses, of which this process has an end.
os.environ["POLARS_MAX_THREADS"] = "2"

from trigpoint.documents.readers.guard_child import main
from trigpoint.documents.readers.limits import Progress
from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.reading import attempted
from trigpoint.web.published.packing import READ, Refused, Table, packed, table_of


def read(data: bytes, name: str, progress: Progress, month: date | None = None) -> bytes:
    """Each table in a file, or why it could not be read; a file that is none at all is an ``InputError``.

    ``month`` is the first day of the month of a file that does not say it itself.
    """
    contents = open_bytes(data, name, month=month)
    found: list[Table | Refused] = []
    try:
        for done, content in enumerate(contents):
            progress(done, len(contents))
            found.append(_one(content))
        return READ + packed(found)
    except MemoryError:
        raise
    except Exception:
        return traceback.format_exc().encode("utf-8", "replace")


def _one(content: Content) -> Table | Refused:
    found = attempted(content)
    return Refused(content.name, str(found)) if isinstance(found, InputError) else table_of(found)


if __name__ == "__main__":
    asked = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else None
    main(lambda data, name, progress: read(data, name, progress, asked))
