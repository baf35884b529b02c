"""What waits today and is no case: disputes, years to file, a notice to enter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from db.words.text import one_line
from tui.actions.registry import PAGES, bindings
from tui.desk.places import Calendar, Case, Disputes, Place, Settings, Year
from tui.screens.shared.base import DeskScreen
from tui.widgets.pick_list import PickList
from tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from db.agenda.agenda import Section
    from db.agenda.todos import Todo
    from db.storage.transaction import Transaction


class TodosScreen(DeskScreen[None]):
    """A list of things to do; Enter goes where each is done."""

    SCOPES = PAGES["todos"]
    HEADING = "待办"
    READS = ("todos",)
    FOLLOWS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("todos")
    AUTO_FOCUS = "PickList"

    def __init__(self, section: Section, todos: tuple[Todo, ...]) -> None:
        super().__init__()
        self._section = section
        self._todos = todos

    def body(self) -> Iterable[Widget]:
        yield PlainText(classes="list-line")
        yield PickList(hang=2)

    def on_mount(self) -> None:
        self.entitle(self._section.label)
        self._show(self._todos)

    def reload(self) -> None:
        section = self._section
        self.ask("todos", lambda tx: todos_of(tx, section), self._show)

    def _show(self, todos: tuple[Todo, ...]) -> None:
        options = self.query_one(PickList)
        chosen = self._todos[int(options.chosen)] if options.chosen else None
        self._todos = todos
        self.query_one(".list-line", PlainText).say(f"共 {len(todos):,} 项")
        options.fill(
            [
                (
                    str(place),
                    (
                        (one_line(todo.what)[:80], "bold"),
                        (f"\n  {one_line(todo.why)[:200]}", "$quiet"),
                    ),
                )
                for place, todo in enumerate(todos)
            ],
            str(todos.index(chosen)) if chosen in todos else None,
        )

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        chosen = self.query_one(PickList).chosen
        if chosen is None:
            return
        self.desk.go(_where(self._todos[int(chosen)]))

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        self.dismiss()


def todos_of(tx: Transaction, section: Section) -> tuple[Todo, ...]:
    """What waits in a section now, the years whose checks fail counted anew."""
    from db.agenda.agenda import Section, overview
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
