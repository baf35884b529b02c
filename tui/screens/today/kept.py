"""Kept lookups that 今日 counts: which they are, and how many cases each finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.desk.lookups import KeptLookup, kept_lookups

if TYPE_CHECKING:
    from db.storage.transaction import Transaction


@dataclass(frozen=True)
class Kept:
    """A kept lookup that is counted; no number while that is still being done."""

    digit: str
    lookup: KeptLookup
    number: int | None = None

    @property
    def entry(self) -> str:
        """What its line is known by."""
        return f"kept {self.digit}"


def to_count(known: Iterable[Kept]) -> tuple[Kept, ...]:
    """Those to be counted now; with the numbers known, until there are newer ones."""
    numbers = {kept.lookup.words: kept.number for kept in known}
    return tuple(
        Kept(digit, lookup, numbers.get(lookup.words))
        for digit, lookup in kept_lookups().items()
        if lookup.counted
    )


def counted(
    tx: Transaction, kept: Iterable[Kept], cancelled: Callable[[], bool]
) -> tuple[Kept, ...]:
    """The same with their numbers; without, from where `cancelled` said so."""
    from db.lookup.find import count_found

    return tuple(replace(one, number=count_found(tx, one.lookup.words, cancelled)) for one in kept)
