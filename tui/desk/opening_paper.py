"""Opening a paper in the office's own program, where there is a desktop to open it on."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_paper(path: Path) -> bool:
    """Hand a document to the program that the system opens it with; False where there is none."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            os.startfile(path)
            return True
        return False
    command = _opener()
    if command is None:
        return False
    try:
        subprocess.Popen(
            [command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    there = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return shutil.which("xdg-open") if there else None
