"""How much of England a full extract holds: all of it, or some providers, or some commissioners.

People keep and pass on extracts cut down to their own provider or system. A file of one provider holds that provider
whole but of each commissioner only what it buys there; one of two systems holds those whole but of each provider only
what they buy. Nothing in the file says how it was cut, so it is told by how many of each stand in it: a provider
serves patients of many commissioners, and a commissioner buys from many providers.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from trigpoint.wording import count


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is held whole. ``whole`` is England, and so all the others."""

    whole: bool
    providers: bool
    commissioners: bool
    notes: tuple[str, ...] = ()


def completeness(frame: pl.DataFrame, *, providers: int, commissioners: int) -> Completeness:
    """Told by how many providers and commissioners there are; the arguments are the fewest that England has had."""
    sellers, buyers = frame["provider"].n_unique(), frame["commissioner"].n_unique()
    if sellers >= providers and buyers >= commissioners:
        return Completeness(whole=True, providers=True, commissioners=True)
    by_provider = buyers > sellers or buyers >= commissioners
    by_commissioner = sellers > buyers and not by_provider
    held = "providers" if by_provider else "commissioners and systems" if by_commissioner else ""
    said = f"{count(sellers, 'provider')} with {count(buyers, 'commissioner')}"
    kept = f"only the figures of {held} are whole and were kept" if held else "no organisation’s figures are whole"
    return Completeness(
        whole=False,
        providers=by_provider,
        commissioners=by_commissioner,
        notes=(f"the file holds a part of England only ({said}): {kept}, and none of England were made",),
    )
