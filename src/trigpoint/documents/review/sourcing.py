"""Where everything that was taken over came from: one row of provenance for each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trigpoint.characters import without_unprintable
from trigpoint.documents.review.comparison import Comparison, words_behind
from trigpoint.documents.review.corrections import Taken, field_of
from trigpoint.documents.review.fields import PROGRESS_FIELDS, TABLES, is_empty
from trigpoint.documents.review.proposal import Decision
from trigpoint.documents.review.reporting import NewUpdate
from trigpoint.plans.draft import Source
from trigpoint.plans.provenance import Provenance, Verdict


@dataclass(frozen=True, slots=True)
class Sourcing:
    """What every row of provenance of one review says alike; ``links`` are the names that links have now."""

    comparison: Comparison
    digest: str
    links: Mapping[str, str]

    def of_rows(self, taken: Iterable[Taken]) -> Iterator[Provenance]:
        """A row for each field of the plan and its rows that was read or corrected."""
        for one in taken:
            proposal = one.step.proposal
            table = TABLES.get(proposal.table)
            for shown in proposal.fields:
                corrected = shown.name in one.corrected
                if shown.name not in one.own:
                    continue
                if corrected or not is_empty(field_of(proposal.table, shown.name), one.own[shown.name]):
                    words = words_behind(table, shown, proposal.source)
                    item = self.links.get(proposal.item, proposal.item)
                    yield self._row(item, shown.name, words, proposal.source, one.decision, corrected=corrected)

    def of_updates(self, updates: Iterable[NewUpdate]) -> Iterator[Provenance]:
        """A row for each field of an update, under the item that it reports on; the words are the printed ones."""
        for one in updates:
            status = self.comparison.reports.by_item[one.key].status
            source = self.comparison.source(one.key)
            words = {"progress": status.status, "status": status.status, "note": status.note}
            for field in PROGRESS_FIELDS:
                if not is_empty(field, getattr(one.update, field.name)):
                    corrected = field.name in one.corrected
                    yield self._row(
                        one.update.item, field.name, words[field.name], source, one.decision, corrected=corrected
                    )

    def _row(
        self, item: str, field: str, words: str, source: Source | None, decision: Decision, *, corrected: bool
    ) -> Provenance:
        document = self.comparison.draft.document
        return Provenance(
            item=item,
            field=field,
            document=without_unprintable(document.name),
            digest=self.digest,
            place=without_unprintable(document.spot(source.origin.line if source else None)),
            words=without_unprintable(words),
            sureness=self.comparison.doubts.sureness_of(source),
            verdict=Verdict.CORRECTED if corrected else Verdict.ACCEPTED,
            by=decision.by,
            on=decision.on,
        )
