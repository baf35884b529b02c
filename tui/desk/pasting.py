"""What a terminal sends, parted into what is typed and what is pasted (bracketed paste).

Between its two marks a paste is text, whatever is in it: an ESC begins no key there.
"""

from __future__ import annotations

from collections.abc import Iterator

BEGIN, END = "\x1b[200~", "\x1b[201~"


class Pastes:
    """Told reading after reading; a paste and each of its marks may be cut anywhere.

    What is typed is never kept back: it may be the Esc key. Where a reading ends within a first
    mark, that much has been given out as typed, and `cut` says so with the paste.
    """

    def __init__(self) -> None:
        self.cut = False
        self._paste: str | None = None  # as much as has come of the one under way
        self._begun = ""  # how much of a first mark ended the last reading

    def part(self, sent: str) -> Iterator[tuple[str, bool]]:
        """Pieces in their order, and whether each was pasted."""
        while sent:
            if self._paste is None:
                whole = self._begun + sent
                at = whole.find(BEGIN)
                typed = whole[len(self._begun) : max(at, len(self._begun)) if at >= 0 else None]
                if at >= 0:
                    self.cut = at < len(self._begun)
                    self._begun, self._paste = "", ""
                    sent = whole[at + len(BEGIN) :]
                else:
                    ends = (BEGIN[:n] for n in range(len(BEGIN) - 1, 0, -1))
                    self._begun = next((end for end in ends if whole.endswith(end)), "")
                    sent = ""
                if typed:
                    yield typed, False
            else:
                seen = max(0, len(self._paste) - len(END))
                self._paste += sent
                at = self._paste.find(END, seen)
                if at < 0:
                    return
                text, sent = self._paste[:at], self._paste[at + len(END) :]
                self._paste = None
                yield text, True
