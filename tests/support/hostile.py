"""Texts of strangers, a register full of them, and what no screen may show of them."""

from __future__ import annotations

import re

from tests.support.seat import Seat
from tui.text.cells import width_of

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


BOXES = re.compile("[\u2500-\u259f]")
"""Signs of lines and blocks: some terminals draw them twice as wide."""


def clean(seat: Seat, width: int) -> None:
    """Nothing on the screen could be obeyed by a terminal, and no line is too wide."""
    assert not CONTROL.search(seat.text)
    assert all(width_of(line) <= width for line in seat.text.splitlines())
