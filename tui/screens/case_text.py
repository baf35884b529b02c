"""What a case's page says, as text with styles. No widgets here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from db.history import FACT_LABELS, FACTS, Event
from db.text import one_line
from db.vocabulary import (
    OUTCOME_BY_CODE,
    WITHDRAWN_CODE,
    EventKind,
    Labelled,
    State,
    parse_delivery,
)
from tui.screens.base import dated
from tui.widgets.cells import fit, plain_quotes, width_of
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.cases import CaseFile

LABEL_WIDTH = 12


def clock_parts(case: CaseFile) -> list[Part]:
    """State, day n of 20, due date, days left: the first thing a clerk looks for."""
    standing, clock = case.standing, case.clock
    late = clock.overdue
    parts: list[Part] = [(standing.state.label, "bold $accent")]
    if standing.state is State.CANCELLED:
        return parts
    if standing.state is State.CONCLUDED:
        parts.append(f"   用时 {clock.days_used} 个工作日")
    else:
        parts.append(f"   第 {clock.days_used} 个工作日 / {standing.allowed}")
    if standing.due_on is not None:
        parts.append(f"   期限 {dated(standing.due_on)}")
        if standing.provisional:
            parts.append((" 暂定", "bold $warning"))
    elif not standing.state.ended:
        parts.append(("   期限暂停计算", "$warning"))
    if standing.reply_by is not None:
        what = "缴费" if standing.state is State.AWAITING_PAYMENT else "补正"
        parts.append(f"   {what}期限 {dated(standing.reply_by)}")
    if standing.state is State.CONCLUDED and standing.concluded_on is not None:
        parts.append(f"   办结 {dated(standing.concluded_on)}")
        if late:
            parts.append(("   超期办结", "bold $error"))
        parts += ["\n", outcome_text(standing.outcome)]
    elif late and clock.days_left is not None:
        parts.append((f"   已超期 {-clock.days_left} 个工作日", "bold $error"))
    elif clock.days_left is not None:
        parts.append(f"   剩余 {clock.days_left}")
    return parts


def flag_parts(case: CaseFile) -> list[Part]:
    """违规提示, each with its article."""
    lines = [f"违规提示 {flag.article}  {plain_quotes(flag.text)}" for flag in case.flags]
    return ["\n".join(lines)]


def outcome_text(code: str | None) -> str:
    """An outcome by its code: `3.3.4 不予公开-保护第三方合法权益`."""
    outcome = OUTCOME_BY_CODE.get(code or "")
    return plain_quotes(f"{outcome.code} {outcome.name}") if outcome else (code or "")


def fact_parts(case: CaseFile) -> list[Part]:
    """The case's own facts; those left empty are left out."""
    received = case.received
    rows: list[tuple[str, str]] = [
        ("申请人", one_line(received.applicant or "")),
        ("申请人类型", received.applicant_kind.label if received.applicant_kind else ""),
        ("申请内容", one_line(received.subject or "")),
        ("申请方式", received.channel.label if received.channel else ""),
        ("收到日期", _received(received)),
        ("提交日期", dated(received.submitted_on) if received.submitted_on else ""),
        ("受理机关", received.organ or ""),
        ("承办科室", case.unit),
        ("承办人", case.officer),
        ("证件号码", received.id_no or ""),
        ("联系电话", received.phone or ""),
        ("通讯地址", received.address or ""),
        ("电子邮箱", received.email or ""),
        ("文号", received.doc_no or ""),
        ("备注", received.note or ""),
    ]
    parts: list[Part] = []
    for label, value in rows:
        if value:
            parts += ["\n" if parts else "", (fit(label, LABEL_WIDTH), "$quiet"), one_line(value)]
    return parts


def _received(received: Event) -> str:
    day = dated(received.on)
    return f"{day}（{received.channel.receipt_day}）" if received.channel else day


def history_parts(case: CaseFile) -> list[Part]:
    """办理记录: every entry as recorded; one that was voided or replaced stays, and says so."""
    from tui.screens.record_text import correction_words, mark_parts

    parts: list[Part] = [("办理记录\n", "bold")]
    recorded = [entry.event for entry in case.entries]
    ordered = sorted(case.entries, key=lambda entry: (entry.event.on, entry.event.id))
    for entry in ordered:
        event = entry.event
        voided = entry.voided_by is not None
        look = "strike $quiet" if voided else ""
        marked = voided or entry.replaced_by is not None
        parts += [
            (f"{event.on}  ", "$quiet"),
            (f"第{event.id}号 " if marked else "", "$quiet"),
            (event.kind.label, look or "bold"),
        ]
        parts += mark_parts(entry)
        if event.kind is EventKind.CORRECTED:
            details = correction_words(recorded, event)
        else:
            details = "；".join(event_details(event))
        if details:
            parts.append((f"  {details}", look))
        parts.append("\n")
    return parts


def key_parts(lead: str, keys: Iterable[tuple[str, str]], width: int) -> list[Part]:
    """Keys and names in a paragraph, no pair parted at a line's end."""
    parts: list[Part] = [(lead, "$quiet")]
    used = width_of(lead)
    for key, name in keys:
        needed = width_of(f"{key} {name}")
        if used + needed > width:
            parts.append("\n")
            used = 0
        parts += [(key, "bold $accent"), f" {name}   "]
        used += needed + 3
    return parts


_SHOWN_ELSEWHERE = frozenset(FACTS[EventKind.RECEIVED])


def event_details(event: Event) -> Iterable[str]:
    """What an entry carries besides its day; a receipt's facts stand in their own list."""
    if event.kind is EventKind.RECEIVED:
        if event.channel:
            yield event.channel.label
        return
    if event.kind is EventKind.WITHDRAWN:
        yield outcome_text(WITHDRAWN_CODE)
    for name in FACTS[event.kind]:
        value = getattr(event, name)
        if value is None or name in ("target", "void", "changes"):
            continue
        said = fact_text(name, value)
        yield said if event.kind.label == FACT_LABELS[name] else f"{FACT_LABELS[name]} {said}"


def fact_text(name: str, value: object) -> str:
    """A fact as the clerk reads it."""
    if name == "outcome":
        return outcome_text(str(value))
    if name == "amount" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    if name == "delivery":
        known = parse_delivery(str(value))
        return known.label if known else one_line(str(value))
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, date):
        return dated(value)
    return one_line(str(value))
