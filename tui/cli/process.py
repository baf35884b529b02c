"""The process before anything else and after it: its streams stand, its text is UTF-8, its end is short."""

from __future__ import annotations

import gc
import os
import sys


def prepare() -> None:
    """Make the process fit for everything that follows; may begin it anew."""
    _stand_three_streams()
    _speak_utf8_throughout()


def spare_the_end() -> None:
    """Nobody looks for garbage any more: Python would, several times, in all that has been loaded."""
    gc.freeze()


def _stand_three_streams() -> None:
    """Put nothing where a stream was closed: else the next file opened would stand in its place."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest that is free: this one


def _speak_utf8_throughout() -> None:
    """Begin anew in UTF-8 where the locale is `C` and Python was told to heed it.

    Then arguments, names of files and the environment could only be ASCII.
    """
    anew = ["-X", "utf8"]
    if sys.getfilesystemencoding() == "ascii" and sys.orig_argv[1:3] != anew and sys.executable:
        os.execv(sys.executable, [sys.executable, *anew, *sys.orig_argv[1:]])
