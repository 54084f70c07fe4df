"""Checks the wording of our own documents: British spelling, and words that this project does not use."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AMERICAN = re.compile(
    r"\b(colou?rize\w*|behaviors?|centers?|organiz\w+|normaliz\w+|summariz\w+|analyz\w+|recogniz\w+|standardiz\w+|"
    r"serializ\w+|initializ\w+|labeled|modeling|judgment|licensed under license)\b",
    re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|lorem ipsum)\b")


def main() -> int:
    """Print each doubtful word with its place; exit 1 where there is one."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
    wrong = [
        f"{page.relative_to(ROOT)}, line {number}: {found.group()}"
        for page in pages
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1)
        for pattern in (AMERICAN, UNFINISHED)
        if (found := pattern.search(line))
    ]
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
