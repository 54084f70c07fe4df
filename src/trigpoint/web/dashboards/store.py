"""Database → measure book. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import connection

from trigpoint.measures.book.book import Actual, MeasureBook, Status
from trigpoint.places.register import Places
from trigpoint.web.dashboards import codec
from trigpoint.web.register.models import Edition
from trigpoint.web.register.store import rows


def read_book(edition: Edition, places: Places) -> MeasureBook:
    """The edition's definitions and figures, equal to those that were loaded. Five queries, whatever their number.

    ``places`` are the plan's own; those that figures alone name are added.
    """
    return MeasureBook(
        definitions=rows(edition, codec.DEFINITIONS),
        actuals=tuple(_actuals(edition)),
        aims=rows(edition, codec.AIMS),
        rebases=rows(edition, codec.REBASES),
        places=Places((*places, *rows(edition, codec.PLACES))),
    )


def _actuals(edition: Edition) -> Iterator[Actual]:
    """As ``rows`` gives them, in half the time: tens of thousands are read before the first page can be shown.

    The columns come as the database's driver gives them, without Django's converters value by value; the few states
    and days that there are are made once each.
    """
    table = codec.ACTUALS
    query = table.model.objects.filter(edition_id=edition.pk).order_by("position").values_list(*table.columns).query
    statuses = {status.value: status for status in Status}
    days: dict[date | str | None, date | None] = {None: None}
    with connection.cursor() as cursor:
        cursor.execute(*query.sql_with_params())
        while found := cursor.fetchmany(5_000):
            for indicator, place, period, top, bottom, value, group, status, source, day, note, invented in found:
                if day not in days:
                    days[day] = date.fromisoformat(day) if isinstance(day, str) else day
                yield Actual(
                    indicator, place, period, _decimal(top), _decimal(bottom), _decimal(value), group,
                    statuses[status], source, days[day], note, bool(invented),
                )  # fmt: skip


def _decimal(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)


def has_measures(edition: Edition) -> bool:
    """Whether any measure is defined in what was loaded with the edition."""
    return codec.DEFINITIONS.model.objects.filter(edition_id=edition.pk).exists()


def problems_of(edition: Edition) -> tuple[str, ...]:
    """What was wrong in the files when they were loaded, a sentence each."""
    return rows(edition, codec.PROBLEMS)


def attached_to(edition: Edition) -> codec.Tables:
    """What an edition that takes this one's place has to carry on, because it was not read anew."""
    return codec.tables_of(read_book(edition, Places()), problems_of(edition))
