"""Keeping what is typed into a form until it is saved or given up: for crashes and closed windows."""

from __future__ import annotations

from datetime import datetime

from tui.desk.drafts import DraftFile, KeptForm

SECONDS = 3.0
"""How often what is typed is kept; also when a field is left."""


class Keeper:
    """Keeps one form's texts in a file of their own."""

    def __init__(self, file: DraftFile) -> None:
        self._file = file
        self._kept: dict[str, str] = {}
        self._closed = False

    def keep(self, texts: dict[str, str], at: datetime) -> None:
        """Keep these texts, if they are not kept already; none forgets what was."""
        if self._closed or texts == self._kept:
            return
        if texts:
            self._file.keep(texts, at)
        else:
            self._file.forget()
        self._kept = texts

    def forget(self) -> None:
        """It was saved, or given up."""
        self._closed = True
        self._file.forget()

    def left_before(self) -> KeptForm | None:
        """What an earlier sitting left, if anything."""
        kept = self._file.read()
        return kept if kept is not None and any(kept.texts.values()) else None

    def restored(self, texts: dict[str, str]) -> None:
        """These are in the form again."""
        self._kept = dict(texts)

    def discard(self) -> None:
        """What an earlier sitting left is not wanted."""
        self._file.forget()

    def close(self) -> None:
        """Nothing new is kept over what an earlier sitting left."""
        self._closed = True
