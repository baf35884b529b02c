"""A dispute in words and styles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.disputes.proceedings import LABELS, Proceedings
from db.disputes.watching import Ahead
from db.words.text import one_line
from tui.text.cells import clip, fit
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.disputes.dispute import Dispute

SOON = 3
"""Days before a day to come from which it stands out."""
AHEAD_SHOWN = 4


def ahead_parts(ahead: Sequence[Ahead]) -> list[Part]:
    """The days to come, the nearest first; one that has passed stands out."""
    parts: list[Part] = []
    for one in ahead[:AHEAD_SHOWN]:
        look = "bold $error" if one.days < 0 else "bold $warning" if one.days <= SOON else ""
        parts += ["\n" if parts else "", (one.words, look), f"  {dispute_name(one.dispute)}"]
    if len(ahead) > AHEAD_SHOWN:
        parts.append((f"\n另有 {len(ahead) - AHEAD_SHOWN} 项", "$quiet"))
    return parts


def dispute_name(dispute: Dispute) -> str:
    """`第3号 行政复议  2025-0002`."""
    return f"第{dispute.id}号 {dispute.block.label}  {clip(one_line(dispute.source), 24)}"


def dispute_parts(dispute: Dispute, waiting: bool) -> tuple[Part, ...]:
    """One entry of the list."""
    look = "strike $quiet" if dispute.voided else ""
    parts: list[Part] = [
        (fit(f"第{dispute.id}号", 8), "$quiet"),
        (f"{dispute.block.label}  ", look or "bold"),
        (f"{one_line(dispute.source)[:60]}  ", look),
        (dispute.result.label, look or "$accent"),
    ]
    if dispute.voided:
        parts.append(("  已作废", "$warning"))
    if dispute.co_defendant:
        parts.append(("  仅共同被告，不计", "$warning"))
    if waiting:
        parts.append(("  待登记重新答复", "bold $warning"))
    ended = f"  审结 {dispute.concluded_on}" if dispute.concluded_on else ""
    after = f"  前置复议 第{dispute.after}号" if dispute.after else ""
    body = one_line(dispute.body)[:80]
    parts.append((f"\n{' ' * 8}{body}  提起 {dispute.filed_on}{ended}{after}", look or "$quiet"))
    for known in conducted_words(dispute.proceedings):
        parts.append((f"\n{' ' * 8}{known}", look or "$quiet"))
    for event in dispute.events:
        if event.reason:
            parts.append(
                (f"\n{' ' * 8}{event.on} {event.kind.label}：{one_line(event.reason)}", "$quiet")
            )
    return tuple(parts)


def conducted_words(known: Proceedings) -> tuple[str, ...]:
    """Whose it is and its days, a line each: `案号 …  主办人 …`, `答复应诉期限 2026-03-20`."""
    whose, days = ("docket_no", "handler"), ("answer_by", "answered_on", "hearing_on", "ordered_on")
    lines = (
        "  ".join(f"{LABELS[name]} {one_line(str(value))[:60]}" for name, value in told if value)
        for told in ([(name, getattr(known, name)) for name in names] for names in (whose, days))
    )
    return tuple(line for line in lines if line)
