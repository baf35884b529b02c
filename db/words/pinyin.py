"""Pinyin of Chinese characters: for finding without an input method, and for ordering."""

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


SORTED_BY = 20
"""How many characters of a text decide where it stands in a list."""

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def sort_key(text: str) -> str:
    """What texts are ordered by: signs, digits, letters, then Chinese by pinyin, tone and character.

    Of 张三 it is zhang1张san1三: comparing it as bytes compares character by character, because a
    tone is less than any letter of a longer reading. Letters are in upper case, before any reading.
    """
    plain = unicodedata.normalize("NFKC", text[: 4 * SORTED_BY])[:SORTED_BY].upper()
    return "".join(map(_place, plain))


@lru_cache(maxsize=16_384)
def _place(character: str) -> str:
    told = _table().get(ord(character), "").partition(",")[0]
    if told:
        decomposed = unicodedata.normalize("NFD", told.replace("ü", "v"))
        letters = "".join(c for c in decomposed if c.isascii() and c.isalpha())
        tone = next((_TONES[c] for c in decomposed if c in _TONES), "5")
        return f"{letters}{tone}{character}"
    return character if character.isalnum() else " "


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    # Phrases are not needed, and take most of the time to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT

    table: dict[int, str] = PINYIN_DICT
    return table
