"""What a cell of figures says: a number, nothing, or what nobody can be sure of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from db.words.text import nfkc, one_line
from db.year_end.proactive_form import Measure
from exports.consolidation.labels import plain
from exports.consolidation.paper import LOWERED, RAISED, STRUCK, Cell

_ASIDE = re.compile(f"{RAISED}[^{LOWERED}]*{LOWERED}")
_MARK = r"(?:[*＊※†‡①-⑳⑴-⒇¹²³⁰⁴-⁹]|[\[［【][0-9０-９]{1,2}[\]］】]|[（(\[［]?注[0-9０-９①-⑨]{0,2}[）)\]］]?)"
_MARKS = re.compile(rf"^{_MARK}+\s*(?=[0-9０-９+\-－−])|(?<=\S)\s*{_MARK}+\s*$")
_MARKED = re.compile("[①-⑳⑴-⒇¹²³⁰⁴-⁹₀-₉]")
_NOTHING = re.compile(r"[-—–―−‐‑‒﹣─━_/\\]{1,8}|无")
_UNIT_ALONE = re.compile(r"[-—/]?\s*(?:件|份|万元|元)")
"""Nothing before its unit; in a text it may as well be the end of a label."""
_DIGITS = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]{0,11})"
_COUNT = re.compile(rf"({_DIGITS})(?:\.0{{1,6}})?\s*(?:件|份|条|起|宗|项|次|个|部|人次)?")
_CHANGE = re.compile(rf"([+-]|增加?|减少?)?\s*({_DIGITS})(?:\.0{{1,6}})?\s*(?:件|项|个)?")
_AMOUNT = re.compile(rf"({_DIGITS}(?:\.[0-9]{{1,10}})?)\s*(万元|元|亿元|万|亿)?")
_LIKE = re.compile(r"[+\-0-9.,\s]*[0-9]\s*(?:[件份条起宗项次个部元]|万元?|亿元?|人次)?")
_WORTH = {"元": Decimal("0.0001"), "亿元": Decimal(10_000), "亿": Decimal(10_000)}


@dataclass(frozen=True, slots=True)
class Said:
    """A figure: its value, None where it cannot be read, and then why; `blank` was nothing."""

    text: str
    value: Decimal | None = None
    blank: bool = False
    reason: str = ""


BLANK = Said("", Decimal(0), blank=True)


def said_of(cell: Cell, measure: Measure = "count") -> Said:
    """The figure of a cell."""
    text = plain(cell.text)[:60]
    if cell.fault:
        return Said(text, reason=cell.fault)
    told = _bare(cell.text)
    if not told or _NOTHING.fullmatch(told) or _UNIT_ALONE.fullmatch(told):
        return Said(text, Decimal(0), blank=True)
    if STRUCK in cell.text:
        return Said(text, reason="有划掉的数，看不出算不算")
    value = _number(told, measure)
    if value is None:
        return Said(text, reason=_why(told, measure))
    return Said(text, value)


@lru_cache(maxsize=100_000)
def is_figure(text: str) -> bool:
    """Whether a text looks like a figure, or a stroke in its place, and not like a label."""
    told = _bare(text.replace(STRUCK, ""))
    if not told:
        return STRUCK in text
    return (_NOTHING.fullmatch(told) or _LIKE.fullmatch(told)) is not None


def _bare(text: str) -> str:
    """Without footnote marks, its signs in their plain form. They go first: ¹ would become a 1."""
    if len(text) > 200:
        return text[:200]
    told = _MARKS.sub("", one_line(_ASIDE.sub("", text)).strip())
    return told if _MARKED.search(told) else nfkc(told).replace("−", "-").strip()


def _number(told: str, measure: Measure) -> Decimal | None:
    if measure == "amount":
        found = _AMOUNT.fullmatch(told)
        if found is None:
            return None
        value = Decimal(found[1].replace(",", "")) * _WORTH.get(found[2] or "", Decimal(1))
        whole = value.normalize()
        exponent = whole.as_tuple().exponent
        return value if isinstance(exponent, int) and exponent >= -6 else None
    if measure == "change":
        found = _CHANGE.fullmatch(told)
        if found is None:
            return None
        value = Decimal(found[2].replace(",", ""))
        return -value if (found[1] or "")[:1] in ("-", "减") else value
    found = _COUNT.fullmatch(told)
    return None if found is None else Decimal(found[1].replace(",", ""))


def _why(told: str, measure: Measure) -> str:
    if re.fullmatch(r"-\s*[0-9]+", told):
        return "是负数，应是不小于0的整数"
    wanted = {"count": "不小于0的整数", "change": "整数", "amount": "以万元为单位的数"}[measure]
    return f"读不出是哪个数，应是{wanted}"
