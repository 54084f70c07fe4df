from __future__ import annotations

import os
from pathlib import Path

import pytest

from trigpoint.errors import InputError
from trigpoint.staging import staged, write_together, write_whole


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "paper.html"
    path.write_bytes(b"old and longer")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["paper.html"]


def test_a_name_without_a_folder_stands_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_whole(Path("paper.html"), b"new")
    assert (tmp_path / "paper.html").read_bytes() == b"new"


def test_a_missing_folder_and_a_folder_in_the_place_of_the_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no folder .*missing; make it first"):
        write_whole(tmp_path / "missing" / "paper.html", b"new")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="this is a folder, which is not overwritten"):
        write_whole(tmp_path / "folder", b"new")
    assert [each.name for each in tmp_path.rglob("*")] == ["folder"]


def test_what_is_written_may_be_read_by_whom_the_user_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "paper.html", b"new")
        with staged(tmp_path / "plan") as stage:
            stage.rename(tmp_path / "plan")
    finally:
        os.umask(before)
    assert (tmp_path / "paper.html").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "plan").stat().st_mode & 0o777 == 0o750


def test_a_fault_while_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()

    def fail() -> None:
        with staged(tmp_path / "plan") as stage:
            (stage / "half").write_bytes(b"ha")
            raise RuntimeError("fault")

    with pytest.raises(RuntimeError, match="fault"):
        fail()
    assert [each.name for each in tmp_path.rglob("*")] == ["plan"]


def test_only_a_file_is_overwritten(tmp_path: Path) -> None:
    """By a rename a device would be lost for everybody, and a link for whoever made it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "link").symlink_to("file")
    kinds = {"folder": "a folder", "link": "a link"}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        kinds["pipe"] = "a pipe or a device"
    for name, kind in kinds.items():
        before = (tmp_path / name).lstat()
        with pytest.raises(InputError, match=f"{name}: this is {kind}, which is not overwritten; name a file"):
            write_whole(tmp_path / name, b"new")
        assert (tmp_path / name).lstat().st_ino == before.st_ino
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*kinds, "file"])


def test_files_are_written_together_into_folders_that_are_made_for_them(tmp_path: Path) -> None:
    write_together(tmp_path / "finance", {"risks.csv": "id\n", "mechanisms/block.toml": 'kind = "block"\n'})
    assert (tmp_path / "finance" / "mechanisms" / "block.toml").read_text(encoding="utf-8") == 'kind = "block"\n'
    assert sorted(each.name for each in tmp_path.iterdir()) == ["finance"]


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "risks.csv").write_text("old", encoding="utf-8")
    (tmp_path / "spend.csv").mkdir()
    with pytest.raises(InputError, match="this is a folder, which is not overwritten"):
        write_together(tmp_path, {"risks.csv": "new", "spend.csv": "new"})
    assert (tmp_path / "risks.csv").read_text(encoding="utf-8") == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["risks.csv", "spend.csv"]
