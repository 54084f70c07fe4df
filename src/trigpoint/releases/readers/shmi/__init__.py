"""Summary Hospital-level Mortality Indicator: deaths of trusts, and the models that say how many were expected."""

from __future__ import annotations

from trigpoint.releases.files.content import Content
from trigpoint.releases.readers.shmi.models import is_models, read_models
from trigpoint.releases.readers.shmi.trusts import SCHEMA, is_trusts, read_trusts
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import release_of


def _recognise(content: Content) -> bool:
    return is_models(content) or is_trusts(content)


def _read(content: Content) -> Reading:
    return read_models(content) if is_models(content) else read_trusts(content)


RELEASE = release_of(SCHEMA, _recognise, _read)
