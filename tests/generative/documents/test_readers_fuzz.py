"""Files of every format, spoilt in every way: a document that keeps its promises, or one sentence of refusal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader_seeds import SEEDS, Seed, broken_promise, parts_of, stored
from trigpoint.documents.readers.file import parse_document, parse_here
from trigpoint.documents.readers.guard import read_guarded
from trigpoint.errors import InputError
from trigpoint.plans.document import Document

BOUNDED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLACE = st.floats(0, 1, exclude_max=True)
TOKENS = '\0 ÿÿÿÿ -1 99999999999 < </ & ]]> \t \r \n " <table> <!-- | endobj >> NaN \u202e שלום'
BYTES = st.one_of(st.binary(min_size=1, max_size=8), st.sampled_from([token.encode() for token in TOKENS.split(" ")]))
CHANGE: st.SearchStrategy[Callable[[bytes], bytes]] = st.one_of(
    st.builds(lambda at, new: lambda data: _put(data, at, at, new), PLACE, BYTES),
    st.builds(lambda at, new: lambda data: _put(data, at, at + len(new) / max(len(data), 1), new), PLACE, BYTES),
    st.builds(lambda a, b: lambda data: _put(data, min(a, b), max(a, b), b""), PLACE, PLACE),
    st.builds(lambda a, b, at: lambda data: _put(data, at, at, _piece(data, a, b)), PLACE, PLACE, PLACE),
    st.builds(lambda at: lambda data: data[: int(at * len(data))], PLACE),
)
CHANGES = st.lists(CHANGE, min_size=1, max_size=6)


def _piece(data: bytes, a: float, b: float) -> bytes:
    return data[int(min(a, b) * len(data)) : int(max(a, b) * len(data))][:2_000]


def _put(data: bytes, start: float, end: float, new: bytes) -> bytes:
    return data[: int(start * len(data))] + new + data[int(end * len(data)) :]


def spoilt(data: bytes, changes: list[Callable[[bytes], bytes]]) -> bytes:
    for change in changes:
        data = change(data)
    return data


def read(reading: Callable[[], Document], name: str) -> Document | None:
    """What is read, or nothing where it is refused in one sentence that begins with the name."""
    try:
        return reading()
    except InputError as error:
        sentence = str(error)
    assert "\n" not in sentence
    assert sentence.startswith(name)
    assert "longer than" not in sentence or "seconds" not in sentence
    return None


def check(seed: Seed, data: bytes) -> None:
    document = read(lambda: seed.read(data, seed.name), seed.name)
    assert document is None or broken_promise(document) == ""


@pytest.mark.parametrize("name", SEEDS)
def test_every_seed_is_a_document(name: str) -> None:
    seed = SEEDS[name]
    document = seed.read(seed.data(), seed.name)
    assert broken_promise(document) == ""
    assert parse_document(seed.data(), seed.name).blocks == document.blocks


@pytest.mark.parametrize("name", SEEDS)
@BOUNDED
@given(changes=CHANGES)
def test_spoilt_bytes(name: str, changes: list[Callable[[bytes], bytes]]) -> None:
    seed = SEEDS[name]
    check(seed, spoilt(seed.data(), changes))


@pytest.mark.parametrize("name", [name for name, seed in SEEDS.items() if seed.packed])
@BOUNDED
@given(place=PLACE, changes=CHANGES, drop=st.booleans())
def test_spoilt_parts_of_packages(name: str, place: float, changes: list[Callable[[bytes], bytes]], drop: bool) -> None:
    seed = SEEDS[name]
    parts = parts_of(seed.data())
    part = list(parts)[int(place * len(parts))]
    if drop:
        del parts[part]
    else:
        parts[part] = spoilt(parts[part], changes)
    check(seed, stored(parts))


@BOUNDED
@given(data=st.binary(max_size=2_000), name=st.sampled_from(["plan", "plan.csv", "plan.md", "plan.pdf"]))
@example(data=b"", name="plan")
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    document = read(lambda: parse_here(data, name), name)
    assert document is None or broken_promise(document) == ""


@settings(max_examples=5, deadline=None)
@given(name=st.sampled_from(list(SEEDS)), changes=CHANGES)
def test_spoilt_files_within_the_limits_of_the_guard(name: str, changes: list[Callable[[bytes], bytes]]) -> None:
    seed = SEEDS[name]
    data = spoilt(seed.data(), changes)
    document = read(lambda: read_guarded(data, seed.name, seconds=60, megabytes=1_024), seed.name)
    assert document is None or broken_promise(document) == ""


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
def test_the_fuzzer_runs_and_finds_nothing_in_a_moment() -> None:
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", "csv", "2"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("csv: Done")
