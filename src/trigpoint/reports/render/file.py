"""A paper as the bytes of a file, and the file written whole: beside its place first, then moved there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from trigpoint.errors import InputError
from trigpoint.reports.blocks import Paper


def paper_bytes(paper: Paper, suffix: str) -> bytes:
    """The paper as a page (``.html``) or a Word document (``.docx``). Raises InputError for any other ending."""
    kind = suffix.lower()
    if kind == ".html":
        from trigpoint.reports.render.html import html

        return html(paper).encode()
    if kind == ".docx":
        from trigpoint.reports.render.docx import docx

        return docx(paper)
    raise InputError(f'"{suffix}" is no kind of paper', remedy="use .docx or .html")


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in its place in one step. Raises InputError when its folder is missing or cannot be written."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        what = f"the folder cannot be written ({error.strerror})"
        raise InputError(what, where=str(path.parent), remedy="choose a folder that exists and is yours") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes a private file; a paper is to be read by whoever may read the folder's other new files.
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise InputError(f"the file cannot be written ({error.strerror})", where=str(path)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
