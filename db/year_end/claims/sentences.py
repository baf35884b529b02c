"""A part's text as sentences and clauses, each with its place in the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FULL = {0xFF01 + n: 0x21 + n for n in range(94) if chr(0xFF01 + n) not in "，。；：！？（）"}
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\xad]")
_LONGEST = 2_000  # characters; what goes on without a stop is cut
_SENTENCE = re.compile(rf"[^。！？!?\n]{{0,{_LONGEST}}}(?:[。！？!?]+[”’」』）)]*|\n)?")
_CLAUSE = re.compile(
    r"[，；（）();！？。、]|[：:](?![0-9,]+(?:[，。；、）)件份宗]|$))|,(?![0-9]{3})|(?<![0-9]),"
    r"|(?<![0-9])\.|\.(?![0-9])"
)
_HEADING = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.．、](?![0-9])|[（(][0-9]{1,2}[）)]"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its number from 1, the words as written, and the same without blanks."""

    number: int
    quote: str
    plain: str  # no blanks, half-width digits
    places: tuple[int, ...]  # of each character of `plain` in the part's text
    paragraph: int
    heading: int  # length of the heading's mark in `plain`; 0 if it has none


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between two marks: where it stands in `plain`, and the mark before."""

    start: int
    end: int
    mark: str


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a part: between full stops, question marks and ends of lines."""
    number = paragraph = 0
    for found in _SENTENCE.finditer(text):
        quote = found[0].strip()
        if any(c.isalnum() for c in quote):
            number += 1
            plain, places = _plain(text, found.start(), found.end())
            mark = _HEADING.match(plain)
            yield Sentence(number, quote, plain, places, paragraph, mark.end() if mark else 0)
        if found[0].endswith("\n"):
            paragraph += 1


def _plain(text: str, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    characters: list[str] = []
    places: list[int] = []
    for place in range(start, end):
        raw = text[place]
        if _DROPPED.match(raw):
            apart = characters and characters[-1].isdigit() and _next(text, place, end).isdigit()
            if apart and characters[-1].isdigit():
                characters.append(" ")
                places.append(place)
            continue
        if raw == "，" and _wide_separator(text, place):
            raw = ","
        characters.append(raw.translate(_FULL))
        places.append(place)
    return "".join(characters), tuple(places)


def _next(text: str, place: int, end: int) -> str:
    while place < end and _DROPPED.match(text[place]):
        place += 1
    return text[place] if place < end else " "


def _wide_separator(text: str, place: int) -> bool:
    """Whether a full-width comma parts the thousands of a full-width number."""
    behind = text[place + 1 : place + 4]
    return (
        place > 0 and all("０" <= c <= "９" for c in text[place - 1] + behind) and len(behind) == 3
    )


def clauses(plain: str, parting: frozenset[int]) -> Iterator[Clause]:
    """The clauses of a sentence; 、 parts them only at the places given."""
    start, mark = 0, ""
    for found in _CLAUSE.finditer(plain):
        if found[0] == "、" and found.start() not in parting:
            continue
        if found.start() > start:
            yield Clause(start, found.start(), mark)
        start, mark = found.end(), found[0]
    if start < len(plain):
        yield Clause(start, len(plain), mark)
