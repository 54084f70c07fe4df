"""Reading schemes, risks and peers needs no arrays: those are imported when something is drawn."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("name", ["schemes.scheme_book", "risks", "peers"])
def test_no_arrays_are_imported_before_anything_is_drawn(name: str) -> None:
    heavy = "[each for each in ('numpy', 'scipy', 'polars') if each in sys.modules]"
    code = f"import sys, trigpoint.finance.{name}; print({heavy})"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
