"""Reviews and suits (行政复议、行政诉讼): recorded as append-only events, counted in table 4."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from db import moment
from db.cases.case_file import find_id, read_events
from db.cases.registering import find_or_add_organ, inserted_id
from db.disputes.organs import case_organs
from db.errors import BadValue, Impossible, NotFound
from db.law.history import Event, effective
from db.law.impossible import EARLIEST
from db.storage.register import Register
from db.storage.schema import cases, dispute_events, disputes, organs
from db.words.text import clean
from db.words.vocabulary import Labelled
from db.year_end.request_table import which_organ


class Block(Labelled):
    """The three blocks of table 4."""

    REVIEW = "review", "行政复议"
    DIRECT_SUIT = "direct_suit", "未经复议直接起诉"
    SUIT_AFTER_REVIEW = "suit_after_review", "复议后起诉"


class Result(Labelled):
    """How a dispute ended; `pending` while it has not."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"
    PENDING = "pending", "尚未审结"


class DisputeEventKind(Labelled):
    """What can happen to a dispute."""

    FILED = "filed", "提起"
    CONCLUDED = "concluded", "审结"
    REOPENED = "reopened", "审结记录作废"
    VOIDED = "voided", "登记作废"


RESULTS = tuple(Result)
_PERSONAL = ("body", "older_case", "reason")


@dataclass(frozen=True, slots=True)
class DisputeEvent:
    """One thing recorded of a dispute."""

    id: int
    kind: DisputeEventKind
    on: date
    recorded_at: datetime
    recorded_by: str
    result: Result | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A review or a suit. `case` is the number of the case it comes from, if the register has it;
    `organ` is then that case's, also when it has been corrected since.

    `after` is the review a suit follows. `co_defendant`: the organ was sued only as the reviewing
    body, and the suit does not count (国办公开办函〔2016〕201号).
    """

    id: int
    organ: str
    case: str | None
    older_case: str | None
    block: Block
    body: str
    filed_on: date
    co_defendant: bool
    after: int | None
    result: Result
    concluded_on: date | None
    voided: bool
    events: tuple[DisputeEvent, ...]

    def counts_in(self, year: int) -> Result | None:
        """Under which result table 4 of a year counts it, if it does."""
        last = date(year, 12, 31)
        if self.voided or self.co_defendant or self.filed_on > last:
            return None
        if self.concluded_on is None or self.concluded_on > last:
            return Result.PENDING
        return self.result if self.concluded_on.year == year else None


def new_dispute(
    register: Register,
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
    older_case = clean(older_case or "", "原申请") or None
    _refuse_day(register, "提起日期", filed_on)
    with register.writing() as connection:
        case_id = None
        if case:
            case_id = find_id(connection, case)
            received = effective(read_events(connection, case_id))[0]
            if filed_on < received.on:
                raise Impossible(f"提起日期{filed_on}早于 {case} 的收到日期{received.on}，请核对。")
            organ_id, _ = find_or_add_organ(connection, received.organ)
        elif organ:
            organ_id, _ = find_or_add_organ(connection, clean(organ, "受理机关"))
        else:
            organ_id, _ = which_organ(connection, None)
        if after is not None:
            _refuse_wrong_review(connection, after, block, filed_on)
        dispute_id = inserted_id(
            connection.execute(insert(disputes).values(organ_id=organ_id, case_id=case_id))
        )
        _append(
            connection,
            register,
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
            _conclude(connection, register, dispute_id, concluded_on, result)
        return find_dispute(connection, dispute_id)


def _refuse_wrong_review(connection: Connection, after: int, block: Block, filed_on: date) -> None:
    review = find_dispute(connection, after)
    if review.block is not Block.REVIEW or block is not Block.SUIT_AFTER_REVIEW:
        raise BadValue("只有“复议后起诉”可以指明一件行政复议。")
    if review.voided or review.concluded_on is None or review.concluded_on > filed_on:
        raise Impossible(f"第{after}号行政复议在{filed_on}尚未审结，不能登记其后的起诉。")


def conclude_dispute(register: Register, dispute_id: int, on: date, result: Result) -> Dispute:
    """Record how a dispute ended.

    Raises:
        NotFound: no such dispute.
        Impossible, BadValue: it has ended already, or the day is refused.
    """
    with register.writing() as connection:
        _conclude(connection, register, dispute_id, on, result)
        return find_dispute(connection, dispute_id)


def _conclude(
    connection: Connection, register: Register, dispute_id: int, on: date, result: Result
) -> None:
    if result is Result.PENDING:
        raise BadValue("请写明结果：结果维持、结果纠正或其他结果。")
    _refuse_day(register, "审结日期", on)
    dispute = find_dispute(connection, dispute_id)
    if dispute.voided:
        raise Impossible(f"第{dispute_id}号争议已登记作废。")
    if dispute.concluded_on is not None:
        raise Impossible(
            f"第{dispute_id}号争议已于{dispute.concluded_on}审结；记错的请先作废审结记录。"
        )
    if on < dispute.filed_on:
        raise Impossible(f"审结日期{on}早于提起日期{dispute.filed_on}，请核对。")
    _append(connection, register, dispute_id, DisputeEventKind.CONCLUDED, on, result=result.value)


def void_dispute(
    register: Register, dispute_id: int, reason: str, *, only_conclusion: bool = False
) -> Dispute:
    """Void a dispute registered in error, or only its conclusion; the record stays.

    Raises:
        NotFound, Impossible, BadValue: as told in the sentence.
    """
    reason = clean(reason, "理由")
    if not reason:
        raise BadValue("作废要写明理由。")
    kind = DisputeEventKind.REOPENED if only_conclusion else DisputeEventKind.VOIDED
    with register.writing() as connection:
        dispute = find_dispute(connection, dispute_id)
        if dispute.voided:
            raise Impossible(f"第{dispute_id}号争议已登记作废。")
        if only_conclusion and dispute.concluded_on is None:
            raise Impossible(f"第{dispute_id}号争议还没有审结记录。")
        today = register.today()
        _append(connection, register, dispute_id, kind, today, reason=reason)
        return find_dispute(connection, dispute_id)


def _refuse_day(register: Register, what: str, day: date) -> None:
    today = register.today()
    if day > today:
        raise Impossible(f"{what}{day}在今天（{today}）之后，还没有发生。")
    if day < EARLIEST:
        raise Impossible(f"{what}{day}过早，请核对年份。")


def _append(
    connection: Connection,
    register: Register,
    dispute_id: int,
    kind: DisputeEventKind,
    on: date,
    **said: Any,
) -> None:
    """`said` are the event's facts; those that are None are left out."""
    told = {name: value for name, value in said.items() if value is not None}
    personal = {name: told.pop(name) for name in _PERSONAL if name in told}
    connection.execute(
        insert(dispute_events).values(
            dispute_id=dispute_id,
            kind=kind,
            occurred_on=on,
            recorded_at=moment.stamp(register.now()),
            recorded_by=register.clerk(),
            facts=json.dumps(told, ensure_ascii=False, sort_keys=True),
            personal=json.dumps(personal, ensure_ascii=False, sort_keys=True),
        )
    )


