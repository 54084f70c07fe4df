"""The organisations of the NHS in England, now and since 2013: who they are, when they were, and who took over."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from trigpoint.places.register import Places, read_places


@cache
def load_national() -> Places:
    """Regions, integrated care boards, sub-ICB locations, commissioning groups, trusts and commissioning hubs.

    42 boards until 31 March 2026 and 36 from 1 April 2026; the 211 commissioning groups of 2013 with the mergers that
    made the 106 sub-ICB locations of today; trusts of England and Wales that were open on 1 April 2013 or since.
    ``parent`` is the last one that an organisation had (``load_memberships`` knows the earlier ones), ``successor`` the
    organisation that took over the whole of it, "" where it was divided. Names before a change are aliases.

    Facts from lists of the NHS Organisation Data Service, NHS England and the Office for National Statistics, under the
    Open Government Licence v3.0. The ``source`` column of the file names the list of each row and what is not verified.

    >>> from datetime import date
    >>> load_national().current("05C", date(2026, 4, 1)).name
    'NHS Black Country ICB - D2P2L'
    """
    return read_places(pack_rows("national.csv"), file="national.csv (shipped)")


def pack_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the CSV files that come with this package."""
    text = (files("trigpoint.places") / "data" / name).read_text("utf-8")
    return csv.DictReader(text.splitlines())
