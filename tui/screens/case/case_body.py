"""What scrolls on a case's page, drawn as one: its facts, what can be recorded, its records."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from tui.screens.case.case_text import HISTORY_HANG, LABEL_WIDTH
from tui.widgets.plain import Part, PlainText, broken, content_of, height_of

LEFT, READING, APART = 0.47, 100, 3
"""Of two columns the left one's part, the cells a text is read in, the blanks between them."""
STEP_HANG = 5

Parts = tuple[Part, ...]


def left_width(width: int) -> int:
    """Cells of the left of two columns."""
    return min(int(width * LEFT), READING)


@dataclass(frozen=True)
class Told:
    """The texts of the page. `steps` stand in the left of two columns, or (None) there is one."""

    facts: Parts = ()
    steps: Parts | None = None
    history: Parts = ()
    whole: Parts = ()


class CaseBody(PlainText):
    """A widget for each text and column takes half of what the page takes."""

    told = Told()
    _drawn: tuple[Told, int, Content] | None = None

    def tell(self, told: Told) -> None:
        if told != self.told:
            self.told = told
            self.refresh(layout=True)

    @property
    def plain(self) -> str:
        return self._broken(self.content_size.width).plain

    def history_at(self, width: int) -> tuple[int, int]:
        """The line that the records begin on, and the cells they have."""
        room = self._history_room(width)
        if self.told.steps is not None:
            return 0, room
        facts = broken(content_of(*self.told.facts), width, LABEL_WIDTH)
        return height_of(facts) + 1, room

    def _history_room(self, width: int) -> int:
        if self.told.steps is not None:
            width -= left_width(width) + APART
        return min(width, READING)

    def _broken(self, width: int) -> Content:
        if self._drawn is None or self._drawn[:2] != (self.told, width):
            self._drawn = (self.told, width, self._draw(width))
        return self._drawn[2]

    def _draw(self, width: int) -> Content:
        told = self.told
        history = broken(content_of(*told.history), self._history_room(width), HISTORY_HANG)
        whole = broken(content_of(*told.whole), min(width, READING))
        gap = Content("")
        if told.steps is None:
            facts = broken(content_of(*told.facts), width, LABEL_WIDTH)
            return Content("\n").join([facts, gap, history, gap, whole])
        room = left_width(width)
        steps = broken(content_of(*told.steps), room, STEP_HANG)
        facts = broken(content_of(*told.facts), room, LABEL_WIDTH)
        left = Content("\n").join([facts, gap, steps])
        return Content("\n").join([_beside(left, history, room + APART), gap, whole])


def _beside(left: Content, right: Content, at: int) -> Content:
    """Two texts beside each other, the right one's lines beginning in that column."""
    lefts, rights = (text.split("\n", allow_blank=True) for text in (left, right))
    lines = max(len(lefts), len(rights))
    gap = Content("")
    lefts += [gap] * (lines - len(lefts))
    rights += [gap] * (lines - len(rights))
    return Content("\n").join(
        Content.assemble(one, " " * (at - one.cell_length), other) if other.plain else one
        for one, other in zip(lefts, rights, strict=True)
    )
