"""Figures, names and assumptions of the activity model as people print them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.ramp import Ramp, Shape
from trigpoint.activity.assumptions.scheme import SHARES, Scheme
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.sentences import printed
from trigpoint.activity.results.run import OutputKey
from trigpoint.charts import printed as pictured
from trigpoint.charts import upright
from trigpoint.periods import Month
from trigpoint.wording import listed

NOTHING = upright.NOTHING


def number(value: float | None, decimals: int = 0) -> str:
    """A count as it is printed; a dash for none.

    >>> number(112_300.5), number(float("nan")), number(-0.4)
    ('112,301', '–', '0')
    """
    return pictured.shown(value, decimals)


def signed(value: float | None, decimals: int = 0) -> str:
    """A change with its sign, no sign for none.

    >>> signed(12.4), signed(-1_200.0), signed(0.2)
    ('+12', '−1,200', '0')
    """
    return pictured.change(value, decimals)


def between(low: float | None, high: float | None, decimals: int = 0) -> str:
    """An interval.

    >>> between(9_900.0, 10_100.0)
    '9,900 to 10,100'
    """
    return pictured.between(low, high, decimals)


def change(value: float, base: float) -> str:
    """The change on a base in per cent.

    >>> change(103.0, 100.0), change(1.0, 0.0)
    ('+3.0%', '–')
    """
    return pictured.per_cent(pictured.relative(value, base))


def percent(share: float) -> str:
    """A share in per cent with the decimals that it has, four at most.

    >>> percent(0.019), percent(0.15), percent(1)
    ('1.9%', '15%', '100%')
    """
    text = printed(100 * share, 4)
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def plain(value: float) -> str:
    """A number of an assumption with the decimals that it has, two at most.

    >>> plain(1_700.0), plain(0.25)
    ('1,700', '0.25')
    """
    text = printed(value, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_numbers(parts: Sequence[float], total: int) -> list[int]:
    """The parts as whole numbers that add up to ``total``, as the bridge's picture prints them.

    >>> whole_numbers([1.4, 1.4, 1.2], 4), whole_numbers([-2.6, 1.2], -1)
    ([2, 1, 1], [-2, 1])
    """
    return [int(part) for part in pictured.adding_up(parts, Decimal(total))]


def pod_name(book: ActivityBook, code: str) -> str:
    """The name of a point of delivery on paper; its code where the files give none."""
    return next((pod.name for pod in book.pods if pod.code == code and pod.name), code)


def key_name(book: ActivityBook, key: OutputKey) -> str:
    """What a series is of: point of delivery, provider where it is of one, and details."""
    return ", ".join(part for part in (pod_name(book, key.pod), key.provider, *key.detail) if part)


def month_code(month: Month) -> str:
    """The month as files write it.

    >>> month_code(Month(2017, 4))
    '2017-04'
    """
    return f"{month.year}-{month.number:02d}"


def is_share(assumption: Growth | Scheme) -> bool:
    """Whether the amount is a share, which is printed in per cent."""
    if isinstance(assumption, Growth):
        return assumption.form in (GrowthForm.RATE, GrowthForm.CHANGE)
    return assumption.effect in SHARES


def amount_words(amount: Uncertain, *, share: bool) -> str:
    """The central value of an assumption."""
    if amount.distribution is Distribution.CHOICE:
        said = percent if share else plain
        return listed([f"{said(value)} ({percent(part)} likely)" for value, part in amount.choices])
    return percent(amount.value) if share else plain(amount.value)


def spread_words(amount: Uncertain, *, share: bool) -> str:
    """Between what an assumption lies, and with what probability; "" for one that is certain.

    >>> spread_words(Uncertain(0.02, 0.01, 0.03, distribution=Distribution.NORMAL), share=True)
    '1% to 3% (80%, normal)'
    """
    if amount.low is None or amount.high is None or amount.is_certain:
        return ""
    said = percent if share else plain
    level = (
        "" if amount.distribution in (Distribution.UNIFORM, Distribution.TRIANGULAR) else f"{percent(amount.level)}, "
    )
    return f"{said(amount.low)} to {said(amount.high)} ({level}{amount.distribution.value})"


def ramp_words(ramp: Ramp) -> str:
    """When an effect comes in.

    >>> ramp_words(Ramp(Month(2017, 4), Month(2018, 3)))
    'from April 2017, whole from March 2018 (linear)'
    """
    if ramp.start is None:
        return ""
    told = f"from {ramp.start.label}"
    if ramp.full is not None and ramp.full != ramp.start and ramp.shape is not Shape.STEP:
        told += f", whole from {ramp.full.label} ({ramp.shape.value})"
    return told if ramp.until is None else f"{told}, until {ramp.until.label}"
