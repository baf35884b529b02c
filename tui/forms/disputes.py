"""The forms of reviews and suits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from db.disputes.proceedings import LABELS, Proceedings
from db.law.anew import anew
from db.words.text import nfkc, one_line
from tui.forms.common import DATE_HELP
from tui.forms.fields import (
    Choice,
    FieldSpec,
    Surroundings,
    choice_field,
    date_field,
    numbered,
    text_field,
)

if TYPE_CHECKING:
    from db.disputes.dispute import Dispute
    from db.storage.transaction import Transaction

WHOLE, ONLY_CONCLUSION = "作废整件登记", "只作废审结记录"

_OFFERED = 100
"""Reviews that a suit may be said to follow."""
_YES_NO = (Choice("1", "否", False), Choice("2", "是", True))


def dispute_fields(
    case: str | None, organs: Sequence[str], reviews: Sequence[Dispute]
) -> tuple[FieldSpec, ...]:
    """The fields of a new review or suit; `reviews` are those a suit may follow."""
    from db.disputes.dispute import Block

    fields = [
        choice_field(
            "block",
            "类别",
            "年报第四表的三个部分：行政复议；未经复议直接起诉；复议后起诉。",
            numbered(Block),
            required=True,
            placeholder="序号或文字，例如 1、复议",
        ),
        text_field(
            "case",
            "所涉申请",
            "写编号、姓名或内容的一部分，从下面选；申请早于本登记簿的，空着，填下一栏。",
            initial=case or "",
            placeholder="编号、姓名、内容，例如 26-5、吴敏",
            search=find_case,
        ),
        text_field("older_case", "登记簿外的申请", "申请早于本登记簿时，写明申请的名称或编号。"),
        text_field(
            "body",
            "机关或法院",
            "受理复议的机关，或受理起诉的法院。",
            required=True,
            recalls="body",
        ),
        date_field(
            "filed_on",
            "提起日期",
            f"申请复议或起诉的日期；年末未审结的，计入尚未审结。\n{DATE_HELP}",
            required=True,
            aside=_limits,
            brief=False,  # what the law says of it is long
        ),
        choice_field(
            "co_defendant",
            "仅共同被告",
            "本机关只因作为复议机关而成为共同被告的，不计入年报（国办公开办函〔2016〕201号）。",
            _YES_NO,
            initial="否",
            echo=lambda value, _: "不计入年报第四表" if value else "",
        ),
    ]
    if reviews:
        fields.append(review_field(reviews, case))
    fields += [
        date_field("concluded_on", "审结日期", f"已经审结的，和结果一起填。\n{DATE_HELP}"),
        _result(required=False),
        *proceedings_fields(),
    ]
    if len(organs) > 1 and case is None:
        choices = tuple(Choice(str(n), one_line(name), name) for n, name in enumerate(organs, 1))
        fields.insert(
            3,
            choice_field(
                "organ",
                "受理机关",
                "被复议或被诉的机关；填了所涉申请的，以那件申请为准。",
                choices,
                initial=one_line(organs[0]),
            ),
        )
    return tuple(fields)


def review_field(reviews: Sequence[Dispute], case: str | None) -> FieldSpec:
    """Which review a suit follows: those of its own case are offered first, then the newest."""
    own = [review for review in reviews if case is not None and review.case == case]
    others = [review for review in reviews[::-1] if review not in own]
    return choice_field(
        "after",
        "前置复议",
        "复议后起诉的，选它之前的行政复议；不知道就空着。",
        tuple(Choice(str(r.id), _review(r), r.id) for r in (*own, *others)[:_OFFERED]),
        placeholder="复议后起诉的才填",
    )


def find_case(tx: Transaction, words: str) -> tuple[Choice, ...]:
    """The cases that a few words find, as a lookup does; the one alone whose number they are."""
    from db.lookup.find import page_of_found
    from db.words.tokens import short_number

    rows = page_of_found(tx, words, 0, 20) or []
    number = short_number(nfkc(words))
    if number is not None and rows and short_number(rows[0].number) == number:
        del rows[1:]
    return tuple(
        Choice(
            row.number, f"{one_line(row.applicant)[:40]}  {one_line(row.subject)[:80]}", row.number
        )
        for row in rows
    )


def _limits(_: date, around: Surroundings) -> str:
    """What the law gives for the kind of dispute."""
    from db.disputes.dispute import Block

    said = {
        Block.REVIEW: "知道答复之日起60日内（行政复议法第二十条）",
        Block.DIRECT_SUIT: "知道答复之日起6个月内（行政诉讼法第四十六条）",
        Block.SUIT_AFTER_REVIEW: "收到复议决定书之日起15日内（行政诉讼法第四十五条）",
    }
    block: Any = around.values.get("block")
    return said.get(block, "")


def _review(review: Dispute) -> str:
    source = one_line(review.source)[:40]
    return f"{source} {one_line(review.body)[:30]} {review.concluded_on}审结 {review.result.label}"


def _result(*, required: bool) -> FieldSpec:
    from db.disputes.dispute import Result

    return choice_field(
        "result",
        "结果",
        "结果维持、结果纠正（撤销、变更、确认违法、责令重新答复等）、其他结果（撤回、驳回等）。",
        tuple(c for c in numbered(Result) if c.value is not Result.PENDING),
        required=required,
        echo=lambda value, _: (
            '结果纠正的，重新答复后请在本件登记"重新答复"' if value is Result.CORRECTED else ""
        ),
    )


def conclusion_fields() -> tuple[FieldSpec, ...]:
    """The fields of a dispute's end."""
    return (
        _result(required=True),
        date_field(
            "on",
            "审结日期",
            f"复议决定、判决或裁定的日期。\n{DATE_HELP}",
            required=True,
            initial="今天",
        ),
        _ordered_on(),
    )


