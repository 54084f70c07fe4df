"""Files written whole: made in a temporary folder beside their place first, then moved there in one step.

Whoever reads the place meanwhile, or after a fault, finds the old file or the new one, never half of one.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from trigpoint.errors import InputError


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """An empty folder on the disk of ``target`` to write into first; it is gone afterwards, whatever happens.

    It stands inside a target that is a folder already (and may be a disk of its own), beside any other. What is made
    in it has the rights of any new file or folder of the user. Raises ``InputError`` when the place is missing or
    cannot be written.
    """
    parent = target if target.is_dir() else target.absolute().parent
    if not parent.is_dir():
        raise InputError(f"there is no folder {parent}", remedy="make it first, or check the name")
    try:
        # The outer folder is private, and what is made within takes the user's own rights: so the process's file
        # mode mask, which can only be read by changing it under the feet of other threads, is never needed.
        private = Path(mkdtemp(dir=parent, prefix=f".{target.name}-writing-"))
    except OSError as error:
        raise InputError(f"{parent} cannot be written to ({error.strerror})", remedy="choose another folder") from None
    try:
        stage = private / "stage"
        stage.mkdir()
        yield stage
    finally:
        shutil.rmtree(private, ignore_errors=True)


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in its place in one step.

    Raises ``InputError`` when its folder is missing or cannot be written, or what is in its place is no file.
    """
    _refuse_other_than_file(path)
    with staged(path) as stage:
        try:
            (stage / path.name).write_bytes(content)
            (stage / path.name).replace(path)
        except OSError as error:
            what = f"the file cannot be written ({error.strerror})"
            raise InputError(what, where=str(path), remedy="check its rights and the room on the disk") from None


def write_together(folder: Path, texts: Mapping[str, str]) -> None:
    """All texts by their names within a folder, or none: written aside first, and moved when the last one is whole.

    Folders that are missing are made. Raises ``InputError`` as ``write_whole`` does.
    """
    for name in texts:
        _refuse_other_than_file(folder / name)
    with staged(folder) as stage:
        try:
            for name, text in texts.items():
                (stage / name).parent.mkdir(parents=True, exist_ok=True)
                (stage / name).write_bytes(text.encode("utf-8"))
            for name in texts:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (stage / name).replace(folder / name)
        except OSError as error:
            what = f"the files cannot be written ({error.strerror})"
            raise InputError(what, where=str(folder), remedy="check rights and the room on the disk") from None


def _refuse_other_than_file(path: Path) -> None:
    """A device, a pipe or a link would be lost: what is written takes its place, as root even that of /dev/null."""
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return  # there is nothing yet, or what is wrong is told when it is written
    if stat.S_ISREG(mode):
        return
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISLNK, "a link"))
    kind = next((words for is_kind, words in kinds if is_kind(mode)), "a pipe or a device")
    raise InputError(f"this is {kind}, which is not overwritten", where=str(path), remedy="name a file")
