"""Standard output and error: what cannot be written there is told, and never ends in a status of Python's own."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TextIO


class OutputFault(Exception):
    """An answer that standard output does not take; says why, without a stop.

    `left` says that whoever read it has gone: nobody is there to be told.
    """

    def __init__(self, why: str, *, left: bool = False) -> None:
        super().__init__(why)
        self.left = left


class Untold(Exception):
    """Something has been stored, as `stored` says, but its answer was not given; the cause says why."""

    def __init__(self, stored: str) -> None:
        super().__init__(stored)
        self.stored = stored


@contextlib.contextmanager
def stored(sentence: str) -> Iterator[None]:
    """Around the answer of a command that has stored what `sentence` says, without a stop.

    Raises:
        Untold: the answer was not given whole, for whatever reason.
    """
    try:
        yield
        flush()
    except (Exception, KeyboardInterrupt) as fault:
        raise Untold(sentence) from fault


def write(text: str) -> None:
    """Write to standard output.

    Raises:
        OutputFault: it does not take it.
    """
    with _telling():
        sys.stdout.write(text)


def flush() -> None:
    """Bring out what has been written.

    Raises:
        OutputFault: standard output does not take it.
    """
    if sys.stdout is not None:  # closed from the beginning, and nothing was to be written
        with _telling():
            sys.stdout.flush()


def complain(sentence: str) -> None:
    """A sentence, if there is one, on standard error: one line, whatever it quotes, and safe to show.

    If that is closed, there is nowhere to say it.
    """
    from db.words.text import one_line

    with contextlib.suppress(OSError, ValueError):
        if sentence and sys.stderr is not None:
            print(one_line(sentence), file=sys.stderr, flush=True)  # noqa: T201


def let_go() -> None:
    """Let what the standard streams still hold go nowhere, if it cannot be brought out.

    Python would try once more at its end, and fail with a status of its own.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            _drop_unsaid(stream)


@contextlib.contextmanager
def _telling() -> Iterator[None]:
    from db.errors import plain_fault

    if sys.stdout is None:
        raise OutputFault("标准输出已经关闭")
    try:
        yield
    except BrokenPipeError:
        raise OutputFault("读取结果的程序已经关闭", left=True) from None
    except OSError as fault:
        raise OutputFault(plain_fault(fault)) from None
    except ValueError:  # closed meanwhile
        raise OutputFault("标准输出已经关闭") from None


def _drop_unsaid(stream: TextIO | None) -> None:
    if stream is None:
        return
    try:
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
