"""A due date explained day by day (DOMAIN, section 4, rule 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.calendar.workdays import DayKind, WorkCalendar
from db.law.anew import ANEW_ARTICLE, anew
from db.law.clock import stand
from db.law.event import Event
from db.law.waiting import (
    AGREES_BY_SILENCE,
    Consultations,
    Waiting,
    agrees_by_silence,
    party_name,
)
from db.words.vocabulary import EventKind, State


@dataclass(frozen=True, slots=True)
class TraceDay:
    """One day of a due date's explanation; `day` is n of 20, or None when it does not count."""

    date: date
    counts: bool
    day: int | None
    why: str


def trace(history: Sequence[Event], calendar: WorkCalendar, today: date) -> tuple[TraceDay, ...]:
    """Every day from receipt to the due date (or to the end, or to today), and why it counts.

    Walks the days one by one, so that it also serves as the slow proof of `stand`.
    """
    return tuple(_walk(history, calendar, today))


def _walk(history: Sequence[Event], calendar: WorkCalendar, today: date) -> Iterator[TraceDay]:
    standing = stand(history, calendar)
    end = max(standing.due_on or today, standing.concluded_on or standing.received_on)
    if standing.concluded_on is not None and standing.due_on is None:
        end = standing.concluded_on
    elif standing.state is State.CANCELLED:
        end = history[-1].on
    by_day: dict[date, list[Event]] = {}
    for event in history:
        by_day.setdefault(event.on, []).append(event)
    waiting = Waiting()
    counted = 0
    day = standing.received_on
    while day <= end:
        here = by_day.get(day, [])
        why = ""
        counts = False
        if day > standing.received_on:
            why = _why_not(calendar, day, waiting)
            counts = not why
            counted += counts
        news: list[str] = []
        for event in here:
            waiting.read(event)
            match event.kind:
                case EventKind.RECEIVED:
                    news.append("收到申请，次日起算（第三十三条）")
                case EventKind.CLARIFICATION_REQUESTED:
                    news.append("告知补正，自次日起中止计算期限（第三十条）")
                case EventKind.CLARIFICATION_RECEIVED:
                    counted, counts = 0, False
                    news.append("收到补正，自次日起重新计算（第三十条）")
                case EventKind.FEE_NOTIFIED:
                    news.append("收费通知，自次日起中止计算期限（国办函〔2020〕109号）")
                case EventKind.FEE_PAID:
                    counted, counts = 0, False
                    news.append("已缴费，自次日起重新计算（国办函〔2020〕109号）")
                case EventKind.CONSULTATION_STARTED:
                    news.append("开始征求意见，自次日起不计入（第三十三条）")
                case EventKind.CONSULTATION_ENDED:
                    silent = agrees_by_silence(waiting.returned_to, event)
                    news.append(_returned(event, waiting.consultations, silent=silent))
                case EventKind.PARTY_TOLD:
                    news.append("告知第三方（第三十二条），不影响期限")
                case EventKind.EXTENDED:
                    news.append(f"延期{event.days}个工作日（第三十三条）")
                case EventKind.DELAY_SET:
                    news.append(f"确定延迟答复期限为{event.due}（第三十五条）")
                case kind if kind.concludes:
                    news.append(f"{kind.label}，办结")
                case _:
                    pass
        if day == standing.due_on:
            news.append("答复期限届满之日")
        reason = why or (_counted(calendar, day, counted) if counts else "")
        yield TraceDay(
            day, counts, counted if counts else None, "；".join(filter(None, [reason, *news]))
        )
        day += timedelta(days=1)


def trace_anew(ordered_on: date, calendar: WorkCalendar) -> tuple[TraceDay, ...]:
    """Every day of an order to answer anew, from the one on which it took effect to the last."""
    due = anew(ordered_on, calendar).due_on
    days = [TraceDay(ordered_on, False, None, f"重新答复令生效，次日起算（{ANEW_ARTICLE}）")]
    counted = 0
    day = ordered_on
    while day < due:
        day += timedelta(days=1)
        why = _why_not(calendar, day, Waiting())
        counted += not why
        said = why or _counted(calendar, day, counted)
        if day == due:
            said += "；重新答复期限届满之日"
        days.append(TraceDay(day, not why, None if why else counted, said))
    return tuple(days)


def _counted(calendar: WorkCalendar, day: date, number: int) -> str:
    made_up = calendar.kind_of(day) is DayKind.MAKE_UP
    return f"第{number}个工作日" + (f"（{calendar.name_of(day)}调休上班）" if made_up else "")


def _returned(returned: Event, left: Consultations, *, silent: bool) -> str:
    """What the return of an opinion does, now that some may still be out."""
    said = f"{returned.party}意见返回" if returned.party else "意见返回"
    if silent:
        said += f"：{AGREES_BY_SILENCE}"
    if left.out:
        waiting = "、".join(map(party_name, left.out))
        return f"{said}，{waiting}尚未返回，仍不计（第三十三条）"
    return f"{said}，次日起计（第三十三条）"


def _why_not(calendar: WorkCalendar, day: date, waiting: Waiting) -> str:
    kind = calendar.kind_of(day)
    if kind is DayKind.WEEKEND:
        return "周末"
    if kind is DayKind.HOLIDAY:
        return f"{calendar.name_of(day)}放假"
    if waiting.asked:
        return "待补正，不计（第三十条）"
    if waiting.billed:
        return "待缴费，不计（国办函〔2020〕109号）"
    if waiting.consultations.out:
        return "征求意见，不计（第三十三条）"
    return ""
