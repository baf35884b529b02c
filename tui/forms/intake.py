"""The form of a new case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.law.event import Event
from db.words.text import one_line
from db.words.vocabulary import (
    ApplicantKind,
    Channel,
    EventKind,
    parse_applicant_kind,
    parse_channel,
)
from tui.forms.common import DATE_HELP, NOTE
from tui.forms.draft import Draft
from tui.forms.events import FIELDS
from tui.forms.fields import (
    Choice,
    FieldSpec,
    Surroundings,
    choice_field,
    date_field,
    numbered,
    text_field,
)

OF_THE_CASE = ("subject", "unit", "officer", "number", "note")
"""What differs between the cases of one letter; the rest is the same for all of them."""


def _beside_a_receipt(spec: FieldSpec) -> FieldSpec:
    """A field of the answer's form, as a field among those of the receipt."""
    if spec.name == "on":
        return replace(spec, name="answered_on", label="答复日期")
    return replace(spec, apart=spec.name == "outcome")


_ON_THE_SPOT = ("outcome", "delivery", "on", "doc_no", "ground")
ANSWER = tuple(
    _beside_a_receipt(spec) for spec in FIELDS[EventKind.DECIDED] if spec.name in _ON_THE_SPOT
)
"""The fields of an answer on the spot, beside those of the receipt."""


def answer_of(draft: Draft) -> Event:
    """The answer that a complete draft describes."""
    names = {spec.name for spec in ANSWER} - {"answered_on"}
    facts = {name: value for name, value in draft.values.items() if name in names}
    return Event(EventKind.DECIDED, draft.values["answered_on"], **facts)


def receipt_of(draft: Draft) -> Event:
    """The receipt that a draft describes."""
    answer = {spec.name for spec in ANSWER}
    facts = {name: value for name, value in draft.values.items() if name not in answer}
    return Event(EventKind.RECEIVED, **facts)


def _receipt_day(_: date, around: Surroundings) -> str:
    channel = around.values.get("channel")
    return f"应填{channel.receipt_day}" if isinstance(channel, Channel) else ""


def intake_fields(
    number: str,
    organs: Sequence[str],
    channel: Channel | None = None,
    kind: ApplicantKind | None = None,
) -> tuple[FieldSpec, ...]:
    """The fields of a new case; `number` is the one it would get."""
    fields = [
        text_field(
            "applicant", "申请人", "姓名，或法人、其他组织的名称（第二十九条）。", required=True
        ),
        choice_field(
            "applicant_kind",
            "申请人类型",
            "年报表的六列：自然人；法人或其他组织分五类。可写序号或文字。",
            numbered(ApplicantKind),
            match=parse_applicant_kind,
            required=True,
            initial=kind.label if kind else "",
            placeholder="序号或文字，例如 1、商业",
        ),
        text_field(
            "subject",
            "申请内容",
            "所需政府信息的名称、文号或特征性描述（第二十九条）。可写多行，换行的键列在下面。",
            required=True,
            lines=True,
        ),
        choice_field(
            "channel",
            "申请方式",
            "决定哪一天是收到申请之日（第三十一条）。可写序号或文字。",
            numbered(Channel),
            match=parse_channel,
            echo=lambda value, _: f"收到日期填{value.receipt_day}（第三十一条）",
            initial=channel.label if channel else "",
            placeholder="序号或文字，例如 4、网上",
        ),
        date_field(
            "on",
            "收到日期",
            "收到申请之日，期限由此起算（第三十一条）：当面提交的为提交之日；邮寄需签收的为签收之日；"
            f"平常信函、网络、传真的为与申请人确认之日。\n{DATE_HELP}",
            aside=_receipt_day,
            required=True,
            initial="今天",
        ),
        date_field("submitted_on", "提交日期", f"申请书上写的日期；没有则留空。\n{DATE_HELP}"),
        text_field(
            "unit", "承办科室", "办理本件的科室；可以以后再转。", apart=True, recalls="unit"
        ),
        text_field("officer", "承办人", "办理本件的人员；可以以后再转。", recalls="officer"),
        text_field("phone", "联系电话", "申请人的联系方式（第二十九条）。", brief=True, apart=True),
        text_field("id_no", "证件号码", "申请人的身份证明号码（第二十九条）。", brief=True),
        text_field("address", "通讯地址", "邮寄答复用的地址。"),
        text_field("postcode", "邮编", "邮寄答复用的邮政编码。", brief=True),
        text_field("email", "电子邮箱", "电子送达用的邮箱。"),
        text_field("agent", "委托代理人", "代申请人提出申请的人；没有则留空。"),
        text_field("purpose", "用途", "申请人写明的用途；法律不要求写明，没有则留空。"),
        text_field(
            "form_wanted",
            "获取方式",
            "申请人要求的形式：纸质、电子文档、查阅、邮寄、自取等（第二十九条）。",
            recalls="form_wanted",
        ),
        text_field(
            "number",
            "编号",
            "留空则用下一个号；编号用过就不再使用。",
            placeholder=number,
            brief=True,
            apart=True,
        ),
        NOTE,
    ]
    if len(organs) > 1:
        choices = tuple(Choice(str(n), one_line(name), name) for n, name in enumerate(organs, 1))
        fields.insert(
            5,
            choice_field(
                "organ",
                "受理机关",
                "由哪个机关答复。",
                choices,
                required=True,
                initial=one_line(organs[0]),
            ),
        )
    return tuple(fields)
