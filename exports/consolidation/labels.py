"""Labels of the form as offices write them: what is compared, and what is near enough to be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

from db.words.text import bare, one_line
from exports.consolidation.paper import LOWERED, RAISED, STRUCK

T = TypeVar("T")

LONGEST = 80
"""Characters of a label: what is longer is a text."""
_ASIDE = re.compile(f"{RAISED}[^{LOWERED}]*{LOWERED}|[{RAISED}{LOWERED}{STRUCK}]")
_MARKS = re.compile(
    r"[*＊※①-⑳⑴-⒇¹²³⁰⁴-⁹]+$|[\[［【]注?[0-9０-９]{0,2}[\]］】]$|[（(]?注[0-9０-９]{0,2}[）)]?$"
)
_REMARK = re.compile(r"(?<=[^\s）)])\s*[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）]\s*$")
"""What explains a label behind it: 规章（设区的市、自治州人民政府应提供）."""
_NUMBERED = re.compile(r"^(?:[0-9]{1,3}|[一二三四五六七八九十]{1,2})")
ENOUGH = 0.62
"""How near a label must be to be taken for another."""
_APART = 0.08
"""How much nearer the nearest must be than the next."""


def plain(text: str) -> str:
    """A text as a sentence quotes it: one line, without footnote marks."""
    return one_line(_ASIDE.sub("", text)).strip()


@lru_cache(maxsize=100_000)
def key(text: str) -> str:
    """What of a label is compared: no blanks, signs, footnote marks or numbering."""
    told = _NUMBERED.sub("", whole_key(text))[: LONGEST + 1]
    return "总计" if told == "合计" else told


@lru_cache(maxsize=100_000)
def whole_key(text: str) -> str:
    """The same with its numbering: （七）总计 is a row, 总计 a column. What is explained in brackets
    behind a label is no part of it."""
    if len(text) > 4 * LONGEST:
        return ""
    told = one_line(_MARKS.sub("", _ASIDE.sub("", text).strip()))
    told = bare(_REMARK.sub("", told)).replace("其它", "其他")
    return "总计" if told == "合计" else told


@lru_cache(maxsize=100_000)
def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class Near(Generic[T]):
    """A label that is not the form's and is taken for it."""

    said: str
    means: T


def nearest(
    said: str, known: Mapping[str, T], wanted: Iterable[T], enough: float = ENOUGH
) -> T | None:
    """Which of `wanted` a label means that is none of the form's: the nearest of all that are known.

    `known` are all labels by their keys; `enough` is how near it must be.
    """
    told = key(said)
    if len(told) < 2 or len(told) > LONGEST:
        return None
    ranked: dict[T, float] = {}
    for label, means in known.items():
        likeness = _likeness(told, label)
        if len(told) >= 4 and (
            label.startswith(told) or (told.startswith(label) and len(label) >= 4)
        ):
            likeness = max(likeness, ENOUGH)
        ranked[means] = max(ranked.get(means, 0.0), likeness)
    best = max(ranked, key=lambda means: ranked[means], default=None)
    if best is None or ranked[best] < enough or best not in set(wanted):
        return None
    others = [likeness for means, likeness in ranked.items() if means != best]
    return best if ranked[best] - max(others, default=0.0) >= _APART else None
