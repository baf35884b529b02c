"""Whose figures a sentence tells: the organ's own, another's, or unclear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

Whose = Literal["own", "other", "unclear"]

_LEVEL = "[省市区县州旗镇乡]"
_SELF = re.compile(
    r"(?:我|本)(?:局|委|办|厅|院|单位|机关|部门|中心|镇|乡|街道|市|区|县|省|州|旗|队|所|会|处|馆|站|园|府|级|行|支队)"
)
_DEPARTMENT = re.compile(r"(?:我|本)(?:局|委(?!员)|厅|中心|街道|支队|所|处|镇|乡)")
_VERB = (
    r"(?:共|全年|累计|年度|本年度?|今年|总共|总计|已|新|依法|[0-9]{4}年度?|，|（[^）]{0,20}）)*"
    r"(?:收到|受理|新收|接收|接到|办理|答复|办结|处理)"
)
_GOVERNMENT = re.compile(
    rf"(?P<level>{_LEVEL})(?:人民)?政府(?:办公厅|办公室|办|本级|本部|机关)?{_VERB}"
)
_WHOLE = re.compile(rf"(?<![安健])全(?P<level>{_LEVEL})(?:(?!政府)[^，。；]){{0,14}}?{_VERB}")
_AT_LARGE = re.compile(rf"(?<![安健])全(?P<level>{_LEVEL})")
_OTHER = re.compile(
    r"(?<!级)各(?:县|市|区|镇|乡|街|部门|单位|科|处室|分局|股室|职能|委办|成员|地|级)|县（市、区）|县市区|下属|下级"
    r"|(?:所属|直属|[局委厅院校]属)(?:各|单位|部门|机构|分局|事业)|市县|县区(?!域)|区县|[省市县区]级(?:各)?(?:部门|单位|机关|政府)|基层(?:单位|部门)|其他(?:部门|单位|机关)|上级|指导|协助|配合|代为|代(?=[省市区县州镇乡](?:人民)?政府)|转送|移送|移交|转交|交办|转办|转来"
)
_AMONG = re.compile(
    r"其中[，：:]?[\u4e00-\u9fff]{1,10}(?:局|委|厅|办(?![结理复件公法])|街道|镇|乡|中心|支队)(?![\u4e00-\u9fff]{0,2}告知)"
)
_KIND_OF_ORGAN = re.compile("(?:局|委|委员会|厅|院|中心|街道|办事处|支队|所|处|馆|镇|乡)$")
_OWN_LEVEL = re.compile(rf"({_LEVEL})(?:(?:人民)?政府(?:办公厅|办公室|办)?)?$")
_OFFICE = re.compile("(?:我|本)(?:办|院|单位|机关|部门|队|会|处|馆|站|园|行|支队)")


class Organs:
    """What is known of the reporting organ: its name, or else how the text speaks of itself."""

    def __init__(self, organ: str, parts: Iterable[str]) -> None:
        found = _OWN_LEVEL.search(organ)
        self.level = found[1] if found else ""
        texts = tuple(parts)
        self.government: Whose = "own"
        if _KIND_OF_ORGAN.search(organ) or any(_DEPARTMENT.search(text) for text in texts):
            self.government = "other"
        elif any(_OFFICE.search(text) for text in texts):
            self.government = "unclear"

    def events(self, plain: str) -> Iterator[tuple[int, Whose]]:
        """Where in a sentence the subject changes; the words of others alone bind their clause."""
        for found in _SELF.finditer(plain):
            yield found.start(), "own"
        for found in (*_GOVERNMENT.finditer(plain), *_WHOLE.finditer(plain)):
            yield found.start(), self._government(found["level"])

    def at_large(self, plain: str, start: int, end: int) -> Whose | None:
        """Whose a figure of 全区 is that was not received or answered; None if none is named."""
        found = _AT_LARGE.search(plain, start, end)
        return self._government(found["level"]) if found else None

    def _government(self, level: str) -> Whose:
        if self.level:
            return "own" if level == self.level else "other"
        return self.government

    def others(self, plain: str, start: int, end: int) -> Whose:
        """Whether a stretch before a number speaks of others; unclear is 全区各部门."""
        if _AMONG.search(plain, max(0, start - 3), end):
            return "other"
        start = _before_brackets(plain, start)
        if _OTHER.search(plain, start, end) is None:
            return "own"
        return "other" if _WHOLE.search(plain, 0, end + 8) is None else "unclear"


def _before_brackets(plain: str, start: int) -> int:
    """Where a clause began that brackets without a number interrupt: 各县（市、区）教育局."""
    while plain[start - 1 : start] == "）":
        opened = plain.rfind("（", 0, start)
        if opened < 0 or re.search("[0-9]", plain[opened:start]):
            break
        start = max(plain.rfind(mark, 0, opened) for mark in "，；。：）") + 1
    return start


def whose(events: list[tuple[int, Whose]], place: int) -> Whose:
    """Whose number stands at a place, by the events in order: the last subject before it, the organ's own without one."""
    last: Whose = "own"
    for start, subject in events:
        if start < place:
            last = subject
    return last
