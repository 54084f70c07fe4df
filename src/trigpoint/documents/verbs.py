"""Whether words say what is to be done: the verbs that commitments open with, and the words that make a promise."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def prose_words() -> dict[str, Any]:
    """The data pack of commitments in running text."""
    return tomllib.loads(files("trigpoint.documents").joinpath("data/prose.toml").read_text("utf-8"))


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(prose_words()['verbs'])})\b", re.IGNORECASE)


def opens_with_verb(text: str) -> bool:
    """Whether a text begins with what is to be done.

    >>> opens_with_verb("Open the ward"), opens_with_verb("The ward is open")
    (True, False)
    """
    return _verb().match(text) is not None
