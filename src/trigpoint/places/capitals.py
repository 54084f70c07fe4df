"""Names that come in capitals, in readable ones: the lists of the NHS are written in capitals throughout."""

from __future__ import annotations

import re
from functools import lru_cache

_SMALL = frozenset({"and", "at", "by", "for", "in", "of", "on", "the", "to", "upon", "with", "de", "le"})
_CAPITALS = re.compile(
    "NHS|ICB|ICS|STP|CCG|PCN|PCT|GP|H&J|UK|LLP|CIC|OOH|APMS|II|III|IV|A&E|UTC|WIC|MH|MBC|CDC|HMP|YOI|BLMK|BOB"
)
_MIXED = {"LTD": "Ltd", "LIMITED": "Limited", "DR": "Dr", "DRS": "Drs", "ST": "St", "FT": "FT", "GPS": "GPs"}
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)?(?:['’](?:[^\W_]+)?)?")
_CODE = re.compile(r"[A-Z]*\d[A-Z0-9]*")


def readable(name: str) -> str:
    """A name in capitals as one would write it; a name that has small letters already is left as it is.

    Abbreviations and codes keep their capitals, small words ("and", "of") have none except at the beginning.

    >>> readable("BIRMINGHAM WOMEN'S AND CHILDREN'S NHS FOUNDATION TRUST")
    "Birmingham Women's and Children's NHS Foundation Trust"
    >>> readable("NHS STAFFORDSHIRE AND STOKE-ON-TRENT ICB - 05D"), readable("NHS Dudley CCG")
    ('NHS Staffordshire and Stoke-on-Trent ICB - 05D', 'NHS Dudley CCG')
    """
    plain = " ".join(name.split())
    if plain != plain.upper():
        return plain
    return _WORD.sub(lambda match: _word(match.group(), first=_begins(plain, match.start())), plain)


def _begins(name: str, at: int) -> bool:
    """Whether a word stands at the beginning of a name, or of the part of it after a comma, dash or bracket."""
    return at == 0 or name.endswith((", ", " - ", "("), 0, at)


@lru_cache(maxsize=65536)
def _word(word: str, *, first: bool) -> str:
    if word in _MIXED:
        return _MIXED[word]
    if _CAPITALS.fullmatch(word) or _CODE.fullmatch(word):
        return word
    if word.casefold() in _SMALL and not first:
        return word.casefold()
    if word.startswith(("O'", "O’", "D'", "D’")) and len(word) > 3:
        return word[:2] + word[2:].capitalize()
    if word.startswith("MC") and len(word) > 4:
        return "Mc" + word[2:].capitalize()
    return "&".join(part.capitalize() for part in word.split("&"))
