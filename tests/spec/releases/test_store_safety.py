"""The store after a kill, beside another process, and with damaged files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.published_files import TODAY, published

from trigpoint.errors import InputError
from trigpoint.releases.store import Outcome, open_store

ADD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from tests.published_files import TODAY, published
from trigpoint.releases.store import open_store, store
store.write_manifest = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
open_store(Path(sys.argv[1])).add(published("b.csv", [("calls", "RNA", "", 7, 2.0)]), TODAY)
"""


def test_a_kill_between_the_figures_and_the_manifest_leaves_nothing_half_loaded(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(published("a.csv", [("calls", "RNA", "", 6, 1.0)]), TODAY)
    here = Path(__file__).resolve().parents[3]
    killed = subprocess.run([sys.executable, "-c", ADD_AND_DIE, str(tmp_path)], cwd=here, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.rglob("*.parquet"))) == 2  # the second is there, and counts for nothing
    again = open_store(tmp_path)
    assert again.observations()["value"].to_list() == [1.0]
    again.add(published("c.csv", [("calls", "RNA", "", 8, 3.0)]), TODAY)
    assert len(list(tmp_path.rglob("*.parquet"))) == 2  # what the kill left is gone
    assert sorted(again.observations()["value"]) == [1.0, 3.0]


def test_two_processes_cannot_add_at_once(tmp_path: Path) -> None:
    one, other = open_store(tmp_path), open_store(tmp_path)
    with one.writing(), pytest.raises(InputError, match="another `trigpoint data` is adding files to this workspace"):
        other.add(published("a.csv", [("calls", "RNA", "", 6, 1.0)]), TODAY)
    other.add(published("a.csv", [("calls", "RNA", "", 6, 1.0)]), TODAY)
    one.add(published("b.csv", [("calls", "RNA", "", 7, 1.0)]), TODAY)  # sees what the other added meanwhile
    assert [held.file for held in one.files] == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 1}', '{"version": 1, "files": [{}]}', '{"version": 9}']
)
def test_a_damaged_manifest_is_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "manifest.json").write_text(content)
    with pytest.raises(InputError, match=r"add the files again with `trigpoint data add`"):
        open_store(tmp_path)


def test_a_missing_table_is_one_sentence_and_mended_by_adding_again(tmp_path: Path) -> None:
    store, file = open_store(tmp_path), published("a.csv", [("calls", "RNA", "", 6, 1.0)])
    store.add(file, TODAY)
    next(tmp_path.rglob("*.parquet")).unlink()
    with pytest.raises(InputError, match=r"a\.csv: its figures are no longer in the workspace.*add the file again"):
        store.observations()
    assert store.add(file, TODAY).outcome is Outcome.ADDED
    assert store.observations()["value"].to_list() == [1.0]


def test_a_damaged_table_is_one_sentence(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(published("a.csv", [("calls", "RNA", "", 6, 1.0)]), TODAY)
    next(tmp_path.rglob("*.parquet")).write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(InputError, match="is damaged"):
        store.observations()


def test_a_folder_without_a_plan_will_do_and_a_missing_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        open_store(tmp_path / "new")
    assert open_store(tmp_path / "new" / "one", create=True).files == ()
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="a file, not a workspace folder"):
        open_store(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot be written to"):
        open_store(tmp_path).add(published("a.csv", [("calls", "RNA", "", 6, 1.0)]), date(2026, 1, 1))
