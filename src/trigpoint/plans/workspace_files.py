"""The files of a workspace as text: found, measured and decoded before anything is understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from trigpoint.characters import UNPRINTABLE
from trigpoint.errors import InputError, Where
from trigpoint.plans.limits import MAX_FILE_BYTES, MAX_TOML_BYTES

PLAN_FILE = "plan.toml"
SAVE_AS_UTF8 = "save it as “CSV UTF-8” (in an editor: encoding UTF-8)"


@dataclass(frozen=True, slots=True)
class Folder:
    """A workspace folder as the user named it, from which no file outside can be reached."""

    path: Path

    def shown(self, name: str) -> str:
        """A file's name as errors print it."""
        return str(self.path / name)

    def text(self, name: str) -> str | None:
        """The words of one file, ``None`` when there is no such file; ``InputError`` when it cannot be read."""
        path, shown = self.path / name, self.shown(name)
        limit = MAX_TOML_BYTES if name == PLAN_FILE else MAX_FILE_BYTES
        with system_errors_told(shown):
            if not path.exists() and not path.is_symlink():
                return None
            if not path.resolve().is_relative_to(self.path.resolve()):
                what = "the file is a link that leads out of the workspace"
                raise InputError(what, where=shown, remedy="put the file itself into the folder")
            if not path.is_file():
                raise InputError(_no_file(path), where=shown, remedy="remove it or give it another name")
            with path.open("rb") as file:
                content = file.read(limit + 1)
        if len(content) > limit:
            size = f"{limit // 1_000_000} MB"
            raise InputError(f"the file is larger than {size}", where=shown, remedy="split the plan")
        return decode(content, shown)


def _no_file(path: Path) -> str:
    return "this is a link that leads nowhere" if path.is_symlink() else "this is not a file"


@contextmanager
def system_errors_told(shown: str) -> Iterator[None]:
    """What the operating system will not do (no rights, names too long, links in a circle), as the user's error."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its links lead in a circle"
        raise InputError(f"this cannot be read ({reason})", where=shown, remedy="check its name and rights") from None


def open_folder(path: Path) -> Folder:
    """The folder of a workspace; ``InputError`` when it is none."""
    with system_errors_told(str(path)):
        if not path.exists():
            raise InputError(f"there is no folder {path}", remedy="check the name")
        if not path.is_dir():
            remedy = "read a document with: trigpoint import FILE --into FOLDER"
            raise InputError(f"{path} is a file, not a workspace folder", remedy=remedy)
        if not (path / PLAN_FILE).exists() and not (path / PLAN_FILE).is_symlink():
            raise InputError(
                f"{path} is no plan workspace: there is no {PLAN_FILE} in it",
                remedy="name a workspace folder, or make one with: trigpoint import FILE --into FOLDER",
            )
    return Folder(path)


def decode(content: bytes, shown: str) -> str:
    """Bytes to text: UTF-8 with or without its mark; every other encoding is named and refused."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError("the file is in UTF-16", where=shown, remedy=SAVE_AS_UTF8)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"the byte {content[error.start]:#04x} is not UTF-8; the file seems to be in Windows-1252 or Latin-1",
            where=Where(shown, line=line),
            remedy=SAVE_AS_UTF8,
        ) from None
    found = control_character(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        remedy = SAVE_AS_UTF8 if found[0] == "\0" else "delete it"
        raise InputError(f"there is {named(found[0])} in the text", where=Where(shown, line=line), remedy=remedy)
    return text


def control_character(text: str) -> re.Match[str] | None:
    """The first character that no page or paper can print, tab and line ends allowed."""
    return UNPRINTABLE.search(text)


def named(character: str) -> str:
    """A control character in words."""
    return "a NUL character" if character == "\0" else f"the control character U+{ord(character):04X}"


def write_files(folder: Path, contents: Mapping[str, str]) -> None:
    """Text files into a staged folder."""
    for name, text in contents.items():
        try:
            (folder / name).write_bytes(text.encode("utf-8"))
        except UnicodeEncodeError as error:
            character = f"U+{ord(text[error.start]):04X}"
            raise InputError(f"the text holds half a character ({character})", where=name, remedy="delete it") from None
        except OSError as error:
            what = f"the file cannot be written ({error.strerror}), so nothing is changed"
            raise InputError(what, where=name, remedy="check the room on the disk and your rights") from None


def move_files(stage: Path, target: Path, *, dropped: Iterable[str] = ()) -> None:
    """Put the staged files in their place, each by one rename, ``plan.toml`` last; remove the ``dropped`` ones."""
    try:
        if not target.is_dir():
            stage.rename(target)
            return
        for path in sorted(stage.iterdir(), key=lambda path: path.name == PLAN_FILE):
            path.replace(target / path.name)
        for name in dropped:
            (target / name).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror})", remedy="check its rights") from None
