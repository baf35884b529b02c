"""A case is its history: an append-only list of dated events (DOMAIN, section 3).

Corrections are events too. `effective` answers what the history says once they are applied;
everything derived (state, clock, figures) starts from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from db.words.vocabulary import ApplicantKind, Channel, EventKind, FeeBasis, Opinion, PartyKind


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a case, on a day, as it was recorded.

    `id` is unique in the register (0 before it is recorded). `amount` is in fen. Which of the
    optional facts a kind carries: `FACTS`.
    """

    kind: EventKind
    on: date
    id: int = 0
    recorded_at: datetime | None = None
    recorded_by: str = ""
    # what several kinds carry
    doc_no: str | None = None
    note: str | None = None
    reply_by: date | None = None
    # received: the case's own facts
    number: str | None = None
    organ: str | None = None
    applicant: str | None = None
    applicant_kind: ApplicantKind | None = None
    channel: Channel | None = None
    submitted_on: date | None = None
    subject: str | None = None
    id_no: str | None = None
    phone: str | None = None
    address: str | None = None
    email: str | None = None
    # received, assigned
    unit: str | None = None
    officer: str | None = None
    # extended
    days: int | None = None
    approver: str | None = None
    # consultation_started, consultation_ended
    party: str | None = None
    party_kind: PartyKind | None = None
    opinion: Opinion | None = None
    # delay_set
    due: date | None = None
    # fee_notified, fee_paid
    amount: int | None = None
    basis: FeeBasis | None = None
    pay_by: date | None = None
    # decided, redecided
    outcome: str | None = None
    ground: str | None = None
    delivery: str | None = None
    # corrected
    target: int | None = None
    void: bool | None = None
    reason: str | None = None
    changes: Mapping[str, Any] | None = None


ENVELOPE = ("kind", "on", "id", "recorded_at", "recorded_by")
PERSONAL = frozenset(
    ("applicant", "subject", "id_no", "phone", "address", "email", "party", "note", "reason")
)
"""Facts that can name a person: kept apart from the rest, so that they can be erased one day."""

_COMMON = ("doc_no", "note")
FACTS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.RECEIVED: (
        "number",
        "organ",
        "applicant",
        "applicant_kind",
        "channel",
        "submitted_on",
        "subject",
        "id_no",
        "phone",
        "address",
        "email",
        "unit",
        "officer",
        *_COMMON,
    ),
    EventKind.ASSIGNED: ("unit", "officer", *_COMMON),
    EventKind.CLARIFICATION_REQUESTED: ("reply_by", *_COMMON),
    EventKind.CLARIFICATION_RECEIVED: _COMMON,
    EventKind.EXTENDED: ("days", "approver", *_COMMON),
    EventKind.CONSULTATION_STARTED: ("party", "party_kind", "reply_by", *_COMMON),
    EventKind.CONSULTATION_ENDED: ("party", "opinion", *_COMMON),
    EventKind.REASONS_REQUESTED: ("reply_by", *_COMMON),
    EventKind.DELAY_SET: ("due", *_COMMON),
    EventKind.FEE_NOTIFIED: ("amount", "basis", "pay_by", *_COMMON),
    EventKind.FEE_PAID: ("amount", *_COMMON),
    EventKind.DECIDED: ("outcome", "ground", "delivery", *_COMMON),
    EventKind.WITHDRAWN: _COMMON,
    EventKind.REDECIDED: ("outcome", "ground", "delivery", *_COMMON),
    EventKind.CANCELLED: _COMMON,
    EventKind.NOTE: _COMMON,
    EventKind.CORRECTED: ("target", "void", "reason", "changes"),
}

FACT_LABELS: Mapping[str, str] = {
    "on": "日期",
    "doc_no": "文号",
    "note": "备注",
    "reply_by": "限期",
    "number": "编号",
    "organ": "受理机关",
    "applicant": "申请人",
    "applicant_kind": "申请人类型",
    "channel": "申请方式",
    "submitted_on": "提交日期",
    "subject": "申请内容",
    "id_no": "证件号码",
    "phone": "联系电话",
    "address": "通讯地址",
    "email": "电子邮箱",
    "unit": "承办科室",
    "officer": "承办人",
    "days": "延期工作日",
    "approver": "批准人",
    "party": "被征求意见方",
    "party_kind": "征求对象",
    "opinion": "意见",
    "due": "新答复期限",
    "amount": "金额（元）",
    "basis": "计费方式",
    "pay_by": "缴费期限",
    "outcome": "办理结果",
    "ground": "具体理由",
    "delivery": "送达方式",
    "reason": "理由",
}

