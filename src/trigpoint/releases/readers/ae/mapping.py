"""The hidden sheet that says which provider lies in which system, with the codes of the systems beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row, Sheet
from trigpoint.releases.readers.ae.checks import ROUNDING, number
from trigpoint.releases.readers.ae.counts import ATTENDANCES, OVER, PUBLISHED, TYPES, Counts, Key
from trigpoint.releases.release import Mapped, Organisation
from trigpoint.releases.tables.cells import normal, words
from trigpoint.releases.tables.header import find_header
from trigpoint.wording import count, listed, verb

SHEET = "System Mapping"


def system_mapping(
    content: Content, systems: Sequence[Organisation], providers: Sheet
) -> tuple[tuple[Mapped, ...], list[str]]:
    """Each provider's system by its code, and what of the mapping could not be used.

    The hidden sheet goes first. For a provider that is not in it, the system that the sheet of providers names beside
    its figures counts, in a column that has no heading.
    """
    codes = {normal(one.name): one.code for one in systems}
    found, notes = _hidden(content, codes)
    beside = {code: theirs for code, theirs in _beside(providers, codes) if code not in found}
    if beside:
        one = f"{listed(sorted(beside))} {verb(len(beside), 'is', 'are')} not in the hidden sheet {SHEET}"
        notes.append(f"{one}: mapped to the system that stands beside {verb(len(beside), 'it', 'each')}")
    return tuple(Mapped(provider, theirs) for provider, theirs in {**found, **beside}.items()), notes


def _hidden(content: Content, codes: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The mapping of the hidden sheet; the names of systems that it has beside their codes are added to ``codes``."""
    try:
        sheet = content.sheet(SHEET)
    except InputError:
        return {}, []
    header = find_header(sheet.rows, "Org code", "Name", "STP", "Code")
    if header is None:
        return {}, [f"the columns of sheet {SHEET} are not known: it was not used"]
    code, system, key = (header.names.index(name) for name in ("org code", "stp", "code"))
    rows = sheet.rows[header.index + 1 :]
    codes.update(_codes(rows, key))
    found: dict[str, str] = {}
    notes = []
    for row in rows:
        provider, name = (words(row[at]) if at < len(row) else "" for at in (code, system))
        theirs = codes.get(normal(name))
        if not provider or not name:
            continue
        if theirs is None:
            notes.append(f"sheet {SHEET}: “{name}” has no code there, so {provider} was mapped to no system")
        elif found.setdefault(provider, theirs) != theirs:
            notes.append(f"sheet {SHEET} gives {provider} to {found[provider]} and to {theirs}; the first stands")
    return found, notes


def _codes(rows: Sequence[Row], key: int) -> Mapping[str, str]:
    """A system's code by each of the names that stand around it: its old one, and its new one in two letterings."""
    codes = {}
    for row in rows:
        theirs = words(row[key]) if key < len(row) else ""
        for cell in (*row[key - 1 : key], *row[key + 1 :]) if theirs else ():
            if words(cell):
                codes[normal(cell)] = theirs
    return codes


def _beside(sheet: Sheet, codes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each provider of a sheet with the system that its row names."""
    header = find_header(sheet.rows, "Code", "Name")
    if header is None:
        return
    at = header.names.index("code")
    for row in sheet.rows[header.index + 1 :]:
        theirs = next((codes[normal(cell)] for cell in reversed(row) if normal(cell) in codes), None)
        if theirs is not None and at < len(row) and words(row[at]):
            yield words(row[at]), theirs


def mapping_note(systems: Mapping[str, Counts], providers: Mapping[str, Counts], mapping: Sequence[Mapped]) -> str:
    """Whether each system's row is the sum of its providers by the mapping, in one sentence."""
    keys: list[Key] = [(f"{stem}{PUBLISHED}", detail) for stem in (ATTENDANCES, OVER) for detail in TYPES]
    sums: dict[tuple[str, Key], float] = {}
    for one in mapping:
        for key in keys:
            found = providers.get(one.provider, {}).get(key)
            share = one.share * found.value if found is not None and found.value is not None else 0.0
            sums[one.commissioner, key] = sums.get((one.commissioner, key), 0.0) + share
    given = [
        (code, key, found.value or 0.0) for code, one in systems.items() for key in keys if (found := one.get(key))
    ]
    differing = [(code, key, value) for code, key, value in given if abs(value - sums.get((code, key), 0.0)) > ROUNDING]
    if not differing:
        return f"all {count(len(systems), 'system')} agree with their providers by the hidden sheet {SHEET}"
    code, key, value = differing[0]
    unlike = len({code for code, *_ in differing})
    says = f"by the hidden sheet {SHEET}, {count(unlike, 'system')} of {len(systems)}"
    theirs = number(sums.get((code, key), 0.0))
    return (
        f"{says} {verb(unlike, 'differs from its', 'differ from their')} providers, the first {code}:"
        f" {number(value)} {key[0]}[{key[1]}] where they make {theirs}"
    )
