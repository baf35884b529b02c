"""封账: freezing a year's figures, and accounting for every change since (DOMAIN, section 5).

A filing keeps the figures, their digest, and the last event it knew. Later corrections do not
change it; they are listed as restatements: which case, which cell, old and new, by which event.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Column, Connection, func, insert, select

from db import moment
from db.cases.case_file import read_event
from db.disputes.organs import case_organs
from db.disputes.recording import (
    Block,
    Dispute,
    DisputeEvent,
    Result,
    read_disputes,
    replay_disputes,
)
from db.errors import Impossible, NotFound
from db.law.history import Event, effective
from db.storage.register import Register
from db.storage.schema import dispute_events, events, filings
from db.year_end.dispute_table import Table4, dispute_table
from db.year_end.form import Form, form_of, row_labels
from db.year_end.placement import Cell, placements
from db.year_end.request_table import FigureRow, YearTable, count_table, which_organ


@dataclass(frozen=True, slots=True)
class Filing:
    """A filed year: its frozen table and table 4, who filed them and when, and their digest."""

    table: YearTable
    disputes: Table4
    digest: str
    filed_at: datetime
    filed_by: str
    through_event: int
    through_dispute_event: int


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


def file_year(
    register: Register, year: int, organ: str | None = None, form: Form | None = None
) -> Filing:
    """Freeze the figures of a year as they stand now.

    Raises:
        NotFound: no such organ.
        Impossible: the year has not ended, or is filed already.
    """
    form = form or form_of(year)
    if year >= register.today().year:
        raise Impossible(f"{year}年还没有结束，不能封账。")
    with register.writing() as connection:
        organ_id, name = which_organ(connection, organ)
        known = _read(connection, organ_id, name, year)
        if known is not None:
            raise Impossible(
                f"{name} {year}年的数据已于{known.filed_at:%Y-%m-%d}由{known.filed_by}封账；"
                "此后的变动列为更正说明，不能再次封账。"
            )
        table = count_table(connection, year, name, form, register.now())
        disputes = dispute_table(read_disputes(connection), name, year)
        figures = pack_figures(table, disputes)
        connection.execute(
            insert(filings).values(
                organ_id=organ_id,
                year=year,
                form=form,
                figures=figures,
                digest=digest_of(figures),
                through_event=_last(connection, events.c.id),
                through_dispute_event=_last(connection, dispute_events.c.id),
                recorded_at=moment.stamp(register.now()),
                recorded_by=register.clerk(),
            )
        )
        filed = _read(connection, organ_id, name, year)
        if filed is None:
            raise RuntimeError("a filing was not stored")
        return filed


def _last(connection: Connection, column: Column[int]) -> int:
    return connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()


def pack_figures(table: YearTable, disputes: Table4) -> str:
    """The figures as the one text that is kept and digested."""
    return json.dumps(
        {
            "organ": table.organ,
            "year": table.year,
            "form": table.form,
            "requests": {row.code: row.cells for row in table.rows},
            "disputes": {block.value: cells for block, cells in disputes.items()},
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def digest_of(figures: str) -> str:
    return hashlib.sha256(figures.encode("utf-8")).hexdigest()


def read_filing(register: Register, year: int, organ: str | None = None) -> Filing | None:
    """The filing of an organ's year, or None."""
    with register.reading() as connection:
        return read_filing_in(connection, year, organ)


def read_filing_in(connection: Connection, year: int, organ: str | None) -> Filing | None:
    """The same, inside a transaction."""
    organ_id, name = which_organ(connection, organ)
    return _read(connection, organ_id, name, year)


def _read(connection: Connection, organ_id: int, organ: str, year: int) -> Filing | None:
    record = connection.execute(
        select(filings).where(filings.c.organ_id == organ_id, filings.c.year == year)
    ).first()
    if record is None:
        return None
    figures = json.loads(record.figures)
    filed_at = moment.local(record.recorded_at)
    rows = tuple(
        FigureRow(label.code, label.group, label.label, tuple(figures["requests"][label.code]))
        for label in row_labels(record.form)
    )
    return Filing(
        table=YearTable(year, record.form, organ, filed_at, rows),
        disputes={block: tuple(figures["disputes"][block.value]) for block in Block},
        digest=record.digest,
        filed_at=filed_at,
        filed_by=record.recorded_by,
        through_event=record.through_event,
        through_dispute_event=record.through_dispute_event,
    )


def restatements(
    register: Register, year: int, organ: str | None = None
) -> tuple[Restatement, ...]:
    """Every case and dispute whose place in a filed year has changed since, oldest change first.

    Raises:
        NotFound: the year is not filed.
    """
    with register.reading() as connection:
        organ_id, name = which_organ(connection, organ)
        filing = _read(connection, organ_id, name, year)
        if filing is None:
            raise NotFound(f"{name} {year}年的数据还没有封账；请先封账。")
        found = [
            *_moved_cases(connection, name, year, filing.through_event),
            *_moved_disputes(connection, name, year, filing),
        ]
    return tuple(sorted(found, key=lambda moved: (moved.recorded_at, moved.event_id)))


def _moved_cases(
    connection: Connection, organ: str, year: int, through: int
) -> Iterator[Restatement]:
    """Replay each touched case event by event: the event at which its cells change moved it."""
    touched = select(events.c.case_id).where(events.c.id > through)
    query = (
        select(events).where(events.c.case_id.in_(touched)).order_by(events.c.case_id, events.c.id)
    )
    for _, records in groupby(connection.execute(query), key=lambda record: record.case_id):
        recorded = [read_event(record) for record in records]
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
