"""Which copies are kept: the days lately, then months, then years for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby, islice

from db.maintenance.copy_names import CopyName

A_DAY, DAYS, MONTHS = 3, 14, 24
"""Copies of the newest day, days and months of which one copy each is kept."""

KEPT = "before-restore"
"""Made for this reason, a copy is all there is of what a restore took back: it is never removed."""


def superfluous(copies: Iterable[CopyName]) -> set[CopyName]:
    """The copies of one folder that may go.

    The newest copy of each of the last days, months and of every year is kept, and a few of the
    newest day. Each register is thinned by itself, also where one has taken another's name. While
    a register's newest copy is faulty none of its good ones goes.
    """
    ordered = sorted(copies, key=lambda copy: (_mark(copy), copy.at, str(copy)), reverse=True)
    going: set[CopyName] = set()
    for _, group in groupby(ordered, key=_mark):
        newest_first = list(group)
        faulty = [copy for copy in newest_first if copy.faulty]
        good = [copy for copy in newest_first if not copy.faulty]
        going |= set(faulty) - _newest(faulty, _day, DAYS)
        if not newest_first[0].faulty:
            going |= set(good) - _kept(good)
    return {copy for copy in going if copy.reason != KEPT}


def _kept(good: list[CopyName]) -> set[CopyName]:
    return {
        *(copy for copy in good[:A_DAY] if _day(copy) == _day(good[0])),
        *_newest(good, _day, DAYS),
        *_newest(good, lambda copy: (copy.at.year, copy.at.month), MONTHS),
        *_newest(good, lambda copy: copy.at.year, None),
    }


def _newest(
    newest_first: list[CopyName], period: Callable[[CopyName], object], most: int | None
) -> set[CopyName]:
    """The newest of each period, for so many periods."""
    return {next(group) for _, group in islice(groupby(newest_first, key=period), most)}


def _mark(copy: CopyName) -> str:
    return copy.extent.mark if copy.extent else ""


def _day(copy: CopyName) -> object:
    return copy.at.date()
