"""Planning rounds as data packs: their priorities, standards and years."""

from trigpoint.frameworks.framework import Criterion, Framework, Priority, Standard
from trigpoint.frameworks.packs import known_frameworks, load_framework

__all__ = ["Criterion", "Framework", "Priority", "Standard", "known_frameworks", "load_framework"]
