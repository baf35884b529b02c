"""Pinyin of Chinese characters: for finding without an input method, and for ordering."""

from __future__ import annotations

import contextlib
import json
import os
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path


@lru_cache(maxsize=16_384)
def readings(character: str) -> tuple[str, ...]:
    """Every reading of a character, the usual one first: 张 → ("zhang",), 曾 → ("ceng", "zeng").

    Empty for whatever is not a Chinese character.
    """
    told = _told(character)
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


_FINALS = """\
- a ai an ang ao e ei en er o ou|b a ai an ang ao ei en eng i ian iao ie in ing o u
c a ai an ang ao e en eng i ong ou u uan ui un uo|d a ai an ang ao e ei eng i ia ian iao ie ing \
iu ong ou u uan ui un uo|ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
f a an ang ei en eng o ou u|g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j i ia ian iang iao ie in ing iong iu u uan ue un|m a ai an ang ao e ei en eng i ian iao ie in \
ing iu o ou u|k a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
l a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu o ong ou u uan un uo ve
n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo ve
p a ai an ang ao ei en eng i ian iao ie in ing o ou u
q i ia ian iang iao ie in ing iong iu u uan ue un|r an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo|t a ai an ang ao e ei eng i ian iao ie ing ong \
ou u uan ui un uo|sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
w a ai an ang ei en eng o u|x i ia ian iang iao ie in ing iong iu u uan ue un
y a an ang ao e i in ing o ong ou u uan ue un|z a ai an ang ao e ei en eng i ong ou u uan ui un uo
zh a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"""


@cache
def syllables() -> frozenset[str]:
    """Every syllable of Chinese as `readings` spells it, but for a few exclamations."""
    told = (line.split() for line in _FINALS.replace("|", "\n").splitlines())
    return frozenset(first.strip("-") + final for first, *finals in told for final in finals)


@cache
def beginnings() -> frozenset[str]:
    """Every syllable, and whatever one begins with."""
    return frozenset(said[:end] for said in syllables() for end in range(1, len(said) + 1))


def characters_of(syllable: str) -> str:
    """Every character that may be read so."""
    return "".join(map(chr, _by_reading().get(syllable, ())))


@cache
def _by_reading() -> dict[str, list[int]]:
    told = unicodedata.normalize("NFD", "\n".join(_table().values()).replace("ü", "v"))
    plain = told.encode("ascii", "ignore").decode().split("\n")  # as `readings`, all at once
    found: dict[str, list[int]] = {}
    for character, said in zip(_table(), plain, strict=True):
        for reading in said.split(","):
            found.setdefault(reading, []).append(int(character))
    return found


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
    told = _told(character).partition(",")[0]
    if told:
        decomposed = unicodedata.normalize("NFD", told.replace("ü", "v"))
        letters = "".join(c for c in decomposed if c.isascii() and c.isalpha())
        tone = next((_TONES[c] for c in decomposed if c in _TONES), "5")
        return f"{letters}{tone}{character}"
    return character if character.isalnum() else " "


FEW = 40
"""So many characters are looked for one by one, before all are read: a new case has hardly more."""


@lru_cache(maxsize=16_384)
def _told(character: str) -> str:
    """The readings of a character as the package writes them, the usual one first."""
    if character.isascii():
        return ""
    listed = _listed() if _told.cache_info().misses < FEW else None
    if listed is None:
        return _table().get(str(ord(character)), "")
    begins = b'"%d": "' % ord(character)
    at = listed.find(begins) + len(begins)
    return listed[at : listed.index(b'"', at)].decode() if at >= len(begins) else ""


@cache
def _table() -> dict[str, str]:
    """The readings of every character, by the digits of its code point."""
    listed = _listed()
    return dict(json.loads(listed)) if listed else whole_table()


@cache
def _listed() -> bytes | None:
    """The package's own file, which is read long before all of the package is loaded."""
    found = find_spec("pypinyin")
    if found is not None and found.origin:
        with contextlib.suppress(OSError):
            return Path(found.origin).with_name("pinyin_dict.json").read_bytes()
    return None


def whole_table() -> dict[str, str]:
    """The same as the package says it itself."""
    # Phrases are not needed, and take most of the time to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT

    return {str(character): told for character, told in PINYIN_DICT.items()}
