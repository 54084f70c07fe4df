"""A run narrowed to some points of delivery and providers: the same numbers, fewer of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.results.run import ActivityRun
from trigpoint.errors import InputError
from trigpoint.wording import listed

MOST_NAMED = 12


def known_pods(book: ActivityBook) -> tuple[str, ...]:
    """The points of delivery that a book counts, totals or brings activity to, in its own order."""
    brought = [scheme.shift.pod for scheme in book.schemes if scheme.shift is not None]
    there = dict.fromkeys([*_counted(book, "pod"), *(total.pod for total in book.totals), *brought])
    named = [pod.code for pod in book.pods if pod.code in there]
    return tuple(dict.fromkeys([*named, *there]))


def known_providers(book: ActivityBook) -> tuple[str, ...]:
    """The providers that a book counts or totals, in its own order."""
    return tuple(dict.fromkeys([*_counted(book, "provider"), *(total.provider for total in book.totals)]))


def _counted(book: ActivityBook, column: str) -> list[str]:
    """The values of a column of counts and cells."""
    frames = [frame for frame in (book.counts, book.cells) if frame is not None and column in frame.columns]
    return [str(value) for frame in frames for value in frame[column].unique(maintain_order=True) if value is not None]


def pods_named(book: ActivityBook, asked: Sequence[str]) -> tuple[str, ...]:
    """The codes of points of delivery that were asked for by code or name, capitals apart.

    Raises ``InputError`` that lists those there are.
    """
    names = {pod.name.casefold(): pod.code for pod in book.pods}
    codes = {code.casefold(): code for code in known_pods(book)}
    known = codes | {name: code for name, code in names.items() if code in codes.values()}
    return tuple(_found(word, known, codes, "point of delivery") for word in asked)


def providers_named(book: ActivityBook, asked: Sequence[str]) -> tuple[str, ...]:
    """The providers' codes that were asked for, capitals apart. Raises ``InputError`` that lists those there are."""
    codes = {code.casefold(): code for code in known_providers(book)}
    return tuple(_found(word, codes, codes, "provider") for word in asked)


def _found(word: str, known: dict[str, str], codes: dict[str, str], what: str) -> str:
    if (found := known.get(word.strip().casefold())) is not None:
        return found
    shown = [f"“{code}”" for code in list(codes.values())[:MOST_NAMED]]
    more = [f"{len(codes) - len(shown)} more"] if len(codes) > len(shown) else []
    raise InputError(f"there is no {what} “{word}”", remedy=f"there are {listed([*shown, *more]) or 'none'}")


def narrowed(run: ActivityRun, *, pods: Sequence[str] = (), providers: Sequence[str] = ()) -> ActivityRun:
    """The run with the series, bridge, beds, values and strains of some pods and providers; none named means all.

    Intervals of several providers together cannot be made from theirs, so that with ``providers`` the sums (``pods``
    of the run) are the chosen providers' own series. Schemes and drivers are over all providers, and stay so.
    """

    def wanted(pod: str, provider: str | None = None) -> bool:
        return (not pods or pod in pods) and (not providers or provider is None or provider in providers)

    series = tuple(one for one in run.series if wanted(one.key.pod, one.key.provider))
    sums = series if providers else tuple(one for one in run.pods if wanted(one.key.pod))
    return replace(
        run,
        series=series,
        pods=sums,
        bridge=tuple(one for one in run.bridge if wanted(one.pod, one.provider)),
        schemes=tuple(one for one in run.schemes if wanted(one.pod)),
        drivers=tuple(one for one in run.drivers if wanted(one.pod)),
        beds=tuple(one for one in run.beds if wanted(one.pod, one.provider)),
        values=tuple(one for one in run.values if wanted(one.pod, one.provider)),
        strains=tuple(one for one in run.strains if wanted(one.pod, one.provider)),
    )
