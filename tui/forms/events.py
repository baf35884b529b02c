"""The forms, one for each kind of event: which fields, in which order, with which rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.law.event import Event
from db.law.periods import CLARIFICATION_DAYS, PARTY_DAYS, PAYMENT_DAYS
from db.law.waiting import UNNAMED, consultations_out, party_name, untold_parties
from db.words.vocabulary import EventKind, FeeBasis, Opinion, PartyKind
from tui.forms.answer import answer_fields, ordered_on_field
from tui.forms.common import DOC_NO, NOTE, YES_NO, day_field, limit_field
from tui.forms.fields import (
    Choice,
    FieldSpec,
    Surroundings,
    choice_field,
    days_field,
    money_field,
    numbered,
    text_field,
)


def _working_days(until: date, around: Surroundings) -> str:
    on = around.values.get("on")
    return f"{around.calendar.count(on, until)} 个工作日" if isinstance(on, date) else ""


def _party() -> FieldSpec:
    return text_field("party", "对象名称", "第三方或其他机关的名称。")


def _fields() -> dict[EventKind, tuple[FieldSpec, ...]]:
    kinds = EventKind
    unit = text_field("unit", "承办科室", "转交办理的科室。", recalls="unit")
    officer = text_field(
        "officer", "承办人", "办理本件的人员；科室和承办人至少填一项。", recalls="officer"
    )
    amount = money_field(
        "amount",
        "金额（元）",
        "以元为单位，例如 100 或 100.50（国办函〔2020〕109号）。",
        placeholder="例如 100",
    )
    return {
        kinds.ASSIGNED: (
            unit,
            officer,
            day_field("转办日期", "转给承办科室或承办人的日期。"),
            DOC_NO,
            NOTE,
        ),
        kinds.CLARIFICATION_REQUESTED: (
            limit_field(
                "reply_by",
                "补正期限",
                "申请人应在这天前补正（第三十条：合理的补正期限）。",
                aside=_working_days,
                placeholder="例如 +10",
            ),
            day_field(
                "告知日期",
                f"应在收到申请之日起{CLARIFICATION_DAYS}个工作日内一次性告知（第三十条）。",
            ),
            DOC_NO,
            NOTE,
        ),
        kinds.CLARIFICATION_RECEIVED: (
            day_field("收到日期", "收到补正材料的日期；答复期限自次日起重新计算（第三十条）。"),
            DOC_NO,
            NOTE,
        ),
        kinds.EXTENDED: (
            text_field("approver", "批准人", "同意延期的负责人。", recalls="approver"),
            days_field(
                "days",
                "延期工作日",
                "延长的工作日；合计最多20个工作日（第三十三条）。",
                required=True,
                initial="20",
            ),
            day_field(
                "告知日期",
                "经本机关政府信息公开工作机构负责人同意并告知申请人的日期（第三十三条）。",
            ),
            DOC_NO,
            NOTE,
        ),
        kinds.CONSULTATION_STARTED: (
            _party(),
            choice_field(
                "party_kind",
                "征求意见对象",
                "第三方（第三十二条），或其他机关（第三十四条）。",
                numbered(PartyKind),
                required=True,
                initial=PartyKind.THIRD_PARTY.label,
            ),
            day_field("征求日期", "书面征求意见的日期；所需时间不计算在期限内（第三十三条）。"),
            limit_field(
                "reply_by",
                "答复期限",
                f"第三方应在{PARTY_DAYS}个工作日内提出意见（第三十二条）。",
                aside=_working_days,
                placeholder=f"例如 +{PARTY_DAYS}",
            ),
            DOC_NO,
            NOTE,
        ),
        kinds.CONSULTATION_ENDED: (
            choice_field(
                "opinion",
                "意见",
                "第三方逾期未提出意见的，选未答复，由行政机关决定（第三十二条）；"
                "协办机关逾期未提出的，也选未答复，视为同意公开（第三十四条）。",
                numbered(Opinion),
            ),
            _party(),
            day_field("返回日期", "意见返回的日期；期限自次日继续计算（第三十三条）。"),
            DOC_NO,
            NOTE,
        ),
        kinds.REASONS_REQUESTED: (
            limit_field("reply_by", "说明期限", "申请人应在这天前说明理由。", aside=_working_days),
            day_field("告知日期", "要求申请人说明理由的日期（第三十五条）。"),
            DOC_NO,
            NOTE,
        ),
        kinds.DELAY_SET: (
            limit_field(
                "due",
                "新答复期限",
                "确定的合理期限；从此以这天为答复期限（第三十五条）。",
                aside=_working_days,
                required=True,
            ),
            day_field("告知日期", "告知申请人延迟答复的日期（第三十五条）。"),
            DOC_NO,
            NOTE,
        ),
        kinds.FEE_NOTIFIED: (
            amount,
            choice_field(
                "basis",
                "计费方式",
                "按件或按量，同一件申请只能选一种（国办函〔2020〕109号）。",
                numbered(FeeBasis),
            ),
            day_field("通知日期", "收费通知的日期；自次日起中止计算期限（国办函〔2020〕109号）。"),
            limit_field(
                "pay_by",
                "缴费期限",
                f"收到通知之日起{PAYMENT_DAYS}个工作日内；留空即按此计算。",
                aside=_working_days,
                placeholder=f"留空即 +{PAYMENT_DAYS}",
            ),
            DOC_NO,
            NOTE,
        ),
        kinds.FEE_PAID: (
            amount,
            day_field("缴费日期", "缴费的日期；答复期限自次日起重新计算（国办函〔2020〕109号）。"),
            DOC_NO,
            NOTE,
        ),
        kinds.DECIDED: answer_fields("办结日期"),
        kinds.WITHDRAWN: (
            day_field("撤回日期", "撤回生效的日期；申请人撤回，年报计入其他处理（3.6.3）。"),
            DOC_NO,
            NOTE,
        ),
        kinds.REDECIDED: answer_fields("重新答复日期", ordered_on_field()),
        kinds.PARTY_TOLD: (
            _party(),
            choice_field(
                "overruled",
                "因公共利益",
                "第三方不同意公开，本机关认为不公开可能对公共利益造成重大影响而决定公开的，选是（第三十二条）。",
                YES_NO,
                placeholder="是 或 否",
            ),
            day_field("告知日期", "把决定公开的内容和理由书面告知第三方的日期（第三十二条）。"),
            DOC_NO,
            NOTE,
        ),
        kinds.CANCELLED: (
            text_field("note", "理由", "作废的理由；必须写明。", required=True, lines=True),
            day_field("作废日期", "登记错误、或移送其他机关时作废；编号不再使用，也不计入年报。"),
            DOC_NO,
        ),
        kinds.NOTE: (
            text_field(
                "note",
                "内容",
                "要记下的内容，可写多行。",
                required=True,
                lines=True,
                recalls="note",
            ),
            day_field("日期", "备注所说之事的日期。"),
            DOC_NO,
        ),
    }


FIELDS: dict[EventKind, tuple[FieldSpec, ...]] = _fields()
"""The fields of each step's form; the one most often changed comes first."""


