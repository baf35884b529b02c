"""Money: kept in fen, as whole numbers; written and typed in yuan."""

from __future__ import annotations

import re
from decimal import Decimal

from db.errors import BadValue
from db.words.text import nfkc

LARGEST = 10**12
"""In fen: no fee comes near it."""

_YUAN = re.compile(r"[0-9]{1,20}(\.[0-9]{1,2}0{0,20})?")


def fen_of(text: str) -> int:
    """An amount in yuan as people write it (`100`, `1,300.50`, `１００元`), in fen.

    Raises:
        BadValue: it is no amount, negative, beyond all bounds, or has parts of a fen.
    """
    digits = nfkc(text).replace(",", "").strip().removesuffix("元").strip()
    if not _YUAN.fullmatch(digits) or (fen := int(Decimal(digits) * 100)) >= LARGEST:
        raise BadValue(f"金额“{text[:20]}”应是元，最多两位小数，例如 100 或 100.50。")
    return fen


def yuan(fen: int, grouping: str = "") -> str:
    """An amount in fen as a decimal number of yuan, `1300.50`; `grouping` parts the thousands."""
    return f"{fen // 100:{grouping}}.{fen % 100:02d}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capital_yuan(fen: int) -> str:
    """An amount in fen in the capitals of cheques: 壹佰元整, 壹仟零伍元伍角."""
    whole, parts = divmod(fen, 100)
    said = f"{_capital(whole)}元" if whole or not parts else ""
    jiao, rest = divmod(parts, 10)
    if not parts:
        return said + "整"
    said += f"{_DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return said + (f"{_DIGITS[rest]}分" if rest else "")


def _capital(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    said, gap = "", False
    digits = str(number)
    for place, digit in zip(range(len(digits) - 1, -1, -1), map(int, digits), strict=True):
        group, within = divmod(place, 4)
        if digit:
            said += ("零" if gap else "") + _DIGITS[digit] + _PLACES[within]
            gap = False
        else:
            gap = bool(said)
        if within == 0 and number // 10**place % 10000:
            said += _GROUPS[group]
    return said
