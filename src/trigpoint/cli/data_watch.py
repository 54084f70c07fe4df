"""A folder that is looked at again and again: files are added once they have been written to their end."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.characters import on_one_line
from trigpoint.cli.data_add import TABLES, add_file, found_files, tell, workspace_of
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.releases.store import Store

Seen = tuple[int, int]
"""Size and time of change: while either moves, a file is still being written."""


def watch_folder(folder: Path, into: Path | None, *, once: bool, every: float) -> bool:
    """Add what is new or changed in a folder, until Ctrl-C or, with ``once``, once; whether any was refused."""
    from trigpoint.releases.store import open_store
    from trigpoint.releases.store.folder import BUSY

    if not folder.is_dir():
        raise InputError("there is no such folder", where=str(folder), remedy="make it first, or check the name")
    workspace = workspace_of(into)
    store = open_store(workspace, create=True)
    before: dict[Path, Seen] = {}
    done: dict[Path, Seen] = {}
    if once:
        return _look(store, folder, _seen(folder, workspace), done)
    sys.stdout.write(on_one_line(f"Watching {folder}; Ctrl-C ends it.") + "\n")
    sys.stdout.flush()
    refused = False
    try:
        while True:
            now = _seen(folder, workspace)
            still = {path: seen for path, seen in now.items() if before.get(path) == seen}
            try:
                refused = _look(store, folder, still, done) or refused
            except InputError as error:
                if error.what != BUSY:
                    raise
                # Another process is adding; it will have ended at one of the next looks.
            before = now
            time.sleep(every)
    except KeyboardInterrupt:
        sys.stdout.write("Stopped.\n")
    return refused


def _seen(folder: Path, workspace: Path) -> dict[Path, Seen]:
    try:
        files, _ = found_files([folder], workspace)
    except InputError:  # nothing there yet
        return {}
    seen = {}
    for path in files:
        if path.suffix.lower() in TABLES:
            try:
                told = path.stat()
            except OSError:  # gone again
                continue
            seen[path] = (told.st_size, told.st_mtime_ns)
    return seen


def _look(store: Store, folder: Path, files: dict[Path, Seen], done: dict[Path, Seen]) -> bool:
    """Add the files that were not yet added as they are now."""
    new = {path: seen for path, seen in files.items() if done.get(path) != seen}
    if not new:
        return False
    refused = False
    with store.writing():
        for path, seen in new.items():
            for told in add_file(store, path):
                tell(told, as_json=False)
                refused = refused or told.held is None
            done[path] = seen
    sys.stdout.flush()
    return refused
