"""The folder ``published`` of a workspace: its manifest, its lock, and the files that the manifest names."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trigpoint.errors import InputError
from trigpoint.plans.workspace_files import system_errors_told
from trigpoint.releases.store.held import Held, read, written
from trigpoint.staging import write_whole

try:
    import fcntl
except ImportError:  # pragma: no cover - on Windows, where the file itself is the lock
    fcntl = None  # type: ignore[assignment]

FOLDER = "published"
MANIFEST = "manifest.json"
VERSION = 1
AGAIN = "remove the folder “published” and add the files again with `trigpoint data add`"
BUSY = "another `trigpoint data` is adding files to this workspace"


def read_manifest(folder: Path) -> tuple[Held, ...]:
    """The files that are held, in the order they were added. Raises ``InputError`` for a damaged manifest."""
    path = folder / MANIFEST
    with system_errors_told(str(path)):
        if not path.exists():
            return ()
        if not path.is_file():  # a pipe would be waited for without end
            raise InputError("this is not a file", where=str(path), remedy=AGAIN)
        data = path.read_bytes()
    try:
        raw = json.loads(data)
        if raw["version"] != VERSION:
            what = "this list of published files was written by another version of Trigpoint"
            raise InputError(what, where=str(path), remedy=AGAIN)
        return tuple(read(one) for one in raw["files"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError("the list of published files is damaged", where=str(path), remedy=AGAIN) from None


def write_manifest(folder: Path, files: Sequence[Held]) -> None:
    """Put the new manifest in place in one step: what it names holds from then on."""
    said: dict[str, Any] = {"version": VERSION, "files": [written(one) for one in files]}
    # A file's name can hold what is no letter in any encoding; escaped, it comes back as it was.
    write_whole(folder / MANIFEST, json.dumps(said, indent=1).encode())


def clean(folder: Path, files: Sequence[Held]) -> None:
    """Remove what an interrupted addition left, and what was replaced: files that the manifest does not name."""
    named = {name for one in files for name in (*one.tables, one.about)}
    for path in folder.glob("release=*/**/*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in named:
            path.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The right to write, for one process at a time; it ends with the process, however that ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        what = f"{folder} cannot be written to ({error.strerror})"
        raise InputError(what, remedy="choose another folder") from None
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise InputError(BUSY, where=str(folder.parent), remedy="wait until it has ended") from None
        yield
    finally:
        os.close(handle)
