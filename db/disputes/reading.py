"""Reading disputes: replayed from their events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, select

from db import moment
from db.cases.event_log import histories
from db.disputes.dispute import Block, Dispute, DisputeEvent, DisputeEventKind, Result
from db.disputes.organs import case_organs
from db.disputes.proceedings import Proceedings
from db.disputes.proceedings import told as noted
from db.errors import NotFound, Unreadable, understood
from db.law.event import Event
from db.law.history import effective, first_conclusion
from db.storage.cutoff import Cutoff
from db.storage.schema import cases, dispute_events, disputes, events, organs
from db.storage.transaction import Transaction
from db.words.vocabulary import EventKind


def find_dispute(connection: Connection, dispute_id: int) -> Dispute:
    """A dispute by its id, inside a transaction.

    Raises:
        NotFound: there is none.
    """
    found = read_disputes(connection, only=dispute_id)
    if not found:
        raise NotFound(f"没有第{dispute_id}号复议或诉讼；请核对序号。")
    return found[0]


def list_disputes(tx: Transaction, case: str | None = None) -> list[Dispute]:
    """Every dispute, or those of a case, oldest first; voided ones too."""
    return read_disputes(tx.connection, case=case)


def read_disputes(
    connection: Connection,
    *,
    only: int | None = None,
    case: str | None = None,
    then: Cutoff | None = None,
) -> list[Dispute]:
    """Every dispute (or one, or those of a case), as recorded by then, else by now."""
    return [_understood(*recorded) for recorded in _recorded(connection, only, case, then)]


def replay_disputes(connection: Connection) -> list[list[Dispute]]:
    """Every dispute as it stood after its first event, its second, and so on."""
    return [
        [_understood(records[:n], organs_then) for n in range(1, len(records) + 1)]
        for records, organs_then in _recorded(connection)
    ]


def _recorded(
    connection: Connection,
    only: int | None = None,
    case: str | None = None,
    then: Cutoff | None = None,
) -> list[tuple[list[Row[Any]], list[tuple[Event, str]] | None]]:
    """The events of each dispute, and the organs that its case has had by then."""
    query = (
        select(
            dispute_events,
            organs.c.name.label("organ"),
            cases.c.number.label("case_number"),
            cases.c.applicant.label("case_applicant"),
        )
        .join(disputes, dispute_events.c.dispute_id == disputes.c.id)
        .outerjoin(cases, disputes.c.case_id == cases.c.id)
        .join(organs, organs.c.id == func.coalesce(cases.c.organ_id, disputes.c.organ_id))
        .order_by(dispute_events.c.dispute_id, dispute_events.c.id)
    )
    if only is not None:
        query = query.where(dispute_events.c.dispute_id == only)
    if case is not None:
        query = query.where(cases.c.number == case)
    if then is not None:
        query = query.where(then.knows_dispute_event())
    found = connection.execute(query).all()
    belonged = case_organs(connection, then) if then is not None else {}
    grouped = [list(group) for _, group in groupby(found, key=lambda record: record.dispute_id)]
    return [(records, belonged.get(records[0].case_number)) for records in grouped]


def _understood(
    records: Sequence[Row[Any]], organs_then: list[tuple[Event, str]] | None
) -> Dispute:
    try:
        return _dispute(records, organs_then)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as fault:
        raise Unreadable(
            f"登记簿里第{records[0].dispute_id}号复议或诉讼的记录已经损坏；"
            "请运行 taizhang verify 查明，从备份恢复。"
        ) from fault


def _dispute(records: Sequence[Row[Any]], organs_then: list[tuple[Event, str]] | None) -> Dispute:
    first = records[0]
    facts, personal = json.loads(first.facts), json.loads(first.personal)
    result, concluded_on, voided = Result.PENDING, None, False
    proceedings = Proceedings()
    told: list[DisputeEvent] = []
    for record in records:
        kind = DisputeEventKind(record.kind)
        said = json.loads(record.facts).get("result")
        if kind is DisputeEventKind.CONCLUDED:
            result, concluded_on = Result(said), record.occurred_on
        elif kind is DisputeEventKind.REOPENED:
            result, concluded_on = Result.PENDING, None
        elif kind is DisputeEventKind.VOIDED:
            voided = True
        elif kind is DisputeEventKind.NOTED:
            proceedings = noted(proceedings, json.loads(record.facts), json.loads(record.personal))
        told.append(
            DisputeEvent(
                record.id,
                kind,
                record.occurred_on,
                moment.local(record.recorded_at),
                record.recorded_by,
                Result(said) if said else None,
                json.loads(record.personal).get("reason"),
            )
        )
    return Dispute(
        id=first.dispute_id,
        organ=organs_then[-1][1] if organs_then else first.organ,
        case=first.case_number,
        older_case=personal.get("older_case"),
        block=Block(facts["block"]),
        body=personal["body"],
        filed_on=first.occurred_on,
        co_defendant=bool(facts.get("co_defendant")),
        after=facts.get("after"),
        result=result,
        concluded_on=concluded_on,
        voided=voided,
        proceedings=proceedings,
        applicant=first.case_applicant,
        events=tuple(told),
    )


def awaiting_new_answer(tx: Transaction, known: Sequence[Dispute] | None = None) -> list[Dispute]:
    """Disputes that corrected the office's answer whose case has no 重新答复 since.

    `known` are all disputes, where they have been read already.
    """
    lost = [
        dispute
        for dispute in (read_disputes(tx.connection) if known is None else known)
        if not dispute.voided and dispute.result is Result.CORRECTED and dispute.case
    ]
    chosen = select(cases.c.id).where(cases.c.number.in_({dispute.case for dispute in lost}))
    told = {
        history[0].number: history
        for _, recorded in histories(tx.connection, events.c.case_id.in_(chosen))
        if (history := effective(recorded))
    }
    with understood("一件有复议或诉讼的申请"):  # what has no records is not among the histories
        return [dispute for dispute in lost if not answered_anew(dispute, told[dispute.case])]


def answered_anew(dispute: Dispute, history: Sequence[Event]) -> bool:
    """Whether the case was answered again since; one that was never answered need not be."""
    since = dispute.concluded_on or history[0].on
    anew = (event.kind is EventKind.REDECIDED and event.on >= since for event in history)
    return first_conclusion(history) is None or any(anew)
