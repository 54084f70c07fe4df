"""A paper as the bytes of a file, by the kind of file that its name asks for."""

from __future__ import annotations

from trigpoint.errors import InputError
from trigpoint.reports.blocks import Paper

SUFFIXES = (".docx", ".html")


def paper_bytes(paper: Paper, suffix: str) -> bytes:
    """The paper as a page (``.html``) or a Word document (``.docx``). Raises InputError for any other ending."""
    kind = suffix.lower()
    if kind == ".html":
        from trigpoint.reports.render.html import html

        return html(paper).encode()
    if kind == ".docx":
        from trigpoint.reports.render.docx import docx

        return docx(paper)
    raise InputError(f"“{suffix}” is no kind of paper", remedy=f"use {' or '.join(SUFFIXES)}")
