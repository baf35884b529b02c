"""Which letters can be written on a case, of which event each is, and what each needs besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.law.articles import ELSEWHERE, PUBLISHED, finer_ground
from db.law.event import Event
from db.words.letters import LetterKind
from db.words.outcomes import parse_withheld
from db.words.vocabulary import EventKind, PartyKind

_OF_EVENT: Mapping[EventKind, tuple[LetterKind, ...]] = {
    EventKind.RECEIVED: (LetterKind.RECEIPT,),
    EventKind.CLARIFICATION_REQUESTED: (LetterKind.CLARIFICATION,),
    EventKind.EXTENDED: (LetterKind.EXTENSION,),
    EventKind.DELAY_SET: (LetterKind.DELAY,),
    EventKind.REASONS_REQUESTED: (LetterKind.REASONS,),
    EventKind.FEE_NOTIFIED: (LetterKind.FEE,),
    EventKind.DECIDED: (LetterKind.ANSWER,),
    EventKind.REDECIDED: (LetterKind.ANSWER,),
    EventKind.PARTY_TOLD: (LetterKind.PARTY_TOLD,),
}
_APPROVED = (EventKind.EXTENDED, EventKind.DECIDED, EventKind.REDECIDED)
"""What a superior approves; before there is any, the sheet is of the receipt."""
_RANK: Mapping[LetterKind, int] = {
    LetterKind.APPROVAL: 1,
    LetterKind.DELIVERY: 2,
    LetterKind.COVER: 3,
}


@dataclass(frozen=True, slots=True)
class Writable:
    """A letter that can be written: of which event, and which one of its kind on the case.

    `nth` counts those of its kind in the order of the history; `of` is how many there are.
    """

    kind: LetterKind
    event: Event
    nth: int = 1
    of: int = 1


def letters_of(event: Event) -> tuple[LetterKind, ...]:
    """The letters that go out with an event; the first one bears the event's own number."""
    if event.kind is EventKind.CONSULTATION_STARTED:
        asks = (
            LetterKind.COOPERATION
            if event.party_kind is PartyKind.AGENCY
            else LetterKind.THIRD_PARTY
        )
        return asks, LetterKind.CONSULTING
    return _OF_EVENT.get(event.kind, ())


def objection_of(history: Sequence[Event], told: Event) -> Event | None:
    """The consultation of a third party that is told what becomes of its objection."""
    asked = [
        event
        for event in history
        if event.kind is EventKind.CONSULTATION_STARTED
        and event.party_kind is not PartyKind.AGENCY
        and event.on <= told.on
        and told.party in (None, event.party)
    ]
    return asked[-1] if asked else None


def bears_own_number(kind: LetterKind, event: Event) -> bool:
    """Whether the number of the letter is that of its event; a receipt's is the applicant's own."""
    return event.kind is not EventKind.RECEIVED and letters_of(event)[:1] == (kind,)


def writable(history: Sequence[Event]) -> tuple[Writable, ...]:
    """The letters that can be written on an effective history, the probable one first.

    That is the letter of what was recorded last; then those of before, the latest first.
    """
    if any(event.kind is EventKind.CANCELLED for event in history):
        return (Writable(LetterKind.COVER, history[0]),)
    found = [(kind, event) for event in history for kind in letters_of(event)]
    found += [
        (LetterKind.DELIVERY, event)
        for event in history
        if letters_of(event) and event.kind is not EventKind.RECEIVED
    ]
    approved = [event for event in history if event.kind in _APPROVED] or [history[0]]
    found += [(LetterKind.APPROVAL, event) for event in approved]
    found.append((LetterKind.COVER, history[0]))
    counted: dict[LetterKind, int] = {}
    told: list[tuple[LetterKind, Event, int]] = []
    for kind, event in found:
        counted[kind] = counted.get(kind, 0) + 1
        told.append((kind, event, counted[kind]))
    letters = [Writable(kind, event, nth, counted[kind]) for kind, event, nth in told]
    return tuple(sorted(letters, key=_probable))


def _probable(letter: Writable) -> tuple[int, int, int]:
    """Papers of the file last, the newest record first, of one event its own letter first."""
    own = letters_of(letter.event)[:1] != (letter.kind,)
    return _RANK.get(letter.kind, 0), -letter.event.id, own


