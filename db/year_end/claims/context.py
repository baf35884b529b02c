"""What a reader of a report keeps in mind from one number to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from db.disputes.dispute import Block
from db.year_end.claims.cells import Cell, Figures
from db.year_end.claims.numbers import Number
from db.year_end.claims.words import FILL, Word

NOUNS = frozenset({"request", "review", "suit", "table2", "foreign"})
_NEUTRAL = frozenset(
    {"skip", "this_year", "year", "all_year", "partial", "last_year", "whole", "among", "everyone"}
)
_LINKED = re.compile("(?:的|了|因|由|涉及)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number claims. An unsure reading counts only if the number agrees."""

    cell: Cell
    sure: bool = True
    weak: bool = False  # 办理, 处理: may mean all that were there to handle
    sign: int = 0  # 1 more, -1 less than the year before; 0 the figure itself


@dataclass(frozen=True, slots=True)
class Segment:
    """A number with the words before it in its clause, back to the number before, and behind it."""

    plain: str
    number: Number
    start: int
    end: int
    before: tuple[Word, ...]
    after: tuple[Word, ...]

    def has(self, *kinds: str) -> bool:
        return any(word.kind in kinds for word in self.before)

    def values(self, kind: str) -> list[str]:
        return [word.value for word in self.before if word.kind == kind]

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words before that are more than time and sums."""
        return tuple(word for word in self.before if word.kind not in _NEUTRAL)

    @property
    def close(self) -> bool:
        """Whether nothing but filling words stands between the last word and the number."""
        start = self.before[-1].end if self.before else self.start
        return FILL.fullmatch(self.plain, start, self.number.start) is not None

    @property
    def year_told(self) -> bool:
        """比2024年的118件: the year alone stands before the number."""
        last = self.before[-1] if self.before else None
        return (
            last is not None
            and last.kind in ("year", "last_year")
            and self.plain[last.start : last.end] != "同比"
            and not self.telling
            and self.noun is None
            and self.close
        )

    @property
    def noun(self) -> Word | None:
        """What is counted: the last noun before, or the one right behind the unit."""
        nouns = [word for word in self.before if word.kind in NOUNS]
        behind, place, linked = None, self.number.after, _LINKED
        for word in self.after:
            if word.kind not in NOUNS and word.kind != "topic":
                break
            if not linked.fullmatch(self.plain, place, word.start):
                break
            behind = word if word.kind in NOUNS else behind
            place, linked = word.end, FILL
        if behind is not None and not (nouns and behind.value == "weak"):
            return behind
        return nouns[-1] if nouns else None


@dataclass(slots=True)
class Context:
    """The state of reading one part."""

    figures: Figures
    before: Figures | None
    section: str = ""
    topic: str = ""
    ahead: bool = False  # the sentence will name requests
    spoken: bool = False  # it speaks of disclosure
    told: bool = False  # the paragraph told of requests
    # of the sentence
    when: int = 0  # the year told of
    partial: bool = False  # of a part of the year, or of many years
    years: bool = False
    against: bool = False
    carried: bool = False  # the number holds what was carried in
    carries: bool = False  # speaks of carrying at all
    disclosure: bool = False  # speaks of disclosure
    base: Cell | None = None
    base_written: int | None = None
    base_last: bool = True  # nothing else was told since
    named: list[Cell] = field(default_factory=list)
    meant: Cell | None = None  # by the last number, known or not
    apart: int = 0  # how many were named before the last semicolon
    written: dict[tuple[Block, ...], int] = field(default_factory=dict)
    unit: str = ""  # in which requests were counted
    verb: str = ""
    proactive: bool = False
    apiece: bool = False  # tells of several years one by one: 2023年、2024年分别收到…
    parts: bool = False  # channels or matters were told, whose sum may follow

    def new_sentence(self, *, goes_on: bool) -> None:
        """Forget the sentence before, unless this one goes on telling of its numbers (其中 …)."""
        self.against = self.carried = self.carries = self.proactive = self.disclosure = False
        self.verb = ""
        if goes_on:
            return
        self.when = self.figures.year
        self.partial = self.parts = False
        self.base = self.base_written = self.meant = None
        self.unit = ""
        self.named, self.apart, self.written = [], 0, {}

    @property
    def lately(self) -> list[Cell]:
        """What was named since the last semicolon; all if that is nothing."""
        return self.named[self.apart :] or self.named

    def claimed(self, cell: Cell, written: int) -> None:
        if cell.blocks and cell.column == "total":
            self.written[cell.blocks] = written
        self.base_last = cell.column == "total" and not cell.key
        if self.base_last:
            self.base, self.base_written = cell, written
        self.named.append(cell)
