"""Review: what a document says → proposals → what a person decides of each → the plan.

``propose`` makes the proposals, ``accept`` decides many at once, ``settle`` puts what was accepted into the plan and
says of every field where it came from; ``remembered`` joins that with what was known before.
"""

from trigpoint.documents.review.corrections import read_day
from trigpoint.documents.review.doubts import kind_of_doubt
from trigpoint.documents.review.fields import is_empty_plan
from trigpoint.documents.review.proposal import (
    Acceptance,
    Action,
    Decision,
    FieldProposal,
    Proposal,
    Settled,
    accept,
)
from trigpoint.documents.review.remembered import remembered
from trigpoint.documents.review.removals import seems_another_plan
from trigpoint.documents.review.settling import check, settle
from trigpoint.documents.review.steps import propose

__all__ = [
    "Acceptance",
    "Action",
    "Decision",
    "FieldProposal",
    "Proposal",
    "Settled",
    "accept",
    "check",
    "is_empty_plan",
    "kind_of_doubt",
    "propose",
    "read_day",
    "remembered",
    "seems_another_plan",
    "settle",
]
