"""Runs golden cases through the public functions: ``python -m tests.golden.run DIR [--family F] [--verbose]``.

``DIR`` holds one folder a family with a ``manifest.jsonl``. Prints ``family: passed/total`` and a total, then one table
of the cases where we rightly differ from the peer (tag ``quirk``), with the reason. Exits 1 when any other case fails.

Each family has a module in ``families`` with ``check(case)``, which raises ``Different``, and ``QUIRKS``.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.golden.case import Case, Different, Quirk, cases

from trigpoint.errors import InputError

FAMILIES = ("spc", "rates", "proportion", "mean", "dsr", "isr", "le", "sii", "quantile", "funnel", "trend")


@dataclass(slots=True)
class Tally:
    """What became of a family's cases."""

    family: str
    passed: int = 0
    differing: list[tuple[Case, Quirk]] = field(default_factory=list)
    failed: list[tuple[Case, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.passed + len(self.differing) + len(self.failed)


def trouble(case: Case) -> str:
    """What is wrong with our answer to a case, "" when nothing is."""
    check = importlib.import_module(f"tests.golden.families.{case.family}").check
    try:
        check(case)
    except Different as different:
        return f"it should be refused ({case.error}), but: {different}" if case.error else str(different)
    except InputError as refusal:
        return "" if case.error else f"refused: {refusal}"
    return f"it should be refused: {case.error}" if case.error else ""


def run(folder: Path) -> Tally:
    """Every case of one family."""
    tally = Tally(folder.name)
    quirks: tuple[Quirk, ...] = importlib.import_module(f"tests.golden.families.{folder.name}").QUIRKS
    for case in cases(folder):
        words = trouble(case)
        quirk = next((each for each in quirks if "quirk" in case.tags and each.applies(case)), None) if words else None
        if not words:
            tally.passed += 1
        elif quirk:
            tally.differing.append((case, quirk))
        else:
            tally.failed.append((case, words))
    return tally


def main(arguments: list[str] | None = None) -> int:
    """Run the families asked for and print their tallies."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden.run", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--family", choices=FAMILIES, action="append")
    parser.add_argument("--verbose", action="store_true", help="name every case that fails, and how")
    options = parser.parse_args(arguments)
    tallies = []
    for family in options.family or FAMILIES:
        if (options.folder / family / "manifest.jsonl").exists():
            tallies.append(run(options.folder / family))
            print(f"{family}: {tallies[-1].passed}/{tallies[-1].total}", flush=True)
    if not tallies:
        print(f"{options.folder} holds no family of golden cases", file=sys.stderr)
        return 2
    print(f"total: {sum(each.passed for each in tallies)}/{sum(each.total for each in tallies)}")
    _tell(tallies, verbose=options.verbose)
    return 1 if any(each.failed for each in tallies) else 0


def _tell(tallies: list[Tally], *, verbose: bool) -> None:
    differing = [pair for each in tallies for pair in each.differing]
    if differing:
        print("\nWhere we rightly differ from the peer:")
        for case, quirk in differing:
            print(f"  {case.family} {case.id}: {quirk.title}. {quirk.reason}")
    failed = [pair for each in tallies for pair in each.failed]
    for case, words in failed if verbose else failed[:10]:
        print(f"FAILED {case.family} {case.id}: {words}")


if __name__ == "__main__":
    sys.exit(main())
