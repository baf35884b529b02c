"""Small files of the desk's own: what is remembered, and forms half filled in.

They stand in the platform's folder for state, readable by their owner only; a file is replaced
whole or not at all. Losing one loses comfort, never a record.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PART = ".part"
"""How the name of a file ends that is still being written."""


def state_folder() -> Path:
    from platformdirs import user_state_path

    return user_state_path("taizhang", appauthor=False)


def private_folder(folder: Path) -> None:
    """Make a folder 0700, and those above it that are missing; one found wider is narrowed.

    Raises:
        OSError: it cannot be made, or is another's.
    """
    if not folder.is_dir():
        if not folder.parent.is_dir():
            private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    narrow(folder, 0o700)


def narrow(path: Path, mode: int) -> None:
    """Take from a file or folder the rights that `mode` does not give."""
    found = path.stat().st_mode & 0o777
    if found & ~mode:
        path.chmod(found & mode)


def write_whole(path: Path, content: Mapping[str, Any]) -> bool:
    """Put a small file in place, 0600; False when the disk refuses."""
    import tempfile

    from exports.paper_file import lock

    try:
        private_folder(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=PART)
    except OSError:
        return False
    try:
        with open(handle, "w", encoding="utf-8") as file:
            lock(handle)  # else another desk that is just tidying up would take it for a leftover
            json.dump(content, file, ensure_ascii=False)
        os.replace(name, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        return False
    return True


_LARGEST = 4 << 20
"""Bytes of such a file; a form holds a few thousand."""


def read_whole(path: Path) -> dict[str, Any]:
    """What such a file holds; nothing when there is none, or it cannot be read."""
    try:
        if path.is_fifo():  # it would be waited for
            return {}
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
        content = json.loads(raw) if len(raw) <= _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


# -- what is remembered -------------------------------------------------------------------------


def remembered(name: str) -> Any:
    """A small habit (`theme`, `tour`), None when it never was."""
    return read_whole(state_path()).get(name)


def remember(name: str, value: Any) -> bool:
    """Keep a small habit; False when the disk refuses."""
    path = state_path()
    return write_whole(path, read_whole(path) | {name: value})


def state_path() -> Path:
    return state_folder() / "state.json"


# -- forms half filled in -----------------------------------------------------------------------


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
