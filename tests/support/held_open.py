"""The program, kept from opening its register itself until a gate (a FIFO) is opened and closed.

python held_open.py GATE FORERUNNER ARGUMENT...

What its forerunner does: `answers`, as it is; `goes`, it ends at once; `waits`, it never says a word.
"""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event
from typing import Any


def main(gate: str, forerunner: str, arguments: list[str]) -> int:
    from tui.desk import ahead, opened
    from tui.desk import forerunner as forerunners

    find = opened.find

    def held(*given: Any) -> Any:
        Path(gate).read_bytes()
        return find(*given)

    opened.find = held
    forerunners.cores = lambda: 2
    forerunners.PATIENCE = 0.2 if forerunner == "waits" else 30.0
    match forerunner:
        case "goes":
            ahead.answer = lambda *_: None
        case "waits":
            ahead.answer = lambda *_: Event().wait() and None
    from tui.__main__ import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
