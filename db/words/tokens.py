"""Texts as a lookup compares them: folded, in grams, by pinyin initials, spelt in full."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from db.words.pinyin import beginnings, initials, readings, syllables
from db.words.text import nfkc

INITIALS, SPELT, NUMBERED = "ψ", "ϕ", "ν"
"""What a token of initials, of full pinyin, of a short number begins with: letters no text has."""


LONGEST_GRAM = 4


_MOST_READINGS = 8
_LONGEST_SYLLABLE = 6


_SIGNS = re.compile(r"[\W_]+")  # all but what `isalnum` tells of
_SHORT_NUMBER = re.compile(r"(?:20)?(\d\d)-0*(\d+)")


def folded(text: str | None) -> str:
    """The text as it is compared: NFKC, lower case, letters and digits only."""
    if not text:
        return ""
    plain = nfkc(text).casefold()
    return plain if plain.isalnum() else _SIGNS.sub("", plain)


def short_number(number: str) -> str | None:
    """`24-12` for any way of writing 2024-0012, or None."""
    match = _SHORT_NUMBER.fullmatch(number)
    return f"{match[1]}-{match[2]}" if match else None


def grams_of(text: str, length: int) -> list[str]:
    """Every run of so many characters in a text, each once."""
    runs = map("".join, zip(*(text[start:] for start in range(length)), strict=False))
    return list(dict.fromkeys(runs))


def initial_tokens(text: str) -> set[str]:
    """The token of every run of up to four initials, in every reading (at most eight a run)."""
    starts = (text[start : start + LONGEST_GRAM] for start in range(len(text)))
    return set().union(*map(_initials_from, starts))


@lru_cache(maxsize=65_536)  # offices are asked for the same things in the same words
def _initials_from(window: str) -> frozenset[str]:
    """Of the runs of initials that begin with the first character."""
    tokens: set[str] = set()
    runs = [INITIALS]
    for choices in map(initials, window):
        if not choices:
            break
        runs = [run + head for run, head in product(runs, choices)][:_MOST_READINGS]
        tokens.update(runs)
    return frozenset(tokens)


@lru_cache(maxsize=16_384)
def spellings(name: str) -> frozenset[str]:
    """The full pinyin of a name from each of its characters on: zhangsan, san."""
    spelt: set[str] = set()
    if len(name) > 40:
        return frozenset()
    tails = [""]
    for character in reversed(name):
        choices = readings(character) or ((character,) if character.isascii() else ())
        if not choices:
            tails = [""]
            continue
        tails = [head + tail for head, tail in product(choices, tails)][:_MOST_READINGS]
        spelt.update(tails)
    return frozenset(text[:40] for text in spelt)


def ways_to_read(letters: str) -> set[tuple[str, ...]]:
    """How letters are read as two characters and more (`ends_of_piece`): yezl as ye, z, l.

    Each way is the letters of its first four characters.
    """
    found: set[tuple[str, ...]] = set()
    ways: list[tuple[tuple[str, ...], int]] = [((), 0)]
    while ways:
        pieces, at = ways.pop()
        for end in ends_of_piece(letters, at):
            more = (*pieces, letters[at:end])
            if len(more) < LONGEST_GRAM and end < len(letters):
                ways.append((more, end))
            elif len(more) > 1:
                found.add(more)
    return found


@lru_cache(maxsize=4096)
def ends_of_piece(letters: str, at: int) -> frozenset[int]:
    """Where the letters that one character is read by may end: after a syllable, a shorter one only
    where another follows it (fan-gan, but not wan-g); where none begins, after its initial; and at
    the end, as far as a syllable has been typed."""
    spelt = _spelt_ends(letters, at)
    ends = {end for end in spelt if end == max(spelt) or _spelt_ends(letters, end)}
    if not ends:
        ends.add(at + 1)
    if letters[at:] in beginnings():
        ends.add(len(letters))
    return frozenset(ends)


def _spelt_ends(letters: str, at: int) -> list[int]:
    """Where the syllables of two letters and more end that begin there."""
    longest = min(at + _LONGEST_SYLLABLE, len(letters))
    return [end for end in range(at + 2, longest + 1) if letters[at:end] in syllables()]
