"""The form of a 受理机关: what it is called and where it is, and from which day that holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from db.cases.organ_facts import organ_level, organ_value
from db.cases.organs import UNNAMED_ORGAN, Organ, OrganFact
from db.words.vocabulary import OrganLevel
from tui.forms.fields import FieldSpec, Surroundings, choice_field, date_field, numbered

_HELP = {
    OrganFact.NAME: "答复申请的行政机关全称；年报和文书的抬头。",
    OrganFact.ADDRESS: "写在答复、送达文书上的地址。",
    OrganFact.POSTCODE: "6位数字。",
    OrganFact.PHONE: "申请人查询用的电话。",
    OrganFact.REVIEWING_BODY: "不服本机关答复，向哪个机关申请行政复议（行政复议法第二十四条）。",
    OrganFact.COURT: "不服本机关答复，向哪个人民法院起诉。",
    OrganFact.FOUNDED: "年内成立的，当年的年报写明统计期限，上年结转一项为空；其余不用填。",
}
_SINCE = (
    "更名、迁址的，填写自何日起：以前各年的年报和文书仍用原来的。"
    "留空：名称视为更正错字，各年都改；原来没有填的，视为一直如此；其余自今天起。"
)


def organ_fields(organ: Organ | None, today: date) -> tuple[FieldSpec, ...]:
    """The fields of an organ as it is today, or of one to be added."""
    told = {fact: (organ.fact(fact, today) or "") if organ else "" for fact in OrganFact}
    if told[OrganFact.NAME] == UNNAMED_ORGAN:
        told[OrganFact.NAME] = ""
    level = next((level for level in OrganLevel if level.value == told[OrganFact.LEVEL]), None)
    fields = [
        choice_field(
            fact.value,
            fact.label,
            "年报的报送期限按层级：本机关1月31日前；汇总县2月20日、市3月10日、省3月31日前。",
            numbered(OrganLevel),
            match=organ_level,
            initial=level.label if level else "",
        )
        if fact is OrganFact.LEVEL
        else _text(fact, told[fact])
        for fact in OrganFact
    ]
    if organ is not None:
        fields.append(date_field("on", "起始日期", _SINCE, apart=True))
    return tuple(fields)


def _text(fact: OrganFact, initial: str) -> FieldSpec:
    def read(text: str, _: Surroundings) -> str:
        return organ_value(fact, text)

    return FieldSpec(
        fact.value,
        fact.label,
        _HELP[fact],
        read,
        required=fact is OrganFact.NAME,
        initial=initial,
        brief=fact is OrganFact.POSTCODE,
        placeholder="本机关全称" if fact is OrganFact.NAME else "",
    )


def organ_changes(organ: Organ | None, told: dict[str, Any], today: date) -> dict[OrganFact, str]:
    """What of an organ would be recorded: what is told otherwise than it stands."""
    on = told.get("on") or today
    return {
        fact: value
        for fact in OrganFact
        if (value := str(told.get(fact.value) or ""))
        != ((organ.fact(fact, on) or "") if organ else "")
    }


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def organ_outlook(organ: Organ | None, changes: dict[OrganFact, str], on: date | None) -> str:
    """What recording them would do, in a sentence."""
    if organ is None:
        return "保存后，登记申请时可以选这个机关。"
    if not changes:
        return "没有改动。"
    said = []
    if name := changes.get(OrganFact.NAME):
        said.append(
            f"从{_day(on)}起改名为 {name}；此前各年的年报和文书仍用原名。"
            if on
            else f"各年的年报和文书都写“{name}”。"
        )
    if others := [fact.label for fact in changes if fact is not OrganFact.NAME]:
        said.append(f"{'、'.join(others)}{f'从{_day(on)}起' if on else ''}改用新填的。")
    return "".join(said)
