"""Documents: plans as people write them → ``PlanDraft``, with the source of every field and what was not found."""

from trigpoint.documents.contract import to_contract
from trigpoint.documents.interpret import NO_PLAN, interpret
from trigpoint.documents.readers.file import parse_document, read_document
from trigpoint.documents.readers.text import parse_text

__all__ = ["NO_PLAN", "interpret", "parse_document", "parse_text", "read_document", "to_contract"]
