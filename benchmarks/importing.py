"""Importing a plan: the published Dudley text to JSON, the whole process, on one core."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.timing import Claim, command_seconds, paired_medians

PLAN = Path(__file__).resolve().parents[2] / "shared" / "plans" / "dudley-2017-19.txt"

# The least that any importer has to do: start, read the file, parse the mark-up of every cell, print JSON.
FLOOR = """
import json, sys
from html.parser import HTMLParser
words = []
class Walk(HTMLParser):
    def handle_data(self, data):
        words.append(data)
for line in open(sys.argv[1], encoding="utf-8"):
    for cell in line.split("\\t"):
        walk = Walk()
        walk.feed(cell)
        walk.close()
print(json.dumps(words))
"""


def claims() -> list[Claim]:
    """`trigpoint import --json` against the standard library's HTML parser walking over the same cells."""
    if not PLAN.exists():
        print(f"importing: left out, {PLAN.name} is not here")
        return []
    ours, floor = paired_medians(
        lambda: command_seconds([sys.executable, "-m", "trigpoint.cli.main", "import", str(PLAN), "--json"]),
        lambda: command_seconds([sys.executable, "-c", FLOOR, str(PLAN)]),
    )
    return [Claim("import Dudley to JSON, whole process", ours, "html.parser over the same cells", floor, 3.0)]
