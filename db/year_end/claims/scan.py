"""A sentence made ready for reading: its clauses, each with its words and its counted numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.year_end.claims.context import Segment
from db.year_end.claims.numbers import Number, find_numbers
from db.year_end.claims.sentences import Clause, clauses
from db.year_end.claims.words import Word, find_words

_UNITLESS = re.compile(r"(?:为|是|[：:]|数|量|均|共|达|申请|复议|诉讼)$")
_HOLDS = re.compile(r"(?P<with>加上|连同|算上|加)|含|包括|包含|计入|及")
_AMONG_THEM = re.compile(r"其中[：:]?[^，。；、]{0,8}$")


@dataclass(frozen=True, slots=True)
class Scanned:
    """One clause: where it stands, its words, its numbers."""

    clause: Clause
    words: tuple[Word, ...]
    numbers: tuple[Number, ...]

    def segments(self, plain: str) -> Iterator[Segment]:
        """Each number with the words from the number before it to the next."""
        start = self.clause.start
        starts = [word.start for word in self.words]
        for place, number in enumerate(self.numbers):
            more = place + 1 < len(self.numbers)
            end = self.numbers[place + 1].start if more else self.clause.end
            first, at = bisect_left(starts, start), bisect_left(starts, number.start)
            behind, last = bisect_left(starts, number.after), bisect_left(starts, end)
            before, after = self.words[first:at], self.words[behind:last]
            yield Segment(plain, number, start, end, before, after)
            start = number.after


def scan(plain: str) -> tuple[tuple[Word, ...], tuple[Number, ...], list[Scanned]]:
    """The words, the counted numbers and the clauses of a sentence."""
    words = find_words(plain)
    numbers = tuple(_counted(plain, words))
    word_at = [word.start for word in words]
    number_at = [number.start for number in numbers]
    scanned = []
    for clause in clauses(plain, _parting(plain, numbers)):
        inside = words[bisect_left(word_at, clause.start) : bisect_left(word_at, clause.end)]
        counted = numbers[bisect_left(number_at, clause.start) : bisect_left(number_at, clause.end)]
        scanned.append(Scanned(clause, inside, counted))
    return words, numbers, scanned


def _counted(plain: str, words: Sequence[Word]) -> Iterator[Number]:
    """The numbers that count something and are no part of a word: no years, dates or hotlines."""
    starts = [word.start for word in words]
    for number in find_numbers(plain):
        if number.unit or _stands_alone(plain, number):
            place = bisect_left(starts, number.start + 1) - 1
            if place < 0 or words[place].end <= number.start:
                yield number


def _stands_alone(plain: str, number: Number) -> bool:
    """申请数量为5: a number without a unit."""
    behind = plain[number.after : number.after + 1]
    before = plain[max(0, number.start - 2) : number.start]
    return (not behind or behind in "，。；、）);,和") and _UNITLESS.search(before) is not None


def _parting(plain: str, numbers: Sequence[Number]) -> frozenset[int]:
    """The 、 that part clauses: those with a number before them since the last mark."""
    places: set[int] = set()
    counted = {number.start for number in numbers if number.unit}
    since = False
    for place, mark in enumerate(plain):
        if place in counted:
            since = True
        elif mark in "，；：（）。":
            since = False
        elif mark == "、" and since:
            places.add(place)
            since = False
    return frozenset(places)


def carried_at(plain: str, words: Sequence[Word]) -> Iterator[tuple[int, bool]]:
    """Where a sentence says that a number holds what was carried in.

    含上年结转, 其中新收…上年结转 speak of the number before; 加上上年结转 of the one behind (True).
    """
    for place, word in enumerate(words):
        if word.kind not in {"carry_in", "carry"}:
            continue
        for held in _HOLDS.finditer(plain, max(0, word.start - 3), word.start):
            yield held.start(), held["with"] is not None
        near = max(0, word.start - 12)
        among = _AMONG_THEM.search(plain[near : word.start])
        if among is not None:
            yield near + among.start(), False
        behind = words[max(0, place - 5) : place]
        them = [w for w in behind if w.kind == "among" and plain[w.start : w.end] == "其中"]
        if them and any(w.kind == "receive" and w.start > them[-1].start for w in behind):
            yield them[-1].start, False


def holds_carried(
    number: Number, numbers: Sequence[Number], places: Sequence[tuple[int, bool]]
) -> bool:
    """Whether a number is one of those that hold what was carried in."""
    for place, ahead in places:
        low, high = (place, number.start) if ahead else (number.after, place)
        between = sum(low <= other.start < high for other in numbers)
        if low <= high and between <= (1 if ahead else 0):
            return True
    return False
