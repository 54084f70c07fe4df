"""Runs golden cases through the public functions: ``python -m tests.golden.run DIR [--family F] [--verbose]``.

``DIR`` holds one folder a family with a ``manifest.jsonl``. Prints ``family: passed/total`` and a total, then one table
of the cases where we rightly differ from the peer (tag ``quirk``), with the reason. Exits 1 when any other case fails.

Each family has a module in ``families`` with ``check(case)``, which raises ``Different``, and ``QUIRKS``. A case that
cannot be read or breaks off fails with its words, and the others are run.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.golden.case import Case, Different, Quirk, cases

from trigpoint.errors import InputError

FINANCE = {
    "payment_mechanisms": "payments",
    "business_rules": "business_rules",
    "qipp_schemes": "schemes",
    "risks": "risks",
    "underlying_bridge": "underlying",
    "benchmark": "benchmark",
}
"""How the names of the files of finance begin, and the module that knows each."""
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
    check = importlib.import_module(f"tests.golden.families.{case.folder.name}").check
    try:
        check(case)
    except InputError as refusal:
        return "" if case.error else f"refused: {refusal}"
    except Different as different:
        words = str(different)
    except Exception as fault:  # whatever breaks within a case is that case's failure, not the run's
        words = f"broke off: {type(fault).__name__}: {fault}"
    else:
        return f"it should be refused: {case.error}" if case.error else ""
    return f"it should be refused ({case.error}), but: {words}" if case.error else words


def run(folder: Path) -> Tally:
    """Every case of one family."""
    tally = Tally(folder.name)
    quirks: tuple[Quirk, ...] = importlib.import_module(f"tests.golden.families.{folder.name}").QUIRKS
    for case in cases(folder):
        words = trouble(case)
        quirk = _quirk(case, quirks) if words and case.excusable else None
        if not words:
            tally.passed += 1
        elif quirk:
            tally.differing.append((case, quirk))
        else:
            tally.failed.append((case, words))
    return tally


def run_finance(folder: Path) -> Tally:
    """Every case of every CSV file of finance."""
    tally = Tally(folder.name)
    for path in sorted(folder.glob("*.csv")):
        for name, words in _finance_answers(path):
            case = Case(folder, folder.name, f"{path.name} {name}", "", {}, {}, {}, None, (), "", "")
            if words:
                tally.failed.append((case, words))
            else:
                tally.passed += 1
    return tally


def _finance_answers(path: Path) -> list[tuple[str, str]]:
    module = next((module for start, module in FINANCE.items() if path.stem.startswith(start)), None)
    if module is None:
        return [("", f"no file of finance begins like this one: {', '.join(FINANCE)}")]
    try:
        check = importlib.import_module(f"tests.golden.families.finance.{module}").check
    except ModuleNotFoundError as missing:
        return [("", f"nothing knows how to check it: {missing}")]
    try:
        answers: list[tuple[str, str]] = check(path)
    except Exception as fault:  # a file that breaks off is that file's failure, not the run's
        return [("", f"broke off: {type(fault).__name__}: {fault}")]
    return answers or [("", "it holds no case")]


def _quirk(case: Case, quirks: tuple[Quirk, ...]) -> Quirk | None:
    """The first of the quirks that is seen in the case's input; one that cannot be looked for is not seen."""
    for quirk in quirks:
        try:
            if quirk.applies(case):
                return quirk
        except Exception:
            continue
    return None


def main(arguments: list[str] | None = None) -> int:
    """Run the families asked for and print their tallies."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden.run", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--family", choices=(*FAMILIES, "finance"), action="append")
    parser.add_argument("--verbose", action="store_true", help="name every case that fails, and how")
    options = parser.parse_args(arguments)
    tallies = []
    for family in options.family or FAMILIES:
        if (options.folder / family / "manifest.jsonl").exists():
            tallies.append(_tally(options.folder / family))
            print(f"{family}: {tallies[-1].passed}/{tallies[-1].total}", flush=True)
    if "finance" in (options.family or ["finance"]) and any((options.folder / "finance").glob("*.csv")):
        tallies.append(run_finance(options.folder / "finance"))
        print(f"finance: {tallies[-1].passed}/{tallies[-1].total}", flush=True)
    unknown = [] if options.family else _unknown(options.folder)
    for family in unknown:
        print(f"{family}: there is no family of this name, so its cases are left out", file=sys.stderr)
    if not tallies:
        print(f"{options.folder} holds no family of golden cases", file=sys.stderr)
        return 2
    print(f"total: {sum(each.passed for each in tallies)}/{sum(each.total for each in tallies)}")
    _tell(tallies, verbose=options.verbose)
    return 1 if any(each.failed for each in tallies) else 0


def _tally(folder: Path) -> Tally:
    """Every case of one family; a manifest that cannot be read is one failed case."""
    try:
        return run(folder)
    except (OSError, ValueError, KeyError, AttributeError) as fault:
        unread = Case(folder, folder.name, "manifest.jsonl", "", {}, {}, {}, None, (), "", "")
        return Tally(folder.name, failed=[(unread, f"it cannot be read: {fault}")])


def _unknown(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    found = [each.name for each in folder.iterdir() if (each / "manifest.jsonl").exists()]
    return sorted(name for name in found if name not in FAMILIES)


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
