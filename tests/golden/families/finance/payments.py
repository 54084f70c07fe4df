"""Worked payments: the words of each row's inputs become a file of terms, which is read and paid as anybody's.

``inputs`` is written for people: “block=14m; activity plan=10m actual=10.6m cap/collar 3%”. A run of words is a term,
the numbers behind it are its value; which terms a mechanism has, and what else they are called, is the reader's affair.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

from trigpoint.errors import InputError
from trigpoint.finance.contracts.amounts import number_of
from trigpoint.finance.contracts.mechanism import MechanismKind
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import read_mechanism, stated_activity
from trigpoint.finance.contracts.vocabulary import kind_named, term_named

VALUE = re.compile(r"(?=.*[0-9])[0-9£.,%()\[\]+x×*@/±<>≥≤kmbn−-]+\Z", re.IGNORECASE)
JOINT = re.compile(r"([+x×*@,]|and|at)\Z")
PER_HEAD = re.compile(r"\s*(?:[x×*]|\bat)?\s*(£?[0-9.]+)\s*(?:/|per)\s*head\b(?!\s*=)")
LESS = re.compile(r"\s*[x×*]\s*\(\s*1\s*[-−]\s*([0-9.]+%?)\s*\)(?:\s*=\s*£?[0-9.,]+[kmb]?)?")
DAYS = re.compile(r"\b([0-9]+)\s+(days?)\b")
COUNTED = re.compile(r"(?<=[0-9])\s*(?:units|cases|spells)\s*(?=[x×*@])")
RESULT = re.compile(r"([0-9][km]?\s*[x×*]\s*£?[0-9.,]+[km]?)\s*=\s*£?[0-9.,]+[kmb]?")
WIDTH = re.compile(r"(?:±|\+/[-−])[0-9.]+%\Z")
SHARE = re.compile(r"[0-9.]+%\Z")
SHARE_IS = {
    MechanismKind.CQUIN: "pct",
    MechanismKind.MARGINAL_RATE: "rate",
    MechanismKind.CAP_COLLAR: "cap/collar",
    MechanismKind.AMBULANCE: "cap/collar",
}
"""What a share behind an amount is that no word names."""
LABEL = re.compile(r"[a-z]*[0-9]+\Z", re.IGNORECASE)
WORKED = re.compile(r"[0-9.%km]+(?:\s*[x×*+]\s*[0-9.%km]+)+\Z")
LINES = ("lines", "outpatient", "day case", "other lines")
LINE = re.compile(r".*[0-9][km]?\s*[x×*@]\s*£?[0-9]")


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
    for words, value in pairs(
        RESULT.sub(r"\1", LESS.sub(rf" {less}=\1", inputs)), SHARE_IS.get(kind) if kind else None
    ):
        known = _known(kind, words, value, told)
        told.setdefault(known, []).append(_worked(kind, known, value))
    # A term that is told again and again is a list: “w=0.6 a=3; w=0.4 a=5”.
    rows = [("mechanism", mechanism), *((key, "; ".join(values)) for key, values in told.items())]
    return "".join(f'"{key}" = "{value}"\n' for key, value in rows)


def pairs(inputs: str, share_is: str | None = None) -> list[tuple[str, str]]:
    """Terms and values: words, then what belongs to them. What stands behind “=” is a value, whatever it is."""
    found: list[tuple[str, str]] = []
    for segment in COUNTED.sub("", DAYS.sub(r"\1-\2", inputs)).split(";"):
        words: list[str] = []
        told: list[str] = []
        answer = False
        for token in re.findall(r"[=:]|[^\s=:]+", PER_HEAD.sub(r" per_head=\1", segment)):
            if token in "=:":
                answer = True
                continue
            amount = bool(told) and not told[-1].endswith(("%", ",")) and not JOINT.match(told[-1])
            if share_is and amount and (WIDTH.match(token) or SHARE.match(token)) and not answer:
                found.append((" ".join(words), " ".join(told)))
                words, told = [share_is], [token]
            elif (answer and not told) or VALUE.match(token) or (told and JOINT.match(token)) or told == ["not"]:
                told.append(token)
            elif told and not words and LABEL.match(told[-1]):  # “30 day readmissions”, “m1 w=0.4”: a name begins
                words, told = [*told, token], []
            elif told:
                found.append((" ".join(words), " ".join(told)))
                words, told = [token.rstrip(",")], []
            else:
                words.append(token.rstrip(","))
            answer = False
        if told:
            found.append((" ".join(words), " ".join(told)))
    return [(words, value.rstrip(",")) for words, value in found]


def _known(kind: MechanismKind | None, words: str, value: str, told: Collection[str]) -> str:
    """The words without those before the term's name, as in “the elective activity”; units at a price whose name is
    nobody's term are a further line."""
    parts = words.split()
    if kind is None:
        return words
    shorter = (" ".join(parts[at:]) for at in range(len(parts)))
    found = next((text for text in shorter if term_named(kind, text)), None)
    lines = [name for name in LINES if term_named(kind, name)]
    if (found is None or len(found) == 1) and lines and LINE.match(value):
        taken = {term_named(kind, one) for one in told}
        return next((name for name in lines if term_named(kind, name) not in taken), lines[0])
    return found or words


def _worked(kind: MechanismKind | None, words: str, value: str) -> str:
    """The value of a share or amount that is shown as it was worked out: “0.4*0.8+0.3*0.5”, “180m*1.25%”."""
    term = term_named(kind, words) if kind else None
    if term not in ("score", "met", "cquin", "pool_gbp", "deductions") or "*" not in value or not WORKED.match(value):
        return value
    total = Decimal(0)
    for part in value.split("+"):
        product = Decimal(1)
        for factor in re.split(r"[x×*]", part):
            product *= number_of(factor)
        total += product
    return format(total, "f")
