"""What a case's page says, as text with styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from db.calendar.dates import dated
from db.law.event import Event
from db.law.history import place_of
from db.words.text import one_line
from db.words.vocabulary import EventKind
from tui.screens.case.record_text import mark_parts
from tui.text.cells import fit, lines_of, plain_quotes, width_of
from tui.text.records import details_of, record_label
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.cases.case_file import CaseFile, Entry
    from db.disputes.dispute import Dispute

LABEL_WIDTH = 12
HISTORY_HANG = 12
FLAG_HANG = 9


def flag_parts(case: CaseFile) -> list[Part]:
    """违规提示, each with its article."""
    lines = [f"违规提示 {flag.article}  {plain_quotes(flag.text)}" for flag in case.flags]
    return ["\n".join(lines)]


def fact_parts(case: CaseFile, disputed: str, attached: str, width: int) -> list[Part]:
    """The case's own facts, in `width` cells; those left empty are left out.

    What is written in lines is shown in lines, and shortened where it would push all else away.
    """
    received = case.received
    rows: list[tuple[str, str]] = [
        ("申请人", one_line(received.applicant or "")),
        ("申请人类型", received.applicant_kind.label if received.applicant_kind else ""),
        ("委托代理人", one_line(received.agent or "")),
        ("申请内容", in_lines(received.subject or "", width - LABEL_WIDTH)),
        ("用途", in_lines(received.purpose or "", width - LABEL_WIDTH)),
        ("获取方式", one_line(received.form_wanted or "")),
        ("申请方式", received.channel.label if received.channel else ""),
        ("收到日期", _received(received)),
        ("提交日期", dated(received.submitted_on) if received.submitted_on else ""),
        ("复议诉讼", disputed),
        ("附卷", attached),
        ("受理机关", one_line(case.organ)),
        ("承办科室", one_line(case.unit)),
        ("承办人", one_line(case.officer)),
        ("证件号码", one_line(received.id_no or "")),
        ("联系电话", one_line(received.phone or "")),
        ("通讯地址", one_line(received.address or "")),
        ("邮编", one_line(received.postcode or "")),
        ("电子邮箱", one_line(received.email or "")),
        ("文号", one_line(received.doc_no or "")),
        ("备注", in_lines(received.note or "", width - LABEL_WIDTH)),
    ]
    parts: list[Part] = []
    for label, value in rows:
        if value:
            hung = value.replace("\n", "\n" + " " * LABEL_WIDTH)
            parts += ["\n" if parts else "", (fit(label, LABEL_WIDTH), "$quiet"), hung]
    return parts


def disputed_words(disputes: Sequence[Dispute], key: str) -> str:
    """`行政复议 尚未审结；复议后起诉 结果维持（按 v 查看）`."""
    told = "；".join(f"{d.block.label} {d.result.label}" for d in disputes)
    return f"{told}（按 {key} 查看）" if told else ""


def attached_words(case: CaseFile, key: str) -> str:
    """`3 份（按 F 查看）`."""
    papers = sum(event.kind is EventKind.ATTACHED for event in case.history)
    return f"{papers} 份（按 {key} 查看）" if papers else ""


LINES_SHOWN = 12
"""Lines of one text among the facts; of a longer one the whole stands at the page's end."""


def in_lines(text: str, width: int) -> str:
    """A text in lines of at most `width` cells; a very long one ends in a mark."""
    lines = lines_of(text.strip("\n"), width)
    if len(lines) <= LINES_SHOWN:
        return "\n".join(lines)
    kept = lines[: LINES_SHOWN - 1]
    return "\n".join([*kept, f"..（共 {len(lines)} 行，全文在本页末尾）"])


def whole_parts(case: CaseFile, width: int) -> list[Part]:
    """The texts that were shortened among the facts, whole."""
    received = case.received
    parts: list[Part] = []
    for label, text in (("申请内容", received.subject or ""), ("备注", received.note or "")):
        if len(lines_of(text.strip("\n"), width)) > LINES_SHOWN:
            parts += [(f"{label}全文\n", "bold"), text.strip("\n"), "\n\n"]
    return parts


def _received(received: Event) -> str:
    day = dated(received.on)
    return f"{day}（{received.channel.receipt_day}）" if received.channel else day


def history_parts(case: CaseFile, until: Entry | None = None, *, whole: bool = True) -> list[Part]:
    """办理记录: every entry as recorded; one that was voided or replaced stays, and says so.

    Those to `until`, with it or (not `whole`) without.
    """
    parts: list[Part] = [("办理记录\n", "bold")]
    recorded = [entry.event for entry in case.entries]
    ordered = sorted(case.entries, key=lambda entry: (entry.event.on, entry.event.id))
    for entry in ordered:
        if entry is until and not whole:
            break
        event = entry.event
        voided = entry.voided_by is not None
        look = "strike $quiet" if voided else ""
        marked = voided or entry.replaced_by is not None
        parts += [
            (f"{event.on}  ", "$quiet"),
            (f"第{place_of(recorded, event.id)}条 " if marked else "", "$quiet"),
            (record_label(event, recorded), look or "bold"),
        ]
        parts += mark_parts(entry, recorded)
        details = details_of(event, recorded)
        if details:
            parts.append((f"  {details}".replace("\n", "\n" + " " * HISTORY_HANG), look))
        parts.append("\n")
        if entry is until:
            break
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


_TOLD = 3
"""Records of others that are named; of more only how many there are."""


def others_parts(case: CaseFile, new: Sequence[Entry]) -> list[Part]:
    """`14:50 已由张三更新：第3条 延期`."""
    if not new:
        return []
    recorded = [entry.event for entry in case.entries]
    names = "、".join(dict.fromkeys(one_line(entry.event.recorded_by) for entry in new))
    at = f"{new[-1].event.recorded_at:%H:%M} " if new[-1].event.recorded_at else ""
    told = "、".join(
        f"第{place_of(recorded, entry.event.id)}条 {record_label(entry.event, recorded)}"
        for entry in new[-_TOLD:]
    )
    more = f"等 {len(new)} 条" if len(new) > _TOLD else ""
    return [(f"{at}已由{names}更新", "bold $warning"), f"：{told}{more}"]
