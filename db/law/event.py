"""One event of a history: its facts and their labels (DOMAIN, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db.errors import BadValue
from db.words.outcomes import parse_ground, parse_withheld, withheld_text
from db.words.text import LONGEST, clean, nfkc
from db.words.vocabulary import (
    ApplicantKind,
    Channel,
    Delivery,
    EventKind,
    FeeBasis,
    Opinion,
    PartyKind,
    parse_delivery,
)


@dataclass(frozen=True)
class Event:
    """One thing that happened to a case, on a day, as it was recorded.

    `id` is unique in the register (0 before it is recorded). `amount` is in fen. Which of the
    optional facts a kind carries: `FACTS`. What is None is not held: of 55 fields few events have
    ten, and a register is millions of them.
    """

    kind: EventKind
    on: date
    _: KW_ONLY
    id: int = 0
    recorded_at: datetime | None = None
    recorded_by: str = ""
    recorded_from: str = ""
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
    agent: str | None = None
    postcode: str | None = None
    purpose: str | None = None
    form_wanted: str | None = None
    # received, assigned
    unit: str | None = None
    officer: str | None = None
    # extended
    days: int | None = None
    approver: str | None = None
    # consultation_started, consultation_ended, party_told
    party: str | None = None
    party_kind: PartyKind | None = None
    opinion: Opinion | None = None
    overruled: bool | None = None
    # delay_set
    due: date | None = None
    # fee_notified, fee_paid
    amount: int | None = None
    basis: FeeBasis | None = None
    pay_by: date | None = None
    # decided, redecided
    outcome: str | None = None
    ground: str | None = None
    withheld: str | None = None  # codes, see `db.words.outcomes.parse_withheld`
    delivery: Delivery | str | None = None  # a text: what an imported ledger called it
    postal_no: str | None = None
    signed_on: date | None = None
    answered_by: str | None = None
    ordered_on: date | None = None
    # attached
    name: str | None = None
    called: str | None = None
    digest: str | None = None
    size: int | None = None
    of_event: int | None = None
    # what the office writes itself, for the letters (`db.law.letters`)
    content: str | None = None
    withheld_part: str | None = None
    source: str | None = None
    quantity: int | None = None
    # corrected
    target: int | None = None
    void: bool | None = None
    reason: str | None = None
    changes: Mapping[str, Any] | None = None

    if not TYPE_CHECKING:

        def __init__(self, kind: EventKind, on: date, **told: Any) -> None:
            if not told.keys() <= _NAMES:
                raise TypeError(f"no facts: {', '.join(told.keys() - _NAMES)}")
            held = self.__dict__
            held.update(kind=kind, on=on, id=0, recorded_by="", recorded_from="")
            for name, value in told.items():
                if value is not None:
                    held[name] = value

    def __eq__(self, other: object) -> bool:
        if type(other) is not Event:
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(frozenset(self.__dict__.items()))


ENVELOPE = ("kind", "on", "id", "recorded_at", "recorded_by", "recorded_from")


WRITTEN = ("content", "withheld_part", "source")
"""Texts that the office writes for its letters."""
FOR_LETTERS = (*WRITTEN, "quantity")
"""Facts that are asked when a letter is written, not when the event is recorded."""


PERSONAL = frozenset(
    (
        "applicant",
        "subject",
        "id_no",
        "phone",
        "address",
        "postcode",
        "email",
        "agent",
        "purpose",
        "form_wanted",
        "party",
        "postal_no",
        "name",
        "called",
        "note",
        "reason",
        *WRITTEN,
    )
)
"""Facts that can name a person: kept apart from the rest, so that they can be erased one day."""


_COMMON = ("doc_no", "note")
_ANSWER = (
    "outcome",
    "ground",
    "withheld",
    *WRITTEN,
    "delivery",
    "postal_no",
    "signed_on",
    "answered_by",
    *_COMMON,
)
ANSWERS = (EventKind.DECIDED, EventKind.REDECIDED)
"""The kinds that answer the applicant."""


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
        "postcode",
        "email",
        "agent",
        "purpose",
        "form_wanted",
        "unit",
        "officer",
        *_COMMON,
    ),
    EventKind.ASSIGNED: ("unit", "officer", *_COMMON),
    EventKind.CLARIFICATION_REQUESTED: ("reply_by", "content", *_COMMON),
    EventKind.CLARIFICATION_RECEIVED: _COMMON,
    EventKind.EXTENDED: ("days", "approver", "content", *_COMMON),
    EventKind.CONSULTATION_STARTED: ("party", "party_kind", "reply_by", "content", *_COMMON),
    EventKind.CONSULTATION_ENDED: ("party", "opinion", *_COMMON),
    EventKind.REASONS_REQUESTED: ("reply_by", "content", *_COMMON),
    EventKind.DELAY_SET: ("due", "content", *_COMMON),
    EventKind.FEE_NOTIFIED: ("amount", "basis", "pay_by", "quantity", "content", *_COMMON),
    EventKind.FEE_PAID: ("amount", *_COMMON),
    EventKind.DECIDED: _ANSWER,
    EventKind.WITHDRAWN: _COMMON,
    EventKind.REDECIDED: ("ordered_on", *_ANSWER),
    EventKind.PARTY_TOLD: ("party", "overruled", "content", *_COMMON),
    EventKind.ATTACHED: ("called", "name", "size", "digest", "of_event", *_COMMON),
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
    "postcode": "邮编",
    "email": "电子邮箱",
    "agent": "委托代理人",
    "purpose": "用途",
    "form_wanted": "获取方式",
    "unit": "承办科室",
    "officer": "承办人",
    "days": "延期工作日",
    "approver": "批准人",
    "party": "对象名称",
    "party_kind": "征求意见对象",
    "opinion": "意见",
    "due": "新答复期限",
    "amount": "金额（元）",
    "basis": "计费方式",
    "pay_by": "缴费期限",
    "outcome": "办理结果",
    "ground": "具体理由",
    "withheld": "不公开部分的理由",
    "delivery": "送达方式",
    "postal_no": "邮件号码",
    "signed_on": "签收日期",
    "answered_by": "受托答复单位",
    "ordered_on": "重新答复令生效日期",
    "overruled": "因公共利益决定公开",
    "name": "文件名",
    "called": "材料名称",
    "digest": "校验码",
    "size": "字节数",
    "of_event": "所属记录",
    "reason": "理由",
    "content": "文书内容",
    "withheld_part": "不予公开的部分",
    "source": "获取途径",
    "quantity": "件数或页数",
}


_TYPES: Mapping[str, type] = {
    "reply_by": date,
    "submitted_on": date,
    "due": date,
    "pay_by": date,
    "signed_on": date,
    "ordered_on": date,
    "on": date,
    "applicant_kind": ApplicantKind,
    "channel": Channel,
    "party_kind": PartyKind,
    "opinion": Opinion,
    "basis": FeeBasis,
}


MADE = frozenset((*_TYPES, "delivery"))
"""Facts that are not read back as JSON has them."""
_PLACES = {field.name: place for place, field in enumerate(fields(Event))}
_NAMES = frozenset(_PLACES)
_FACT_NAMES = _NAMES - set(ENVELOPE)


def replaced(event: Event, **changed: Any) -> Event:
    """`dataclasses.replace`, which takes each field by itself: bulk work does little else."""
    return Event(**{**event.__dict__, **changed})


def facts_of(event: Event) -> list[tuple[str, Any]]:
    """The facts an event carries, by name."""
    return [held for held in event.__dict__.items() if held[0] in _FACT_NAMES]


def plain(value: Any) -> Any:
    """A fact as JSON knows it."""
    return value.isoformat() if isinstance(value, date) else value


def typed(name: str, value: Any) -> Any:
    """A fact read back from JSON, in the type `Event` gives it."""
    if name == "delivery" and value is not None:
        return parse_delivery(value) or value
    if value is None or name not in _TYPES:
        return value
    wanted = _TYPES[name]
    return date.fromisoformat(value) if wanted is date else wanted(value)


_NUMBER_LENGTH = 40


def clean_event(event: Event) -> Event:
    """The event with every text cleaned and empty texts left out.

    An answer without an outcome takes the one that its ground proposes.

    Raises:
        BadValue: a text cannot be stored, or the kind carries no such fact.
    """
    allowed = _ALLOWED[event.kind]
    cleaned: dict[str, str | None] = {}
    told = [
        (name, value)
        for name, value in facts_of(event)
        if name not in allowed or (type(value) is str and not _is_clean(value))
    ]
    for name, value in sorted(told, key=_place):
        if name not in allowed:
            label = FACT_LABELS.get(name, name)
            raise BadValue(f"“{event.kind.label}”不带{label}；请去掉这一项。")
        text = clean(value, FACT_LABELS.get(name, name)) or None
        if text != value:
            cleaned[name] = text
    number, withheld = (cleaned.get(name, getattr(event, name)) for name in ("number", "withheld"))
    if number:
        cleaned["number"] = clean_number(number)
    if withheld:
        cleaned["withheld"] = _clean_withheld(withheld)
    if event.kind in ANSWERS and not event.outcome:
        ground = parse_ground(cleaned.get("ground", event.ground) or "")
        cleaned["outcome"] = ground.code if ground else None
    return replaced(event, **cleaned) if cleaned else event


_ALLOWED = {kind: frozenset(facts) for kind, facts in FACTS.items()}


def _place(fact: tuple[str, Any]) -> int:
    return _PLACES[fact[0]]


def _is_clean(text: str) -> bool:
    """Whether `clean` would give the very same: so it is of most."""
    return text.isprintable() and 0 < len(text) <= LONGEST and text[0] != " " and text[-1] != " "


def _clean_withheld(text: str) -> str:
    codes = parse_withheld(text)
    if codes is None:
        raise BadValue(
            f"不公开部分的理由“{text}”无法识别；请写编号，几项之间用顿号，例如 3.3.4、3.3.6。"
        )
    return withheld_text(codes)


def clean_number(number: str) -> str:
    """A case number as it is stored: NFKC, one line, no blanks at its ends, at most 40 characters.

    Raises:
        BadValue: it is none.
    """
    number = nfkc(number).strip()
    if len(number) > _NUMBER_LENGTH or "\n" in number or "\t" in number:
        raise BadValue(f"编号应是{_NUMBER_LENGTH}个字以内的一行文字。")
    return number
