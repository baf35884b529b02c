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
