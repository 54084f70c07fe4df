"""Start-up: importing the library, and the command's help page."""

from __future__ import annotations

import sys

from benchmarks.timing import Claim, command_seconds, paired_medians


def claims() -> list[Claim]:
    """`import trigpoint` against a bare interpreter; `trigpoint --help` against another Python tool's help page."""
    python = sys.executable
    imported, bare = paired_medians(
        lambda: command_seconds([python, "-c", "import trigpoint"]),
        lambda: command_seconds([python, "-c", "pass"]),
    )
    helped, peer = paired_medians(
        lambda: command_seconds([python, "-m", "trigpoint.cli.main", "--help"]),
        lambda: command_seconds([python, "-m", "mkdocs", "--help"]),
    )
    return [
        Claim("import trigpoint", imported, "a bare interpreter", bare, 0.3),
        Claim("trigpoint --help", helped, "mkdocs --help", peer, 0.5),
    ]
