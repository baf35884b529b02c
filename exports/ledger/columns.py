"""The columns of the ledger's first sheet (CONTRACT, “Ledger columns”)."""

from __future__ import annotations

from collections.abc import Mapping

from db.words.vocabulary import EventKind
from exports.ledger.layout import Layout

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
    "委托代理人",
    "证件号码",
    "联系电话",
    "通讯地址",
    "邮编",
    "电子邮箱",
    "申请方式",
    "申请内容",
    "用途",
    "获取方式",
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
    "答复邮件号码",
    "答复签收日期",
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
    "邮编": "postcode",
    "电子邮箱": "email",
    "委托代理人": "agent",
    "用途": "purpose",
    "获取方式": "form_wanted",
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


_USUAL: Mapping[str, str] = {
    **dict.fromkeys(("收到申请日期", "收到申请之日", "收到时间", "收到申请时间"), "收到日期"),
    **dict.fromkeys(
        ("申请人姓名", "申请人名称", "申请人姓名/名称", "申请人姓名或名称", "申请人姓名（名称）"),
        "申请人",
    ),
    **dict.fromkeys(("申请人类别", "申请人性质", "申请主体类型"), "申请人类型"),
    **dict.fromkeys(("证件号", "身份证号", "身份证号码", "身份证号/统一社会信用代码"), "证件号码"),
    **dict.fromkeys(("电话", "联系方式", "手机", "手机号", "手机号码"), "联系电话"),
    **dict.fromkeys(("地址", "联系地址", "邮寄地址"), "通讯地址"),
    **dict.fromkeys(("邮箱", "电子邮件地址"), "电子邮箱"),
    **dict.fromkeys(("邮政编码",), "邮编"),
    **dict.fromkeys(("代理人", "委托代理人姓名"), "委托代理人"),
    **dict.fromkeys(("信息用途", "所需信息的用途", "所需政府信息的用途"), "用途"),
    **dict.fromkeys(
        ("获取信息的方式", "获取信息方式", "信息获取方式", "获取政府信息的方式"), "获取方式"
    ),
    **dict.fromkeys(("邮件号码", "邮寄单号", "快递单号", "EMS单号"), "答复邮件号码"),
    **dict.fromkeys(("申请途径", "申请渠道", "申请形式"), "申请方式"),
    **dict.fromkeys(
        ("申请公开内容", "申请公开的内容", "申请公开信息内容", "申请事项", "所需信息内容描述"),
        "申请内容",
    ),
    **dict.fromkeys(("承办部门", "承办单位", "承办处室", "承办股室"), "承办科室"),
    **dict.fromkeys(("经办人", "承办人员"), "承办人"),
    **dict.fromkeys(("答复结果", "答复类型", "答复情况"), "办理结果"),
    **dict.fromkeys(("答复日期", "答复时间", "办结时间"), "办结日期"),
    **dict.fromkeys(("答复书文号", "告知书文号", "答复书编号"), "答复文号"),
    **dict.fromkeys(("寄送方式", "答复送达方式"), "送达方式"),
}

HEADING = "列名"
"""Stands for the column of the words that are headings."""


CASES = Layout(HEADING, COLUMNS, DERIVED, REQUIRED, _USUAL, kind="申请人类型", day="收到日期")
