"""Lookups kept under the digits 1 to 9, over restarts and apart from the configuration."""

from __future__ import annotations

from db.words.text import one_line
from tui.desk.state import remember, remembered

DIGITS = tuple("123456789")
_LONGEST = 200
_NAME = "lookups"


def saved_lookups() -> dict[str, str]:
    """Digit to words; whatever is damaged is left out."""
    kept = remembered(_NAME)
    if not isinstance(kept, dict):
        return {}
    return {
        digit: one_line(words)[:_LONGEST]
        for digit, words in kept.items()
        if digit in DIGITS and isinstance(words, str) and words.strip()
    }


def save_lookup(digit: str, words: str) -> None:
    """Keep words under a digit; no words frees it."""
    kept = saved_lookups()
    kept.pop(digit, None)
    if words.strip():
        kept[digit] = words.strip()[:_LONGEST]
    remember(_NAME, kept)
