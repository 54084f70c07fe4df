"""One measure against its peers: mean of all, mean of the best five, and the opportunity against each."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType, PeerRate
from trigpoint.finance.peers.comparison import benchmark
from trigpoint.finance.peers.result import Comparator
from trigpoint.rounding import half_up

PENCE, NOISE = 2, 9
MEASURE, OWN = "spend a head", "own"
PEER = re.compile(r"P\d+\Z")
MEAN, BEST = re.compile(r"(opportunity_)?mean(\d+)\Z"), re.compile(r"(opportunity_)?best(\d+)\Z")


def check(path: Path) -> list[tuple[str, str]]:
    """Each answer's name with what is wrong with ours, "" where nothing is."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        told = {row["item"].strip(): row["value"].strip() for row in csv.DictReader(lines)}
    own = PeerRate(MEASURE, OWN, Decimal(told["own_rate"]), Decimal(told["pop"]), own=True)
    peers = tuple(PeerRate(MEASURE, name, Decimal(rate)) for name, rate in told.items() if PEER.match(name))
    settings = FinanceSettings(OWN, OrganisationType.CCG, "nhs-2017-19", ())
    book = FinanceBook(settings, peers=(own, *peers))
    answers = []
    for name, value in told.items():
        if name in ("own_rate", "pop") or PEER.match(name):
            continue
        match = MEAN.match(name) or BEST.match(name)
        if match is None:
            answers.append((name, "this row is not known"))
            continue
        best = name.removeprefix("opportunity_").startswith("best")
        found = benchmark(book, MEASURE, number=len(peers), best=int(match[2]) if best else 5)
        one = next(each for each in found.opportunities if (each.comparator is Comparator.BEST) == best)
        ours = one.raw if match[1] else one.comparator_rate
        answers.append((name, _trouble(ours, value, PENCE if match[1] else NOISE)))
    return answers


def _trouble(ours: Decimal, told: str, most: int) -> str:
    """To as many decimals as are told, amounts to the penny; those beyond nine are the noise of floating point."""
    exponent = Decimal(told).as_tuple().exponent
    decimals = min(-exponent, most) if isinstance(exponent, int) else 0
    return "" if half_up(ours, decimals) == half_up(Decimal(told), decimals) else f"{ours} is not {told}"