def find_dispute(connection: Connection, dispute_id: int) -> Dispute:
    """A dispute by its id, inside a transaction.

    Raises:
        NotFound: there is none.
    """
    found = read_disputes(connection, only=dispute_id)
    if not found:
        raise NotFound(f"没有第{dispute_id}号复议或诉讼；请核对序号。")
    return found[0]


def list_disputes(register: Register, case: str | None = None) -> list[Dispute]:
    """Every dispute, or those of a case, oldest first; voided ones too."""
    with register.reading() as connection:
        found = read_disputes(connection)
    return [dispute for dispute in found if case is None or dispute.case == case]


def read_disputes(
    connection: Connection,
    *,
    only: int | None = None,
    recorded_by_then: str | None = None,
) -> list[Dispute]:
    """Every dispute (or one), as recorded up to a moment (a stored stamp)."""
    return [states[-1] for states in _replay(connection, only, recorded_by_then)]


def replay_disputes(connection: Connection) -> list[list[Dispute]]:
    """Every dispute as it stood after its first event, its second, and so on."""
    return _replay(connection)


def _replay(
    connection: Connection, only: int | None = None, recorded_by_then: str | None = None
) -> list[list[Dispute]]:
    query = (
        select(
            dispute_events,
            organs.c.name.label("organ"),
            cases.c.number.label("case_number"),
        )
        .join(disputes, dispute_events.c.dispute_id == disputes.c.id)
        .outerjoin(cases, disputes.c.case_id == cases.c.id)
        .join(organs, organs.c.id == func.coalesce(cases.c.organ_id, disputes.c.organ_id))
        .order_by(dispute_events.c.dispute_id, dispute_events.c.id)
    )
    if only is not None:
        query = query.where(dispute_events.c.dispute_id == only)
    if recorded_by_then is not None:
        query = query.where(dispute_events.c.recorded_at <= recorded_by_then)
    found = connection.execute(query).all()
    then = case_organs(connection, recorded_by_then) if recorded_by_then is not None else {}
    histories = [list(group) for _, group in groupby(found, key=lambda record: record.dispute_id)]
    return [
        [
            _dispute(records[:n], then.get(records[0].case_number))
            for n in range(1, len(records) + 1)
        ]
        for records in histories
    ]


def _dispute(records: Sequence[Row[Any]], organs_then: list[tuple[Event, str]] | None) -> Dispute:
    first = records[0]
    facts, personal = json.loads(first.facts), json.loads(first.personal)
    result, concluded_on, voided = Result.PENDING, None, False
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
        events=tuple(told),
    )
