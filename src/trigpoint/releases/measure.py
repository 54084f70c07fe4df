"""Which measure is made of which parts: one entry in the data file of a release.

::

    [[measures]]
    id = "ambulance-cat2-mean"
    name = "Ambulance Category 2: mean response time"
    unit = "seconds"
    decimals = 0
    statistic = "mean"
    numerator = ["ambulance-category-2-seconds"]       # added up; "-part" is taken away, "part[detail]" a part of it,
                                                       # "part?" nought in a file that has it of nobody
    denominator = ["ambulance-category-2-incidents"]
    published = "ambulance-category-2-mean"            # an organisation's own figure, as the file gives it
    definition = "ambulance-category-2-mean"           # the indicator that it feeds
    per = 60                                           # whose numerator is in minutes
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_TERM = re.compile(r"(?P<sign>-?)(?P<part>[a-z0-9][a-z0-9-]*)(?:\[(?P<detail>[^\]]*)\])?(?P<optional>\??)")


class Statistic(Enum):
    """What is made of the parts. A proportion is in per cent; ``PUBLISHED`` is taken as the file gives it."""

    COUNT = "count"
    PROPORTION = "proportion"
    MEAN = "mean"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Term:
    """A part that is added (``sign`` 1) or taken away (−1).

    An ``optional`` one counts as nought where a file has it of no organisation: it was not collected then.
    """

    part: str
    detail: str = ""
    sign: int = 1
    optional: bool = False


@dataclass(frozen=True, slots=True)
class PublishedMeasure:
    """A measure that published files give, for any organisation and period that they cover.

    A count has its terms in ``numerator`` and no ``denominator``. ``published`` names the part that holds the value as
    published; where an organisation has one it is the value, and parts are shown beside it. ``definition`` is the id of
    the indicator definition that the parts feed, its numerator divided by ``per``. ``note`` says what it is not.
    """

    id: str
    name: str
    release: str
    unit: str
    statistic: Statistic
    decimals: int = 1
    numerator: tuple[Term, ...] = ()
    denominator: tuple[Term, ...] = ()
    published: Term | None = None
    definition: str = ""
    per: float = 1.0
    note: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every part that the measure is made of."""
        return (*self.numerator, *self.denominator, *((self.published,) if self.published else ()))


def read_term(text: str) -> Term:
    """A term as it is written in a data file.

    >>> read_term("-ae-over-4-hours[type=1]")
    Term(part='ae-over-4-hours', detail='type=1', sign=-1, optional=False)
    """
    match = _TERM.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is no part")
    return Term(match["part"], match["detail"] or "", -1 if match["sign"] else 1, bool(match["optional"]))
