"""Triangulation: plan, finance and activity held against each other, with both figures, their difference and tolerance.

The guide is ``docs/triangulation.md``. A part is imported when its first name is asked for.

>>> from trigpoint import triangulation
>>> [rule.id for rule in triangulation.triangulation_rules()][:2]
['SCHEME_ACTIVITY', 'GROWTH_MONEY']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

_HOMES = {
    "Comparison": "comparison",
    "Figure": "figure",
    "Ground": "comparison",
    "Lacking": "comparison",
    "Parts": "parts",
    "Tolerance": "tolerance",
    "Triangulated": "findings",
    "Triangulation": "engine",
    "TriangulationRule": "register",
    "Unit": "figure",
    "agreements_of": "findings",
    "default_tolerances": "tolerance",
    "examined": "findings",
    "find_triangulation_rule": "register",
    "findings_of": "findings",
    "read_options": "tolerance",
    "read_tolerances": "tolerance",
    "triangulate": "engine",
    "triangulation": "engine",
    "triangulation_rules": "register",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605 - the names of the table above

if TYPE_CHECKING:
    from trigpoint.triangulation.comparison import Comparison as Comparison
    from trigpoint.triangulation.comparison import Ground as Ground
    from trigpoint.triangulation.comparison import Lacking as Lacking
    from trigpoint.triangulation.engine import Triangulation as Triangulation
    from trigpoint.triangulation.engine import triangulate as triangulate
    from trigpoint.triangulation.engine import triangulation as triangulation
    from trigpoint.triangulation.figure import Figure as Figure
    from trigpoint.triangulation.figure import Unit as Unit
    from trigpoint.triangulation.findings import Triangulated as Triangulated
    from trigpoint.triangulation.findings import agreements_of as agreements_of
    from trigpoint.triangulation.findings import examined as examined
    from trigpoint.triangulation.findings import findings_of as findings_of
    from trigpoint.triangulation.parts import Parts as Parts
    from trigpoint.triangulation.register import TriangulationRule as TriangulationRule
    from trigpoint.triangulation.register import find_triangulation_rule as find_triangulation_rule
    from trigpoint.triangulation.register import triangulation_rules as triangulation_rules
    from trigpoint.triangulation.tolerance import Tolerance as Tolerance
    from trigpoint.triangulation.tolerance import default_tolerances as default_tolerances
    from trigpoint.triangulation.tolerance import read_options as read_options
    from trigpoint.triangulation.tolerance import read_tolerances as read_tolerances
else:

    def __getattr__(name: str) -> object:
        from importlib import import_module  # noqa: PLC0415 - the point of all this

        if name not in _HOMES:
            raise AttributeError(f"module 'trigpoint.triangulation' has no attribute {name!r}")
        return getattr(import_module(f"trigpoint.triangulation.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
