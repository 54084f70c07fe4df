"""The sentences of forecasts and back-tests, and figures as people print them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from trigpoint.wording import capital

_WIDE = Context(prec=400)  # the usual 28 digits are fewer than a number of 1e30 has


def printed(value: float, decimals: int = 0) -> str:
    """A number in British style: half up, thousands by comma, a true minus sign.

    It is rounded to six decimals first, so that a half is one whatever the order of its sum was.

    >>> printed(112_300.5), printed(32_512.499999999996), printed(-2.25, 1)
    ('112,301', '32,513', '−2.3')
    """
    rounded = Decimal(repr(round(float(value), 6))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    return f"{rounded if rounded else abs(rounded):,}".replace("-", "−")


def finding(
    name: str,
    year: str,
    months_known: int,
    value: float | None,
    likely: tuple[float, float] | None,
    last_year: float | None,
    method: str,
    reason: str,
) -> str:
    """The sentence of one forecast.

    >>> finding("RNA", "2018/19", 5, 1_021.4, (990.0, 1_050.0), None, "model average", "")
    'RNA: 2018/19 will come to 1,021 (80% interval 990 to 1,050) by model average from 5 months.'
    >>> finding("RNA", "2018/19", 5, None, None, None, "", "no month of 2018/19 is known")
    'RNA: no forecast of 2018/19, for no month of 2018/19 is known.'
    """
    if value is None:
        return f"{capital(name)}: no forecast of {year}, for {reason}."
    if months_known == 12:
        return f"{capital(name)}: {year} came to {printed(value)}{_growth(value, last_year)}."
    between = "" if likely is None else f" (80% interval {printed(likely[0])} to {printed(likely[1])})"
    months = "1 month" if months_known == 1 else f"{months_known} months"
    growth = _growth(value, last_year)
    return f"{capital(name)}: {year} will come to {printed(value)}{between} by {method} from {months}{growth}."


def _growth(value: float, last_year: float | None) -> str:
    if not last_year:
        return ""
    change = printed(100 * abs(value / last_year - 1), 1)
    if change == "0.0":
        return ", as last year"
    return f", {change}% {'more' if value > last_year else 'less'} than last year"
