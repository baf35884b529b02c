"""更正说明: what was changed after a filing, case by case and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from db.cases.event_log import histories
from db.cases.organs import which_organ
from db.disputes.dispute import Dispute, DisputeEvent, Result
from db.disputes.organs import case_organs
from db.disputes.reading import replay_disputes
from db.errors import NotFound
from db.law.event import Event
from db.law.history import effective
from db.storage.schema import events
from db.storage.transaction import Transaction
from db.year_end.filing import Filing, read_filing
from db.year_end.placement import Cell, placements


@dataclass(frozen=True, slots=True)
class Restatement:
    """One case (or dispute) that has moved since the filing, and the event that moved it.

    `old` and `new` are its cells before and after; `event_id` and `what` name the event.
    """

    number: str
    old: tuple[Cell, ...]
    new: tuple[Cell, ...]
    event_id: int
    what: str
    recorded_at: datetime
    recorded_by: str


def restatements(tx: Transaction, year: int, organ: str | None = None) -> tuple[Restatement, ...]:
    """Every case and dispute whose place in a filed year has changed since, oldest change first.

    Raises:
        NotFound: the year is not filed.
    """
    whose = which_organ(tx.connection, organ)
    filing = read_filing(tx, year, whose.key)
    if filing is None:
        raise NotFound(f"{whose.name_of_year(year, tx.today)} {year}年的数据还没有封账；请先封账。")
    return restatements_of(tx, filing)


def restatements_of(tx: Transaction, filing: Filing) -> tuple[Restatement, ...]:
    """The same of a filing."""
    organ, year = filing.table.key, filing.table.year
    found = [
        *_moved_cases(tx.connection, organ, year, filing.through_event),
        *_moved_disputes(tx.connection, organ, year, filing),
    ]
    return tuple(sorted(found, key=lambda moved: (moved.recorded_at, moved.event_id)))


def _moved_cases(
    connection: Connection, organ: str, year: int, through: int
) -> Iterator[Restatement]:
    """Replay each touched case event by event: the event at which its cells change moved it."""
    touched = select(events.c.case_id).where(events.c.id > through)
    for _, recorded in histories(connection, events.c.case_id.in_(touched)):
        before = _cells([e for e in recorded if e.id <= through], organ, year)
        for place, event in enumerate(recorded):
            if event.id <= through:
                continue
            after = _cells(recorded[: place + 1], organ, year)
            if after != before:
                yield _restatement(recorded, before, after, event)
            before = after


def _cells(recorded: list[Event], organ: str, year: int) -> frozenset[Cell]:
    history = effective(recorded)
    return placements(history, year) if history and history[0].organ == organ else frozenset()


def _restatement(
    recorded: list[Event], before: frozenset[Cell], after: frozenset[Cell], event: Event
) -> Restatement:
    return Restatement(
        number=recorded[0].number or "",
        old=tuple(sorted(before - after)),
        new=tuple(sorted(after - before)),
        event_id=event.id,
        what=event.kind.label + (f"：{event.reason}" if event.reason else ""),
        recorded_at=_recorded_at(event),
        recorded_by=event.recorded_by,
    )


def _moved_disputes(
    connection: Connection, organ: str, year: int, filing: Filing
) -> Iterator[Restatement]:
    """Replay each dispute event by event, with what moved its case from one organ to another."""
    belonged = case_organs(connection)
    for states in replay_disputes(connection):
        steps: list[tuple[DisputeEvent | Event, Dispute | str]] = [
            *belonged.get(states[0].case or "", ()),
            *((dispute.events[-1], dispute) for dispute in states),
        ]
        dispute, whose = states[0], states[0].organ
        before: Result | None = None
        filed = False
        for event, step in sorted(steps, key=lambda step: _recorded_at(step[0])):
            if isinstance(step, str):
                whose, known = step, event.id <= filing.through_event
            else:
                dispute, filed, known = step, True, event.id <= filing.through_dispute_event
            after = dispute.counts_in(year) if filed and whose == organ else None
            if not known and after is not before:
                block = dispute.block.value
                reason = f"：{event.reason}" if event.reason else ""
                named = f"第{dispute.id}号{dispute.block.label}"
                yield Restatement(
                    number=dispute.case or dispute.older_case or f"争议{dispute.id}",
                    old=(Cell(block, before.value),) if before else (),
                    new=(Cell(block, after.value),) if after else (),
                    event_id=event.id,
                    what=f"{named}{event.kind.label}{reason}",
                    recorded_at=_recorded_at(event),
                    recorded_by=event.recorded_by,
                )
            before = after


def _recorded_at(event: Event | DisputeEvent) -> datetime:
    if event.recorded_at is None:
        raise RuntimeError("an event without its moment")
    return event.recorded_at
