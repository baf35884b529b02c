"""The fields that many forms of a case share."""

from __future__ import annotations

from typing import Any

from tui.forms.fields import Choice, FieldSpec, date_field, text_field

YES_NO = (Choice("1", "是", True), Choice("2", "否", False))
DATE_HELP = "日期可写 2026-03-05、3-5、5（本月5日）、昨天、-3（三天前）。"


def day_field(label: str, sentence: str, **more: Any) -> FieldSpec:
    """The day the event happened; never in the future."""
    return date_field(
        "on", label, f"{sentence}\n{DATE_HELP}", required=True, initial="今天", **more
    )


def limit_field(name: str, label: str, sentence: str, **more: Any) -> FieldSpec:
    """A day still to come; `+15` counts working days from the event's own day."""
    return date_field(
        name,
        label,
        f"{sentence}\n日期可写 2026-03-05、3-5，或 +15（自这一步的日期起第15个工作日）。",
        counted_from="on",
        future=True,
        **more,
    )


DOC_NO = text_field("doc_no", "文号", "告知书、答复书的文号；没有则留空。", apart=True)
NOTE = text_field(
    "note", "备注", "需要记下的其他情况；没有则留空。可写多行。", lines=True, recalls="note"
)
