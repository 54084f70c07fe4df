"""One measure against the organisations most alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook, PeerRate
from trigpoint.finance.peers.nearness import Likeness, likeness, nearest
from trigpoint.finance.peers.result import Benchmark, Comparator, Peer
from trigpoint.finance.peers.rows import MeasureRows, rows_of, trend_of
from trigpoint.rounding import half_up
from trigpoint.wording import listed

if TYPE_CHECKING:
    from trigpoint.finance.peers.shrinkage import Shrunk

LEVEL = Decimal("0.95")
PEERS, BEST = 10, 5
_DECIMALS = 6


def benchmark(
    book: FinanceBook,
    measure: str,
    *,
    number: int = PEERS,
    best: int = BEST,
    level: Decimal = LEVEL,
    lower_is_better: bool = True,
) -> Benchmark:
    """One's own rate beside the ``number`` organisations most alike, and the opportunity against all and the ``best``.

    Peers are the nearest on the standardised variables of ``book.peer_variables``, with their weights; where there are
    none, every organisation of the measure. Opportunities are max(0, own − comparator) × population, in the unit of the
    measure; ``lower_is_better`` says which way is up. Where every rate has a standard error (told, or of a count) they
    come with what chance makes of them. Raises ``InputError`` for a measure without one's own rate, or without any
    peers. Method: ``docs/methods-peers.md``.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType
    >>> rates = {"P1": "36.2", "P2": "37.9", "P3": "33.8", "P4": "39.4", "P5": "35.1", "P6": "34.9"}
    >>> rows = [PeerRate("MSK spend a head", name, Decimal(rate)) for name, rate in rates.items()]
    >>> own = PeerRate("MSK spend a head", "05C", Decimal("41.9"), Decimal(315_000), own=True)
    >>> settings = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", ())
    >>> found = benchmark(FinanceBook(settings, peers=(own, *rows)), "MSK spend a head")
    >>> print(found.opportunities[1].comparator_rate, found.opportunities[1].raw)
    35.58 1990800.00
    """
    # What is uncertain needs arrays: they are imported here, so that reading a plan does not.
    from trigpoint.finance.peers.opportunities import Compared, best_places, opportunity  # noqa: PLC0415
    from trigpoint.finance.peers.shrinkage import shrunk_rates  # noqa: PLC0415
    from trigpoint.finance.peers.uncertainty import standard_errors  # noqa: PLC0415

    rows = rows_of(book, measure)
    by_name = {one.organisation: one for one in rows.others}
    alike = likeness(book, rows.own.organisation, tuple(by_name))
    chosen = nearest(alike, tuple(by_name), number)
    if not chosen or number < 1 or best < 1:
        raise InputError(f"“{measure}” has no peers to compare with", remedy="add rates of other organisations")
    peers = tuple(by_name[name] for name, _ in chosen)
    errors = standard_errors((rows.own, *peers), money=rows.money)
    known = tuple(error for error in errors if error is not None)
    sure = len(known) == len(errors)
    shrunk = shrunk_rates([float(one.rate) for one in (rows.own, *peers)], known) if sure else None
    people = _people(rows.own)
    them = Compared(
        rows.own, peers, best_places(peers, best, lower=lower_is_better), people or Decimal(1), lower_is_better,
        rows.money, level, book.settings.seed, known if sure else None, shrunk,
    )  # fmt: skip
    shares, gaps = _by_weights(book, rows, alike, number, best, lower=lower_is_better)
    distances = (None, *(distance for _, distance in chosen))
    told = tuple(
        _peer(one, distances[at], errors[at], shrunk, at, level, best=at - 1 in them.best)
        for at, one in enumerate((rows.own, *peers))
    )
    return Benchmark(
        measure=measure,
        own=told[0],
        population=people,
        peers=told[1:],
        opportunities=tuple(opportunity(them, comparator, gaps.get(comparator)) for comparator in Comparator),
        trend=trend_of(rows, tuple(name for name, _ in chosen)),
        remarks=(*rows.remarks, *alike.remarks, *_remarks(rows, peers, errors, alike, number)),
        illustrative=any(one.stated.illustrative for one in (rows.own, *peers)),
        chosen_by_weights=shares,
        level=level,
        money=rows.money,
    )


def _people(own: PeerRate) -> Decimal | None:
    return own.population if own.population is not None and own.population.is_finite() and own.population > 0 else None


def _peer(
    one: PeerRate,
    distance: float | None,
    error: float | None,
    shrunk: Shrunk | None,
    at: int,
    level: Decimal,
    *,
    best: bool,
) -> Peer:
    from trigpoint.finance.peers.uncertainty import rate_interval  # noqa: PLC0415 – as above

    interval = rate_interval(one, error, float(level))
    return Peer(
        organisation=one.organisation,
        name=one.stated.name or one.organisation,
        rate=one.rate,
        distance=None if distance is None else _decimal(distance),
        low=None if interval is None else _decimal(interval[0]),
        high=None if interval is None else _decimal(interval[1]),
        shrunk=None if shrunk is None else _decimal(float(shrunk.rates[at])),
        best=best,
        standard_error=None if error is None else _decimal(error),
    )


def _decimal(value: float) -> Decimal:
    return half_up(Decimal(repr(value)), _DECIMALS)


def _by_weights(
    book: FinanceBook, rows: MeasureRows, alike: Likeness, number: int, best: int, *, lower: bool
) -> tuple[tuple[tuple[str, Decimal], ...], dict[Comparator, tuple[float, float]]]:
    """How often each is among the peers, and the gaps that come of it; nothing where there is no choice."""
    from trigpoint.finance.peers.weights import chosen_by_weights, gaps_by_weights, shares_chosen  # noqa: PLC0415

    others = [one.organisation for one in rows.others]
    if len(alike.weights) < 2 or len(others) <= number:
        return (), {}
    chosen = chosen_by_weights(alike, others, number, book.settings.seed)
    rates, own = [float(one.rate) for one in rows.others], float(rows.own.rate)
    shares = tuple((name, _decimal(share)) for name, share in shares_chosen(chosen, others))
    gaps = {
        Comparator.MEAN: gaps_by_weights(chosen, rates, own, None, lower=lower),
        Comparator.BEST: gaps_by_weights(chosen, rates, own, best, lower=lower),
    }
    return shares, gaps


def _remarks(
    rows: MeasureRows, peers: Sequence[PeerRate], errors: Sequence[float | None], alike: Likeness, number: int
) -> list[str]:
    told = []
    if not alike.weights:
        told.append("Nothing is known of how alike the organisations are, so all of them are peers.")
    elif len(peers) < number:
        told.append(f"There are {len(peers)} peers, fewer than {number}.")
    if _people(rows.own) is None:
        told.append("One's own population is not told, so amounts are for each person.")
    lacking = [one.organisation for one, error in zip((rows.own, *peers), errors, strict=True) if error is None]
    if lacking:
        whose = "any rate" if len(lacking) == len(errors) else listed(lacking)
        why = "; pounds are no count, so their error has to be told" if rows.money else ""
        told.append(f"The standard error of {whose} is not known{why}: no interval can be given.")
    return told
