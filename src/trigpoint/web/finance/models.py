"""Finance in the database: the files of a workspace's folder ``finance`` under an edition, and templates sent for it.

Files are rows of the edition, like the figures of measures: written as a whole by ``register.services``.
"""

from __future__ import annotations

from django.db import models

from trigpoint.web.proposals.models import SentTemplate
from trigpoint.web.register.models import Row


class FinanceFile(Row):
    """One file as text: its name within the folder, such as "schemes.csv" or "mechanisms/block.toml"."""

    name = models.TextField()
    content = models.TextField(blank=True)


class FinanceProblem(Row):
    """What was found wrong when the files were loaded, a sentence each."""

    text = models.TextField()


class FinanceProposal(SentTemplate):
    """A filled template of the finance book."""
