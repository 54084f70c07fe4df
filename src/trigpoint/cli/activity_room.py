"""Whether the draws of a run have room in the machine's memory, told before any is made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.book.book import ActivityBook

NUMBER = 8  # bytes
A_MONTH, A_YEAR, A_TERM = 15, 60, 6
"""Numbers that a draw holds for each month of a series at work, each year of any series and each assumption: measured
on plans of 2 to 200 series, 1 to 50 years and 2 to 10,000 assumptions, and never below what they took."""
USABLE = 0.8
_KIBIBYTE = 1024
_GROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
_FREE = "/proc/meminfo"


def check_room(book: ActivityBook, draws: int, workers: int = 1, *, free: int | None = None) -> None:
    """Raises ``InputError`` where a run of so many draws needs more memory (bytes ``free``) than there is."""
    room = free_memory() if free is None else free
    one = draw_bytes(book, workers)
    if room is None or one * draws <= room * USABLE:
        return
    most = int(room * USABLE / one)
    most -= most % 10 ** max(len(str(most)) - 1, 0)  # one figure is as much as an estimate is worth
    gigabytes = one * draws / 1e9
    what = f"{draws:,} draws of this plan need {gigabytes:,.0f} GB of memory, and {room / 1e9:,.0f} GB are free"
    raise InputError(what, remedy=f"take {most:,} or fewer; 4,000 are usual" if most >= 10 else "run a part of it")


def draw_bytes(book: ActivityBook, workers: int = 1) -> int:
    """How many bytes one draw takes in a run: generously, and without what is there for any number of draws."""
    keys = [name for name in ("provider", "pod", *book.settings.output_by) if name in book.counts.columns]
    series = book.counts.select(keys).n_unique() if book.counts.height else 0
    if book.cells is not None:
        series = max(series, book.cells.select(name for name in keys if name in book.cells.columns).n_unique())
    series = max(series + len(book.totals), 1)
    years = len(book.settings.years)
    busy = min(workers, series)
    numbers = A_MONTH * 12 * years * busy + A_YEAR * series * years + A_TERM * (len(book.growth) + len(book.schemes))
    return NUMBER * numbers


def free_memory() -> int | None:
    """Bytes that this process may still take: what the machine has free, or the limit of its group; ``None`` where the
    system does not say."""
    known = [size for size in (_machine(), *map(_limit, _GROUP_LIMITS)) if size is not None]
    return min(known, default=None)


def _machine() -> int | None:
    try:
        lines = Path(_FREE).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return _pages()
    found = next((line.split() for line in lines if line.startswith("MemAvailable:")), None)
    return int(found[1]) * _KIBIBYTE if found is not None else _pages()


def _pages() -> int | None:
    """All memory of the machine, where it does not say what is free; ``None`` on systems without this call."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _limit(path: str) -> int | None:
    try:
        text = Path(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if text.isdecimal() else None