def _ordered_on() -> FieldSpec:
    return date_field(
        "ordered_on",
        "重新答复令",
        "结果纠正、责令重新答复的，填决定或判决生效的日期；没有写明期限的，自这天起20个工作日内重新答复"
        f"（法释〔2025〕8号第十一条）。\n{DATE_HELP}",
        aside=lambda day, around: f"应于 {anew(day, around.calendar).due_on} 前重新答复",
    )


def void_fields(*, concluded: bool) -> tuple[FieldSpec, ...]:
    """What is voided, and why."""
    reason = text_field("reason", "理由", "作废的理由；必须写明，记录仍然留存。", required=True)
    if not concluded:
        return (reason,)
    return (
        choice_field(
            "what",
            "作废内容",
            "审结登记错了，只作废审结记录；整件登记错了，作废整件。",
            (Choice("1", ONLY_CONCLUSION, True), Choice("2", WHOLE, False)),
            required=True,
            initial=ONLY_CONCLUSION,
        ),
        reason,
    )


def proceedings_fields(known: Proceedings | None = None) -> tuple[FieldSpec, ...]:
    """How a dispute is conducted, each field holding what is known; the answer's day comes later."""
    fields = [
        text_field(
            "docket_no", LABELS["docket_no"], "受理通知书、传票上的案号；还没有则留空。", apart=True
        ),
        text_field("handler", LABELS["handler"], "本机关答复、应诉的人员。", recalls="officer"),
        _day_to_come(
            "answer_by",
            "行政复议：收到申请书副本之日起10个工作日内书面答复（行政复议法第四十八条、第八十八条）；"
            "诉讼：收到起诉状副本之日起15日内提交证据和答辩状（行政诉讼法第六十七条）。",
        ),
        _day_to_come("hearing_on", "传票、听证通知书上的日期；改期的，改成新的日期。"),
    ]
    if known is None:
        return tuple(fields)
    answered = date_field(
        "answered_on",
        LABELS["answered_on"],
        f"答复书或答辩状交出的日期；交出后不再提醒。\n{DATE_HELP}",
    )
    fields.insert(3, answered)
    fields.append(_ordered_on())
    return tuple(
        replace(spec, apart=False, initial=_written(getattr(known, spec.name))) for spec in fields
    )


def _day_to_come(name: str, sentence: str) -> FieldSpec:
    return date_field(
        name,
        LABELS[name],
        f"{sentence}\n日期可写 2026-03-05、3-5，或 +10（今天起第10个工作日）。",
        future=True,
    )


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
