"""The form of an answer: its outcome and ground, how it was delivered, and what else is kept of it."""

from __future__ import annotations

from datetime import date

from db.errors import BadValue
from db.law.anew import anew
from db.law.periods import ANSWER_DAYS
from db.words.outcomes import (
    GROUNDS,
    OUTCOME_BY_CODE,
    parse_ground,
    parse_withheld,
    withheld_text,
)
from db.words.vocabulary import Delivery, parse_delivery
from tui.forms.common import DATE_HELP, DOC_NO, NOTE, day_field
from tui.forms.fields import (
    FieldSpec,
    Surroundings,
    choice_field,
    date_field,
    numbered,
    outcome_choices,
    outcome_code,
    text_field,
)


def _answer_day(_: date, around: Surroundings) -> str:
    delivery = around.values.get("delivery")
    return f"应填{delivery.conclusion_day}" if isinstance(delivery, Delivery) else ""


def _outcome() -> FieldSpec:
    return choice_field(
        "outcome",
        "办理结果",
        "按年报表的编号选：可写编号（3.3.4 或 334），也可写文字（第三方）。\n"
        "区分处理的选 3.2 部分公开，只计这一情形。\n"
        "空着时，具体理由是已主动公开、信息不存在、非本机关负责、特别规定查询或撤回的，按它计入相应的行。",
        outcome_choices(),
        match=outcome_code,
        required=True,
        placeholder="编号或文字，例如 334、第三方",
        fallback=_proposed,
    )


def _proposed(around: Surroundings) -> str | None:
    """The row that the ground proposes."""
    ground = parse_ground(around.values.get("ground") or "")
    return ground.code if ground else None


def _row_of(text: str, around: Surroundings) -> str:
    """Which row a ground proposes, and whether another was chosen."""
    ground = parse_ground(text)
    if ground is None:
        return ""
    outcome = OUTCOME_BY_CODE[ground.code]
    said = f"计入 {outcome.code} {outcome.name}"
    chosen = around.values.get("outcome")
    return said if chosen in (None, ground.code) else f"通常{said}，办理结果选的是 {chosen}"


def _ground() -> FieldSpec:
    return text_field(
        "ground",
        "具体理由",
        "更细的理由，不另占年报的行。可写："
        + "、".join(ground.label for ground in GROUNDS)
        + "；也可写别的。",
        echo=_row_of,
        placeholder="例如 已主动公开、信息不存在",
    )


def _withheld() -> FieldSpec:
    def read(text: str, _: Surroundings) -> str:
        codes = parse_withheld(text)
        if codes is None:
            raise BadValue("请写编号，几项之间用顿号，例如 3.3.4、3.3.6。")
        return withheld_text(codes)

    def echo(text: str, _: Surroundings) -> str:
        return "；".join(OUTCOME_BY_CODE[code].name for code in parse_withheld(text) or ())

    return FieldSpec(
        "withheld",
        "不公开部分",
        "部分公开（3.2）的，写明不公开部分的理由；只写进文书，年报只计 3.2。",
        read,
        echo=echo,
        placeholder="部分公开的才填，例如 3.3.4、3.3.6",
    )


def _delivery() -> FieldSpec:
    return choice_field(
        "delivery",
        "送达方式",
        "邮寄的，交邮之日为答复日；当面或委托送达的，签收之日；电子的，发出之日（国办公开办函〔2016〕235号）。",
        numbered(Delivery),
        match=parse_delivery,
        echo=lambda value, _: f"答复日期填{value.conclusion_day}",
    )


def answer_fields(what: str, *more: FieldSpec) -> tuple[FieldSpec, ...]:
    return (
        _outcome(),
        *more,
        _delivery(),
        day_field(
            what,
            f"答复送达的法定日期；应在收到申请之日起{ANSWER_DAYS}个工作日内（第三十三条）。",
            aside=_answer_day,
        ),
        text_field(
            "postal_no",
            "邮件号码",
            "邮政企业的邮件号码；填了以后，今日页等到签收日期补上为止。",
            brief=True,
        ),
        date_field(
            "signed_on",
            "签收日期",
            f"邮寄的，送达回证或查询结果上的签收日期；还没有则留空，以后用送达补上。\n{DATE_HELP}",
        ),
        DOC_NO,
        _ground(),
        _withheld(),
        text_field(
            "answered_by",
            "受托答复",
            "受委托以本机关名义答复的单位；没有委托则留空。本件仍计在收到申请的机关。",
        ),
        NOTE,
    )


def ordered_on_field() -> FieldSpec:
    def aside(day: date, around: Surroundings) -> str:
        return f"应于 {anew(day, around.calendar).due_on} 前重新答复"

    return date_field(
        "ordered_on",
        "重新答复令",
        "责令重新答复的复议决定或判决生效的日期；没有写明期限的，自这天起20个工作日内重新答复"
        f"（法释〔2025〕8号第十一条）。\n{DATE_HELP}",
        aside=aside,
    )
