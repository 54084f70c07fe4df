"""Printed likelihood, impact and score → ``RiskScore``; nothing is computed, and words stay words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from trigpoint.documents.numbers import printed_number
from trigpoint.documents.risk_columns import RiskColumn, RiskField, risk_words
from trigpoint.plans.model import RiskScore

NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,4})?(?![\d.]*\d)")
PRODUCT = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*[x×*]\s*(\d{1,2}(?:\.\d+)?)(?:\s*=\s*(\d{1,3}(?:\.\d+)?))?", re.IGNORECASE)
IMPACT_FIRST = re.compile(
    r"\b(?:[ics]|impact|consequences?|severity)\s*[x×*]\s*(?:[lp]|likelihood|probability)", re.IGNORECASE
)
LIKELIHOOD_FIRST = re.compile(
    r"\b(?:[lp]|likelihood|probability)\s*[x×*]\s*(?:[ics]|impact|consequences?|severity)", re.IGNORECASE
)
BLANK = frozenset(("", "-", "–", "—", "n/a", "na", "tbc", "tbd"))


def risk_score(cells: Sequence[tuple[RiskColumn, str]]) -> RiskScore | None:
    """One score of a risk from the cells of its columns; ``None`` when they are empty.

    >>> from trigpoint.documents.risk_columns import RiskColumn
    >>> risk_score([(RiskColumn(RiskField.SCORE, "Score (LxI)"), "4x5=20")])
    RiskScore(likelihood=Decimal('4'), impact=Decimal('5'), score=Decimal('20'), words='4x5=20')
    """
    found: dict[RiskField, Decimal] = {}
    said: dict[RiskField, str] = {}
    for column, text in cells:
        words = " ".join(text.split())
        if words.lower() in BLANK or column.field in said or column.field in found:
            continue
        number = printed_number(words)
        if number is not None and not words.endswith("%"):
            found[column.field] = number
            continue
        said[column.field] = words
        if column.field is RiskField.SCORE:
            found.update({key: value for key, value in _product(words, column).items() if key not in found})
        elif (only := _only_number(words)) is not None:
            found[column.field] = only
    if not found and not said:
        return None
    return RiskScore(
        found.get(RiskField.LIKELIHOOD), found.get(RiskField.IMPACT), found.get(RiskField.SCORE), _words(said)
    )


def _product(words: str, column: RiskColumn) -> dict[RiskField, Decimal]:
    """The parts of "4x5=20", "20 (4 x 5)" or "16 High"; which factor is which only where a heading says so."""
    product = PRODUCT.search(words)
    if product is None:
        only = _only_number(words)
        return {} if only is None else {RiskField.SCORE: only}
    rest = words[: product.start()] + " " + words[product.end() :]
    total = product[3] or next((one[0] for one in NUMBER.finditer(rest)), None)
    found = {} if total is None else {RiskField.SCORE: Decimal(total)}
    said = f"{column.heading} {words}"
    if LIKELIHOOD_FIRST.search(said):
        found |= {RiskField.LIKELIHOOD: Decimal(product[1]), RiskField.IMPACT: Decimal(product[2])}
    elif IMPACT_FIRST.search(said):
        found |= {RiskField.LIKELIHOOD: Decimal(product[2]), RiskField.IMPACT: Decimal(product[1])}
    return found


def _only_number(words: str) -> Decimal | None:
    numbers = NUMBER.findall(words)
    return Decimal(numbers[0]) if len(numbers) == 1 else None


def _words(said: dict[RiskField, str]) -> str:
    """What the cells say in words: "Possible × Major", and the score's own words after it."""
    factors = [said[key] for key in (RiskField.LIKELIHOOD, RiskField.IMPACT) if key in said]
    return "; ".join(part for part in (" × ".join(factors), said.get(RiskField.SCORE, "")) if part)


def said_scale(text: str) -> str:
    """The scale that words announce: "Likelihood (1-10)" says "1-10"; "" where they announce none."""
    lowered = text.lower()
    return next((str(row["is"]) for row in risk_words()["scale"]["said"] if re.search(row["pattern"], lowered)), "")


def scale_of(columns: Sequence[RiskColumn], texts: Sequence[str], around: str = "") -> str:
    """The scale of likelihood and impact: what headings say, else "words" where all values are, else the document.

    ``texts`` are the values of the columns of likelihood and impact, or of the score where there are no others.
    """
    scored = (RiskField.LIKELIHOOD, RiskField.IMPACT)
    for column in columns:
        if column.field in scored and (said := said_scale(column.heading)):
            return said
    filled = [text for text in texts if text.strip().lower() not in BLANK]
    if filled and not any(any(map(str.isdigit, text)) for text in filled):
        return "words"
    return said_scale(around)
