"""Bytes to text: UTF-8 first, then UTF-16 by its mark, then the Windows code page that Excel saves in."""

from __future__ import annotations

import codecs

from trigpoint.errors import InputError


def encoding_of(data: bytes) -> str:
    """The encoding a text is in. ``cp1252`` is what remains where bytes are no UTF-8.

    >>> encoding_of("Org Code,Förde".encode("utf-8")), encoding_of("Förde".encode("cp1252"))
    ('utf-8-sig', 'cp1252')
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def decoded(data: bytes, name: str, *, cut: bool = False) -> str:
    """The words of a text; ``cut`` where the bytes end in mid-file and perhaps in mid-letter."""
    encoding = encoding_of(data)
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(encoding if encoding == "utf-16" else "cp1252", errors="replace")
    except UnicodeError:  # pragma: no cover - cp1252 with replacement reads anything
        raise InputError("the text cannot be read", where=name, remedy="save it as “CSV UTF-8”") from None
