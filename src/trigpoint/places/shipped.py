"""The organisations that come with Trigpoint, each with the published list it was taken from."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from trigpoint.places.register import Places, read_places


@cache
def load_shipped() -> Places:
    """English regions and the organisations of the example plans, with ODS and ONS codes, years and successors.

    The ``source`` column of the file names where each row was checked.

    >>> from datetime import date
    >>> load_shipped().current("05C", date(2023, 1, 1)).code
    'D2P2L'
    """
    text = (files("trigpoint.places") / "data" / "places.csv").read_text("utf-8")
    return read_places(csv.DictReader(text.splitlines()), file="places.csv (shipped)")
