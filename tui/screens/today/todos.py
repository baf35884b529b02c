"""What waits today and is no case: disputes, years to file, a notice to enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.words.text import one_line
from tui.actions.registry import PAGES, bindings
from tui.desk.places import Calendar, Case, Disputes, Place, Settings, Year
from tui.screens.shared.list_page import ListPage

if TYPE_CHECKING:
    from db.agenda.overview import Section, Todo
    from db.storage.transaction import Transaction


class TodosScreen(ListPage[None]):
    """A list of things to do; Enter goes where each is done."""

    SCOPES = PAGES["todos"]
    HEADING = "待办"
    READS = ("todos",)
    FOLLOWS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("todos")
    HANG = 2

    def __init__(self, section: Section, todos: tuple[Todo, ...]) -> None:
        super().__init__()
        self._section = section
        self._todos = todos

    def on_mount(self) -> None:
        self.entitle(self._section.label)
        self._show(self._todos)

    def reload(self) -> None:
        section = self._section
        self.ask("todos", lambda tx: todos_of(tx, section), self._show)

    def _show(self, todos: tuple[Todo, ...]) -> None:
        chosen = self._todos[int(self.chosen)] if self.chosen else None
        self._todos = todos
        entries = [
            (
                str(place),
                (
                    (one_line(todo.what)[:80], "bold"),
                    (f"\n  {one_line(todo.why)[:200]}", "$quiet"),
                ),
            )
            for place, todo in enumerate(todos)
        ]
        at = str(todos.index(chosen)) if chosen in todos else None
        self.fill(f"共 {len(todos):,} 项", entries, at)

    def action_open(self) -> None:
        if self.chosen is not None:
            self.desk.go(_where(self._todos[int(self.chosen)]))


def todos_of(tx: Transaction, section: Section) -> tuple[Todo, ...]:
    """What waits in a section now, the years whose checks fail counted anew."""
    from db.agenda.agenda import overview
    from db.agenda.overview import Section
    from db.agenda.todos import failing_checks

    waiting = overview(tx).todos[section]
    return waiting + failing_checks(tx) if section is Section.YEAR_END else waiting


def _where(todo: Todo) -> Place:
    """Where something is done."""
    if todo.case is not None:
        return Case(todo.case)
    if todo.organ is not None and todo.year is not None:
        return Year(todo.year, todo.organ)
    if todo.settings:
        return Settings()
    return Calendar() if todo.year is not None else Disputes()
