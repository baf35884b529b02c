"""What the columns of a sheet are called: by their own names, and by those that clerks use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from db.words.text import bare, fold


@dataclass(frozen=True)
class Layout:
    """The columns of one sheet of the ledger."""

    heading: str
    """Under which words are taught that are headings."""
    columns: tuple[str, ...]
    derived: tuple[str, ...]
    """Columns an export adds and an import ignores."""
    required: tuple[str, ...]
    usual: Mapping[str, str]
    """The column that clerks usually mean by another name for it."""
    kind: str
    day: str
    """The columns of a kind and of a day: a row that tells neither may be a total."""

    @cached_property
    def headings(self) -> tuple[str, ...]:
        return (*self.columns, *self.derived)

    @cached_property
    def _known(self) -> dict[str, str]:
        return {fold(name): name for name in self.headings}

    @cached_property
    def _usually(self) -> dict[str, str]:
        return {bare(said): name for said, name in self.usual.items()}

    def named(self, said: str) -> str | None:
        """The column that a heading names, blanks, full-width forms and the required mark dropped."""
        return self._known.get(fold(said).strip("*"))

    def meant(self, said: str) -> str | None:
        """The column usually meant by a heading; what an office teaches goes before."""
        return self._usually.get(bare(said))
