"""期限试算: what a case's clock would say if some more had happened. Nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from db.calendar.workdays import WorkCalendar
from db.law.clock import Clock, Standing, read_clock, stand
from db.law.event import Event
from db.law.flags import Flag, flags
from db.law.history import effective
from db.law.impossible import refuse_impossible


class Supposed(NamedTuple):
    """Where a case would stand: its standing, its clock as of `today`, and every flag."""

    standing: Standing
    clock: Clock
    flags: tuple[Flag, ...]


def suppose(history: Sequence[Event], steps: Iterable[Event]) -> tuple[Event, ...]:
    """The history as it would be with some steps more, in the order they would happen."""
    return effective([*history, *steps])


def what_if(
    history: Sequence[Event], steps: Sequence[Event], calendar: WorkCalendar, today: date
) -> Supposed:
    """Where an effective history would stand with some steps more; their days may lie ahead.

    Days left are counted from `today`, whatever days the steps have.

    Raises:
        Impossible, BadValue: the steps cannot happen so.
    """
    supposed = suppose(history, steps)
    refuse_impossible(supposed, max([today, *(step.on for step in steps)]))
    standing = stand(supposed, calendar)
    return Supposed(
        standing,
        read_clock(standing, calendar, today),
        flags(supposed, standing, calendar, today),
    )
