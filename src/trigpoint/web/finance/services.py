"""What changes the finance of an edition: one transaction each, with its audit event inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trigpoint.web.accounts.models import User
from trigpoint.web.activity.store import attached_to as activity_of
from trigpoint.web.dashboards.codec import Tables
from trigpoint.web.dashboards.store import attached_to as measures_of
from trigpoint.web.finance import codec, store
from trigpoint.web.finance.models import FinanceProposal
from trigpoint.web.proposals import services as proposals
from trigpoint.web.proposals.changes import merged
from trigpoint.web.proposals.services import Kind
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import Loaded

TEMPLATES = Kind(FinanceProposal, "finance sent", "finance accepted", "finance discarded")


def accept(proposal: FinanceProposal, *, by: User, problems: Sequence[str] = ()) -> Loaded:
    """Put the files of a template in the place of those of the same names, as a new revision of the edition.

    Raises ``InputError`` where the plan was changed since the template came, or somebody has decided already; nothing
    is changed then.
    """

    def attached(edition: Edition, texts: Mapping[str, str]) -> Tables:
        files = codec.tables_of(merged(store.read_files(edition).texts, texts), problems)
        return (*measures_of(edition), *activity_of(edition), *files)

    return proposals.accept(TEMPLATES, proposal, attached, by=by)
