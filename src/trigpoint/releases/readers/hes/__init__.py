"""HES monthly open data: England by treatment function or age, and organisations by kind of activity.

Each row is one month: ``Month_Ending`` is its last day, and the year's first and last day beside it say only to which
year's submission it belongs (``PARTYEAR`` 202013 is the thirteenth of 2020/21). The figures do not run up
through the year, so no period but the month is made of them.
"""

from __future__ import annotations

from trigpoint.releases.files.content import Content
from trigpoint.releases.readers.hes.layout import SCHEMA, is_by_group, is_by_organisation
from trigpoint.releases.readers.hes.national import read_groups
from trigpoint.releases.readers.hes.organisations import read_organisations
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import release_of


def _recognise(content: Content) -> bool:
    return is_by_group(content.head) or is_by_organisation(content.head)


def _read(content: Content) -> Reading:
    return read_groups(content) if is_by_group(content.head) else read_organisations(content)


RELEASE = release_of(SCHEMA, _recognise, _read)
