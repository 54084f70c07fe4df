"""Reading what was sent: the way of imports (``intake.jobs``), with another work and other rows."""

from __future__ import annotations

from trigpoint.web.intake.jobs import claim_of, needs_a_worker, work_on
from trigpoint.web.intake.models import State
from trigpoint.web.intake.worker import Worker
from trigpoint.web.published import reading
from trigpoint.web.published.models import Piece, Sending

__all__ = ["claim", "needs_a_worker", "run", "worker"]


def claim() -> Sending | None:
    """The oldest file that nobody reads."""
    return claim_of(Sending.objects.select_related("batch__owner", "batch__by"))


def run(sending: Sending) -> None:
    """Read a file that was claimed, and keep what is in it."""
    work_on(sending, reading)
    Piece.objects.filter(sending=sending, sending__state=State.REFUSED).delete()


class _Desk:
    """Both by their names here, so that a worker takes them as they are when it works."""

    @staticmethod
    def claim() -> Sending | None:
        return claim()

    @staticmethod
    def run(sending: Sending) -> None:
        run(sending)


worker = Worker(_Desk)
