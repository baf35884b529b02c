"""What cannot have happened, and so is refused; what the law forbids is merely flagged.

DOMAIN: "only the impossible is refused (an event before receipt, after the end, on a date in the
future, a second conclusion)".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import BadValue, Impossible, RegisterError
from db.law.event import Event
from db.words.outcomes import OUTCOME_BY_CODE, PARTIAL_CODE
from db.words.vocabulary import EventKind

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)

AFTER_THE_END = (
    EventKind.REDECIDED,
    EventKind.PARTY_TOLD,
    EventKind.ATTACHED,
    EventKind.NOTE,
    EventKind.CANCELLED,
)
"""What may happen to a case that has ended; `corrected` is no part of an effective history."""
AFTER_CANCELLATION = (EventKind.NOTE, EventKind.ATTACHED)
"""What may be recorded on a cancelled case, for whatever day."""

_ONE_RECEIPT = "一件申请只能有一次“收到”；要作废整件，请用“作废登记”。"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a history cannot be: the event, the fact of it that is at fault, and the sentence.

    `fact` is a name of `db.law.event.FACTS`, or `on`.
    """

    event: Event
    fact: str
    error: RegisterError


def refuse_impossible(history: Sequence[Event], today: date) -> None:
    """Raise `Impossible` when the effective history holds what cannot have happened.

    `history` is in the order of `effective`. Days of events may not lie after `today`.
    """
    if all(event.kind is not EventKind.RECEIVED for event in history):
        raise Impossible(_ONE_RECEIPT)
    for refusal in refusals(history, today):
        raise refusal.error


def refusals(history: Sequence[Event], today: date) -> Iterator[Refusal]:
    """Everything in an effective history, with a receipt, that cannot have happened.

    An event on a day that is refused ends nothing, and is not held against the others. One that
    is not recorded yet (without an id) comes too late once a cancellation is, whatever its day.
    """
    received = next(event for event in history if event.kind is EventKind.RECEIVED)
    closed = next((e for e in history if e.kind is EventKind.CANCELLED and e.id), None)
    ended: Event | None = None
    cancelled: Event | None = None
    for event in history:
        if event.kind is EventKind.RECEIVED and event is not received:
            yield Refusal(event, "on", Impossible(_ONE_RECEIPT))
        wrong = [
            *(("on", Impossible(why)) for why in _wrong_day(event, received, today)),
            *((fact, Impossible(why)) for fact, why in _wrong_limits(event)),
            *((fact, Impossible(why)) for fact, why in _wrong_answer(event, received, today)),
            *((fact, BadValue(why)) for fact, why in _missing(event)),
        ]
        yield from (Refusal(event, fact, error) for fact, error in wrong)
        if wrong and wrong[0][0] == "on":
            continue
        why = _out_of_turn(event, ended, cancelled if event.id else closed or cancelled)
        if why:
            yield Refusal(event, "on", Impossible(why))
        elif event.kind is EventKind.CANCELLED:
            cancelled = event
        elif event.kind.concludes:
            ended = event


def _wrong_day(event: Event, received: Event, today: date) -> Iterator[str]:
    what = event.kind.label
    if event.on > today:
        yield f"“{what}”的日期{event.on}在今天（{today}）之后，还没有发生。"
    elif event.on < EARLIEST:
        yield f"“{what}”的日期{event.on}过早，请核对年份。"
    elif event.on < received.on:
        yield f"“{what}”的日期{event.on}早于收到申请之日{received.on}，请核对。"


def _wrong_limits(event: Event) -> Iterator[tuple[str, str]]:
    what = event.kind.label
    for fact, name in (("reply_by", "限期"), ("due", "新答复期限"), ("pay_by", "缴费期限")):
        day = getattr(event, fact)
        if day is not None and day < event.on:
            yield fact, f"“{what}”的{name}{day}早于其日期{event.on}，请核对。"
        elif day is not None and day > LATEST:
            yield fact, f"“{what}”的{name}{day}过远，请核对年份。"
    day = event.submitted_on
    if day is not None and day > event.on:
        yield "submitted_on", f"提交日期{day}晚于收到申请之日{event.on}，请核对。"
    elif day is not None and day < EARLIEST:
        yield "submitted_on", f"提交日期{day}过早，请核对年份。"


