"""Shows the examples of docstrings as code; Markdown takes ``>>>`` for a quotation in a quotation in a quotation."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

BEFORE_FENCES = 28  # fenced code is read at 25, so what is fenced here is still seen


class _Fencing(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Each paragraph that begins with a prompt, between fences."""
        told: list[str] = []
        for blank, paragraph in groupby(lines, key=lambda line: not line.strip()):
            block = list(paragraph)
            is_example = not blank and block[0].startswith(">>> ")
            told.extend(["```pycon", *block, "```"] if is_example else block)
        return told


class Examples(Extension):
    """The preprocessor as Markdown wants it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 – the library's name
        md.preprocessors.register(_Fencing(md), "examples", BEFORE_FENCES)


def on_config(config: Any, **_: Any) -> Any:
    """Called by the site builder at its start."""
    config.markdown_extensions.append(Examples())
    return config
