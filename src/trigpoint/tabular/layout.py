"""Which files a folder of tables has, and what is said of a file that would be read but for its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trigpoint.errors import InputError, Where
from trigpoint.plans.tables import nearest
from trigpoint.plans.workspace_files import control_character, named
from trigpoint.wording import count, verb

NOT_READ = "this file is not read"
"""What is said of a file that would be read but for its name."""
MOST_PROBLEMS = 1000
"""Problems told one by one; the rest are counted."""


class Unshown(InputError):
    """That there are more problems than are told one by one; ``number`` is how many."""

    def __init__(self, number: int, folder: str) -> None:
        self.number = number
        what = f"{count(number, 'more problem')} with {folder} {verb(number, 'is', 'are')} not shown"
        super().__init__(what, remedy="correct these first")


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one folder of a workspace.

    ``names`` are the files that it may have. ``inner`` is its folder of TOML files, one for each ``noun``, of which
    ``most`` are read. ``binary`` files are no text; ``long`` ones may be larger than other files of a workspace.
    """

    folder: str
    names: tuple[str, ...]
    inner: str
    noun: str
    binary: frozenset[str] = frozenset()
    long: frozenset[str] = frozenset()
    most: int = 200

    def is_inner(self, name: str) -> bool:
        """Whether a file stands in the inner folder and is read."""
        return name.startswith(f"{self.inner}/") and name.endswith(".toml")

    def strays(self, texts: Mapping[str, str], where: str) -> Iterator[InputError]:
        """Files that would be read but for their name: silence would lose their rows."""
        for name in texts:
            if name in self.names or self.is_inner(name):
                continue
            near = nearest(name, [known for known in self.names if known not in texts])
            remedy = f"did you mean “{near}”?" if near else f"the files are {', '.join(self.names)}"
            yield InputError(NOT_READ, where=Where(f"{where}/{name}"), remedy=remedy)

    def bounded(self, problems: list[InputError]) -> tuple[InputError, ...]:
        """As many problems as anyone reads, and how many more there are."""
        shown = [one for one in problems if not isinstance(one, Unshown)]
        rest = max(0, len(shown) - MOST_PROBLEMS) + sum(one.number for one in problems if isinstance(one, Unshown))
        return (*shown[:MOST_PROBLEMS], *([Unshown(rest, self.folder)] if rest else []))


def cleaned(texts: Mapping[str, str], where: str, problems: list[InputError]) -> dict[str, str]:
    """The texts without a mark at their start; one with a character that no page can print is told and left out."""
    clean: dict[str, str] = {}
    for name, marked in texts.items():
        text = marked.removeprefix("\ufeff")
        found = control_character(text)
        if found is None:
            clean[name] = text
            continue
        place = Where(f"{where}/{name}", line=text.count("\n", 0, found.start()) + 1)
        problems.append(InputError(f"there is {named(found[0])} in the text", where=place, remedy="delete it"))
    return clean
