"""Files that commands are given by name: read whole, and refused in one sentence."""

from __future__ import annotations

import stat
from pathlib import Path

from trigpoint.errors import InputError

MOST_BYTES = 1_000_000
"""Of a text: a mechanism or a set of rules is a page or two."""


def bytes_of(path: Path, most: int) -> bytes:
    """The content of a file. Raises ``InputError`` where there is none, it is no file, or is larger than ``most``."""
    where = str(path)
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):  # reading it might never end
            raise InputError("this is a pipe or a device", where=where, remedy="give the file itself")
        if found.st_size > most:
            raise InputError(f"the file is larger than {most // 1_000_000:,} MB", where=where, remedy="split it")
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise InputError(f"the file cannot be read ({reason})", where=where, remedy="check its name") from None


def text_of(path: Path) -> str:
    """The text of a small file in UTF-8. Raises ``InputError`` for any other."""
    try:
        return bytes_of(path, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("the file is no text in UTF-8", where=str(path), remedy="save it as UTF-8") from None
