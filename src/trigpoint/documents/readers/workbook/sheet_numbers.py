"""Figures of spreadsheets → what their format prints: places, thousands, percentages, signs, fractions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import isfinite

GENERAL_DIGITS = 10
"""Excel shows a number in the General format with at most ten digits and the point."""
LARGEST_PLAIN = Decimal(10) ** 15
SMALLEST_PLAIN = Decimal(10) ** -9
THOUSAND = 3
KIND_LETTERS = {"digit": "d", "text": "t", "%": "t", "/": "t"}
SIMPLE = re.compile(r"(t*)(d+)(t*)\.(d*)t*")
BLANKS = re.compile(r"\s+")
WIDE = Context(prec=2_000)
"""Room for the largest number in the longest format."""


def general(value: float) -> str:
    """A number as the General format shows it, whole numbers with all their digits.

    >>> general(3.0), general(10 / 3), general(0.1 + 0.2), general(100012345678)
    ('3', '3.333333333', '0.3', '100012345678')
    """
    if value == int(value) and abs(value) < LARGEST_PLAIN:
        return str(int(value))
    exact = Decimal(f"{value:.15g}")
    if not SMALLEST_PLAIN <= abs(exact) < LARGEST_PLAIN:
        return f"{value:.5E}".replace("E-0", "E-").replace("E+0", "E+")
    before = max(exact.adjusted() + 1, 1)
    places = max(GENERAL_DIGITS - before, 0)
    if exact.adjusted() < -4:
        places = GENERAL_DIGITS - exact.adjusted()
    shown = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


@dataclass(frozen=True, slots=True)
class Figures:
    """A section that shows a number: the tokens before the point and those after it, and what they ask for.

    ``simple`` are the words before and after the figures of a format like "£#,##0.00", which most formats are.
    ``shift`` moves the point (percentages, thousands), ``step`` is one unit of the last place.
    """

    whole: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    grouped: bool = False
    exponent: bool = False
    fraction: int = 0
    simple: tuple[str, str] | None = None
    shift: int = 0
    step: Decimal = Decimal(1)

    def shown(self, value: float) -> str:
        """The printed number; "" when the section shows nothing."""
        if self.fraction:
            return self._as_fraction(value)
        exact = Decimal(f"{value:.15g}")
        if self.shift:
            exact = exact.scaleb(self.shift)
        tail = ""
        if self.exponent and exact:
            power = exact.adjusted()
            exact, tail = exact.scaleb(-power), f"E{power:+03d}"
        rounded = abs(exact).quantize(self.step, ROUND_HALF_UP, WIDE)
        if self.simple:
            words = f"{rounded:,f}" if self.grouped else f"{rounded:f}"
            return f"{'-' if value < 0 and rounded else ''}{self.simple[0]}{words}{self.simple[1]}"
        whole, _, rest = f"{rounded:f}".partition(".")
        has_digits = any(kind in ("digit", "general") for kind, _ in (*self.whole, *self.places))
        sign = "-" if value < 0 and has_digits and (rounded or self._has("general")) else ""
        words = self._before(whole.lstrip("0"), value) + self._after(rest, tail)
        return sign + " ".join(words.split())

    def _has(self, wanted: str) -> bool:
        return any(kind == wanted for kind, _ in self.whole)

    def _before(self, digits: str, value: float) -> str:
        """The part before the point, filled from the right; the first place takes all digits that are left."""
        words: list[str] = []
        left = sum(1 for kind, _ in self.whole if kind == "digit")
        written = 0
        for kind, text in reversed(self.whole):
            if kind == "general":
                words.append(general(abs(value)))
            if kind != "digit":
                words.append(text if kind in ("text", "%", "/") else "")
                continue
            left -= 1
            taken = digits[-1:] if left else digits
            digits = digits[:-1] if left else ""
            for digit in reversed(taken or ("0" if text == "0" else "")):
                if self.grouped and written and written % THOUSAND == 0:
                    words.append(",")
                words.append(digit)
                written += 1
        return "".join(reversed(words))

    def _after(self, digits: str, tail: str) -> str:
        """The point and what follows it; places that need not be shown are left out with the point."""
        words: list[str] = []
        figures = 0
        for kind, text in self.places:
            if kind == "digit":
                rest = digits[figures:]
                if text == "0" or rest.strip("0"):
                    words.append(digits[figures])
                figures += 1
                if figures == len(digits):
                    words.append(tail)
            else:
                words.append(text if kind in ("text", "%", "/") else "")
        if not figures:
            words.insert(0, tail)
        point = "." if any(word.isdigit() for word in words[: figures or 0]) and figures else ""
        return point + "".join(words)

    def _as_fraction(self, value: float) -> str:
        exact = abs(Fraction(f"{value:.15g}"))
        limit = 10 ** min(self.fraction, 4) - 1
        whole, part = divmod(exact.limit_denominator(limit), 1)
        words = f"{whole} {part.numerator}/{part.denominator}" if part and whole else str(part or whole)
        return f"-{words}" if value < 0 and exact else words


def figures_of(tokens: Sequence[tuple[str, str]]) -> Figures:
    """The number section that these tokens make."""
    kinds = [kind for kind, _ in tokens]
    digits = [index for index, kind in enumerate(kinds) if kind == "digit"]
    slash = kinds.index("/") if "/" in kinds else 0
    if slash and digits and digits[0] < slash and (slash + 1 < len(kinds)):
        below = sum(1 for index in digits if index > slash)
        return Figures((), (), fraction=below or 2)
    point = kinds.index(".") if "." in kinds else _end(kinds, digits)
    exponent = kinds.index("exponent") if "exponent" in kinds else len(kinds)
    commas = [index for index, kind in enumerate(kinds) if kind == ","]
    last = max((index for index in digits if index < exponent), default=-1)
    whole = tuple(tokens[:point])
    places = [one for index, one in enumerate(tokens[point:], point) if not (index > exponent and one[0] == "digit")]
    before = tuple(one for one in whole if one[0] != ",")
    after = tuple(one for one in places if one[0] not in (",", ".", "exponent"))
    thousands = sum(1 for index in commas if digits and (index > last or _before_point(index, point, digits)))
    return Figures(
        before,
        after,
        shift=2 * kinds.count("%") - THOUSAND * thousands,
        step=Decimal(1).scaleb(-sum(1 for kind, _ in after if kind == "digit")),
        grouped=any(
            digits and digits[0] < index < last and not _before_point(index, point, digits) for index in commas
        ),
        exponent=exponent < len(kinds),
        simple=_simple(before, after) if exponent == len(kinds) else None,
    )


def _simple(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The words around the figures where these stand together, with just one digit that must be shown."""
    code = "".join(KIND_LETTERS.get(kind, "?") for kind, _ in before)
    code += "." + "".join(KIND_LETTERS.get(kind, "?") for kind, _ in after)
    found = SIMPLE.fullmatch(code)
    if not found:
        return None
    texts = [text for _, text in before], [text for _, text in after]
    whole, places = "".join(texts[0][slice(*found.span(2))]), texts[1][: len(found[4])]
    if whole.strip("#") != "0" or any(place != "0" for place in places):
        return None
    rest = [*texts[0][found.end(2) :], *texts[1][len(places) :]]
    return tidied("".join(texts[0][: found.end(1)])).lstrip(), tidied("".join(rest)).rstrip()


def tidied(text: str) -> str:
    """Runs of blanks made one: formats pad with them to align figures."""
    return BLANKS.sub(" ", text)


def _end(kinds: list[str], digits: list[int]) -> int:
    return len(kinds) if "exponent" not in kinds else kinds.index("exponent")


def _before_point(comma: int, point: int, digits: list[int]) -> bool:
    """Whether a comma stands straight before the point, where it scales instead of grouping."""
    return comma < point and not any(comma < index < point for index in digits)


def finite(text: str) -> float | None:
    """The number that a file writes, ``None`` for what is no number or no finite one.

    >>> finite("0.5"), finite("NaN"), finite("1e999"), finite("1_000")
    (0.5, None, None, None)
    """
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and "_" not in text else None
