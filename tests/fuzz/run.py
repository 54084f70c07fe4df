"""Fuzz the readers of some formats, each in a process of its own, so many seconds: `python -m tests.fuzz.run word 60`.

Without formats, all are fuzzed. What breaks a reader is left in a folder that is named at the end; exit code 1 then.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
LONGEST = 20_000  # bytes of an input: small files break readers as well as large ones, and faster
SLOWEST = 20  # seconds for one input
MEMORY = 3_000  # megabytes


def main(words: list[str]) -> int:
    """Fuzz and report; 0 where nothing broke."""
    sys.path.insert(0, str(TESTS))
    from reader_seeds import SEEDS

    if importlib.util.find_spec("atheris") is None:
        print("left out: atheris is not installed (`pip install atheris`)")
        return 0
    seconds = int(words[-1]) if words and words[-1].isdigit() else 60
    names = [word for word in words if not word.isdigit()] or list(SEEDS)
    unknown = [name for name in names if name not in SEEDS]
    if unknown:
        print(f"no such format: {', '.join(unknown)}; there are {', '.join(SEEDS)}")
        return 2
    return max(_fuzz(name, SEEDS[name].data(), seconds) for name in names)


def _fuzz(name: str, seed: bytes, seconds: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "seed").write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST}"]
    command = [sys.executable, "-m", "tests.fuzz.target", name, *options, f"-artifact_prefix={folder}/", str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, cwd=TESTS.parent)
    kept = [path.name for path in folder.iterdir() if path.is_file()]
    runs = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("Done")), "stopped early")
    print(f"{name}: {runs}", flush=True)
    if done.returncode == 0 and not kept:
        return 0
    print(f"  {', '.join(kept) or 'nothing'} in {folder}", *done.stderr.splitlines()[-40:], sep=f"{os.linesep}  ")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
