"""What is put in order whenever a register has been opened, by the desk or by a command."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from tui.desk.faults import log_path
from tui.desk.state import PART, narrow, state_folder


def tidy(register: Path | None) -> None:
    """Remove what killed programs left, and let nobody else read the desk's own files.

    Papers half written lie beside the register or where its notes say, those of older programs also
    where papers are written unless another place is named, and in the folder for temporary files;
    forms half kept in the desk's folder. A register on a server (None) has no folder. What cannot be mended is left: nothing depends on it.
    """
    from exports.older_drafts import sweep_older, sweep_older_sheets
    from exports.paper_file import sweep

    if register is not None:
        with contextlib.suppress(OSError):
            sweep(register.resolve().parent)
    with contextlib.suppress(OSError):
        sweep_older(Path.cwd())
    with contextlib.suppress(OSError):
        sweep_older_sheets(_temporary_folder())
    state = state_folder()
    for folder in {state, state / "drafts", log_path().parent}:
        with contextlib.suppress(OSError):
            names = os.listdir(folder)
            narrow(folder, 0o700)
            for name in names:
                _tidy_file(folder / name)


def _temporary_folder() -> Path:
    """Where it is by what the environment says: to be sure of it, Python would write a file there."""
    named = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    return Path(next(filter(None, named), "/tmp"))


def _tidy_file(path: Path) -> None:
    from exports.paper_file import lock

    with contextlib.suppress(OSError):
        if path.is_symlink() or not path.is_file():
            return
        narrow(path, 0o600)
        if path.suffix == PART:
            handle = os.open(path, os.O_RDWR)
            try:
                if lock(handle):
                    path.unlink()
            finally:
                os.close(handle)
