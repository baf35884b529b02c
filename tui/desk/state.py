"""Small files of the desk's own, and what is remembered in one of them.

They stand in the platform's folder for state, readable by their owner only; a file is replaced
whole or not at all. Losing one loses comfort, never a record.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
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
