"""A program in a pseudo-terminal: how long until what a person waits for stands on the screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

PATIENCE = 60.0


def reached(
    command: list[str], size: tuple[int, int], texts: list[str], typed: str = ""
) -> list[float]:
    """Milliseconds from process start to each text in turn; `typed` goes in after the first."""
    ours, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled already
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        env=environment | {"COLORTERM": "truecolor"},
    )
    os.close(inner)
    times: list[float] = []
    seen = b""
    try:
        while len(times) < len(texts):
            if not select.select([ours], [], [], PATIENCE)[0]:
                raise TimeoutError(f"never painted {texts[len(times)]}")
            seen += os.read(ours, 1 << 16)
            at = (time.perf_counter() - begun) * 1000
            while len(times) < len(texts) and texts[len(times)].encode() in seen:
                times.append(at)
                if len(times) == 1 and typed:
                    os.write(ours, typed.encode())
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return times
