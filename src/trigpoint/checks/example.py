"""The rules' own tables of examples: what fires, what does not, and why. They are data (``data/examples``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.checks.finding import Severity

SILENT = "does not fire"
ATTACHED = ("risk_scores", "leads", "updates")
"""Tables whose rows are shown with the row that they belong to."""
UNNAMED = ("id", "objective", "deliverable", "item", "number", "title", "progress", "risk", "stage")


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule.

    ``severities`` are those of the findings in their order, none where the rule keeps silent; ``fragment`` is among
    the words objected to. ``document`` is a text document with tabs between cells; where it is "" the example is made
    of ``plan`` (table of a workspace → its rows, as words), ``statuses`` or ``remarks``.
    """

    rule: str
    text: str
    severities: tuple[Severity, ...]
    fragment: str
    why: str
    document: str = ""
    plan: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    header: Mapping[str, Any] = field(default_factory=dict)
    statuses: tuple[Mapping[str, str], ...] = ()
    remarks: tuple[Mapping[str, str], ...] = ()

    @property
    def fires(self) -> bool:
        """Whether the rule objects to it."""
        return bool(self.severities)

    @property
    def verdict(self) -> str:
        """What the rule says of it in a word: "error", "warning", "2 infos", "does not fire"."""
        if not self.severities:
            return SILENT
        first = self.severities[0].value
        number = len(self.severities)
        same = len(set(self.severities)) == 1
        return first if number == 1 else f"{number} {first}s" if same else ", ".join(s.value for s in self.severities)


def examples(rule_id: str) -> tuple[Example, ...]:
    """The examples of a rule, those that fire first; none for a rule that is not known.

    >>> examples("DUPLICATE_YEAR")[0].text, examples("DUPLICATE_YEAR")[0].verdict
    ('Intentions for 2026/27 and 2026/27 are ready.', 'error')
    """
    return _by_rule().get(rule_id, ())


@cache
def _by_rule() -> Mapping[str, tuple[Example, ...]]:
    found: dict[str, list[Example]] = {}
    folder = files("trigpoint.checks.data").joinpath("examples")
    frames = tomllib.loads(folder.joinpath("frames.toml").read_text(encoding="utf-8"))["frames"]
    for pack in sorted(folder.iterdir(), key=lambda each: each.name):
        if pack.name.endswith(".toml"):
            for row in tomllib.loads(pack.read_text(encoding="utf-8")).get("example", ()):
                found.setdefault(row["rule"], []).append(_example(row, frames))
    return {rule: tuple(sorted(rows, key=lambda each: not each.fires)) for rule, rows in found.items()}


def _example(row: Mapping[str, Any], frames: Mapping[str, str]) -> Example:
    document, text = _words(row, frames)
    plan = {table: tuple(rows) for table, rows in row.get("plan", {}).items()} | _indicator(row)
    fires = row.get("fires", [])
    severities = tuple(Severity(each) for each in ([fires] if isinstance(fires, str) else fires))
    return Example(
        row["rule"], row.get("shown") or text or _rows_shown(row), severities, row.get("fragment", ""), row["why"],
        document, plan, row.get("header", {}), tuple(row.get("statuses", ())), tuple(row.get("remarks", ())),
    )  # fmt: skip


def _indicator(row: Mapping[str, Any]) -> dict[str, tuple[Mapping[str, str], ...]]:
    """The rows of an indicator table from its series: "Area | target | 2026/27 10, 2027/28 12"."""
    if "series" not in row:
        return {}
    values = []
    for line in row["series"]:
        area, name, printed = (part.strip() for part in line.split("|"))
        for each in printed.split(", "):
            period, _, value = each.rpartition(" ")
            values.append({"indicator": "i1", "area": area, "series": name, "period": period, "value": value})
    kind, polarity = row.get("kind", "rate"), row.get("polarity", "neither")
    table = {"id": "i1", "title": "Deaths", "kind": kind, "polarity": polarity, "decimals": "1"}
    return {"indicators": (table,), "indicator_values": tuple(values)}


def _words(row: Mapping[str, Any], frames: Mapping[str, str]) -> tuple[str, str]:
    """The document of an example, and its words as a person reads them, without the frame that it shares."""
    if "rows" in row:
        words = "".join("\t".join(cells) + "\n" for cells in row["rows"])
        shown = "\n".join(" | ".join(cells) for cells in row["rows"])
    elif "series" in row:
        words = ""
        shown = "\n".join((*row["series"], *([row["polarity"]] if "polarity" in row else [])))
    else:
        words = row.get("text", "")
        shown = words.strip().replace("\t", " | ")
    frame: str = frames[row["frame"]] if "frame" in row else "{}"
    return (frame.replace("{}", words) if words else ""), shown


def _rows_shown(row: Mapping[str, Any]) -> str:
    """The rows of an example that has no document, one a line: "Open the clinic; due 2026-06-30"."""
    tables: Mapping[str, Any] = row.get("plan", {})
    attached: dict[str, list[str]] = {}
    for score in tables.get("risk_scores", ()):
        parts = " × ".join(score[key] for key in ("likelihood", "impact") if key in score)
        told = f"{parts} = {score['score']}" if parts else score.get("score", "")
        attached.setdefault(score["risk"], []).append(f"{score['stage']} score {told}")
    for name, word in (("leads", "lead"), ("updates", "reported")):
        for each in tables.get(name, ()):
            attached.setdefault(each["item"], []).append(f"{word} {_cells(each, 'role')}")
    for status in row.get("statuses", ()):
        attached.setdefault(status["item"], []).append(f"status {_cells(status, 'status')}")
    lines = [
        "; ".join((_cells(each, "title" if name == "risks" else "text"), *attached.get(each.get("id", ""), ())))
        for name, rows in tables.items()
        if name not in ATTACHED
        for each in rows
    ]
    lines.extend(f"{each['kind']}: {each.get('text') or each.get('words') or '…'}" for each in row.get("remarks", ()))
    return "\n".join(lines)


def _cells(row: Mapping[str, str], first: str) -> str:
    """The cells of a row: the number and the telling one as they are, the others with their names."""
    told = " ".join(row[key] for key in dict.fromkeys(("number", first, "title")) if row.get(key))
    others = (f"{key.replace('_', ' ')} {cell}" for key, cell in row.items() if cell and key not in (*UNNAMED, first))
    return "; ".join(part for part in (told, *others) if part)
