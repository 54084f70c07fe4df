"""The rows of cancer tables gathered, England's set against the sum of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from trigpoint.releases.observation import ENGLAND, Basis, Marker
from trigpoint.releases.readers.cancer.naming import Standard
from trigpoint.releases.release import Organisation
from trigpoint.releases.tables.cells import Figure
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.spans import Span
from trigpoint.wording import count

_SAME = 0.01
_PLURAL = {Basis.PROVIDER: "providers", Basis.COMMISSIONER: "commissioners"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. ``side`` is whose table it stands in, ``detail`` the part of the whole that it counts."""

    standard: Standard
    organisation: Organisation
    side: Basis
    span: Span
    detail: str
    figures: tuple[tuple[str, Figure], ...]


Key = tuple[str, str, Span]
"""Part, detail, period."""


@dataclass(slots=True)
class Ledger:
    """Lines of one file. England's stand in both tables of a combined file and are given once."""

    tally: Tally = field(default_factory=Tally)
    england: dict[Key, dict[Basis, Figure]] = field(default_factory=lambda: defaultdict(dict))
    sums: dict[tuple[Basis, Key], float] = field(default_factory=lambda: defaultdict(float))
    members: dict[Basis, set[str]] = field(default_factory=lambda: defaultdict(set))
    published: dict[tuple[str, Basis, Key], Figure] = field(default_factory=dict)
    derived: dict[tuple[str, Basis, Key], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, line: Line) -> None:
        """Take in one line, once. Figures of England wait until the file has been read to its end."""
        one = line.organisation
        if self._stands(line):
            return
        self.tally.meet(one)
        for part, figure in line.figures:
            key = (part, line.detail, line.span)
            if one.code == ENGLAND:
                self.england[key][line.side] = figure
                continue
            self.members[line.side].add(one.code)
            self.tally.rows.add(part, one.code, one.basis, *line.span, figure.value, figure.marker, line.detail)
            self.published[one.code, one.basis, key] = figure
            if figure.value is not None:
                self.sums[line.side, key] += figure.value
                for whole in _wholes(line):
                    self.derived[one.code, one.basis, (part, whole, line.span)] += figure.value

    def _stands(self, line: Line) -> bool:
        """Whether another sheet gave the same line. ``ValueError`` where it gave other figures."""
        one = line.organisation
        for part, figure in line.figures:
            key = (part, line.detail, line.span)
            england = self.england[key].get(line.side) if one.code == ENGLAND else None
            before = england or self.published.get((one.code, one.basis, key))
            if before is not None and before != figure:
                raise ValueError("the same line stands before with other figures")
            if before is not None:
                return True
        return False

    def close(self) -> tuple[str, ...]:
        """Give England's figures and the totals that the file leaves to be added up; what was found, in sentences."""
        notes = [*self._checked(), *self._england(), *self._derived()]
        return tuple(notes)

    def _england(self) -> Iterator[str]:
        differing = 0
        for (part, detail, span), sides in self.england.items():
            side = Basis.PROVIDER if Basis.PROVIDER in sides else next(iter(sides))
            figure = sides[side]
            self._give_england(part, detail, span, figure)
            for other, second in sides.items():
                if other is not side and second.value != figure.value:
                    differing += 1
                    named = ";".join(sorted(filter(None, [*detail.split(";"), f"basis={other.value}"])))
                    self._give_england(part, named, span, second)
        if differing:
            yield (
                f"England differs between the tables of providers and of commissioners in {count(differing, 'figure')};"
                " England is given as in that of providers, the other under “basis=commissioner”"
            )

    def _give_england(self, part: str, detail: str, span: Span, figure: Figure) -> None:
        self.tally.rows.add(part, ENGLAND, Basis.NATIONAL, *span, figure.value, figure.marker, detail)
        self.published[ENGLAND, Basis.NATIONAL, (part, detail, span)] = figure
        if figure.value is not None:
            for whole in _wholes_of(part, detail):
                self.derived[ENGLAND, Basis.NATIONAL, (part, whole, span)] += figure.value

    def _checked(self) -> Iterator[str]:
        for side, members in self.members.items():
            given = {key: said[side].value for key, said in self.england.items() if side in said}
            if not given:
                continue
            off = [key for key, value in given.items() if value is None or abs(value - self.sums[side, key]) > _SAME]
            whose = f"the sum of {len(members):,} {_PLURAL[side]}"
            yield f"{len(given) - len(off):,} of {len(given):,} figures of England agree with {whose}"
            for part, detail, span in off[:5]:
                said, summed = given[part, detail, span], self.sums[side, (part, detail, span)]
                what = f"{part}{f' ({detail})' if detail else ''}"
                yield f"England’s {what} is {said:,.10g} where {whose} is {summed:,.10g}"

    def _derived(self) -> Iterator[str]:
        missing = {key: value for key, value in self.derived.items() if key not in self.published}
        for (code, basis, (part, detail, span)), value in missing.items():
            self.tally.rows.add(part, code, basis, *span, value, Marker.NONE, detail)
        if missing:
            yield (
                f"{count(len(missing), 'total')} that the file does not give (referrals seen of all cancers, told"
                " outcomes by route or by cancer alone) are sums of its rows"
            )


def _wholes(line: Line) -> tuple[str, ...]:
    return _wholes_of(line.figures[0][0], line.detail) if line.standard.id in ("fds", "seen", "breast") else ()


def _wholes_of(part: str, detail: str) -> tuple[str, ...]:
    """What a row is added to where the file has no row for it: only where the rows of one column are the whole."""
    pieces = dict(piece.split("=", 1) for piece in detail.split(";") if piece)
    if part.startswith("cancer-fds") and set(pieces) == {"cancer", "route"}:
        return f"cancer={pieces['cancer']}", f"route={pieces['route']}"
    if "referrals-seen" in part and set(pieces) == {"cancer"}:
        return ("",)
    return ()
