"""Runs every benchmark and prints one line a claim; exits 1 where a promise is not kept."""

from __future__ import annotations

import importlib
import sys

MODULES = (
    "starting", "importing", "reading_word", "reading_workbook", "reading_pdf",
    "checking", "checking_curve", "plan_page", "inequality_speed", "statistics_speed", "spc_speed", "releases_rtt",
    "activity_outturn", "activity_cells", "activity_plan", "activity_nhp", "finance_payments",
    "finance_risks",
)  # fmt: skip


def main() -> int:
    """Print all claims, or those of the modules named on the command line."""
    kept = True
    for name in sys.argv[1:] or MODULES:
        for claim in importlib.import_module(f"benchmarks.{name}").claims():
            print(claim, flush=True)
            kept = kept and claim.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
