"""Published statistics as actuals: the standards of a round compute themselves from the files that were added."""

from __future__ import annotations

from pathlib import Path

FOLDER = "published"


def has_published(workspace: Path) -> bool:
    """Whether published files were added to a workspace; asked before anything heavy is loaded."""
    return (workspace / FOLDER).is_dir()
