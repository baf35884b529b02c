"""期限: where a case stands, and how its due date came about: as a sum, then day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.calendar.dates import dated
from db.law.anew import ANEW_ARTICLE
from db.law.clock import Clock, Standing, stand
from db.law.event import Event
from db.law.own_period import OWN_PERIOD, own_period
from db.law.periods import ANSWER_DAYS
from db.law.trace import TraceDay, trace, trace_anew
from db.law.waiting import missing_replies
from db.words.text import one_line
from db.words.vocabulary import EventKind, State
from tui.text.cells import fit, plain_quotes
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.disputes.orders import Order

_LABEL = 27

_RESETS = {
    EventKind.CLARIFICATION_RECEIVED: "收到补正，重新起算（第三十条）",
    EventKind.FEE_PAID: "已缴费，重新起算（国办函〔2020〕109号）",
}

_PAUSED = {
    State.AWAITING_CLARIFICATION: "待补正，收到补正后重新起算（第三十条）",
    State.CONSULTING: "征求意见中，意见返回后继续计算（第三十三条）",
    State.AWAITING_PAYMENT: "待缴费，缴费后重新起算（国办函〔2020〕109号）",
    State.CANCELLED: "已作废，没有期限",
    State.CONCLUDED: "办结时期限停止计算",
}


def standing_parts(standing: Standing, clock: Clock, history: Sequence[Event]) -> list[Part]:
    """State, day n of 20, due date, days left: the first thing a clerk looks for, in one line."""
    parts: list[Part] = [(standing.state.label, "bold $accent")]
    if standing.state is State.CANCELLED:
        return parts
    if standing.state is State.CONCLUDED:
        parts.append(f"   用时 {clock.days_used} 个工作日")
    elif own_period(history):
        parts.append(f"   {OWN_PERIOD}")
    else:
        parts.append(f"   第 {clock.days_used} 个工作日 / {standing.allowed}")
    if standing.due_on is not None:
        over = standing.state is State.CONCLUDED  # then the day it ended is the one to read
        parts.append(f"   期限 {standing.due_on if over else dated(standing.due_on)}")
        if standing.provisional:
            parts.append((" 暂定", "bold $warning"))
    elif not standing.state.ended:
        parts.append(("   期限暂停计算", "$warning"))
    if standing.reply_by is not None:
        what = "缴费" if standing.state is State.AWAITING_PAYMENT else "补正"
        parts.append(f"   {what}期限 {dated(standing.reply_by)}")
    if standing.state is State.CONCLUDED and standing.concluded_on is not None:
        parts.append(f"   办结 {dated(standing.concluded_on)}")
        if clock.overdue:
            parts.append(("   超期办结", "bold $error"))
    elif clock.overdue and clock.days_left is not None:
        parts.append((f"   已超期 {-clock.days_left} 个工作日", "bold $error"))
    elif clock.days_left is not None:
        parts.append(f"   剩余 {clock.days_left}")
    return parts


def missing_parts(history: Sequence[Event], calendar: WorkCalendar) -> list[Part]:
    """Whose reply to a consultation is missing, in a line of its own; nothing once all is over."""
    missing = missing_replies(history, calendar)
    if not missing or stand(history, calendar).state.ended:
        return []
    return [("\n意见未返回  ", "$warning"), "、".join(map(one_line, missing))]


def order_parts(orders: Sequence[Order]) -> list[Part]:
    """What the case was ordered to answer anew, a line an order."""
    from db.disputes.orders import order_words

    return [
        part
        for order in orders
        for part in ("\n", (order_words(order), "bold $error" if order.late else ""))
    ]


def arithmetic_parts(history: Sequence[Event], calendar: WorkCalendar) -> list[Part]:
    """Day 0, the days allowed, the days skipped, and the due date they add up to."""
    standing = stand(history, calendar)
    since, began = _beginning(history, standing)
    rows = [("第0日", f"{dated(standing.counts_from)}  {began}")]
    extended = standing.allowed - ANSWER_DAYS
    allowed = f"{ANSWER_DAYS} 个工作日（第三十三条）"
    if extended:
        allowed = f"{ANSWER_DAYS} + 延期 {extended} = {standing.allowed} 个工作日（第三十三条）"
    rows.append(("答复时限", allowed))
    rows += _skipped(standing, calendar)
    delay = next((e for e in reversed(since) if e.kind is EventKind.DELAY_SET), None)
    if delay is not None and delay.due is not None:
        rows.append(("延迟答复期限", f"{dated(delay.due)}（第三十五条），以此为准"))
    if standing.due_on is not None:
        said = dated(standing.due_on) + ("  暂定" if standing.provisional else "")
        rows.append(("答复期限", said))
    else:
        rows.append(("答复期限", _PAUSED.get(standing.state, "暂停计算")))
    parts: list[Part] = []
    for label, said in rows:
        last = label == "答复期限"
        parts += [(fit(label, _LABEL), "$quiet"), (said, "bold" if last else ""), "\n"]
    parts.append("\n")
    return parts


def _beginning(history: Sequence[Event], standing: Standing) -> tuple[Sequence[Event], str]:
    """The events since the running count began, and why it began."""
    for place in range(len(history) - 1, -1, -1):
        if history[place].kind in _RESETS:
            return history[place:], _RESETS[history[place].kind]
    return history, "收到申请之日，次日起算（第三十三条）"


def _skipped(standing: Standing, calendar: WorkCalendar) -> list[tuple[str, str]]:
    """Each consultation that moved the due date, with the working days it took."""
    rows: list[tuple[str, str]] = []
    for after, until in standing.skipped:
        first = max(after, standing.counts_from)
        days = calendar.count(first, until)
        if days and (standing.due_on is None or first < standing.due_on):
            rows.append(("征求意见不计", f"{days} 个工作日（{after} 次日至 {until}，第三十三条）"))
    return rows


def trace_parts(history: Sequence[Event], calendar: WorkCalendar, today: date) -> list[Part]:
    """期限说明, a line a day."""
    return _day_parts(trace(history, calendar, today))


def anew_parts(orders: Sequence[Order], calendar: WorkCalendar) -> list[Part]:
    """The same of each order to answer anew, which leaves the first clock as it is."""
    parts: list[Part] = []
    for order in orders:
        parts.append((f"\n重新答复期限（{ANEW_ARTICLE}），不影响上面的答复期限\n", "bold"))
        parts += _day_parts(trace_anew(order.ordered_on, calendar))
    return parts


def _day_parts(days: Sequence[TraceDay]) -> list[Part]:
    parts: list[Part] = []
    for day in days:
        count = f"{day.day:>3}" if day.counts else "  -"
        look = "" if day.counts else "$quiet"
        parts.append((f"{dated(day.date)}  {count}  {plain_quotes(day.why)}\n", look))
    return parts
