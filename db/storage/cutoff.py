"""What had been recorded by a moment: for figures of the past, and for the cases behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from db import moment
from db.storage.schema import dispute_events, events


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A moment, and where they are known the last events recorded by then, which say it exactly."""

    at: datetime
    event: int | None = None
    dispute_event: int | None = None

    def knows_event(self) -> ColumnElement[bool]:
        """Which events of cases had been recorded."""
        if self.event is not None:
            return events.c.id <= self.event
        return events.c.recorded_at <= moment.stamp(self.at)

    def knows_dispute_event(self) -> ColumnElement[bool]:
        """Which events of disputes had been recorded."""
        if self.dispute_event is not None:
            return dispute_events.c.id <= self.dispute_event
        return dispute_events.c.recorded_at <= moment.stamp(self.at)


def cutoff_now(connection: Connection, at: datetime) -> Cutoff:
    """All that has been recorded so far."""
    last, last_of_disputes = (
        connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()
        for column in (events.c.id, dispute_events.c.id)
    )
    return Cutoff(at, last, last_of_disputes)
