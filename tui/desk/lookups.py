"""Lookups kept under the digits 1 to 9, and those of late: over restarts, apart from the
configuration. Both may hold names: the file is its owner's alone, as all of the state is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db.words.text import one_line
from tui.desk.state import remember, remembered

DIGITS = tuple("123456789")
MOST = 50
"""Lookups of late that are remembered."""
LONGEST_NAME = 16
_LONGEST = 200
_KEPT, _EARLIER = "lookups", "earlier_lookups"


@dataclass(frozen=True, slots=True)
class KeptLookup:
    """The words, what the clerk calls them, and whether 今日 counts what they find."""

    words: str
    name: str = ""
    counted: bool = False

    @property
    def label(self) -> str:
        return self.name or self.words


def kept_lookups() -> dict[str, KeptLookup]:
    """By digit, in order; whatever is damaged is left out."""
    kept = remembered(_KEPT)
    if not isinstance(kept, dict):
        return {}
    read = {digit: _read(kept[digit]) for digit in DIGITS if digit in kept}
    return {digit: lookup for digit, lookup in read.items() if lookup is not None}


def _read(kept: Any) -> KeptLookup | None:
    """The words alone are what earlier versions kept."""
    told = kept if isinstance(kept, dict) else {"words": kept}
    words, name = told.get("words"), told.get("name", "")
    if not isinstance(words, str) or not words.strip() or not isinstance(name, str):
        return None
    return KeptLookup(_line(words), _line(name)[:LONGEST_NAME], told.get("counted") is True)


def keep_lookup(digit: str, lookup: KeptLookup | None) -> None:
    """Keep a lookup under a digit; None frees it."""
    kept = kept_lookups()
    kept.pop(digit, None)
    if lookup is not None and lookup.words.strip():
        kept[digit] = lookup
    told = {
        digit: {"words": _line(one.words), "name": one.name, "counted": one.counted}
        for digit, one in kept.items()
    }
    remember(_KEPT, told)


def earlier_lookups() -> list[str]:
    """What was looked for of late, the newest first, each once."""
    earlier = remembered(_EARLIER)
    if not isinstance(earlier, list):
        return []
    lines = (_line(words) for words in earlier if isinstance(words, str))
    return [words for words in dict.fromkeys(lines) if words][:MOST]


def add_earlier_lookup(words: str) -> None:
    earlier = earlier_lookups()
    words = _line(words)
    if words and earlier[:1] != [words]:
        remember(_EARLIER, [words, *(one for one in earlier if one != words)][:MOST])


def forget_earlier_lookups() -> None:
    remember(_EARLIER, [])


def _line(words: str) -> str:
    return one_line(words)[:_LONGEST].strip()
