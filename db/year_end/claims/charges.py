"""行政事业性收费: the one figure of table 2 that is money, as a text tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from db.year_end.claims.numbers import chinese_number

KEY, COLUMN = "charges", "amount"
_NAME = "行政事业性?收费"
_HAN = "零〇一二三四五六七八九十百千万两"
_AMOUNT = (
    r"(?:人民币)?(?P<about>约|近|逾|超过?|突破|将近|接近|大约|不足|不到|不少于|不低于)?"
    rf"(?:(?P<digits>(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,12}})(?:\.[0-9]{{1,6}})?)|(?P<han>[{_HAN}]{{1,12}}))"
    r"(?P<more>[余多几])?(?P<unit>[万亿]?元|万|亿)?(?P<more2>余|多|左右|上下|以上|以下|以内)?"
)
_UNITS = {"元": Decimal("0.0001"), "万": Decimal(1), "亿": Decimal(10_000)}
_THOUSANDS = "(?P<head>[（(]?(?:单位)?[:：]?万元[）)]?)"
_TO = (
    "(?:项目|收入|收缴|征收|收取|收费|总?金额|总额|数额|共计?|合计|总计|累计|为|是|达到?|计|有|[：:]"
    "|本?年度?|全年|全部|全|总|数|的|了|实际|实收|均|都|分别)*"
)
_OF_OTHERS = re.compile(
    "减免|免征|免收|免缴|免除|停征|缓征|缓缴|减征|取消|降低|降费|退还|返还|退费|预算|罚没|违规|违法|乱收|查处|目标|计划"
    "|税|服务费|等(?![^，。；]*行政事业)"
)
_TOLD = re.compile(rf"{_NAME}{_TO}{_THOUSANDS}?{_TO}(?P<said>{_AMOUNT})(?![0-9年月日%％])")
_TOLD_BEFORE = re.compile(
    rf"(?:收取|征收|收缴|收到|完成|实收|取得)(?:了|各类|各项|相关|共计?)*(?P<said>{_AMOUNT})(?:的|各类|各项|相关)*{_NAME}"
)
_LISTED = (
    "(?:行政(?:许可|处罚|强制|性)|规章|行政?规范性文件|处理|决定|事项|情况|措施|和|及|、|或|以及|任何|各类|各项|相关|有关|过|了"
    "|(?:收取|征收|产生|发生|涉及|有|开展|实施|作出|存在))*"
)
_NONE = re.compile(
    rf"(?P<said>(?:没有|不涉及|不存在|未|无)){_LISTED}{_NAME}(?:项目|事项|情况|情形|金额|收入|行为|职能|的|等)*(?=[，。；！、）)]|和|及|或|$)"
)
_NONE_BEHIND = re.compile(
    rf"{_NAME}{_TO}(?P<said>无|没有|未发生|未收取|未产生)(?:收取|收费|发生|金额)*(?=[，。；！、）)]|$)"
)
_MARK = re.compile("[，；。]|,(?![0-9]{3})")
_JOINED = re.compile(r"(?:、|和|及|以及|与)$")
_COUNTED = re.compile(r"[0-9零][件项宗起次个条份]?(?:、|和|及|以及|与)$")
_TOGETHER = re.compile("均|都|分别|各")


@dataclass(frozen=True, slots=True)
class Charged:
    """An amount told, in 万元, and where it stands."""

    amount: Decimal
    start: int
    end: int
    least: Decimal | None = None
    """What the last decimal told is worth; None without decimals."""

    def tells(self, figure: Decimal) -> bool:
        """Whether it is that figure, or rounded from it to the decimals told."""
        apart = abs(self.amount - figure)
        return not apart or (self.least is not None and apart * 2 <= self.least)


def read_charges(plain: str, start: int, end: int) -> Iterator[Charged]:
    """What a sentence says was charged, of every clause that names it between two places.

    Nothing of what was waived, or charged together with other things.
    """
    for name in re.compile(_NAME).finditer(plain, start, end):
        first = max(plain.rfind(mark, 0, name.start()) for mark in "，；。,") + 1
        mark = _MARK.search(plain, name.end())
        yield from _read(plain, first, mark.start() if mark else len(plain))


def _read(plain: str, start: int, end: int) -> Iterator[Charged]:
    for pattern in (_TOLD, _TOLD_BEFORE):
        found = pattern.search(plain, start, end)
        if found is None:
            continue
        if _OF_OTHERS.search(plain, start, found.start()) or _with_others(plain, start, found):
            return
        charged = _amount(found)
        if charged is not None:
            yield charged
        return
    for pattern in (_NONE, _NONE_BEHIND):
        found = pattern.search(plain, start, end)
        if found is not None:
            if not _OF_OTHERS.search(plain, start, found.start()):
                yield Charged(Decimal(0), *found.span("said"))
            return


def _with_others(plain: str, start: int, found: re.Match[str]) -> bool:
    """罚没收入和行政事业性收费12万元: the amount is that of both; of none, both are told alike."""
    ahead = plain[start : found.start()]
    if not _JOINED.search(ahead) or _COUNTED.search(ahead):
        return False
    return not (_TOGETHER.search(found[0]) and (found["digits"] or found["han"]) in "0零")


def _amount(found: re.Match[str]) -> Charged | None:
    if found["about"] or found["more"] or found["more2"]:
        return None
    if found["digits"]:
        said = Decimal(found["digits"].replace(",", ""))
    else:
        number = chinese_number(found["han"])
        if number is None:
            return None
        said = Decimal(number)
    unit = found["unit"] or ("万元" if found.groupdict().get("head") else "")
    unit = "元" if not unit and not found["digits"] and "万" in found["han"] else unit
    if not unit and said:
        return None
    worth = _UNITS[unit[0]] if unit else Decimal(1)
    _, parted, decimals = str(said).partition(".")
    least = worth.scaleb(-len(decimals)) if parted else None
    return Charged(said * worth, *found.span("said"), least)
