"""The outturn of a year drawn many times, and the chance of the control total."""

from __future__ import annotations

from dataclasses import replace

from trigpoint.errors import InputError
from trigpoint.finance.asked import asked_year
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.risks.counting import weighted_risks
from trigpoint.finance.risks.position import control_total, planned_surplus
from trigpoint.finance.risks.result import RiskDraws
from trigpoint.periods import FinancialYear
from trigpoint.wording import count

MOST_RISK_DRAWS = 20_000_000
"""Draws times risks: some seconds, and nine bytes each while they are added up."""


def draw_risks(
    book: FinanceBook, year: FinancialYear | str, draws: int | None = None, seed: int | None = None
) -> RiskDraws:
    """The outturn surplus of a year, drawn: which risks happen, together or apart, and how large they are.

    Whether a risk happens has its probability; ``book.correlations`` tie risks by a Gaussian copula; sizes are spread
    as ``Risk.severity`` says. ``draws`` and ``seed`` are the settings' where they are left out; the same seed gives the
    same answer, and a risk added reshuffles no other. Amounts are pounds, surpluses positive. Draws times risks are
    ``MOST_RISK_DRAWS`` at most: of the settings' draws as many are made, with a remark. Raises ``InputError`` for more
    ``draws`` than that, for fewer than one, and for a correlation beyond −1 to 1. Method: ``docs/methods-risks.md``.

    >>> from decimal import Decimal
    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType, Quantity, Risk, RiskKind
    >>> year = FinancialYear(2017)
    >>> slips = Risk("qipp", year, RiskKind.RISK, Decimal(5_000_000), Decimal("0.5"))
    >>> settings = FinanceSettings("Dudley CCG", OrganisationType.CCG, "nhs-2017-19", (year,))
    >>> told = (Quantity(year, "planned_surplus", Decimal(5_300_000), "gbp"),
    ...         Quantity(year, "control_total", Decimal(5_300_000), "gbp"))
    >>> found = draw_risks(FinanceBook(settings, risks=(slips,), quantities=told), year, draws=10_000)
    >>> print(found.movers[0].swing_gbp, abs(found.probability - Decimal("0.5")) < 4 * found.probability_error)
    -5000000.00 True
    """
    year = asked_year(year)
    # What draws is imported here: reading a plan needs no arrays.
    from trigpoint.finance.risks.correlation import correlation_matrix  # noqa: PLC0415
    from trigpoint.finance.risks.sampling import drawn_risks, spread_trouble, unique_names  # noqa: PLC0415
    from trigpoint.finance.risks.summary import summary  # noqa: PLC0415

    seed = book.settings.seed if seed is None else seed
    risks = tuple(one for one in weighted_risks(book, year) if one.counted)
    draws, fewer = _draws(book.settings.draws, draws, len(risks))
    names = unique_names(risks)
    # A matrix of risks that are tied to nothing would be large, and the identity.
    ends = {end for one in book.correlations for end in (one.first, one.second)}
    tied = [name for name in names if name in ends]
    matrix, told = correlation_matrix(tied, book.correlations, [one.id for one in book.risks])
    troubles = [(one.risk.stated.name or one.risk.id, spread_trouble(one.risk)) for one in risks]
    told = (*fewer, *told, *(f"{name}: {trouble}" for name, trouble in troubles if trouble))
    found = summary(
        drawn_risks(risks, matrix, draws, seed, tied),
        year=year,
        draws=draws,
        seed=seed,
        planned_gbp=planned_surplus(book, year),
        control_gbp=control_total(book, year),
        remarks=told,
    )
    return replace(found, illustrative=any(one.risk.stated.illustrative for one in risks))


def _draws(usual: int, asked: int | None, risks: int) -> tuple[int, tuple[str, ...]]:
    """How many draws are made of so many risks, and what is to be said of it."""
    most = max(MOST_RISK_DRAWS // max(risks, 1), 1)
    wanted = usual if asked is None else asked
    if wanted < 1 or (asked is not None and asked > most):
        what = f"{wanted:,} draws cannot be made of {count(risks, 'risk')}"
        raise InputError(what, remedy=f"ask for 1 to {most:,}")
    if wanted <= most:
        return wanted, ()
    return most, (f"{wanted:,} draws of {risks:,} risks would take too long: {most:,} were made.",)
