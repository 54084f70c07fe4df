"""What happened is on record, in order, and cannot be changed unseen."""

from __future__ import annotations

import pytest
from web_sample import make_plan

from trigpoint.web.accounts.models import User
from trigpoint.web.audit.models import AppendOnly, Event
from trigpoint.web.audit.services import first_broken, record
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_plan


def test_loading_is_recorded_with_who_did_it(db: None) -> None:
    user = User.objects.create_user("planner@example.org")
    edition = load_plan(make_plan(), by=user).edition
    event = Event.objects.get()
    assert (event.actor, event.action, event.subject) == ("planner@example.org", "plan added", f"plan {edition.pk}")
    assert event.detail["digest"] == edition.digest


def test_events_are_neither_changed_nor_removed(edition: Edition) -> None:
    event = Event.objects.get()
    event.action = "something else"
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        Event.objects.all().update(action="something else")
    with pytest.raises(AppendOnly):
        Event.objects.all().delete()


def test_a_whole_record_is_found_whole(edition: Edition) -> None:
    record("plan read", by=None, subject="plan 1", detail={"b": 1, "a": [1, 2]})
    assert first_broken() is None


@pytest.mark.parametrize("changes", [{"action": "forged"}, {"detail": {"title": "forged"}}, {"previous": "0" * 64}])
def test_a_change_behind_our_back_is_found(edition: Edition, changes: dict[str, object]) -> None:
    later = record("plan read", by=None, subject="plan 1")
    super(type(Event.objects.all()), Event.objects.filter(pk=later.pk)).update(**changes)
    assert first_broken() == later


def test_an_event_that_was_taken_out_is_found(edition: Edition) -> None:
    record("first", by=None, subject="plan 1")
    last = record("second", by=None, subject="plan 1")
    Event.objects.filter(action="first")._raw_delete("default")
    assert first_broken() == last
