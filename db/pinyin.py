"""Pinyin of Chinese characters: readings without tones, for finding without an input method."""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16_384)
def readings(character: str) -> tuple[str, ...]:
    """Every reading of a character, the usual one first: 张 → ("zhang",), 曾 → ("ceng", "zeng").

    Empty for whatever is not a Chinese character.
    """
    told = _table().get(ord(character), "")
    plain: dict[str, None] = {}
    for reading in told.split(","):
        decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v"))
        letters = "".join(c for c in decomposed if c.isascii() and c.isalpha())
        if letters:
            plain[letters] = None
    return tuple(plain)


@lru_cache(maxsize=16_384)
def initials(character: str) -> tuple[str, ...]:
    """The first letters of a character's readings; a letter or digit stands for itself."""
    if character.isascii():
        return (character,) if character.isalnum() else ()
    return tuple(dict.fromkeys(reading[0] for reading in readings(character)))


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    # Phrases are not needed, and take most of the time to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT

    table: dict[int, str] = PINYIN_DICT
    return table
