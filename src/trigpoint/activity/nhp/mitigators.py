"""The 92 mitigators in force of the New Hospital Programme's model, as data, and as schemes of a plan."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trigpoint.activity.assumptions.filter_text import read_filter
from trigpoint.activity.assumptions.filters import EVERYWHERE, Filter
from trigpoint.activity.assumptions.ramp import AT_ONCE, Ramp
from trigpoint.activity.assumptions.scheme import Effect, Scheme, Shift
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.nhp.parameters import Dataset, Interval
from trigpoint.errors import InputError
from trigpoint.tabular.stated import Stated

AVOIDED, PRE_OP, SHORTER = "avoided", "pre-op", "all"
SOURCE = "The Strategy Unit, nhp_data and nhp_model (MIT licence)"
PODS = {"sdec": "A&E", "day_procedures_daycase": "Day case", "day_procedures_outpatients": "Out-patient procedure"}
"""Where a conversion goes, by the points of delivery that are known where a workspace names none."""


@dataclass(frozen=True, slots=True)
class Mitigator:
    """One mitigator: its code and name there, what it does (``kind``) and to whom.

    ``where`` is its cohort in the open fields of the record schema, ``EVERYWHERE`` where these cannot say it; ``lacks``
    what its definition needs besides, "" where the filter is the whole of it; ``rate`` what share of the cohort is
    meant where not all of it is; ``days`` the days that a pre-operative one saves.
    """

    code: str
    name: str
    label: str
    dataset: Dataset
    family: str
    kind: str
    where: Filter = EVERYWHERE
    lacks: str = ""
    days: int = 0
    rate: str = ""

    @property
    def is_expressible(self) -> bool:
        """Whether the open fields can say its cohort, or the greater part of the definition."""
        return bool(self.where.conditions)


@cache
def load_mitigators() -> tuple[Mitigator, ...]:
    """All 92, in the order of their codes within each kind of activity: 33 and 27 of inpatients, 12 and 4 of
    outpatients, 16 of A&E.

    Names, codes and cohorts are facts of the public repositories of The Strategy Unit (MIT licence).

    >>> one = load_mitigators()[15]
    >>> one.code, one.name, one.where.attributes
    ('IP-AA-016', 'falls_related_admissions', ('admission_method', 'falls', 'age'))
    """
    text = (files("trigpoint.activity.nhp") / "data" / "mitigators.toml").read_text("utf-8")
    return tuple(
        Mitigator(**(row | {"dataset": Dataset(row["dataset"]), "where": read_filter(row.get("where", ""))}))
        for row in tomllib.loads(text)["mitigators"]
    )


def mitigator_of(name: str) -> Mitigator:
    """The mitigator of a name or a code. Raises ``InputError`` for one that is not in force."""
    for one in load_mitigators():
        if name in (one.name, one.code):
            return one
    raise InputError(f"there is no mitigator “{name}” in force", remedy="use its name or code, e.g. IP-AA-016")


def scheme_of(
    mitigator: Mitigator,
    kept: Interval,
    *,
    where: Filter | None = None,
    pods: Mapping[str, str] = PODS,
    nights: float | None = None,
    cohort: float = 1.0,
    ramp: Ramp = AT_ONCE,
    part_of: str = "",
) -> Scheme:
    """A mitigator as a scheme of a plan: ``kept`` is the 80% interval of what is left, as its scenarios write it.

    ``where`` replaces its cohort, and is needed where the open fields cannot say it. Conversions go to the ``pods`` of
    the plan; conversion to telephone to ``pods["tele"]``. A pre-operative one saves its days of the ``nights`` of the
    cohort's mean stay. ``cohort`` is the share that can be reached, such as an attributable fraction. Raises
    ``InputError`` where the cohort, the point of delivery or the nights are missing.

    >>> scheme = scheme_of(mitigator_of("IP-AA-016"), Interval(0.8, 0.9))
    >>> scheme.effect.value, round(scheme.amount.value, 6), str(scheme.where)[-22:]
    ('share avoided', 0.15, 'falls = yes; age >= 65')
    """
    cells = mitigator.where if where is None else where
    if not cells.conditions:
        what = f"{mitigator.code} ({mitigator.label}) cannot be said in the open fields; these lack {mitigator.lacks}"
        raise InputError(what, remedy="give its cohort as a filter on a field of your own")
    effect, days = Effect.SHARE, 1.0
    if mitigator.kind in (SHORTER, PRE_OP):
        effect = Effect.LENGTH_OF_STAY
        days = _share_of_stay(mitigator, nights)
    shift = None
    if mitigator.kind not in (AVOIDED, SHORTER, PRE_OP):
        if mitigator.kind not in pods:
            what = f"{mitigator.code} ({mitigator.label}) needs a point of delivery to convert to"
            raise InputError(what, remedy=f"give it as pods[“{mitigator.kind}”]")
        shift = Shift(pods[mitigator.kind])
    amount = Uncertain(
        days * (1 - kept.middle), days * (1 - kept.high), days * (1 - kept.low), distribution=Distribution.NORMAL
    )
    note = f"its definition needs besides: {mitigator.lacks}" if mitigator.lacks and where is None else ""
    stated = Stated(name=mitigator.label, source=f"{mitigator.code}; {SOURCE}", note=note)
    return Scheme(mitigator.name, effect, amount, cells, cohort, ramp, shift, part_of=part_of, stated=stated)


def _share_of_stay(mitigator: Mitigator, nights: float | None) -> float:
    """Which share of the bed days one success saves: all that are thinned, or the days before the operation."""
    if mitigator.kind == SHORTER:
        return 1.0
    if nights is None or nights <= 0:
        what = (
            f"{mitigator.code} ({mitigator.label}) saves {mitigator.days} of the nights of a stay, which are not given"
        )
        raise InputError(what, remedy="give the mean nights of its cohort")
    return min(mitigator.days / nights, 1.0)
