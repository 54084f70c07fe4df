"""How a row is named where another one refers to it: by its words where these are its own, else by its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest


class Names:
    """The rows that others may stand under, by table: id → words."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """From rows of table, id and words."""
        self._words: dict[str, dict[str, str]] = {}
        for table, row_id, words in rows:
            self._words.setdefault(table, {})[row_id] = " ".join(words.split())
        self._uses = {table: Counter(map(str.lower, found.values())) for table, found in self._words.items()}

    def shown(self, table: str, row_id: str) -> str:
        """The row's words, or its id where another row has the same words; "" for no row."""
        words = self._words.get(table, {}).get(row_id, row_id)
        own = self._uses.get(table, Counter())[words.lower()] == 1 and words not in self._words.get(table, {})
        return words if own else row_id

    def words_of_any(self, row_id: str) -> str:
        """The row's words, whichever table it is in; "" where there is no such row."""
        return next((found[row_id] for found in self._words.values() if row_id in found), "")

    def find(self, table: str, text: str) -> str:
        """The id that a person means by an id or by a row's words; ``CellError`` when there is no such row."""
        wanted = " ".join(text.split())
        known = self._words.get(table, {})
        if not wanted or wanted in known:
            return wanted
        found = [row_id for row_id, words in known.items() if words.lower() == wanted.lower()]
        if len(found) == 1:
            return found[0]
        if found:
            raise CellError(f"several are called {quoted(wanted)}", f"write one of the ids {', '.join(found[:5])}")
        near = nearest(wanted, known.values()) or nearest(wanted, known)
        raise CellError(
            f"there is none called {quoted(wanted)}", f"did you mean “{near}”?" if near else "write its words or its id"
        )