# -- what the office writes itself ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact of the event that the office writes for a letter."""

    fact: str
    label: str
    help: str
    required: bool = True


_INFORMATION = Asked(
    "content",
    "征求意见的信息",
    "要请对方提出意见的是哪些信息；留空即为申请内容。写明涉及对方的部分，不写申请人的情况。",
    required=False,
)
_ASKED: Mapping[LetterKind, tuple[Asked, ...]] = {
    LetterKind.CLARIFICATION: (
        Asked("content", "补正事项", "申请的哪些内容不明确，要怎样补正；一次写全（第三十条）。"),
    ),
    LetterKind.EXTENSION: (
        Asked("content", "延期原因", "为什么不能在期限内答复；没有要写的就留空。", required=False),
    ),
    LetterKind.DELAY: (
        Asked("content", "延迟原因", "为什么不能在期限内答复；没有要写的就留空。", required=False),
    ),
    LetterKind.THIRD_PARTY: (_INFORMATION,),
    LetterKind.COOPERATION: (_INFORMATION,),
    LetterKind.PARTY_TOLD: (
        Asked("content", "决定公开的内容和理由", "决定公开哪些信息，为什么公开（第三十二条）。"),
    ),
    LetterKind.REASONS: (
        Asked("content", "数量和频次", "例如 自2026年1月至3月已提出申请46件；写明起止和件数。"),
    ),
    LetterKind.FEE: (
        Asked("quantity", "件数或页数", "按件：本自然月内累计的件数；按量：提供的页数。"),
        Asked("content", "缴纳方式", "在哪里、怎样缴费，例如 缴入某某账户，注明编号。"),
    ),
}
_REASON = Asked("content", "查明和理由", "查明了什么，为什么这样答复；写明是哪些信息。")
_FOUND = Asked("content", "查明的情况", "要告知申请人的其他情况；没有则留空。", required=False)
_HOW = "怎样提供，例如 随本告知书提供复制件一份。"


def _of_outcome(outcome: str, ground: str) -> tuple[Asked, ...]:
    """What an answer needs, by its outcome and its finer ground."""
    source = "提供或获取方式"
    match outcome:
        case "3.1" if ground == PUBLISHED:
            where = "在哪里可以得到，例如 本机关网站某栏目，网址……。"
            return Asked("source", source, where), _FOUND
        case "3.1":
            return Asked("source", source, _HOW), _FOUND
        case "3.2":
            return (
                Asked(
                    "withheld",
                    "不公开部分的理由",
                    "不予公开的部分属于哪一项，写编号，例如 3.3.4；几项的用顿号分开。",
                ),
                Asked("withheld_part", "不予公开的部分", "哪些内容不予公开。"),
                _REASON,
                Asked("source", source, _HOW),
            )
        case "3.3.8":
            where = "依照哪部法律、行政法规，到哪里查询。"
            return Asked("source", "查询途径", where), _FOUND
        case "3.4.1" if ground == ELSEWHERE:
            where = "能够确定的，写负责机关的名称、联系方式；不能确定则留空。"
            return _REASON, Asked("source", "负责机关", where, required=False)
        case "3.4.1":
            return (Asked("content", "检索情况", "在哪里、用什么方法检索，为什么没有。"),)
        case "3.5.1":
            where = "可以向哪里信访、投诉、举报；没有要写的就留空。"
            return _FOUND, Asked("source", "反映渠道", where, required=False)
        case "3.5.2":
            before = "何时、以哪个文号已经答复；例如 本机关已于某日以某号告知书答复。"
            return (Asked("content", "此前的答复", before),)
        case "3.5.3":
            return Asked("source", "获取途径", "在哪里可以得到该公开出版物。"), _FOUND
        case "3.6.1" | "3.6.2":
            return (_FOUND,)
        case _:
            return (_REASON,)


def asked_for(kind: LetterKind, event: Event) -> tuple[Asked, ...]:
    """What the office writes for a letter of that event."""
    if kind is LetterKind.ANSWER:
        return _of_outcome(event.outcome or "", finer_ground(event.ground))
    return _ASKED.get(kind, ())


def withheld_for(event: Event) -> tuple[str, ...]:
    """The rows that the grounds of the withheld part name; empty if it names none."""
    return parse_withheld(event.withheld or "") or ()
