"""What a list of cases shows: where its rows come from, and how they are marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow

PAGE = 50

PageSource = Callable[[int, int], "tuple[int | None, Sequence[CaseRow]] | None"]
"""From start and length: how many cases in all (None: not counted yet), and the rows.

None when the answer is not wanted any more. Runs in a worker thread.
"""
Marks = Callable[[str, str], Sequence[tuple[int, int]]]
"""From a shown text and the field it shows: the stretches to mark."""


def _nothing() -> None:
    pass


def _no_marks(_: str, __: str) -> Sequence[tuple[int, int]]:
    return ()


@dataclass(frozen=True)
class Listing:
    """One list of cases.

    `count` says how many there are, when the source leaves that open; `prepare`, put after it, reads
    what makes deep pages as quick as the first; `place` says where a case stands; `ids`
    are those of all of them, in order; `stop` ends whatever of these still runs. `order` is the name of the column it is ordered by,
    and whether it falls. `waiting`: its cases wait for somebody, so their reply date is shown.
    `patience`: seconds to wait before counting, so that no count runs while somebody types.
    """

    rows: PageSource
    count: Callable[[], int | None] | None = None
    prepare: Callable[[], object] | None = None
    place: Callable[[int], int | None] | None = None
    ids: Callable[[], Sequence[int] | None] | None = None
    stop: Callable[[], None] = _nothing
    marks: Marks = _no_marks
    order: tuple[str, bool] | None = None
    waiting: bool = False
    patience: float = 0.0


@dataclass(frozen=True)
class Answer:
    """Some pages of a listing; `total` None: more than `seen`, not counted yet."""

    total: int | None
    seen: int
    pages: dict[int, Sequence[CaseRow]]
    found: int | None = None


PAGES_SEARCHED = 10
"""How many pages are looked through for a case, when a listing cannot say where it stands."""


def read_pages(listing: Listing, wanted: set[int], keep: int | None) -> Answer | None:
    """Read some pages; when a case is to be kept, the page it stands on."""
    found: int | None = None
    numbers = sorted(wanted)
    if keep is not None and listing.place is not None:
        found = listing.place(keep)
        if found is not None:
            numbers = [found // PAGE]
        keep = None
    elif keep is not None:
        numbers += [n for n in range(PAGES_SEARCHED) if n not in wanted]
    total: int | None = None
    pages: dict[int, Sequence[CaseRow]] = {}
    seen = 0
    for number in numbers:
        if number and total is not None and number * PAGE >= total:
            continue
        answer = listing.rows(number * PAGE, PAGE)
        if answer is None:
            return None
        told, rows = answer
        pages[number] = rows
        seen = max(seen, number * PAGE + len(rows)) if rows else seen
        if told is not None:
            total = told
        elif len(rows) < PAGE and (rows or not number):
            total = number * PAGE + len(rows)
        if keep is not None:
            for offset, row in enumerate(rows):
                if row.id == keep:
                    return Answer(total, seen, pages, number * PAGE + offset)
    return Answer(total, seen, pages, found)


def ids_of(listing: Listing) -> list[int] | None:
    """The ids of all cases of a listing, in order, asked in a thread; None when it was stopped."""
    if listing.ids is not None:
        found = listing.ids()
        return None if found is None else list(found)
    ids: list[int] = []
    while True:
        answer = listing.rows(len(ids), PAGE)
        if answer is None:
            return None
        ids += [row.id for row in answer[1]]
        if len(answer[1]) < PAGE:
            return ids
