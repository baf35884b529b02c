"""When things go wrong: told under an id, and the desk goes on; it closes only if it cannot."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping

from rich.text import Text
from textual.actions import ActionParseResult
from textual.dom import DOMNode

from tui.desk import faults
from tui.desk.framework import at_painting, close_with, first_fault, is_ending
from tui.desk.going_on import going_on
from tui.desk.typeahead import TypeAheadDesk

PAINTED_AT_MOST, AT_MOST = 3, 20
"""How often the same error is told, at painting and elsewhere, before the desk gives up."""


class TellingDesk(TypeAheadDesk):
    """A desk that tells what fails unexpectedly, wherever it fails."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._faults: Counter[str] = Counter()
        self._gone = False  # whether it has been told why the desk closes
        self._begun = False  # whether there is a page to show a window over

    def on_ready(self) -> None:
        """The first page has been laid out."""
        self._begun = True

    def show_fault(self, sentence: str) -> None:
        """Show an unexpected error, over a page which may be what cannot be painted."""
        raise NotImplementedError

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key asks for. What fails unexpectedly is told under an id; the desk goes on."""
        with going_on(self.screen):
            return await super().run_action(action, default_namespace, namespaces)
        return True

    def tell_fault(self, fault: Exception) -> None:
        if is_ending(self):
            faults.record(fault)
            return
        place = faults.place_of(fault)
        self._faults[place] += 1
        most = PAINTED_AT_MOST if at_painting(fault) else AT_MOST
        if self._faults[place] > most or not self._begun:
            close_with(self, fault)
            return
        identifier = faults.record(fault)
        self.drop_typed()
        self.show_fault(faults.sentence(identifier))

    def _handle_exception(self, error: Exception) -> None:
        """What fails where no message was handled: at painting, in a timer, in a callback.

        Textual calls this private hook, and then would close; it has no public one.
        """
        self.tell_fault(error)

    def _fatal_error(self) -> None:
        """Leave calmly: an id instead of a traceback, whose local variables could name people.

        Once: what fails after that is only recorded, for the framework would say of it in English
        where to see it.

        Textual calls this private hook when it closes; it has no public one.
        """
        fault = sys.exc_info()[1] or first_fault(self)
        identifier = faults.record(fault) if fault is not None else "-"
        if not self._gone:
            self._gone = True
            self.panic(Text(faults.sentence(identifier, closing=True)))
