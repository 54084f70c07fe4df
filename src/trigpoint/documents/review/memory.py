"""What was taken over before, so that a later edition proposes only what its document newly says."""

from __future__ import annotations

from collections.abc import Iterable

from trigpoint.plans.provenance import Provenance


class Memory:
    """The provenance of a plan by item and field."""

    def __init__(self, provenance: Iterable[Provenance]) -> None:
        self._rows = {(row.item, row.field): row for row in provenance}
        self.items = frozenset(item for item, _ in self._rows)

    def is_news(self, item: str, field: str, words: str) -> bool:
        """Whether a document says of a field what it did not say when the field was last taken over.

        What people changed in the plan since then is theirs: the same words of the document do not undo it.
        """
        row = self._rows.get((item, field))
        return row is None or row.words != words

    def came_from_a_document(self, item: str, field: str = "") -> bool:
        """Whether a document gave the row, or this field of it. A plan that remembers nothing gives no answer: yes."""
        if not self._rows:
            return True
        return (item, field) in self._rows if field else item in self.items

    def words(self, item: str, field: str) -> str:
        """The words of the document that a field was last taken over from; "" where there were none."""
        row = self._rows.get((item, field))
        return row.words if row else ""
