"""The article an answer stands on, by its outcome, and how the law puts what is found (条款项)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.words.outcomes import GROUNDS, parse_ground

_WHERE = "第三十六条第{}项"
PUBLISHED, ELSEWHERE = "已主动公开", "非本机关负责"
"""Finer grounds (`db.words.outcomes.GROUNDS`) that stand on an article of their own."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer stands on: the articles, and what was found in the law's words.

    `found` goes on after 你申请公开的政府信息, or if it is `of_applicant` after 你; `decision` after
    本机关.
    """

    articles: tuple[str, ...]
    found: str
    decision: str = "不予公开"
    of_applicant: bool = False


_BY_OUTCOME: Mapping[str, Basis] = {
    "3.1": Basis((_WHERE.format("二"),), "可以公开", "予以公开"),
    "3.2": Basis(("第三十七条",), "含有不应当公开的内容，但是能够作区分处理", "部分公开"),
    "3.3.1": Basis(("第十四条", _WHERE.format("三")), "属于依法确定为国家秘密的政府信息"),
    "3.3.2": Basis(("第十四条", _WHERE.format("三")), "属于法律、行政法规禁止公开的政府信息"),
    "3.3.3": Basis(
        ("第十四条", _WHERE.format("三")),
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
    ),
    "3.3.4": Basis(
        ("第十五条", _WHERE.format("三")),
        "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害",
    ),
    "3.3.5": Basis(
        ("第十六条第一款", _WHERE.format("三")),
        "属于行政机关人事管理、后勤管理、内部工作流程等方面的内部事务信息",
    ),
    "3.3.6": Basis(
        ("第十六条第二款", _WHERE.format("三")),
        "属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息",
    ),
    "3.3.7": Basis(("第十六条第二款", _WHERE.format("三")), "属于行政执法案卷信息"),
    "3.3.8": Basis(
        (_WHERE.format("七"),),
        "属于工商、不动产登记资料等信息，有关法律、行政法规对信息的获取有特别规定",
        "不予公开，请依照有关法律、行政法规的规定办理",
    ),
    "3.4.1": Basis((_WHERE.format("四"),), "经检索不存在", "无法提供"),
    "3.4.2": Basis(
        ("第三十八条",), "没有现成的，需要本机关对现有政府信息进行加工、分析", "无法提供"
    ),
    "3.4.3": Basis(
        ("第二十九条第二款第二项", "第三十条"),
        "的申请内容经补正后仍不明确",
        "无法提供",
        of_applicant=True,
    ),
    "3.5.1": Basis(
        ("第三十九条第一款",),
        "以政府信息公开申请的形式进行信访、投诉、举报等活动",
        "不作为政府信息公开申请处理",
        of_applicant=True,
    ),
    "3.5.2": Basis(
        (_WHERE.format("六"),),
        "重复申请公开相同政府信息，本机关此前已经作出答复",
        "不予重复处理",
        of_applicant=True,
    ),
    "3.5.3": Basis(
        ("第三十九条第二款",),
        "要求提供的是政府公报、报刊、书籍等公开出版物",
        "不予处理，告知获取的途径",
        of_applicant=True,
    ),
    "3.5.4": Basis(
        ("第三十五条",),
        "申请公开政府信息的数量、频次明显超过合理范围，且没有正当理由",
        "不予处理",
        of_applicant=True,
    ),
    "3.5.5": Basis(
        (_WHERE.format("六"),),
        "要求本机关确认或者重新出具已经获取的政府信息",
        "不予处理",
        of_applicant=True,
    ),
    "3.6.1": Basis(
        ("第三十条",),
        "无正当理由逾期不补正，视为放弃申请",
        "不再处理该政府信息公开申请",
        of_applicant=True,
    ),
    "3.6.2": Basis(
        ("第四十二条",),
        "逾期未缴纳信息处理费，视为放弃申请",
        "不再处理该政府信息公开申请",
        of_applicant=True,
    ),
    "3.6.3": Basis((), "", ""),
}
_BY_GROUND: Mapping[tuple[str, str], Basis] = {
    ("3.1", PUBLISHED): Basis((_WHERE.format("一"),), "已经主动公开", "告知获取的方式、途径"),
    ("3.4.1", ELSEWHERE): Basis((_WHERE.format("五"),), "不属于本机关负责公开", "无法提供"),
}


def basis(outcome: str, ground: str | None) -> Basis:
    """What an answer of that outcome, with that finer ground, stands on."""
    return _BY_GROUND.get((outcome, finer_ground(ground))) or _BY_OUTCOME[outcome]


def finer_ground(ground: str | None) -> str:
    """The finer ground that a decision's own words name; empty if they are other words."""
    known = parse_ground(ground or "")
    if known is not None:
        return known.label
    return next((one.label for one in GROUNDS if one.label in (ground or "")), "")
