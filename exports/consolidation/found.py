"""What was found of a table: each figure at its place, and what is not certain of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from exports.consolidation.values import Said

K = TypeVar("K", bound=Hashable)

TWICE = "出现了两次，数字不同"
OVER_SEVERAL = "一格合并了几格的位置，看不出是哪一格的数"


@dataclass(slots=True)
class Found(Generic[K]):
    """Figures by their places; labels that are only near the form's, and lines nobody knows."""

    cells: dict[K, Said] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    """Labels as they are written, and the form's that they are taken for."""
    strange: dict[str, str] = field(default_factory=dict)
    """Rows with figures whose labels are not the form's, and what is wrong with them."""

    def see(self, place: K, said: Said) -> None:
        """Put a figure at its place; one that says otherwise of the same place leaves none."""
        known = self.cells.get(place)
        if known is None or _says_nothing(known):
            self.cells[place] = said
        elif (not _says_nothing(said) and known.value != said.value) or (
            known.blank and not said.blank and not _says_nothing(said)
        ):
            self.cells[place] = Said(f"{known.text}、{said.text}", reason=TWICE)


def _says_nothing(said: Said) -> bool:
    """Empty, or a formula that nobody has computed: another copy of the table may say it."""
    return not said.text
