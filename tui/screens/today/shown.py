"""What 今日 shows."""

from __future__ import annotations

from dataclasses import dataclass

from db.agenda.overview import Overview, Section, Todo
from tui.desk.glance import Glance


@dataclass(frozen=True)
class Shown:
    """What was read, and the years whose checks fail, which are counted apart."""

    glance: Glance
    failing: tuple[Todo, ...] = ()

    @property
    def overview(self) -> Overview:
        return self.glance.overview

    def todos(self, section: Section) -> tuple[Todo, ...]:
        found = self.overview.todos.get(section, ())
        return found + self.failing if section is Section.YEAR_END else found

    def count(self, section: Section) -> int:
        return len(self.todos(section)) or self.overview.counts[section]
