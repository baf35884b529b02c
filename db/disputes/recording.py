"""Reviews and suits (行政复议、行政诉讼): recorded as append-only events, counted in table 4."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.cases.event_log import read_events
from db.cases.filed_years import filed_years, refuse_change
from db.cases.numbers import find_id
from db.cases.organs import find_or_add_organ, which_organ
from db.disputes.dispute import Block, Dispute, DisputeEventKind, Result
from db.disputes.meanwhile import as_seen
from db.disputes.proceedings import LABELS
from db.disputes.reading import find_dispute
from db.errors import BadValue, Impossible
from db.law.event import plain
from db.law.history import effective
from db.law.impossible import EARLIEST
from db.storage.chain import add_record
from db.storage.schema import dispute_events, disputes
from db.storage.transaction import Transaction
from db.words.text import clean
from db.words.vocabulary import Role

_PERSONAL = ("body", "older_case", "reason", "docket_no")


def new_dispute(
    tx: Transaction,
    block: Block,
    body: str,
    filed_on: date,
    *,
    case: str | None = None,
    older_case: str | None = None,
    organ: str | None = None,
    co_defendant: bool = False,
    after: int | None = None,
    concluded_on: date | None = None,
    result: Result | None = None,
    proceedings: Mapping[str, Any] | None = None,
) -> Dispute:
    """Record a review or suit; it belongs to a case, or stands alone when the case is older.

    One that has ended already is recorded with its conclusion, in the same transaction.

    Raises:
        NotFound: no such case, organ or review.
        Impossible, BadValue: the dates or facts are refused.
    """
    body = clean(body, "受理机关或法院")
    if not body:
        raise BadValue("请写明复议机关或法院。")
    older_case = clean(older_case or "", "登记簿外的申请") or None
    _refuse_day(tx, "提起日期", filed_on)
    case_id = None
    if case:
        case_id = find_id(tx.connection, case)
        received = effective(read_events(tx.connection, case_id))[0]
        if filed_on < received.on:
            raise Impossible(f"提起日期{filed_on}早于 {case} 的收到日期{received.on}，请核对。")
        organ_id, _ = find_or_add_organ(tx, received.organ)
    elif organ:
        organ_id, _ = find_or_add_organ(tx, clean(organ, "受理机关"))
    else:
        organ_id = which_organ(tx.connection, None).id
    if after is not None:
        _refuse_wrong_review(tx.connection, after, block, filed_on)
    dispute_id = add_record(tx.connection, disputes, organ_id=organ_id, case_id=case_id)
    _append(
        tx,
        dispute_id,
        DisputeEventKind.FILED,
        on=filed_on,
        block=block.value,
        co_defendant=co_defendant or None,
        after=after,
        body=body,
        older_case=older_case,
    )
    if concluded_on is not None and result is not None:
        _conclude(tx, dispute_id, concluded_on, result)
    if proceedings:
        _note(tx, dispute_id, proceedings)
    return find_dispute(tx.connection, dispute_id)


def _refuse_wrong_review(connection: Connection, after: int, block: Block, filed_on: date) -> None:
    review = find_dispute(connection, after)
    if review.block is not Block.REVIEW or block is not Block.SUIT_AFTER_REVIEW:
        raise BadValue("只有“复议后起诉”可以指明一件行政复议。")
    if review.voided or review.concluded_on is None or review.concluded_on > filed_on:
        raise Impossible(f"第{after}号行政复议在{filed_on}尚未审结，不能登记其后的起诉。")


def conclude_dispute(
    tx: Transaction,
    dispute_id: int,
    on: date,
    result: Result,
    *,
    ordered_on: date | None = None,
    seen: int | None = None,
) -> Dispute:
    """Record how a dispute ended; `seen` is the version of the dispute that the clerk had in sight.

    `ordered_on` is the day on which its order to answer anew took effect, if it gives one.

    Raises:
        NotFound: no such dispute.
        Impossible, BadValue: it has ended already, or the day is refused.
        DisputeChanged: others have recorded on it since; nothing is stored.
    """
    _conclude(tx, dispute_id, on, result, seen)
    if ordered_on is not None:
        _note(tx, dispute_id, {"ordered_on": ordered_on})
    return find_dispute(tx.connection, dispute_id)


def _conclude(
    tx: Transaction, dispute_id: int, on: date, result: Result, seen: int | None = None
) -> None:
    if result is Result.PENDING:
        raise BadValue("请写明结果：结果维持、结果纠正或其他结果。")
    _refuse_day(tx, "审结日期", on)
    dispute = find_dispute(tx.connection, dispute_id)
    with as_seen(dispute, seen):
        _refuse_voided(dispute)
        if dispute.concluded_on is not None:
            raise Impossible(
                f"第{dispute_id}号争议已于{dispute.concluded_on}审结；记错的请先作废审结记录。"
            )
        if on < dispute.filed_on:
            raise Impossible(f"审结日期{on}早于提起日期{dispute.filed_on}，请核对。")
    _append(tx, dispute_id, DisputeEventKind.CONCLUDED, on, result=result.value)


def note_proceedings(
    tx: Transaction, dispute_id: int, changes: Mapping[str, Any], *, seen: int | None = None
) -> Dispute:
    """Record facts of how a dispute is conducted (`db.disputes.proceedings`); None empties one.

    Raises:
        NotFound: no such dispute.
        Impossible, BadValue: it is voided, nothing changes, or a fact is refused.
        DisputeChanged: others have recorded on it since; nothing is stored.
    """
    _note(tx, dispute_id, changes, seen)
    return find_dispute(tx.connection, dispute_id)


def _note(
    tx: Transaction, dispute_id: int, changes: Mapping[str, Any], seen: int | None = None
) -> None:
    dispute = find_dispute(tx.connection, dispute_id)
    with as_seen(dispute, seen):
        new = _checked_facts(tx, dispute, changes)
    cleared = sorted(name for name, value in new.items() if value is None)
    told = {name: plain(value) for name, value in new.items()}
    _append(tx, dispute_id, DisputeEventKind.NOTED, tx.today, cleared=cleared or None, **told)


def _checked_facts(tx: Transaction, dispute: Dispute, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those that change, as they are stored."""
    _refuse_voided(dispute)
    new: dict[str, Any] = {}
    for name, given in changes.items():
        value = (clean(given, LABELS[name]) or None) if isinstance(given, str) else given
        if value != getattr(dispute.proceedings, name):
            new[name] = value
    if not new:
        raise BadValue("没有任何改动；请先填要补充的一项。")
    for name in ("answered_on", "ordered_on"):
        day = new.get(name)
        if day is not None:
            _refuse_day(tx, LABELS[name], day)
    if new.get("ordered_on") is not None and dispute.result is not Result.CORRECTED:
        raise Impossible("只有结果纠正的复议或诉讼才有重新答复令；请先登记审结，或核对结果。")
    for name in ("answer_by", "answered_on", "hearing_on", "ordered_on"):
        day = new.get(name)
        if day is not None and day < dispute.filed_on:
            raise Impossible(f"{LABELS[name]}{day}早于提起日期{dispute.filed_on}，请核对。")
    return new