_TYPES: Mapping[str, type] = {
    "reply_by": date,
    "submitted_on": date,
    "due": date,
    "pay_by": date,
    "on": date,
    "applicant_kind": ApplicantKind,
    "channel": Channel,
    "party_kind": PartyKind,
    "opinion": Opinion,
    "basis": FeeBasis,
}


@cache
def _fact_names() -> tuple[str, ...]:
    return tuple(f.name for f in fields(Event) if f.name not in ENVELOPE)


def plain(value: Any) -> Any:
    """A fact as JSON knows it."""
    return value.isoformat() if isinstance(value, date) else value


def typed(name: str, value: Any) -> Any:
    """A fact read back from JSON, in the type `Event` gives it."""
    if value is None or name not in _TYPES:
        return value
    wanted = _TYPES[name]
    return date.fromisoformat(value) if wanted is date else wanted(value)


def pack(event: Event) -> tuple[str, str]:
    """The event's facts as two JSON texts: those that name nobody, and the personal ones."""
    plainly: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for name in _fact_names():
        value = getattr(event, name)
        if value is None:
            continue
        if name == "changes":
            for field, new in value.items():
                side = personal if field in PERSONAL else plainly
                side.setdefault("changes", {})[field] = plain(new)
        else:
            (personal if name in PERSONAL else plainly)[name] = plain(value)
    return _json(plainly), _json(personal)


def unpack(facts: str, personal: str) -> dict[str, Any]:
    """The keyword arguments of `Event` that `pack` wrote."""
    told: dict[str, Any] = json.loads(facts)
    private: dict[str, Any] = json.loads(personal)
    changes = {**told.pop("changes", {}), **private.pop("changes", {})}
    known = {name: typed(name, value) for name, value in (told | private).items()}
    if changes:
        known["changes"] = {name: typed(name, value) for name, value in changes.items()}
    return known


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_DAY_RANK: Mapping[EventKind, int] = {
    EventKind.RECEIVED: 0,
    EventKind.DECIDED: 2,
    EventKind.WITHDRAWN: 2,
    EventKind.REDECIDED: 3,
    EventKind.CANCELLED: 4,
}


def order(event: Event) -> tuple[date, int, float]:
    """By day; within a day receipt first, the conclusion last, the rest as recorded."""
    return (event.on, _DAY_RANK.get(event.kind, 1), event.id or float("inf"))


def live_corrections(events: Iterable[Event]) -> tuple[dict[int, Event], list[Event]]:
    """Which events are voided (by which correction), and the corrections still in force.

    A later correction may void an earlier one, which brings back what that one had voided.
    """
    voided: dict[int, Event] = {}
    live: list[Event] = []
    corrections = [e for e in events if e.kind is EventKind.CORRECTED]
    for correction in sorted(corrections, key=lambda e: e.id or float("inf"), reverse=True):
        if correction.id in voided:
            continue
        live.append(correction)
        if correction.void and correction.target is not None:
            voided.setdefault(correction.target, correction)
    return voided, live[::-1]


def effective(events: Iterable[Event]) -> tuple[Event, ...]:
    """What the history says once its corrections are applied, in the order it happened.

    Voided events and the corrections themselves are left out; a replaced event keeps its id and
    carries the new facts.
    """
    listed = list(events)
    if not any(e.kind is EventKind.CORRECTED for e in listed):
        return tuple(sorted(listed, key=order))
    voided, corrections = live_corrections(listed)
    changes: dict[int, dict[str, Any]] = {}
    for correction in corrections:
        if correction.target is not None and correction.changes:
            changes.setdefault(correction.target, {}).update(correction.changes)
    kept = [
        replace(event, **changes[event.id]) if event.id in changes else event
        for event in listed
        if event.kind is not EventKind.CORRECTED and event.id not in voided
    ]
    return tuple(sorted(kept, key=order))


def first_conclusion(history: Iterable[Event]) -> Event | None:
    """The counted conclusion: the first effective answer or withdrawal."""
    return next((event for event in history if event.kind.concludes), None)
