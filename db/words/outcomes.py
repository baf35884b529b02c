"""办理结果: the outcomes of a request, and how people write them (DOMAIN, section 2).

The codes are the numbering of the annual report's form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from db.words.text import bare, fold


@dataclass(frozen=True)
class Outcome:
    """One leaf of block three of the form: its code, its group's and its own label."""

    code: str
    group: str
    label: str

    @property
    def name(self) -> str:
        """The full name in one line: `不予公开-保护第三方合法权益`, or `予以公开`."""
        return f"{self.group}-{self.label}" if self.label else self.group


PARTIAL_NOTE = "（区分处理的，只计这一情形，不计其他情形）"


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("3.1", "予以公开", ""),
    Outcome("3.2", "部分公开", ""),
    Outcome("3.3.1", "不予公开", "属于国家秘密"),
    Outcome("3.3.2", "不予公开", "其他法律行政法规禁止公开"),
    Outcome("3.3.3", "不予公开", "危及“三安全一稳定”"),
    Outcome("3.3.4", "不予公开", "保护第三方合法权益"),
    Outcome("3.3.5", "不予公开", "属于三类内部事务信息"),
    Outcome("3.3.6", "不予公开", "属于四类过程性信息"),
    Outcome("3.3.7", "不予公开", "属于行政执法案卷"),
    Outcome("3.3.8", "不予公开", "属于行政查询事项"),
    Outcome("3.4.1", "无法提供", "本机关不掌握相关政府信息"),
    Outcome("3.4.2", "无法提供", "没有现成信息需要另行制作"),
    Outcome("3.4.3", "无法提供", "补正后申请内容仍不明确"),
    Outcome("3.5.1", "不予处理", "信访举报投诉类申请"),
    Outcome("3.5.2", "不予处理", "重复申请"),
    Outcome("3.5.3", "不予处理", "要求提供公开出版物"),
    Outcome("3.5.4", "不予处理", "无正当理由大量反复申请"),
    Outcome("3.5.5", "不予处理", "要求行政机关确认或重新出具已获取信息"),
    Outcome(
        "3.6.1",
        "其他处理",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    Outcome(
        "3.6.2",
        "其他处理",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    Outcome("3.6.3", "其他处理", "其他"),
)


OUTCOME_BY_CODE: dict[str, Outcome] = {outcome.code: outcome for outcome in OUTCOMES}


PARTIAL_CODE = "3.2"
PUBLISHED = ("3.1", PARTIAL_CODE)
"""The outcomes that publish something."""
WITHDRAWN_CODE = "3.6.3"
WITHDRAWN_WORDS = "申请人撤回（计入其他处理）"


@dataclass(frozen=True)
class Ground:
    """A finer ground of a decision: it feeds letters and narrative, and proposes its row."""

    label: str
    code: str
    usual: tuple[str, ...] = ()


GROUNDS: tuple[Ground, ...] = (
    Ground("已主动公开", "3.1", ("属于主动公开",)),
    Ground("信息不存在", "3.4.1", ("政府信息不存在", "不存在")),
    Ground(
        "非本机关负责",
        "3.4.1",
        ("不属于本机关负责公开", "不属于本机关负责", "不属于本机关公开", "非本机关负责公开"),
    ),
    Ground(
        "特别规定查询",
        "3.3.8",
        ("依照其他法律法规办理", "依照其他法律法规办理（特别规定查询）"),
    ),
    Ground("撤回", WITHDRAWN_CODE, ("申请人撤回",)),
)


@lru_cache(maxsize=1024)
def parse_ground(text: str) -> Ground | None:
    """The ground of a decision that a text names, or None: any other is free text."""
    said = bare(text)
    return next((g for g in GROUNDS if said in map(bare, (g.label, *g.usual))), None)


WITHHELD_GROUPS = ("3.3.", "3.4.", "3.5.")
_BETWEEN = "、"


def parse_withheld(text: str) -> tuple[str, ...] | None:
    """The grounds for the withheld part of a partial answer, by their codes; None if one is none."""
    found: list[str] = []
    for part in re.split(r"[、，,；;\s]+", text.strip()):
        outcome = parse_outcome(part) or OUTCOME_BY_CODE.get(SHORT_OUTCOMES.get(bare(part), ""))
        if outcome is None or not outcome.code.startswith(WITHHELD_GROUPS):
            return None
        if outcome.code not in found:
            found.append(outcome.code)
    return tuple(sorted(found))


def withheld_text(codes: Iterable[str]) -> str:
    """The same as it is stored: `3.3.4、3.3.6`."""
    return _BETWEEN.join(codes)


_OUTCOME_WORDS: dict[str, str] = {
    "其他": "3.6.3",
    "其他处理": "3.6.3",
    "六其他处理": "3.6.3",
    "36": "3.6.3",  # the one row of Form 2019
    "36其他处理": "3.6.3",
    "公开": "3.1",
    "全部公开": "3.1",
}


SHORT_OUTCOMES: dict[str, str] = {
    "国家秘密": "3.3.1",
    "三安全一稳定": "3.3.3",
    "第三方": "3.3.4",
    "第三方合法权益": "3.3.4",
    "内部事务信息": "3.3.5",
    "过程性信息": "3.3.6",
    "行政执法案卷": "3.3.7",
    "行政查询事项": "3.3.8",
    "信息不存在": "3.4.1",
    "不掌握": "3.4.1",
    "另行制作": "3.4.2",
    "信访举报投诉": "3.5.1",
    "重复申请": "3.5.2",
    "逾期不补正": "3.6.1",
    "逾期未缴费": "3.6.2",
}
"""What a lookup takes for an outcome, and an import proposes: a ledger may mean another by it."""


@lru_cache(maxsize=1024)
def parse_outcome(text: str) -> Outcome | None:
    """The outcome a clerk or a spreadsheet means, or None.

    Accepts the code (`3.3.4`, `334`), the label with or without its number
    (`4.保护第三方合法权益`), and group and label (`不予公开-保护第三方合法权益`).
    """
    folded = fold(text)
    code = folded.strip(".")
    if code in OUTCOME_BY_CODE:
        return OUTCOME_BY_CODE[code]
    if code.isascii() and code.isdigit() and ".".join(code) in OUTCOME_BY_CODE:
        return OUTCOME_BY_CODE[".".join(code)]
    said = bare(text)
    if said in _OUTCOME_WORDS:
        return OUTCOME_BY_CODE[_OUTCOME_WORDS[said]]
    return _outcome_names().get(said)


@cache
def _outcome_names() -> dict[str, Outcome]:
    names: dict[str, Outcome] = {}
    numerals = "一二三四五六"
    for outcome in OUTCOMES:
        digits = outcome.code.split(".")
        group_number = numerals[int(digits[1]) - 1]
        groups = {outcome.group, f"{group_number}{outcome.group}"}
        if outcome.code == "3.2":
            groups |= {g + PARTIAL_NOTE for g in groups}
        labels = {outcome.label}
        if outcome.label:
            labels |= {f"{digits[2]}.{outcome.label}", f"{outcome.code}{outcome.label}"}
            if outcome.label != "其他":
                names.update({bare(label): outcome for label in labels})
        else:
            names.update({bare(outcome.code + group): outcome for group in groups})
        for group in groups:
            names.update({bare(group + label): outcome for label in labels})
    names[bare("3.其他")] = OUTCOME_BY_CODE["3.6.3"]
    names[bare("3.6.3其他")] = OUTCOME_BY_CODE["3.6.3"]
    return names
