"""The pictures of finance: each is drawn once for each revision, and fetched by an address that says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, QueryDict

from trigpoint.charts.picture import Picture
from trigpoint.errors import InputError
from trigpoint.finance.position.result import Bridge, Position
from trigpoint.finance.schemes.result import SchemeYear
from trigpoint.reports.finance.tables import bridges_of
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.results import (
    benchmark_of,
    contract_of,
    draws_of,
    position_of,
    risks_of,
    rules_of,
    schemes_of,
)
from trigpoint.web.finance.spreads import spreads_of
from trigpoint.web.register.presenters.measures import Chart, pictures
from trigpoint.web.register.store import revision_key

_OF_ONE_YEAR = {"bridge", "months", "groups", "schemes", "scheme", "risks", "tornado", "outturn"}


def chart_of(desk: Desk, heading: str, kind: str, of: str = "") -> Chart | None:
    """A picture as a page shows it; ``None`` where it cannot be made of what the files hold.

    ``of`` names the bridge, scheme, contract or measure.
    """
    query = {"kind": kind, "of": of} if of else {"kind": kind}
    if kind in _OF_ONE_YEAR:
        query["year"] = desk.at_year.label
    try:
        drawn = picture_of(desk, query)
    except InputError:
        return None
    named = "-".join(part for part in ("chart", kind, of) if part)
    src = desk.reading.url("finance-picture", query=query)
    return Chart("".join(c if c.isalnum() else "-" for c in named), heading, src, drawn.alt, drawn.finding, drawn.table)


def picture_of(desk: Desk, asked: Mapping[str, str] | QueryDict) -> Picture:
    """The picture that an address asks for; raises ``Http404`` where there is no such."""
    make, of = _KINDS.get(asked.get("kind", "")), asked.get("of", "")
    if make is None:
        raise Http404
    key = (*revision_key(desk.edition), "finance", asked["kind"], of, desk.at_year.label)
    return pictures.get(key, lambda: make(desk, of))


def bridge_of(position: Position, of: str) -> Bridge:
    """One of the bridges of a position; raises ``Http404`` where it has none such."""
    bridges = bridges_of(position)
    if of not in bridges:
        raise Http404
    return bridges[of]


def scheme_of(desk: Desk, sid: str) -> SchemeYear:
    """One scheme in the chosen year; raises ``Http404`` where there is none."""
    for each in schemes_of(desk).schemes:
        if each.scheme.id == sid:
            return each
    raise Http404


def _bridge(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import waterfall_picture

    return waterfall_picture(bridge_of(position_of(desk), of))


def _months(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import position_months_picture

    return position_months_picture(position_of(desk))


def _groups(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import groups_picture

    return groups_picture(position_of(desk))


def _rules(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import rules_picture

    return rules_picture(rules_of(desk))


def _schemes(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import schemes_picture

    return schemes_picture(schemes_of(desk))


def _scheme(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import scheme_months_picture

    return scheme_months_picture(scheme_of(desk, of))


def _risks(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import risks_picture

    return risks_picture(risks_of(desk))


def _tornado(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import tornado_picture

    return tornado_picture(draws_of(desk))


def _outturn(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import outturn_picture

    return outturn_picture(draws_of(desk))


def _curve(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import curve_picture

    year = contract_of(desk, of)
    return curve_picture(year.mechanism, year)


def _contract_months(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import contract_months_picture

    return contract_months_picture(contract_of(desk, of))


def _mechanisms(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import mechanisms_picture

    return mechanisms_picture(spreads_of(desk, of), illustrative=contract_of(desk, of).illustrative)


def _peers(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import peers_picture

    return peers_picture(benchmark_of(desk, of))


def _opportunity(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import opportunity_picture

    return opportunity_picture(benchmark_of(desk, of))


def _funnel(desk: Desk, of: str) -> Picture:
    from trigpoint.charts.finance import peer_funnel_picture

    return peer_funnel_picture(benchmark_of(desk, of))


_KINDS: dict[str, Callable[[Desk, str], Picture]] = {
    "bridge": _bridge,
    "months": _months,
    "groups": _groups,
    "rules": _rules,
    "schemes": _schemes,
    "scheme": _scheme,
    "risks": _risks,
    "tornado": _tornado,
    "outturn": _outturn,
    "curve": _curve,
    "contract-months": _contract_months,
    "mechanisms": _mechanisms,
    "peers": _peers,
    "opportunity": _opportunity,
    "funnel": _funnel,
}


def charts_of(desk: Desk, *wanted: tuple[Any, ...]) -> list[Chart]:
    """The pictures that can be made, in the order asked; each is (heading, kind) or (heading, kind, of)."""
    found = (chart_of(desk, *each) for each in wanted)
    return [each for each in found if each is not None]
