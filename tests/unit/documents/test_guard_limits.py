"""Reading in a process of its own: its limits, its answers, and that nothing of it is left."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pdf_pages import Page, pdf
from trigpoint.documents.readers import guard
from trigpoint.documents.readers.file import parse_document, parse_here, read_document
from trigpoint.documents.readers.guard import Answer, read_guarded
from trigpoint.documents.readers.limits import MEGABYTE
from trigpoint.errors import InputError, Where

SMALL = pdf(Page().text(50, 100, "Words of the plan."), Page().text(50, 100, "More of them."))
TABLE = b"Priorities\tKey deliverables\nSafer care\tA ward\n"


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let a module of the test answer in the place of the reading process."""
    (folder / "standin.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(guard, "CHILD", "standin")
    monkeypatch.setenv("PYTHONPATH", str(folder))


@pytest.mark.parametrize(("data", "name"), [(SMALL, "plan.pdf"), (TABLE, "plan.txt"), (b"<p>Plan", "plan.html")])
def test_what_comes_back_is_what_the_reader_gives(data: bytes, name: str) -> None:
    assert read_guarded(data, name) == parse_here(data, name)


def test_progress_is_passed_on() -> None:
    told: list[tuple[int, int]] = []
    read_guarded(SMALL, "plan.pdf", progress=lambda *one: told.append(one))
    assert told[-1] == (2, 2)


def test_a_refusal_comes_back_whole() -> None:
    with pytest.raises(InputError) as refused:
        read_guarded(b"a\n" + b"x" * 60_000, "pl\udce9n\n.txt")
    assert refused.value.where == Where("pl\udce9n\n.txt", line=2)
    with pytest.raises(InputError) as direct:
        parse_here(b"a\n" + b"x" * 60_000, "pl\udce9n\n.txt")
    assert str(refused.value) == str(direct.value)


def test_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "import time\ntime.sleep(60)")
    with pytest.raises(InputError, match=r"plan.pdf: reading the file takes longer than 0.2 seconds; split"):
        read_guarded(SMALL, "plan.pdf", seconds=0.2)


def test_memory_is_bounded() -> None:
    pytest.importorskip("resource", reason="this platform cannot bound the memory of a process")
    with pytest.raises(InputError, match="reading the file needs more than 60 MB of memory"):
        read_guarded(b"a\tb\tc\td\n" * 50_000, "plan.txt", megabytes=60)


BROKEN = {
    "a crash": "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)",
    "an end without a word": "",
    "an answer that breaks off": "import sys\nsys.stdout.write('D12')",
    "an answer of no kind": "import sys\nsys.stdout.buffer.write(b'?' + bytes(8))",
    "an answer without end": "import sys\nsys.stdout.buffer.write(b'D' + b'\\xff' * 8 + b'x')",
    "a document that is none": "import sys\nsys.stdout.buffer.write(b'D' + bytes(7) + b'\\x01' + b'.')",
    "a number for a document": "import sys\nsys.stdout.buffer.write(b'D' + bytes(7) + b'\\x03' + b'K\\x07.')",
}


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("code", BROKEN.values(), ids=list(BROKEN))
def test_whatever_becomes_of_the_process_it_is_one_sentence(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, code)
    with pytest.raises(InputError, match="the file is damaged, or made in a way that cannot be read"):
        read_guarded(b"x" * 3 * MEGABYTE, "plan.pdf", seconds=30)


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.system, ("echo harm > harm.txt",))


def test_an_answer_can_run_nothing_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was taken over may answer what it likes."""
    answer = pickle.dumps(Harm())
    frame = guard.FRAME.pack(Answer.DOCUMENT.value, len(answer)) + answer
    stand_in(tmp_path, monkeypatch, f"import sys\nsys.stdout.buffer.write({frame!r})")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="damaged"):
        read_guarded(SMALL, "plan.pdf")
    assert not (tmp_path / "harm.txt").exists()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_no_process_thread_or_pipe_is_left() -> None:
    def left() -> tuple[str, int]:
        children = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text(encoding="ascii")
        return children, len(list(Path("/proc/self/fd").iterdir()))

    gc.collect()  # what other tests left open is theirs
    before = left()
    threads = threading.active_count()
    for _ in range(2):
        read_guarded(SMALL, "plan.pdf")
        with pytest.raises(InputError):
            read_guarded(SMALL, "plan.pdf", seconds=0.001)
    assert threading.active_count() == threads
    assert left() == before


def test_several_threads_may_read_at_once() -> None:
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda number: read_guarded(SMALL, f"plan{number}.pdf"), range(3)))
    assert [document.name for document in found] == ["plan0.pdf", "plan1.pdf", "plan2.pdf"]


def test_a_module_in_the_folder_of_the_document_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pickle", "struct", "pypdfium2", "trigpoint"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_guarded(TABLE, "plan.txt").lines[0] == "Priorities\tKey deliverables"


def test_a_pdf_file_is_always_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The engine serves one thread at a time, and it is native code: it is never loaded here."""
    (tmp_path / "plan.pdf").write_bytes(SMALL)
    code = (
        "import sys\nfrom trigpoint.documents import read_document\n"
        "print(len(read_document(sys.argv[1]).blocks), 'pypdfium2' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "plan.pdf")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "2 False\n"
    assert read_document(tmp_path / "plan.pdf") == parse_document(SMALL, "plan.pdf")


def test_a_process_that_reads_for_another_needs_no_third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would outlive the second, were that ended."""
    code = (
        "import pickle, subprocess\nfrom trigpoint.documents.readers import guard_child\n"
        "from trigpoint.documents.readers.file import parse_document\n"
        "subprocess.Popen = None\n"
        "guard_child.main(lambda data, name, told: pickle.dumps(parse_document(data, name, told)))"
    )
    stand_in(tmp_path, monkeypatch, code)
    assert read_guarded(SMALL, "plan.pdf") == parse_here(SMALL, "plan.pdf")
