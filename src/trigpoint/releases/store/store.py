"""The published figures of a workspace: added a file at a time, replaced by newer ones, read in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from trigpoint.errors import InputError
from trigpoint.places.capitals import readable
from trigpoint.releases.observation import KEY, SCHEMA, together
from trigpoint.releases.reading import FileReading
from trigpoint.releases.release import Mapped
from trigpoint.releases.store import tables
from trigpoint.releases.store.addition import Addition, Outcome
from trigpoint.releases.store.folder import FOLDER, MANIFEST, clean, locked, read_manifest, write_manifest
from trigpoint.releases.store.held import Held, newcomer, standing
from trigpoint.releases.store.precedence import order_beside, sharing
from trigpoint.releases.store.settling import Settled, settle

OBSERVED = {**SCHEMA, "release": pl.String, "variant": pl.String, "status": pl.String, "digest": pl.String}
"""The columns of ``Store.observations``."""
_SAME = [*KEY, "release", "variant"]


def open_store(workspace: Path | str, *, create: bool = False) -> Store:
    """The published figures of a workspace, which may be any folder; ``create`` makes a missing one.

    Raises ``InputError`` where there is no such folder, or its list of files is damaged.
    """
    workspace = Path(workspace)
    if workspace.exists() and not workspace.is_dir():
        raise InputError("this is a file, not a workspace folder", where=str(workspace), remedy="name a folder")
    if not workspace.exists():
        if not create:
            remedy = "make it with: trigpoint data add FILE --into FOLDER"
            raise InputError(f"there is no folder {workspace}", remedy=remedy)
        try:
            workspace.mkdir(parents=True)
        except OSError as error:
            what = f"{workspace} cannot be made ({error.strerror})"
            raise InputError(what, remedy="choose another folder") from None
    return Store(workspace)


class Store:
    """The observations under ``<workspace>/published``. What the manifest does not name is not there.

    Files are settled among those of the same release and variant: a newer one takes the place of an older in the
    periods and kinds of figures that both give, and the older one's other figures stay in force. ``add`` and ``remove``
    leave either all of their work or none of it, also when the process is killed.
    """

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.folder = workspace / FOLDER
        self._files = read_manifest(self.folder)
        self._writes = False
        self._named: dict[int, Mapping[str, str]] = {}
        self._known: tuple[tuple[Held, ...], pl.DataFrame] | None = None

    @property
    def files(self) -> tuple[Held, ...]:
        """Every file that is held, superseded ones too, in the order in which they were added."""
        return self._files

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write over several additions. Raises ``InputError`` where another process has it."""
        if self._writes:
            yield
            return
        with locked(self.folder):
            self._files = read_manifest(self.folder)
            clean(self.folder, self._files)
            self._writes = True
            try:
                yield
            finally:
                self._writes = False

    def holds(self, digest: str) -> Held | None:
        """The file of this digest whose figures are all there."""
        found = next((one for one in self._files if one.digest == digest), None)
        return found if found is not None and tables.intact(self.folder, found) else None

    def add(self, file: FileReading, on: date) -> Addition:
        """Take in a file that was read; ``on`` is today's date, which the core does not know.

        The same content again changes nothing. Raises ``InputError`` where the workspace cannot be written.
        """
        with self.writing():
            again = self.holds(file.digest)
            if again is not None and _same(again, file):
                return Addition(Outcome.UNCHANGED, again)
            others = list(self._files)
            for before in [one for one in self._files if one.digest == file.digest]:
                others = self._without(before, others)
            taken = {name for one in self._files for name in (*one.tables, one.about)}
            names, about = tables.write_tables(self.folder, file, taken)
            held = newcomer(
                file.reading,
                file=file.file,
                digest=file.digest,
                release=file.release.id,
                on=on,
                number=1 + max((one.number for one in self._files), default=0),
                tables=names,
                about=about,
            )
            settled = settle(held, file.reading.frame, others, self._rows)
            self._keep([*_updated(others, settled), settled.held])
            return Addition(settled.outcome, settled.held, tuple(settled.changes), tuple(settled.notes))

    def remove(self, digest: str) -> Held:
        """Forget a file, by its digest or the start of it: all is as if it had never been added.

        Raises ``InputError`` where no file, or more than one, has it.
        """
        with self.writing():
            found = [one for one in self._files if digest and one.digest.startswith(digest)]
            if len(found) != 1:
                what = "more than one file has" if found else "no file here has"
                remedy = "`trigpoint data list` shows the files"
                raise InputError(f"{what} the digest {digest}", where=str(self.workspace), remedy=remedy)
            self._keep(self._without(found[0], self._files))
            return found[0]

    def observations(
        self,
        *,
        parts: Iterable[str] | None = None,
        orgs: Iterable[str] | None = None,
        start: date | None = None,
        end: date | None = None,
    ) -> pl.DataFrame:
        """The observations in force, with ``release``, ``variant``, ``status`` and ``digest`` of their file.

        ``start`` and ``end`` keep the periods that touch the days between them. Only what is asked for is read.
        """
        wanted = set(parts) if parts is not None else None
        chosen = list(orgs) if orgs is not None else None
        files = [one for one in self._files if _touches(one, wanted, start, end)]
        whole = [self._selected(one, wanted, chosen, start, end) for one in files if not one.beside]
        empty = pl.LazyFrame(schema=OBSERVED)
        found = tables.collected(pl.concat([empty, *whole]), self.folder)
        for one in sorted((one for one in files if one.beside), key=order_beside, reverse=True):
            more = tables.collected(self._selected(one, wanted, chosen, start, end), self.folder)
            found = pl.concat([found, more.join(found, on=_SAME, how="anti")])
        return found

    def bases(self, parts: Iterable[str], start: date, end: date) -> frozenset[str]:
        """As what organisations are counted in the observations of these parts, in periods that touch these days."""
        wanted = set(parts)
        files = [one for one in self._files if _touches(one, wanted, start, end)]
        found = [self._selected(one, wanted, None, start, end).select("basis").unique() for one in files]
        frame = tables.collected(pl.concat([pl.LazyFrame(schema={"basis": pl.String}), *found]), self.folder)
        return frozenset(frame["basis"])

    def organisations(self) -> pl.DataFrame:
        """Every code in every release, as the file of the latest period names it: code, name, basis, parent, release.

        Sorted by code, basis and release; names that a file has in capitals are given as one writes them.
        """
        if self._known is None or self._known[0] is not self._files:
            self._known = self._files, self._organisations()
        return self._known[1]

    def _organisations(self) -> pl.DataFrame:
        rows: dict[tuple[str, str, str], tuple[str, str]] = {}
        for held in sorted(
            self._files, key=lambda one: (max(one.periods, default=(date.min, date.min))[1], one.number)
        ):
            for one in tables.organisations(self.folder, held):
                rows[one.code, one.basis.value, held.release] = one.name, one.parent
        said = [
            (code, readable(name), basis, parent, release)
            for (code, basis, release), (name, parent) in sorted(rows.items())
        ]
        columns = dict.fromkeys(("code", "name", "basis", "parent", "release"), pl.String)
        return pl.DataFrame(said, schema=columns, orient="row")

    def name_of(self, code: str, held: Held | None = None) -> str:
        """The name of an organisation as a file gives it, or else the latest that has it; "" where none does."""
        if held is not None and code in self._names(held):
            return self._names(held)[code]
        latest = sorted(self._files, key=lambda one: one.periods[-1:], reverse=True)
        return next((self._names(one)[code] for one in latest if code in self._names(one)), "")

    def _names(self, held: Held) -> Mapping[str, str]:
        if held.number not in self._named:
            found = tables.organisations(self.folder, held)
            self._named[held.number] = {one.code: readable(one.name) for one in found}
        return self._named[held.number]

    def mapping(self) -> tuple[tuple[Held, tuple[Mapped, ...]], ...]:
        """The files in force that state which provider belongs to which commissioner, and what they state."""
        stated = ((one, tables.mapping(self.folder, one)) for one in self._files if one.in_force)
        return tuple((held, rows) for held, rows in stated if rows)

    def places(self) -> tuple[Mapping[str, str], ...]:
        """The rows for ``places.csv`` that files brought, in the order of the files."""
        return tuple(row for one in self._files for row in tables.places(self.folder, one))

    def _selected(
        self, held: Held, parts: set[str] | None, orgs: list[str] | None, start: date | None, end: date | None
    ) -> pl.LazyFrame:
        frame = tables.scan(self.folder, held)
        conditions = [
            pl.col("part").is_in(sorted(parts)) if parts is not None else None,
            pl.col("org").is_in(orgs) if orgs is not None else None,
            pl.col("end") >= start if start is not None else None,
            pl.col("start") <= end if end is not None else None,
        ]
        frame = frame.filter(*[one for one in conditions if one is not None])
        said = {"release": held.release, "variant": held.variant, "status": held.status.value, "digest": held.digest}
        literal = [pl.lit(value, dtype=pl.String).alias(name) for name, value in said.items()]
        return standing(frame, held).select(*SCHEMA, *literal)

    def _rows(self, held: Held, periods: pl.DataFrame) -> pl.DataFrame:
        frame = tables.scan(self.folder, held).join(periods.lazy(), on=["start", "end"], how="semi")
        return tables.collected(standing(frame, held), self.folder)

    def _without(self, gone: Held, files: Sequence[Held]) -> list[Held]:
        """The files less one, those of its kind and periods settled anew, as if they alone had been added."""
        done: list[Held] = []
        for one in files:
            if one.number == gone.number:
                continue
            if (one.release, one.variant) != (gone.release, gone.variant):
                done.append(one)
                continue
            fresh = replace(one, superseded=(), beside=not one.whole)
            alone = not sharing(fresh, done)
            frame = together([] if alone else [tables.collected(tables.scan(self.folder, one), self.folder)])
            settled = settle(fresh, frame, done, self._rows)
            done = [*_updated(done, settled), settled.held]
        return done

    def _keep(self, files: Sequence[Held]) -> None:
        write_manifest(self.folder, files)
        before = {name for one in self._files for name in (*one.tables, one.about)}
        self._files = tuple(files)
        for name in before - {name for one in files for name in (*one.tables, one.about)}:
            (self.folder / name).unlink(missing_ok=True)


def _same(held: Held, file: FileReading) -> bool:
    """Whether a file was read before to the same end: a reader may have learnt to read more of it since."""
    read = (file.release.id, file.reading.variant, file.periods, len(file.reading.frame))
    return (held.release, held.variant, held.periods, held.observations) == read


def _updated(files: Sequence[Held], settled: Settled) -> list[Held]:
    return [settled.others.get(one.number, one) for one in files]


def _touches(held: Held, parts: set[str] | None, start: date | None, end: date | None) -> bool:
    if not held.periods or not held.in_force or (parts is not None and not parts & set(held.parts)):
        return False
    first, last = min(one for one, _ in held.periods), max(one for _, one in held.periods)
    return (start is None or last >= start) and (end is None or first <= end)


__all__ = ["MANIFEST", "OBSERVED", "Store", "open_store"]
