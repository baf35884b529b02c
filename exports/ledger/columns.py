"""The columns of the ledger (CONTRACT, “Ledger columns”)."""

from __future__ import annotations

from collections.abc import Mapping

from db.words.text import fold
from db.words.vocabulary import EventKind

NUMBER = "编号"


ORGAN = "受理机关"


REMARKS = "备注"


COLUMNS: tuple[str, ...] = (
    NUMBER,
    ORGAN,
    "收到日期",
    "提交日期",
    "申请人",
    "申请人类型",
    "证件号码",
    "联系电话",
    "通讯地址",
    "电子邮箱",
    "申请方式",
    "申请内容",
    "承办科室",
    "承办人",
    "补正告知日期",
    "补正限期",
    "收到补正日期",
    "延期告知日期",
    "延期工作日",
    "征求意见日期",
    "意见返回日期",
    "办理结果",
    "办结日期",
    "答复文号",
    "送达方式",
    REMARKS,
)


REQUIRED: tuple[str, ...] = ("收到日期", "申请人", "申请人类型", "申请内容")


DERIVED: tuple[str, ...] = ("状态", "答复期限", "用时工作日", "是否超期")
"""Columns an export adds and an import ignores."""


TEXT_FACTS: Mapping[str, str] = {
    NUMBER: "number",
    ORGAN: "organ",
    "申请人": "applicant",
    "证件号码": "id_no",
    "联系电话": "phone",
    "通讯地址": "address",
    "电子邮箱": "email",
    "申请内容": "subject",
    "承办科室": "unit",
    "承办人": "officer",
}


DATED: Mapping[str, EventKind] = {
    "补正告知日期": EventKind.CLARIFICATION_REQUESTED,
    "收到补正日期": EventKind.CLARIFICATION_RECEIVED,
    "延期告知日期": EventKind.EXTENDED,
    "征求意见日期": EventKind.CONSULTATION_STARTED,
    "意见返回日期": EventKind.CONSULTATION_ENDED,
}
"""Columns of dates; several dates in a cell are divided by `；`."""


HEADINGS: tuple[str, ...] = (*COLUMNS, *DERIVED)


_KNOWN = {fold(name): name for name in HEADINGS}


def column_named(said: str) -> str | None:
    """The column that a heading names, blanks, full-width forms and the required mark dropped."""
    return _KNOWN.get(fold(said).strip("*"))
