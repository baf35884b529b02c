"""What cannot have happened, and so is refused; what the law forbids is merely flagged.

DOMAIN: "only the impossible is refused (an event before receipt, after the end, on a date in the
future, a second conclusion)".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.errors import BadValue, Impossible
from db.history import Event
from db.vocabulary import OUTCOME_BY_CODE, EventKind

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)

_AFTER_THE_END = (EventKind.NOTE, EventKind.REDECIDED, EventKind.CANCELLED)
_AFTER_CANCELLATION = (EventKind.NOTE,)


def refuse_impossible(history: Sequence[Event], today: date) -> None:
    """Raise `Impossible` when the effective history holds what cannot have happened.

    `history` is in the order of `effective`. Days of events may not lie after `today`.
    """
    receipts = [event for event in history if event.kind is EventKind.RECEIVED]
    if len(receipts) != 1:
        raise Impossible("一件申请只能有一次“收到”；要作废整件，请用“登记作废”。")
    received = receipts[0]
    ended: Event | None = None
    cancelled: Event | None = None
    for event in history:
        _refuse_date(event, received, today)
        _refuse_missing(event)
        if event.kind is EventKind.CANCELLED:
            if cancelled:
                raise Impossible(f"本件已于{cancelled.on}登记作废，不能再次作废。")
            cancelled = event
        elif cancelled and event.kind not in _AFTER_CANCELLATION:
            raise Impossible(
                f"本件已于{cancelled.on}登记作废，不能再登记{event.on}的“{event.kind.label}”。"
            )
        elif event.kind.concludes:
            if ended:
                raise Impossible(
                    f"本件已于{ended.on}{ended.kind.label}办结，不能第二次办结；"
                    "复议或判决后重新答复的，请登记“重新答复”；原答复记错的，请用“更正”。"
                )
            ended = event
        elif ended and event.kind not in _AFTER_THE_END:
            raise Impossible(
                f"本件已于{ended.on}办结，其后不能再有{event.on}的“{event.kind.label}”；"
                "请核对日期，或先更正答复。"
            )
        elif event.kind is EventKind.REDECIDED and not ended:
            raise Impossible("本件尚未答复，不能登记“重新答复”；请登记“答复”。")


def _refuse_date(event: Event, received: Event, today: date) -> None:
    what = event.kind.label
    if event.on > today:
        raise Impossible(f"“{what}”的日期{event.on}在今天（{today}）之后，还没有发生。")
    if event.on < EARLIEST:
        raise Impossible(f"“{what}”的日期{event.on}过早，请核对年份。")
    if event.on < received.on:
        raise Impossible(f"“{what}”的日期{event.on}早于收到申请之日{received.on}，请核对。")
    for name, day in (
        ("限期", event.reply_by),
        ("新答复期限", event.due),
        ("缴费期限", event.pay_by),
    ):
        if day is not None and day < event.on:
            raise Impossible(f"“{what}”的{name}{day}早于其日期{event.on}，请核对。")
        if day is not None and day > LATEST:
            raise Impossible(f"“{what}”的{name}{day}过远，请核对年份。")
    if event.submitted_on is not None:
        if event.submitted_on > event.on:
            raise Impossible(f"提交日期{event.submitted_on}晚于收到申请之日{event.on}，请核对。")
        if event.submitted_on < EARLIEST:
            raise Impossible(f"提交日期{event.submitted_on}过早，请核对年份。")


def _refuse_missing(event: Event) -> None:
    if event.kind in (EventKind.DECIDED, EventKind.REDECIDED):
        if not event.outcome:
            raise BadValue(f"“{event.kind.label}”要写明办理结果，例如 3.1 或“予以公开”。")
        if event.outcome not in OUTCOME_BY_CODE:
            raise BadValue(f"没有办理结果“{event.outcome}”；请用表中的编号，例如 3.3.4。")
    elif event.kind is EventKind.EXTENDED:
        if event.days is None:
            raise BadValue("“延期”要写明延长几个工作日（最多20）。")
        if not 1 <= event.days <= 999:
            raise BadValue(f"延期工作日应为1以上的整数，不能是{event.days}。")
    elif event.kind is EventKind.DELAY_SET and event.due is None:
        raise BadValue("“确定延迟答复期限”要写明新的答复期限。")
    elif event.kind is EventKind.CANCELLED and not event.note:
        raise BadValue("“登记作废”要在备注里写明理由。")
    elif event.kind is EventKind.NOTE and not event.note:
        raise BadValue("备注是空的；请写明内容。")
    elif event.kind is EventKind.ASSIGNED and not (event.unit or event.officer):
        raise BadValue("“转承办”要写明承办科室或承办人。")
    if event.amount is not None and event.amount < 0:
        raise BadValue("金额不能为负。")
