"""A listing being read: what is known of it so far."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.widgets.listing import PAGE, Answer, Listing

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow

PAGES_KEPT = 48


@dataclass
class Reading:
    """One listing: what is known of it so far, and how to ask for it anew once it is stopped."""

    make: Callable[[], Listing]
    listing: Listing
    keep: int | None = None
    of: object = None
    counting: bool = False
    total: int = 0
    counted: bool = False
    stopped: bool = False
    quiet: bool = False
    """Nobody has asked for it: what is in sight stays where it is, and nothing is said before the
    count."""
    pages: OrderedDict[int, Sequence[CaseRow]] = field(default_factory=OrderedDict)

    def row(self, index: int) -> CaseRow | None:
        page = self.pages.get(index // PAGE)
        if page is None or index % PAGE >= len(page):
            return None
        return page[index % PAGE]

    def learn(self, answer: Answer) -> None:
        for number, rows in answer.pages.items():
            self.pages[number] = rows
            self.pages.move_to_end(number)
        while len(self.pages) > PAGES_KEPT:
            self.pages.popitem(last=False)
        if answer.total is not None:
            self.total, self.counted = answer.total, True
        elif not self.counted:
            self.total = max(self.total, answer.seen)

    def cursor_in(self, answer: Answer, before: int) -> int:
        """Where the cursor goes in the first answer."""
        if answer.found is not None:
            return answer.found
        return min(before, max(self.total - 1, 0)) if self.keep is not None else 0

    def stop(self) -> None:
        self.stopped = True
        self.listing.stop()

    def go_on(self) -> None:
        """What was to take its place has failed: it can be read further."""
        if self.stopped:
            self.stopped = False
            self.listing = self.make()
