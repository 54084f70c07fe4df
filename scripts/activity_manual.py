"""Keeps what docs/activity.md and docs/finance.md print true: runs their commands again and puts in their numbers;
``--check`` compares.

A block that begins with ``$ trigpoint`` is the output of that command, shortened by lines of “…”. What stands between
two of these must be in the output as it is but for its numbers. Words that changed are told, and mended by hand.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = tuple(ROOT / "docs" / name for name in ("activity.md", "finance.md"))
BLOCK = re.compile(r"^    \$ trigpoint (.+)\n((?:    .*\n|\n(?=    ))+)", flags=re.MULTILINE)
NUMBER = re.compile(r"(?<![\w/.−-])[−+]?\d[\d,]*(?:\.\d+)?(?![\w/])")
SHORTENED = re.compile(r"^\s*…\s*$", flags=re.MULTILINE)


def main() -> int:
    """Print each block that is not what its command prints; exit 1 where there is one that is not put right."""
    checking = "--check" in sys.argv[1:]
    wrong = [f"docs/{page.name}: {line}\n" for page in PAGES for line in checked(page, checking)]
    sys.stdout.writelines(wrong)
    return 1 if wrong else 0


def checked(page: Path, checking: bool) -> list[str]:
    """What is wrong in a page; its numbers are put right unless they are only checked."""
    text = page.read_text(encoding="utf-8")
    wrong: list[str] = []
    for command, block in BLOCK.findall(text):
        if block.lstrip().startswith(("{", "[")):  # the shape of the JSON, without its numbers
            continue
        output = printed(command)
        for piece in pieces(block):
            found = output_of(piece, output)
            if found is None:
                wrong.append(f"{command}: it does not print “{piece.strip().splitlines()[0].strip()} …”")
            elif found != NUMBER.findall(piece):
                wrong += [f"{command}: numbers of “{piece.strip().splitlines()[0].strip()} …”"] if checking else []
                text = text.replace(piece, renewed(piece, found), 1)
    if not checking:
        page.write_text(text, encoding="utf-8")
    return wrong


def printed(command: str) -> str:
    """What a command prints, on a terminal of 80 columns."""
    words = [sys.executable, "-m", "trigpoint.cli.main", *shlex.split(command)]
    wide = {**os.environ, "COLUMNS": "80"}
    return subprocess.run(words, cwd=ROOT, env=wide, capture_output=True, text=True, check=False).stdout


def pieces(block: str) -> Iterator[str]:
    """The parts of a block between lines of “…”, a paragraph each."""
    for part in SHORTENED.split(block):
        yield from (piece for piece in re.split(r"\n\s*\n", part) if piece.strip())


def output_of(piece: str, output: str) -> list[str] | None:
    """The numbers that stand in the output where a piece has its own; None where its words are not there."""
    words = [re.escape(word) for word in NUMBER.split(piece)]
    number = f"({NUMBER.pattern})"
    wanted = number.join(re.sub(r"(?:\\\s|\s)+", r"\\s+", word) for word in words)
    found = re.search(wanted.removeprefix(r"\s+").removesuffix(r"\s+"), output)
    return list(found.groups()) if found else None


def renewed(piece: str, numbers: list[str]) -> str:
    """The piece with other numbers, right-aligned where it is a table."""
    left = iter(numbers)

    def put(match: re.Match[str]) -> str:
        number = next(left)
        blanks = len(match[1]) + len(match[2]) - len(number) if len(match[1]) > 1 else len(match[1])
        return " " * max(blanks, min(len(match[1]), 1)) + number

    return re.sub(f"( *)({NUMBER.pattern})", put, piece)


if __name__ == "__main__":
    sys.exit(main())
