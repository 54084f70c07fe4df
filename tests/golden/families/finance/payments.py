"""Worked payments: the words of each row's inputs become a file of terms, which is read and paid as anybody's.

``inputs`` is written for people: “block=14m; activity plan=10m actual=10.6m cap/collar 3%”. A run of words is a term,
the numbers behind it are its value; which terms a mechanism has, and what else they are called, is the reader's affair.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container
from decimal import Decimal
from pathlib import Path

from trigpoint.errors import InputError
from trigpoint.finance.contracts.mechanism import MechanismKind
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import read_mechanism, stated_activity
from trigpoint.finance.contracts.vocabulary import kind_named, term_named

VALUE = re.compile(r"(?=.*[0-9])[0-9£.,%()\[\]+x×*@/±<>≥≤kmbn−-]+\Z", re.IGNORECASE)
JOINT = re.compile(r"([+x×*@,]|and|at)\Z")
PER_HEAD = re.compile(r"\s*[x×*]?\s*(£?[0-9.]+)\s*(?:/|per)\s*head\b(?!\s*=)")
LESS = re.compile(r"\s*[x×*]\s*\(\s*1\s*[-−]\s*([0-9.]+%?)\s*\)")
LINES = ("lines", "outpatient", "day case", "other lines")
LINE = re.compile(r".*[0-9][km]?\s*[x×*@]\s*£?[0-9]")
ANSWERS = {"true", "false", "yes", "no", "met", "passed", "failed", "unmet"}


def check(path: Path) -> list[tuple[str, str]]:
    """Each row's case, and "" or what is wrong with our payment."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["case"], _trouble(row)) for row in csv.DictReader(file)]


def _trouble(row: dict[str, str]) -> str:
    try:
        mechanism = read_mechanism(terms_text(row["mechanism"], row["inputs"]), f"{row['case']}.toml")
        ours = payment(mechanism, stated_activity(mechanism) or Decimal(0)).gbp
    except InputError as refusal:
        return f"refused: {refusal}"
    return "" if ours == Decimal(row["payment"]) else f"paid {ours}, not {row['payment']}"


def terms_text(mechanism: str, inputs: str) -> str:
    """The file of terms that a row's words say."""
    kind = kind_named(mechanism)
    less = "deductions" if kind is MechanismKind.QUALITY_PREMIUM else "achieved"
    told: dict[str, list[str]] = {}
    for words, value in pairs(LESS.sub(rf" {less}=\1", inputs)):
        told.setdefault(_known(kind, words, value, told), []).append(value)
    # A term that is told again and again is a list: “w=0.6 a=3; w=0.4 a=5”.
    rows = [("mechanism", mechanism), *((key, "; ".join(values)) for key, values in told.items())]
    return "".join(f'"{key}" = "{value}"\n' for key, value in rows)


def pairs(inputs: str) -> list[tuple[str, str]]:
    """Terms and values: words, then what belongs to them."""
    found: list[tuple[str, str]] = []
    for segment in inputs.split(";"):
        words: list[str] = []
        told: list[str] = []
        answer = False
        for token in re.findall(r"[=:]|[^\s=:]+", PER_HEAD.sub(r" per_head=\1", segment)):
            if token in "=:":
                answer = True
                continue
            is_value = bool(VALUE.match(token)) or (answer and token.casefold() in ANSWERS) or (
                bool(told) and bool(JOINT.match(token))
            )  # fmt: skip
            if is_value:
                told.append(token)
            elif told and not words:  # “30 day readmissions”: a number that begins a name
                words, told = [*told, token], []
            elif told:
                found.append((" ".join(words), " ".join(told)))
                words, told = [token], []
            else:
                words.append(token)
            answer = False
        if told:
            found.append((" ".join(words), " ".join(told)))
    return found


def _known(kind: MechanismKind | None, words: str, value: str, told: Container[str]) -> str:
    """The words without those before the term's name, as in “the elective activity”; units at a price whose name is
    nobody's term are a further line."""
    parts = words.split()
    if kind is None:
        return words
    shorter = (" ".join(parts[at:]) for at in range(len(parts)))
    found = next((text for text in shorter if term_named(kind, text)), None)
    if found is None and LINE.match(value):
        return next((name for name in LINES if name not in told and term_named(kind, name)), words)
    return found or words
