"""Resource limit, spend, surplus, underlying position, and the bridges between them.

``finance.position(book, year)`` of a notebook is ``position.position``: the package can be called.
"""

import sys
from types import ModuleType
from typing import Any


class _Called(ModuleType):
    """The package under the name that a notebook calls: ``finance.position(book, year)`` is its function of it."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        from trigpoint.finance.position.position import position  # noqa: PLC0415 - not before it is asked for

        return position(*args, **options)


# A submodule always takes its name in the package above it, where the function is to be found under the same name.
sys.modules[__name__].__class__ = _Called
