"""What was changed in a line of text, to take it back and to do it again."""

from __future__ import annotations

LONGEST = 200
"""Steps kept of one field."""


def _difference(old: str, new: str) -> tuple[int, int, int]:
    """Where two texts part, and where each meets the other again: `(start, old end, new end)`."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < shorter - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start, len(old) - tail, len(new) - tail


class Edits:
    """The steps of one field. Typing on goes into one step, up to a blank or a sign."""

    def __init__(self) -> None:
        self._back: list[str] = []
        self._forth: list[str] = []
        self._typed_to: int | None = None  # where typing on would join the last step

    def note(self, old: str, new: str) -> None:
        """The text has changed, by a key, a paste or a program."""
        start, old_end, new_end = _difference(old, new)
        typed = start == old_end and new_end == start + 1
        joins = typed and self._typed_to == start and new[start].isalnum()
        if not joins:
            self._back = [*self._back[-LONGEST + 1 :], old]
        self._typed_to = new_end if typed else None
        self._forth.clear()

    def undo(self, now: str) -> tuple[str, int] | None:
        """The text before the last step, and where the cursor belongs; None when there is none."""
        return self._swap(self._back, self._forth, now)

    def redo(self, now: str) -> tuple[str, int] | None:
        """The text with the last step taken back done again."""
        return self._swap(self._forth, self._back, now)

    def _swap(self, source: list[str], other: list[str], now: str) -> tuple[str, int] | None:
        if not source:
            return None
        text = source.pop()
        other.append(now)
        self._typed_to = None
        return text, _difference(now, text)[2]
