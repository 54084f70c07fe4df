"""``plan.toml``: what the plan is, and which checks are switched."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import tomli_w

from trigpoint.errors import InputError, Where
from trigpoint.frameworks import known_frameworks
from trigpoint.periods.iso_day import EARLIEST, LATEST
from trigpoint.plans.cells import quoted
from trigpoint.plans.model import Plan
from trigpoint.plans.setting import ALLOWED, setting_of
from trigpoint.plans.tables import nearest
from trigpoint.plans.workspace_files import control_character, named

FORMAT = 1
_TABLES = ("plan", "checks")
_WORDS = ("title", "organisation", "framework", "edition", "notice")
_FIELDS = ("title", "organisation", "years", "framework", "edition", "as_at", "notice")  # in the order written
_YEAR = re.compile(r"([0-9]{4})/([0-9]{2})\Z")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")


@dataclass(frozen=True, slots=True)
class Header:
    """What ``plan.toml`` says; ``plan`` holds the header fields of ``Plan`` by name."""

    plan: Mapping[str, Any] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)


def read_header(text: str, shown: str, mistakes: list[InputError]) -> Header:
    """The header of a plan; mistakes are added to ``mistakes``, each with its line."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        what = _AT_LINE.sub("", str(error))
        mistakes.append(
            InputError(f"this is not TOML ({what})", where=Where(shown, line=line), remedy="correct this line")
        )
        return Header()
    except ValueError:
        # Python refuses to read numbers of more than some thousand digits.
        mistakes.append(InputError("a number has too many digits", where=shown, remedy="write a plain plan.toml"))
        return Header()
    except RecursionError:
        mistakes.append(InputError("the file is nested too deeply", where=shown, remedy="write a plain plan.toml"))
        return Header()
    reading = _Reading(text, shown, mistakes)
    reading.known(content, ("format", *_TABLES), "")
    reading.format(content.get("format"))
    tables = {name: reading.table(content, name) for name in _TABLES}
    fields = reading.plan(tables["plan"])
    checks = reading.strings(tables["checks"], "checks")
    for rule, setting in checks.items():
        if setting_of(setting) is None:
            reading.wrong(f"the check {rule} is set to {quoted(setting)}", rule, f"write one of {ALLOWED}")
    return Header(fields, checks)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of one file: knows where a key stands, collects what is wrong."""

    text: str
    shown: str
    mistakes: list[InputError]

    def wrong(self, what: str, key: str, remedy: str) -> None:
        """``tomllib`` keeps no lines, so the key's line is found again in the text."""
        found = re.search(rf"""^\s*\[?\s*["']?{re.escape(key)}["']?\s*[\]=]""", self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.end()) + 1 if found else None
        self.mistakes.append(InputError(what, where=Where(self.shown, line=line), remedy=remedy))

    def known(self, content: Mapping[str, Any], names: tuple[str, ...], table: str) -> None:
        for key in content:
            if key not in names:
                near = nearest(key, names)
                inside = f" in [{table}]" if table else ""
                remedy = f"did you mean “{near}”?" if near else f"the keys are {', '.join(names)}"
                self.wrong(f"unknown key {quoted(key)}{inside}", key, remedy)

    def format(self, value: object) -> None:
        if value is None:
            self.wrong(
                "the format of the workspace is not given", "format", f"write format = {FORMAT} on the first line"
            )
        elif isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.wrong("the format of the workspace is not a number", "format", f"write format = {FORMAT}")
        elif value > FORMAT:
            remedy = "install a newer Trigpoint"
            self.wrong(f"the workspace is of format {value} and this Trigpoint reads format {FORMAT}", "format", remedy)

    def table(self, content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = content.get(name, {})
        if isinstance(value, dict):
            return value
        self.wrong(f"“{name}” is not a table", name, f"write [{name}] on a line of its own")
        return {}

    def strings(self, content: Mapping[str, Any], table: str) -> dict[str, str]:
        for key, value in content.items():
            if not isinstance(value, str):
                self.wrong(f"{quoted(key)} in [{table}] is not a text", key, 'write it between " and "')
            elif found := control_character(value):
                self.wrong(f"{quoted(key)} in [{table}] holds {named(found[0])}", key, "delete it")
        return {key: value for key, value in content.items() if isinstance(value, str)}

    def plan(self, content: Mapping[str, Any]) -> dict[str, Any]:
        self.known(content, _FIELDS, "plan")
        fields: dict[str, Any] = {
            **self.strings({key: content[key] for key in _WORDS if key in content}, "plan"),
            "years": self.years(content.get("years", [])),
            "as_at": self.day(content.get("as_at")),
        }
        if not str(content.get("title", "")).strip():
            self.wrong(
                "the plan has no title", "title" if "title" in content else "plan", 'add title = "…" under [plan]'
            )
        framework = fields.get("framework", "")
        if framework and framework not in known_frameworks():
            known = ", ".join(f'"{name}"' for name in known_frameworks())
            self.wrong(
                f"unknown framework {quoted(framework)}", "framework", f"write one of {known}, or leave the line out"
            )
        return {**dict.fromkeys(_WORDS, ""), **fields}

    def years(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(year, str) for year in value):
            self.wrong("“years” is not a list of years", "years", 'write e.g. years = ["2017/18", "2018/19"]')
            return ()
        for year in value:
            match = _YEAR.match(year)
            if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
                self.wrong(f"{quoted(year)} is not a financial year", "years", 'write e.g. "2017/18"')
        return tuple(value)

    def day(self, value: object) -> date | None:
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            if EARLIEST <= value <= LATEST:
                return value
            self.wrong(f"“as_at” is not between {EARLIEST.year} and {LATEST.year}", "as_at", "correct the year")
            return None
        self.wrong("“as_at” is not a date", "as_at", "write e.g. as_at = 2017-11-30, without quotes or time")
        return None


def header_of(plan: Plan) -> dict[str, Any]:
    """The fields of a plan that stand in ``plan.toml``."""
    return {name: getattr(plan, name) for name in _FIELDS}


def write_header(plan: Mapping[str, Any], checks: Mapping[str, str]) -> str:
    """The text of ``plan.toml``; keys without a value are left out."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "plan": {key: _toml(plan[key]) for key in _FIELDS if plan.get(key) or key == "title"},
    }
    if checks:
        content["checks"] = dict(checks)
    return tomli_w.dumps(content)


def _toml(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
