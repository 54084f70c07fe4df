"""Planning rounds as data packs: their priorities, standards and years."""

from trigpoint.frameworks.framework import Basis, Criterion, Framework, Priority, Requirement, Standard
from trigpoint.frameworks.packs import known_frameworks, load_framework
from trigpoint.frameworks.standards import standard_holds, standards_for

__all__ = [
    "Basis",
    "Criterion",
    "Framework",
    "Priority",
    "Requirement",
    "Standard",
    "known_frameworks",
    "load_framework",
    "standard_holds",
    "standards_for",
]
