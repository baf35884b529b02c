"""What is wrong with a ledger: every fault of it, and the few kinds that they are."""

from __future__ import annotations

import marshal
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import overload

from db.errors import Unreadable
from db.words.text import bare

MOST_FAULTS = 1_000_000
"""Of one file: whoever has more has another kind of file."""
_PACKED = 1_000
MISSING = "缺少"
"""How the reason begins when a required column is not there."""
UNKNOWN = "不认识"
"""How the reason begins when a word is not known: such a one can be taught."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one cell (or row, when `column` is empty) of a ledger is refused."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.sheet} 第{self.row}行" + (f" “{self.column}”列" if self.column else "")
        value = f"“{self.value}”：" if self.value else ""
        return f"{place} {value}{self.reason}"

    @property
    def unknown_word(self) -> str:
        """The word that is not known, if that is what is wrong and all of it is at hand."""
        cut = self.value.endswith("...")
        return self.value if self.reason.startswith(UNKNOWN) and not cut else ""


class FaultList(Sequence[Fault]):
    """Faults as they are found, by the thousand packed: a file may have a million of them."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._packed: list[bytes] = []
        self._open: list[Fault] = []
        self.extend(faults)

    def append(self, fault: Fault) -> None:
        """
        Raises:
            Unreadable: there are so many that this is no ledger.
        """
        self._open.append(fault)
        if len(self._open) == _PACKED:
            if len(self) > MOST_FAULTS:
                raise Unreadable(
                    f"“{fault.sheet}”有超过{MOST_FAULTS}处无法识别，不像台账；请核对是不是这个文件。"
                )
            rows = [(f.sheet, f.row, f.column, f.value, f.reason) for f in self._open]
            self._packed.append(zlib.compress(marshal.dumps(rows), 1))
            self._open = []

    def extend(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.append(fault)

    def __len__(self) -> int:
        return len(self._packed) * _PACKED + len(self._open)

    def __iter__(self) -> Iterator[Fault]:
        for packed in self._packed:
            yield from _unpacked(packed)
        yield from self._open

    @overload
    def __getitem__(self, at: int) -> Fault: ...
    @overload
    def __getitem__(self, at: slice) -> list[Fault]: ...
    def __getitem__(self, at: int | slice) -> Fault | list[Fault]:
        if isinstance(at, slice):
            return list(self)[at]
        place = range(len(self))[at]
        part, offset = divmod(place, _PACKED)
        within = _unpacked(self._packed[part]) if part < len(self._packed) else self._open
        return within[offset]


def _unpacked(packed: bytes) -> list[Fault]:
    return [Fault(*told) for told in marshal.loads(zlib.decompress(packed))]


def by_row(*lists: Iterable[Fault]) -> FaultList:
    """Several lists, each in the order of its rows, as one."""
    return FaultList(merge(*lists, key=lambda fault: fault.row))


@dataclass(slots=True)
class FaultGroup:
    """Faults that are one: of a kind, in a column of a sheet, and (if a word is not known) of one word."""

    column: str
    reason: str
    """As the first has it."""
    word: str
    rows: list[int] = field(default_factory=list)
    """Each row once, at most `MOST_ROWS`; `count` counts them all."""
    example: Fault | None = None
    count: int = 0
    sheet: str = ""

    MOST_ROWS = 10_000

    def add(self, fault: Fault) -> None:
        self.example = self.example or fault
        self.count += 1
        if len(self.rows) < self.MOST_ROWS and (not self.rows or self.rows[-1] != fault.row):
            self.rows.append(fault.row)

    @property
    def key(self) -> str:
        return f"{self.sheet}\n{self.column}\n{_kind(self.reason)}\n{bare(self.word)}"

    @property
    def where(self) -> str:
        """The first rows: `第2、5、9行等`."""
        first = "、".join(str(row) for row in self.rows[:4])
        return f"第{first}行" + ("等" if len(self.rows) > 4 else "")


_QUOTED = re.compile(r"“[^”]*”|[0-9]+")


def _kind(reason: str) -> str:
    """The reason without what differs from row to row."""
    return _QUOTED.sub("", reason)


def grouped(faults: Iterable[Fault]) -> list[FaultGroup]:
    """The kinds of faults: missing columns, then words that can be taught, then the most frequent."""
    groups: dict[tuple[str, ...], FaultGroup] = {}
    for fault in faults:
        key = _key(fault)
        group = groups.get(key)
        if group is None:
            group = FaultGroup(fault.column, fault.reason, fault.unknown_word, sheet=fault.sheet)
            groups[key] = group
        group.add(fault)
    return sorted(
        groups.values(),
        key=lambda group: (not group.reason.startswith(MISSING), not group.word, -group.count),
    )


def of_group(faults: Iterable[Fault], group: FaultGroup, most: int) -> list[Fault]:
    """The faults of one kind, the first so many."""
    mine = (group.sheet, group.column, _kind(group.reason), bare(group.word))
    return list(islice((fault for fault in faults if _key(fault) == mine), most))


def _key(fault: Fault) -> tuple[str, ...]:
    return (fault.sheet, fault.column, _kind(fault.reason), bare(fault.unknown_word))
