"""How everybody stands in a year's sum: a line for each file, and for each organ that sent none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.year_end.diagnosing import Diagnosed
from db.year_end.form import CARRIED_OUT, CONCLUDED, NEW
from db.year_end.received import Received, gathered
from exports.consolidation.collection import OWN, Collection, Reading, in_force, replaced
from exports.consolidation.consolidating import Consolidated, can_be_summed, put_together

UNREAD, WRONG, UNKNOWN, ABSENT = "读不懂", "有不符", "未读", "未报"
ACCEPTED, MENDED, GOOD = "已采纳", "已更正", "相符"
REPLACED, OUT = "已替换", "已去掉"
STATES = (UNREAD, WRONG, UNKNOWN, ABSENT, ACCEPTED, MENDED, GOOD, REPLACED, OUT)
"""As they are listed: what is still to be seen to comes first."""
COUNTED = (ACCEPTED, MENDED, GOOD)
_TOTALS = (NEW, CONCLUDED, CARRIED_OUT)


@dataclass(frozen=True, slots=True)
class Bureau:
    """One line: whose, which file, how it stands, and what more there is to say of it."""

    name: str
    file: str
    """Its path; empty if nothing came in."""
    state: str
    one: Diagnosed | None = None
    word: str = ""

    @property
    def key(self) -> str:
        return self.file or f"absent {self.name}"

    @property
    def found(self) -> tuple[str, ...]:
        """What is wrong, each in a sentence that the organ can be sent."""
        problems = self.one.problems if self.one else ()
        return tuple(gathered([problem for problem in problems if problem.rule != "P"]))

    @property
    def totals(self) -> tuple[int | None, ...]:
        """New, concluded and carried over, as far as they are read."""
        requests = self.one.part.requests if self.one else None
        return tuple(requests[code][-1] if requests else None for code in _TOTALS)


@dataclass(frozen=True, slots=True)
class Judged:
    """A collection added up as it stands, and how everybody stands in it."""

    collection: Collection
    done: Consolidated
    bureaus: tuple[Bureau, ...]

    def of(self, key: str | None) -> Bureau | None:
        return next((one for one in self.bureaus if one.key == key), None)

    def count(self, *states: str) -> int:
        return sum(one.state in states for one in self.bureaus)


def judge(
    collection: Collection,
    readings: Mapping[str, Reading],
    earlier: Sequence[Received],
    at: datetime,
    waiting: Sequence[str] = (),
) -> Judged:
    """Add up what reconciles, what is mended and what is accepted; `waiting` are files that have not
    been read yet."""
    parts = in_force(collection, readings)
    done = put_together(
        tuple(parts.values()),
        collection.year,
        collection.form,
        at,
        organ=collection.organ,
        earlier=[part for part in earlier if part.requests is not None],
        expected=collection.expected,
        mends={name: collection.of(name).mends for name in parts},
        reasons={name: collection.of(name).reason for name in parts},
        some=True,
    )
    instead = replaced(collection, readings)
    told = [_of(one, done, collection, instead) for one in done.files]
    for file in waiting:
        name = collection.of(file).organ or Path(file).stem
        told.append(Bureau(name, file, UNKNOWN, word="还没有读。"))
    if not waiting:  # whoever is missing may be in one of them
        told += [Bureau(organ, "", ABSENT, word="没有收到年报。") for organ in done.absent]
    for file, other in instead.items():
        name = collection.of(file).organ or Path(file).stem
        told.append(Bureau(name, file, REPLACED, word=f"由后来收到的“{Path(other).name}”代替。"))
    for file, kept in collection.files.items():
        if kept.out and file in readings:
            name = kept.named or kept.organ or Path(file).stem
            told.append(Bureau(name, file, OUT, word=f"不计入，也不算收到。{kept.lapsed}"))
    told.sort(key=lambda one: (STATES.index(one.state), one.name, one.file))
    return Judged(collection, done, tuple(told))


def _of(
    one: Diagnosed, done: Consolidated, collection: Collection, instead: Mapping[str, str]
) -> Bureau:
    file = one.part.file
    kept = collection.of(file)
    words = [kept.lapsed]
    former = [other for other, now in instead.items() if now == file]
    if former:
        named = "、".join(f"“{Path(other).name}”" for other in former)
        decided = any(collection.of(other).reason or collection.of(other).mends for other in former)
        also = "；对它的采纳和更正不沿用" if decided else ""
        words.append(f"代替了先前收到的{named}{also}。")
    if one.accepted:
        words.append(f"采纳的理由：{one.accepted}")
    words += [f"已更正：{text}" for text in done.mended.get(file, ())]
    name = one.part.organ or Path(file).stem
    return Bureau(name, file, _state(one, done), one, " ".join(word for word in words if word))


def _state(one: Diagnosed, done: Consolidated) -> str:
    if not one.part.whole:
        return UNREAD
    if one.accepted and can_be_summed(one):
        return ACCEPTED
    if not one.ok:
        return WRONG
    return MENDED if one.part.file in done.mended else GOOD


def shown_file(file: str) -> str:
    """A file as a list names it."""
    return file if file in ("", OWN) else Path(file).name
