"""What has been written is on the disk, not only in the memory of the machine."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk. (Windows does that by itself.)"""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network shares cannot
            os.fsync(handle)
    finally:
        os.close(handle)
