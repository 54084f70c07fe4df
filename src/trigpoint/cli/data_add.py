"""Published files into a workspace, each told in a line or as a JSON object."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError
from trigpoint.wording import count

if TYPE_CHECKING:
    from rich.progress import Progress

    from trigpoint.releases.store import Held, Store

TABLES = frozenset({"", ".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".zip"})
"""In a folder, files that end otherwise are passed over; a file that is named itself is always tried."""
_SHOWN = 5
_SEVERAL = {
    "replaced an older one": "replaced older ones",
    "kept as an older one": "kept as older ones",
    "stands beside": "stand beside",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one file. ``held`` is ``None`` for a refused one, whose reason is in ``rejected``."""

    file: str
    outcome: str
    held: Held | None
    rejected: tuple[str, ...]
    notes: tuple[str, ...]

    def as_object(self) -> dict[str, Any]:
        """The JSON of the file."""
        held = self.held
        return {
            "file": self.file,
            "release": held.release if held else None,
            "variant": held.variant if held else None,
            "period": held.covered if held else None,
            "status": held.status.value if held else "refused",
            "observations": held.observations if held else 0,
            "outcome": self.outcome,
            "rejected": list(self.rejected),
            "notes": list(self.notes),
        }


def month_of(text: str) -> date | None:
    """The first day of a month written as 2025-03; ``None`` for none. Raises ``InputError`` for another spelling."""
    if not text:
        return None
    found = re.fullmatch(r"((?:19|20)\d\d)-(0?[1-9]|1[0-2])", text.strip())
    if found is None:
        raise InputError(f"“{text}” is no month", remedy="write it as 2025-03")
    return date(int(found[1]), int(found[2]), 1)


def workspace_of(into: Path | None) -> Path:
    """The folder that was named, else the current one if it is a workspace."""
    here = Path()
    if into is not None:
        return into
    if (here / "plan.toml").is_file() or (here / "published").is_dir():
        return here
    raise InputError("the current folder is no workspace", remedy="name one with --into WORKSPACE")


def add_paths(paths: Sequence[Path], into: Path | None, *, month: date | None, again: bool, as_json: bool) -> bool:
    """Add files and all that lies in folders; whether any file was refused."""
    from trigpoint.releases.store import open_store

    workspace = workspace_of(into)
    files, passed = found_files(paths, workspace)
    store = open_store(workspace, create=True)
    done: list[Told] = []
    with store.writing(), _progress() as progress:
        for path in progress.track(files, description="Reading"):
            for told in add_file(store, path, month=month, again=again):
                done.append(told)
                tell(told, as_json=as_json)
    if passed:
        sys.stderr.write(on_one_line(f"Passed over {_names(passed)}.") + "\n")
    if not as_json:
        sys.stdout.write(on_one_line(summary(done)) + "\n")
    return any(told.held is None for told in done)


def found_files(paths: Sequence[Path], workspace: Path) -> tuple[list[Path], list[Path]]:
    """The files to read, in order of name, and those passed over: hidden ones, ghosts of other systems, no tables.

    Raises ``InputError`` for a path that is not there, and where there is nothing to read at all.
    """
    files: list[Path] = []
    passed: list[Path] = []
    own = (workspace / "published").resolve()
    for path in paths:
        if not path.exists():
            raise InputError("there is no such file or folder", where=str(path), remedy="check the name")
        if not path.is_dir():
            files.append(path)
            continue
        for one in sorted(path.rglob("*")):
            if not one.is_file() or own in one.resolve().parents:
                continue
            (passed if _ghost(one.relative_to(path)) else files).append(one)
    if not files:
        raise InputError("there is no table to read", where=str(paths[0]), remedy="name files as they were published")
    return list(dict.fromkeys(files)), passed


def _ghost(path: Path) -> bool:
    odd = any(part.startswith((".", "~$")) or part in ("__MACOSX", "Thumbs.db") for part in path.parts)
    return odd or path.suffix.lower() not in TABLES


def add_file(store: Store, path: Path, *, month: date | None = None, again: bool = False) -> Iterator[Told]:
    """Read and add each table of a file. What is held already is not read again, unless that is asked for."""
    from trigpoint.cli.clock import today
    from trigpoint.releases.files.opening import open_file
    from trigpoint.releases.reading import attempted
    from trigpoint.releases.store import Outcome

    try:
        contents = open_file(path, month=month)
    except InputError as error:
        yield _refused(str(path), error)
        return
    for content in contents:
        known = None if again or month else store.holds(content.digest)
        if known is not None:
            yield Told(content.name, Outcome.UNCHANGED.value, known, known.rejected, known.notes)
            continue
        reading = attempted(content)
        if isinstance(reading, InputError):
            yield _refused(content.name, reading)
            continue
        try:
            addition = store.add(reading, today())
        except InputError as error:
            yield _refused(content.name, error)
            continue
        held = addition.held
        yield Told(content.name, addition.outcome.value, held, held.rejected, (*held.notes, *addition.notes))


def _refused(file: str, error: InputError) -> Told:
    return Told(file, "refused", None, (str(error),), ())


def tell(told: Told, *, as_json: bool) -> None:
    """Print one file: a line with what was left out and noted below it, or its JSON."""
    if as_json:
        sys.stdout.write(json.dumps(told.as_object(), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        return
    held = told.held
    if held is None:
        sys.stdout.write(on_one_line(f"Refused: {told.rejected[0]}") + "\n")
        return
    from trigpoint.releases.registry import release

    what = [release(held.release).name, held.variant, held.covered_words, held.status.value]
    size = f"{count(held.observations, 'figure')} of {count(held.organisations, 'organisation')}"
    line = f"{told.file}: {', '.join(part for part in what if part)}; {size}; {told.outcome}"
    sys.stdout.write(on_one_line(line) + "\n")
    if told.outcome == "unchanged":
        return
    for heading, sentences in (("note", told.notes), ("left out", told.rejected)):
        for sentence in sentences[:_SHOWN] if heading == "left out" else sentences:
            sys.stdout.write(on_one_line(f"  {heading}: {sentence}") + "\n")
    if len(told.rejected) > _SHOWN:
        sys.stdout.write(f"  left out: {len(told.rejected) - _SHOWN:,} more (--json has all)\n")


def summary(done: Sequence[Told]) -> str:
    """All files in a sentence.

    >>> summary([Told("a.csv", "refused", None, ("a.csv: it is empty.",), ())])
    '1 file: 1 refused.'
    """
    numbers = Counter(told.outcome for told in done)
    parts = [f"{number:,} {_SEVERAL.get(one, one) if number > 1 else one}" for one, number in numbers.items()]
    return f"{count(len(done), 'file')}: {', '.join(parts)}."


def _names(passed: Sequence[Path]) -> str:
    shown = ", ".join(str(path) for path in passed[:_SHOWN])
    more = len(passed) - _SHOWN
    return f"{shown} and {count(more, 'more file')}" if more > 0 else shown


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal's error output, gone at the end; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(transient=True, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        yield progress
