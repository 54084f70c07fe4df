"""One reader under the fuzzer: what comes out is a document that keeps its promises, or a refusal."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
with atheris.instrument_imports(include=["trigpoint.documents.readers", "trigpoint.documents.markup"]):
    from reader_seeds import SEEDS, broken_promise, parts_of, stored
    from trigpoint.errors import InputError

WHOLE = 0.1  # of the changes of a package are made to its bytes, the others to one of its parts
SEED = SEEDS[sys.argv[1]]


class BrokenPromise(Exception):
    """A document that is not what every document is."""


def read(data: bytes) -> None:
    """One input."""
    try:
        document = SEED.read(data, SEED.name)
    except InputError as error:
        if "\n" in str(error):
            raise BrokenPromise("a refusal of more than one line") from error
        return
    broken = broken_promise(document)
    if broken:
        raise BrokenPromise(broken)


def change(data: bytes, largest: int, seed: int) -> bytes:
    """A package with one part changed: else hardly an input would get past its checksums."""
    chance = random.Random(seed)
    parts = parts_of(data)
    if not parts or chance.random() < WHOLE:
        return bytes(atheris.Mutate(data, largest))
    name = chance.choice(list(parts))
    if chance.random() < WHOLE:
        del parts[name]
    else:
        parts[name] = bytes(atheris.Mutate(parts[name], max(largest - len(data) + len(parts[name]), 1)))
    return stored(parts)[:largest]


def main() -> None:
    """Fuzz until the time is over or something breaks."""
    options = [sys.argv[0], *sys.argv[2:]]
    if SEED.packed:
        atheris.Setup(options, read, custom_mutator=change)
    else:
        atheris.Setup(options, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
