"""Where a chain of records ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.storage.port import Place


@dataclass(frozen=True, slots=True)
class Head:
    """How many records are in the chain, and the digest of the last one (hex)."""

    records: int
    digest: str

    @property
    def place(self) -> Place:
        """What nobody else's head can be equal to."""
        return self.records, self.digest

    @property
    def label(self) -> str:
        """As it is printed and shown."""
        return f"第{self.records}条 {self.digest[:12]}" if self.records else "尚无记录"