_WHICH = {
    EventKind.CONSULTATION_ENDED: (
        "哪一方的意见",
        "几方的意见都没有返回；选出这次返回意见的一方。其余各方返回前，期限仍不计算（第三十三条）。",
    ),
    EventKind.PARTY_TOLD: ("告知哪一方", "几方都不同意公开；选出这次告知的一方，逐方登记。"),
}


def fields_on(history: Sequence[Event], kind: EventKind) -> tuple[FieldSpec, ...]:
    """The fields of a step on a case: where several parties may answer, it asks first which."""
    if kind is EventKind.PARTY_TOLD:
        asked_of: Sequence[Event] = untold_parties(history)
    else:
        asked_of = consultations_out(history)
    names = tuple(dict.fromkeys(map(party_name, asked_of)))
    if kind not in (EventKind.CONSULTATION_ENDED, EventKind.PARTY_TOLD) or not names:
        return FIELDS[kind]
    if len(names) == 1:
        known = "" if names[0] == UNNAMED else names[0]
        return tuple(
            replace(spec, initial=known) if spec.name == "party" else spec for spec in FIELDS[kind]
        )
    label, sentence = _WHICH[kind]
    asked = choice_field(
        "party",
        label,
        sentence,
        tuple(Choice(str(number), name, name) for number, name in enumerate(names, 1)),
        required=True,
    )
    return (asked, *(spec for spec in FIELDS[kind] if spec.name != "party"))