def _wrong_answer(event: Event, received: Event, today: date) -> Iterator[tuple[str, str]]:
    """What cannot be of an answer's days, and of the part it withholds."""
    what = event.kind.label
    day = event.signed_on
    if day is not None and day < event.on:
        yield "signed_on", f"“{what}”的签收日期{day}早于其日期{event.on}，请核对。"
    elif day is not None and day > today:
        yield "signed_on", f"签收日期{day}在今天（{today}）之后，还没有发生。"
    day = event.ordered_on
    if day is not None and day > event.on:
        yield "ordered_on", f"“{what}”的重新答复令生效日期{day}晚于其日期{event.on}，请核对。"
    elif day is not None and day < received.on:
        yield (
            "ordered_on",
            f"“{what}”的重新答复令生效日期{day}早于收到申请之日{received.on}，请核对。",
        )
    if event.withheld and event.outcome != PARTIAL_CODE:
        yield "withheld", "只有部分公开（3.2）才写不公开部分的理由；请更正办理结果，或去掉这一项。"


def _out_of_turn(event: Event, ended: Event | None, cancelled: Event | None) -> str:
    """Why an event cannot follow the end of its case; empty when it can, or there was none."""
    if event.kind is EventKind.CANCELLED:
        return f"本件已于{cancelled.on}作废，不能再次作废。" if cancelled else ""
    if cancelled and event.kind not in AFTER_CANCELLATION:
        return (
            f"本件已于{cancelled.on}作废，不能再登记{event.on}的“{event.kind.label}”；"
            "此后只能登记备注、附卷或更正。"
        )
    if ended and event.kind.concludes:
        return (
            f"本件已于{ended.on}{ended.kind.label}办结，不能第二次办结；"
            "复议或判决后重新答复的，请登记“重新答复”；原答复记错的，请用“更正”。"
        )
    if ended and event.kind not in AFTER_THE_END:
        return (
            f"本件已于{ended.on}办结，其后不能再有{event.on}的“{event.kind.label}”；"
            "请核对日期，或先更正答复。"
        )
    if event.kind is EventKind.REDECIDED and not ended:
        return "本件尚未答复，不能登记“重新答复”；请登记“答复”。"
    return ""


def _missing(event: Event) -> Iterator[tuple[str, str]]:
    """What an event of its kind must say and does not, or says in vain."""
    if event.kind in (EventKind.DECIDED, EventKind.REDECIDED):
        if not event.outcome:
            yield "outcome", f"“{event.kind.label}”要写明办理结果，例如 3.1 或“予以公开”。"
        elif event.outcome not in OUTCOME_BY_CODE:
            yield "outcome", f"没有办理结果“{event.outcome}”；请用表中的编号，例如 3.3.4。"
    elif event.kind is EventKind.EXTENDED:
        if event.days is None:
            yield "days", "“延期”要写明延长几个工作日（最多20）。"
        elif not 1 <= event.days <= 999:
            yield "days", f"延期工作日应为1以上的整数，不能是{event.days}。"
    elif event.kind is EventKind.DELAY_SET and event.due is None:
        yield "due", "“确定延迟答复期限”要写明新的答复期限。"
    elif event.kind is EventKind.CANCELLED and not event.note:
        yield "note", "“作废登记”要在备注里写明理由。"
    elif event.kind is EventKind.NOTE and not event.note:
        yield "note", "备注是空的；请写明内容。"
    elif event.kind is EventKind.ASSIGNED and not (event.unit or event.officer):
        yield "unit", "“转承办”要写明承办科室或承办人。"
    if event.amount is not None and event.amount < 0:
        yield "amount", "金额不能为负。"
