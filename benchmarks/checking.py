"""Checking the example plan, after start-up."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.timing import Claim, call_seconds, paired_medians

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "dudley-2017-19"


def claims() -> list[Claim]:
    """All rules on the example, against one regular expression a rule over all its words: the least a linter can do."""
    from trigpoint.checks import all_rules, check_workspace
    from trigpoint.plans.workspace import read_workspace

    workspace = read_workspace(EXAMPLE)
    words = "\n".join(path.read_text(encoding="utf-8") for path in EXAMPLE.glob("*.csv"))
    pattern = re.compile(r"\b(\w+)\s+\1\b", re.IGNORECASE)
    ours, floor = paired_medians(
        lambda: call_seconds(lambda: check_workspace(workspace)),
        lambda: call_seconds(lambda: [pattern.findall(words) for _ in all_rules()]),
    )
    return [Claim("check examples/dudley-2017-19, all rules", ours, "one regular expression a rule", floor, 1.0)]
