"""Keeping what is typed into a form until it is saved or given up: for crashes and closed windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import moment
from tui.desk.state import DraftFile
from tui.screens.shared.draft_offer import Choice, DraftOffer

if TYPE_CHECKING:
    from tui.screens.shared.form import FormScreen

SECONDS = 3.0
"""How often what is typed is kept; also when a field is left."""


class Keeper:
    """Keeps one form's texts in a file of their own."""

    def __init__(self, file: DraftFile) -> None:
        self._file = file
        self._kept: dict[str, str] = {}
        self._closed = False

    def keep(self, texts: dict[str, str]) -> None:
        """Keep these texts, if they are not kept already; none forgets what was."""
        if self._closed or texts == self._kept:
            return
        if texts:
            self._file.keep(texts, moment.now())
        else:
            self._file.forget()
        self._kept = texts

    def forget(self) -> None:
        """It was saved, or given up."""
        self._closed = True
        self._file.forget()

    def offer(self, form: FormScreen[Any]) -> None:
        """Offer back what an earlier sitting left, if anything."""
        kept = self._file.read()
        if kept is None or not any(kept.texts.values()):
            return

        def answered(choice: Choice | None) -> None:
            if choice == "restore":
                self._kept = dict(kept.texts)
                form.call_later(form.restore, kept.texts)
            elif choice == "discard":
                self._file.forget()
            else:
                self._closed = True  # nothing new is kept over it
                form.dismiss(None)

        sample = "  ".join(text for name, text in kept.texts.items() if text and name[0] != "_")
        form.app.push_screen(DraftOffer(kept.at, sample), answered)
