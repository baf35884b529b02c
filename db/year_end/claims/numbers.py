"""Numbers as reports write them: digits, full-width, with separators, 一百二十, 廿; 两百余 is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS |= {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TWENTY = {"廿": 20, "卅": 30}
_HAN = "".join((*_DIGITS, *_TENS, *_TWENTY, "万萬"))

UNIT = (
    "(?:件(?!套)|份(?!额)|条(?!例|件|款)|宗(?!旨)|起(?!草|步|至|施|止|始|来|到|诉(?!讼))|项(?!目|下)|次(?!性|日|年)"
    "|例|封|笔|部(?!门|分|委|署|队)|个(?!工作日|月|百分点|人|自然日|性|别|小时|县|市|区|镇|部门|单位|方面))"
)
_NUMBER = re.compile(
    r"(?P<digits>(?<![0-9.])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,12})(?P<part>\.[0-9]{1,12})?)"
    rf"|(?P<han>[{_HAN}]{{1,16}})"
)
_AFTER = re.compile(
    rf"(?P<more>[余多来几]|有余)?(?P<scale>[百千万亿]+)?(?P<more2>[余多]|有余)?"
    rf"(?:(?P<percent>[%％])|(?P<points>个?百分点)|(?P<unit>{UNIT}))?(?P<more3>以上|左右|上下|以内|以下|余|多(?!数))?"
)
_BEFORE = re.compile(
    r"(?:约|逾|超|超过|突破|将近|(?<![最附就临])近|接近|大约|不足|不到|至少|不少于|不低于)$"
)
_SOME = re.compile(r"[几数上]$")  # 数十, 上百
_ORDINAL = re.compile(r"(?:第|每|任[何一]?|某|同|逐|这|那|此|该|另|单)$")
_RANGE_BEFORE = re.compile(r"[0-9]\s?(?:[-—–~～]|件?至|件?到)$")
_RANGE_AFTER = re.compile(rf"\s?(?:[-—–~～]|至|到)\s?(?:[0-9]|[{_HAN}]+(?:{UNIT}))")
_NOT_ONE = re.compile(r"(?:未|没有?|无)(?:曾|再)?(?:收到|接到|受理|发生|出现|有)?过?$")
_ONE_THING = re.compile(
    r"一(?:件事|次性|条龙|起(?!行政|复议|诉讼|政府|信息|案|因|依|申请|[，。；、）：]|$))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: where it stands, what stands behind it, and whether it is exact."""

    start: int
    end: int
    value: int
    unit: str  # 件, 份 …; "%" for a percentage; empty
    after: int  # where the text goes on behind the unit
    exact: bool
    percent: Decimal | None = None


def chinese_number(text: str) -> int | None:
    """A whole number below a hundred million written in Chinese; None if it is none."""
    head, cut, tail = text.replace("萬", "万").partition("万")
    if not cut:
        return _below_myriad(head)
    high = _below_myriad(head)
    if high is None or not high:
        return None
    if not tail:
        return high * 10_000
    if len(tail) == 1 and tail in _DIGITS and tail not in "零〇":
        return high * 10_000 + _DIGITS[tail] * 1000  # 三万五
    low = _below_myriad(tail)
    return None if low is None else high * 10_000 + low


def _below_myriad(text: str) -> int | None:
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        if len(text) > 1 and len(text) > 4:
            return None
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit, least = 0, None, 10_000
    for place, c in enumerate(text):
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
            continue
        if c in _TWENTY:
            if digit or least <= 10:
                return None
            total, digit, least = total + _TWENTY[c], None, 10
            continue
        worth = _TENS[c]
        if worth >= least or (digit is None and worth != 10) or (digit == 0 and worth != 10):
            return None
        if digit is None and place and text[place - 1] not in "零〇百千佰仟":
            return None
        total += (digit or 1) * worth
        digit, least = None, worth
    if digit and least > 10 and text[-2] not in "零〇" and total:
        return total + digit * least // 10  # 一百二
    return total + (digit or 0)


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of a text whose digits are half-width, with their units, in order."""
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        before = text[max(0, start - 4) : start]
        if _ORDINAL.search(before) or _ONE_THING.match(text, start):
            continue
        exact = not _BEFORE.search(before) and not _RANGE_BEFORE.search(
            text[max(0, start - 4) : start]
        )
        if found["digits"]:
            written = Decimal(found["digits"].replace(",", ""))
            exact = exact and not found["part"]
        else:
            value = chinese_number(found["han"])
            if value is None:
                continue
            written = Decimal(value)
            exact = exact and not _SOME.search(before)
        if written == 1 and _NOT_ONE.search(text[max(0, start - 8) : start]):
            continue  # 没有收到一件
        tail = _AFTER.match(text, end)
        assert tail is not None  # all of it is optional
        if tail["points"]:
            continue
        if tail["more"] or tail["scale"] or tail["more2"] or tail["more3"]:
            exact = False
        if _RANGE_AFTER.match(text, tail.end()) or (
            not tail["unit"] and _RANGE_AFTER.match(text, end)
        ):
            exact = False
        percent = written if tail["percent"] else None
        unit = "%" if tail["percent"] else tail["unit"] or ""
        yield Number(start, end, int(written), unit, tail.end(), exact, percent)