def void_dispute(
    tx: Transaction,
    dispute_id: int,
    reason: str,
    *,
    only_conclusion: bool = False,
    seen: int | None = None,
) -> Dispute:
    """Void a dispute registered in error, or only its conclusion; the record stays.

    Raises:
        NotFound, Impossible, BadValue: as told in the sentence.
        DisputeChanged: others have recorded on it since; nothing is stored.
    """
    reason = clean(reason, "理由")
    if not reason:
        raise BadValue("作废要写明理由。")
    kind = DisputeEventKind.REOPENED if only_conclusion else DisputeEventKind.VOIDED
    dispute = find_dispute(tx.connection, dispute_id)
    with as_seen(dispute, seen):
        _refuse_voided(dispute)
        if only_conclusion and dispute.concluded_on is None:
            raise Impossible(f"第{dispute_id}号争议还没有审结记录。")
    today = tx.today
    _append(tx, dispute_id, kind, today, reason=reason)
    return find_dispute(tx.connection, dispute_id)


def _refuse_voided(dispute: Dispute) -> None:
    if dispute.voided:
        raise Impossible(f"第{dispute.id}号争议已作废。")


def _refuse_day(tx: Transaction, what: str, day: date) -> None:
    today = tx.today
    if day > today:
        raise Impossible(f"{what}{day}在今天（{today}）之后，还没有发生。")
    if day < EARLIEST:
        raise Impossible(f"{what}{day}过早，请核对年份。")


def _append(
    tx: Transaction,
    dispute_id: int,
    kind: DisputeEventKind,
    on: date,
    **said: Any,
) -> None:
    """`said` are the event's facts; those that are None are left out."""
    _refuse_filed(tx, dispute_id, kind, on, said)
    facts, personal = packed(said)
    add_record(
        tx.connection,
        dispute_events,
        dispute_id=dispute_id,
        kind=kind,
        occurred_on=on,
        facts=facts,
        personal=personal,
        **tx.signed,
    )


def packed(said: Mapping[str, Any]) -> tuple[str, str]:
    """The facts of an event as they are stored, those that are personal apart."""
    told = {name: value for name, value in said.items() if value is not None}
    personal = {name: told.pop(name) for name in _PERSONAL if name in told}
    return (
        json.dumps(told, ensure_ascii=False, sort_keys=True),
        json.dumps(personal, ensure_ascii=False, sort_keys=True),
    )


def _refuse_filed(
    tx: Transaction, dispute_id: int, kind: DisputeEventKind, on: date, said: Mapping[str, Any]
) -> None:
    """Refuse to change table 4 of a filed year.

    Raises:
        NotAllowed: that year is filed, and the clerk is no 负责人.
    """
    if tx.role.may(Role.SUPERVISOR):
        return
    before = None
    if kind is not DisputeEventKind.FILED:
        before = find_dispute(tx.connection, dispute_id)
        organ_id = which_organ(tx.connection, before.organ).id
    else:
        whose = select(disputes.c.organ_id).where(disputes.c.id == dispute_id)
        organ_id = tx.connection.execute(whose).scalar_one()
    for _, year in filed_years(tx, [organ_id]):
        now = before.counts_in(year) if before else None
        if _then(before, kind, on, said, year) is not now:
            refuse_change(tx, year)


def _then(
    before: Dispute | None, kind: DisputeEventKind, on: date, said: Mapping[str, Any], year: int
) -> Result | None:
    """Under which result table 4 of a year counts a dispute once that is recorded of it."""
    if before is None:
        return Result.PENDING if on.year <= year and not said.get("co_defendant") else None
    match kind:
        case DisputeEventKind.CONCLUDED:
            after = replace(before, result=Result(said["result"]), concluded_on=on)
        case DisputeEventKind.REOPENED:
            after = replace(before, result=Result.PENDING, concluded_on=None)
        case DisputeEventKind.VOIDED:
            after = replace(before, voided=True)
        case _:
            after = before
    return after.counts_in(year)
