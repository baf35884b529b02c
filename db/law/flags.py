"""违规提示: what the law forbids and yet happened. Derived from the history, never stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.calendar.workdays import WorkCalendar
from db.law.anew import ANEW_ARTICLE, IN_FORCE, anew
from db.law.clock import Standing, read_clock, stand
from db.law.event import Event
from db.law.periods import CLARIFICATION_DAYS, EXTENSION_LIMIT, PARTY_DAYS
from db.law.waiting import Waiting, untold_parties
from db.words.outcomes import PUBLISHED
from db.words.vocabulary import Delivery, EventKind, PartyKind, State


@dataclass(frozen=True, slots=True)
class Flag:
    """One breach: a stable rule id, the Regulation's article, and a sentence."""

    rule: str
    article: str
    text: str


def flags(
    history: Sequence[Event], standing: Standing, calendar: WorkCalendar, today: date
) -> tuple[Flag, ...]:
    """Every breach in an effective history, in the order it happened.

    A cancelled case has none: it was registered in error.
    """
    if standing.state is State.CANCELLED:
        return ()
    return (
        *_clarification(history, calendar),
        *_extension(history, calendar),
        *_consultation(history, calendar),
        *_objection(history),
        *_fees(history, calendar),
        *_answer(history, standing, calendar, today),
        *_delivery(history),
        *_new_answer(history, calendar),
    )


def _clarification(history: Sequence[Event], calendar: WorkCalendar) -> Iterator[Flag]:
    received = history[0].on
    notices = [e for e in history if e.kind is EventKind.CLARIFICATION_REQUESTED]
    if notices:
        used = calendar.count(received, notices[0].on)
        if used > CLARIFICATION_DAYS:
            yield Flag(
                "clarification_late",
                "第三十条",
                f"{notices[0].on}告知补正，是收到申请后第{used}个工作日，"
                f"超过{CLARIFICATION_DAYS}个工作日。",
            )
    for repeated in notices[1:]:
        yield Flag(
            "clarification_repeated", "第三十条", f"{repeated.on}再次告知补正；补正只能告知一次。"
        )
    waiting = Waiting()
    for event in history:
        if event.kind is EventKind.CLARIFICATION_RECEIVED and not waiting.asked:
            yield Flag(
                "clarification_unasked",
                "第三十条",
                f"{event.on}收到补正，但没有登记补正告知；期限仍从该日重新计算。",
            )
        waiting.read(event)


def _extension(history: Sequence[Event], calendar: WorkCalendar) -> Iterator[Flag]:
    total = 0
    for place, event in enumerate(history):
        if event.kind in (EventKind.CLARIFICATION_RECEIVED, EventKind.FEE_PAID):
            total = 0
        if event.kind is not EventKind.EXTENDED:
            continue
        due = stand(history[:place], calendar).due_on
        if due is not None and event.on > due:
            yield Flag("extension_late", "第三十三条", f"{event.on}延期时，答复期限{due}已经届满。")
        total += event.days or 0
        if total > EXTENSION_LIMIT:
            yield Flag(
                "extension_excessive",
                "第三十三条",
                f"延期合计{total}个工作日，超过{EXTENSION_LIMIT}个；只按{EXTENSION_LIMIT}个计算。",
            )


def _consultation(history: Sequence[Event], calendar: WorkCalendar) -> Iterator[Flag]:
    for event in history:
        if event.kind is not EventKind.CONSULTATION_STARTED or event.reply_by is None:
            continue
        if event.party_kind is PartyKind.AGENCY:
            continue
        given = calendar.count(event.on, event.reply_by)
        if given != PARTY_DAYS:
            less = "少" if given < PARTY_DAYS else "多"
            yield Flag(
                "consultation_period",
                "第三十二条",
                f"{event.on}征求第三方意见，给了{given}个工作日，{less}于{PARTY_DAYS}个工作日。",
            )


def _objection(history: Sequence[Event]) -> Iterator[Flag]:
    """What is published over an objection, and its party has not been told (Regulation 32)."""
    published = next((e for e in history if e.outcome in PUBLISHED), None)
    if published is None:
        return
    for asked in untold_parties(history):
        yield Flag(
            "party_untold",
            "第三十二条",
            f"{asked.on}征求意见的第三方不同意公开，仍于{published.on}公开，没有登记“告知第三方”。",
        )


def _fees(history: Sequence[Event], calendar: WorkCalendar) -> Iterator[Flag]:
    for place, event in enumerate(history):
        if event.kind is not EventKind.FEE_NOTIFIED:
            continue
        due = stand(history[:place], calendar).due_on
        if due is not None and event.on > due:
            yield Flag(
                "fee_late",
                "国办函〔2020〕109号",
                f"{event.on}通知收费时，答复期限{due}已经届满；收费通知应在办理期限内作出。",
            )
    bases = {e.basis for e in history if e.kind is EventKind.FEE_NOTIFIED and e.basis is not None}
    if len(bases) > 1:
        yield Flag(
            "fee_both_bases", "国办函〔2020〕109号", "同一件申请既按件又按量计费；只能选一种。"
        )


def _answer(
    history: Sequence[Event], standing: Standing, calendar: WorkCalendar, today: date
) -> Iterator[Flag]:
    clock = read_clock(standing, calendar, today)
    if clock.overdue and standing.due_on is not None:
        late = calendar.count(standing.due_on, standing.concluded_on or today)
        if standing.concluded_on is not None:
            yield Flag(
                "answered_late",
                "第三十三条",
                f"答复期限{standing.due_on}，{standing.concluded_on}才答复，超期{late}个工作日。",
            )
        else:
            yield Flag(
                "unanswered",
                "第三十三条",
                f"答复期限{standing.due_on}已过，尚未答复，已超期{late}个工作日。",
            )
    kinds = {event.kind for event in history}
    if standing.outcome == "3.5.4" and EventKind.REASONS_REQUESTED not in kinds:
        yield Flag(
            "reasons_not_requested",
            "第三十五条",
            "以“无正当理由大量反复申请”不予处理，但没有登记“要求说明理由”。",
        )


def _delivery(history: Sequence[Event]) -> Iterator[Flag]:
    """An answer signed for on another day than the one it is recorded of, where that day counts."""
    for event in history:
        handed = event.delivery in (Delivery.HANDED, Delivery.ENTRUSTED)
        if handed and event.signed_on not in (None, event.on):
            yield Flag(
                "signed_another_day",
                "国办公开办函〔2016〕235号",
                f"{event.kind.label}登记在{event.on}，{event.signed_on}签收；"
                "当面、委托送达的以签收之日为准，请更正日期。",
            )


def _new_answer(history: Sequence[Event], calendar: WorkCalendar) -> Iterator[Flag]:
    for event in history:
        if event.kind is not EventKind.REDECIDED or event.ordered_on is None:
            continue
        due = anew(event.ordered_on, calendar).due_on
        if event.ordered_on >= IN_FORCE and event.on > due:
            yield Flag(
                "redecided_late",
                ANEW_ARTICLE,
                f"重新答复令{event.ordered_on}生效，应于{due}前重新答复，{event.on}才重新答复，"
                f"超期{calendar.count(due, event.on)}个工作日。",
            )
