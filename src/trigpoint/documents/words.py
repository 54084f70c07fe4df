"""The word lists of the interpreter, and the questions about a text that they answer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from trigpoint.patterns import any_of

SENTENCE_END = (".", "!", "?", ".”", '."')
TAIL = 60
PLAIN = re.compile(r"[a-z0-9%£]+")
LAST_WORD = re.compile(r"([A-Za-z][\w'’-]*)\W*$")


@cache
def word_list(name: str) -> tuple[str, ...]:
    """One list of the data pack ``words.toml``."""
    return tuple(_pack()[name])


@cache
def _pack() -> dict[str, list[str]]:
    return tomllib.loads(files("trigpoint.documents").joinpath("data/words.toml").read_text("utf-8"))


@cache
def alternatives(name: str) -> str:
    """A word list as alternatives of a regular expression, longest first."""
    return any_of(word_list(name))


def normal(text: str) -> str:
    """Lower-case words and numbers alone: two texts that differ in mark-up, space or punctuation are equal.

    >>> normal("Must do 4 – Urgent & Emergency  Care.")
    'must do 4 urgent emergency care'
    """
    return " ".join(PLAIN.findall(text.lower()))


def ended(text: str) -> bool:
    """Whether a text closes with the end of a sentence and no bracket is left open."""
    return text.endswith(SENTENCE_END) and text.count("(") <= text.count(")")


def unfinished(text: str) -> bool:
    """Whether a text certainly goes on elsewhere: it ends on "of the", a comma, a hyphen, or in an open bracket.

    >>> unfinished("Policies and governance developed for the"), unfinished("Contract let")
    (True, False)
    """
    if not text:
        return False
    if text.count("(") > text.count(")") and "(" in text[-80:]:
        return True
    if text.endswith((",", "-", "–", "&", "/", ";", ":")):
        return True
    if ended(text):
        return False
    last = LAST_WORD.search(text[-TAIL:])
    return last is not None and last[1] in word_list("unfinished")  # as printed: "N/A" ends on no article


def opens_mid_sentence(text: str) -> bool:
    """Whether a text begins as no sentence does: with a small letter, a closing bracket or a comma.

    >>> opens_mid_sentence("reviewed and revised"), opens_mid_sentence("e-Referral use")
    (True, False)
    """
    if not text:
        return False
    first = text[0]
    if first in ")],;&/":
        return True
    return first.islower() and not re.match(r"[a-z]-?[A-Z]", text)


def flowing(paragraphs: Iterable[str]) -> str:
    """Paragraphs of a cell as lines, those that only wrap joined again: the next goes on in small letters.

    >>> flowing(["Agree the", "rota", "Train the team"])
    'Agree the rota\\nTrain the team'
    """
    lines: list[str] = []
    for part in (" ".join(line.split()) for text in paragraphs for line in text.split("\n")):
        if lines and part and not ended(lines[-1]) and (opens_mid_sentence(part) or unfinished(lines[-1])):
            lines[-1] = f"{lines[-1]} {part}"
        elif part:
            lines.append(part)
    return "\n".join(lines)
