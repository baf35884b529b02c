"""Forms half filled in, each in a small file of the desk's own (`tui.desk.state`)."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tui.desk.state import read_whole, state_folder, write_whole


@dataclass(frozen=True)
class KeptForm:
    """What was typed into a form that was never saved."""

    texts: dict[str, str]
    at: datetime


@dataclass(frozen=True)
class DraftFile:
    """Where one form of one register keeps what is typed; texts of strangers, so never named.

    `form` names the form and, where it has one, its case.
    """

    register: str
    form: str

    @property
    def path(self) -> Path:
        import hashlib

        key = hashlib.sha256(f"{self.register}\0{self.form}".encode()).hexdigest()[:24]
        return state_folder() / "drafts" / f"{key}.json"

    def read(self) -> KeptForm | None:
        """What was kept; None when there is nothing."""
        content = read_whole(self.path)
        texts, at = content.get("texts"), content.get("at")
        if not isinstance(texts, dict) or not isinstance(at, str):
            return None
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return None
        return KeptForm({str(name): str(text) for name, text in texts.items()}, moment)

    def keep(self, texts: Mapping[str, str], at: datetime) -> bool:
        return write_whole(self.path, {"at": at.isoformat(), "texts": dict(texts)})

    def forget(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


KEPT_FOR = timedelta(days=90)
"""Longer than any case runs; what strangers wrote does not lie about for ever."""


def step_form(kind: str, number: str) -> str:
    """What the form of one step on a case is called."""
    return f"step {kind} {number}"


def forget_old(now: datetime) -> int:
    """Remove what was kept longer ago than `KEPT_FOR`; answers how many forms that were."""
    gone = 0
    with contextlib.suppress(OSError):
        for path in (state_folder() / "drafts").iterdir():
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < (now - KEPT_FOR).timestamp():
                    path.unlink()
                    gone += path.suffix == ".json"
    return gone
