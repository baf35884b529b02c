"""The program, watched while it runs: what is loaded at the first frame, and what the loop loads.

python watched.py REPORT HEADING ROOT,ROOT... ARGUMENT...

Nothing is changed but that a finder which finds nothing takes notes, and so does the driver. What
is loaded under a root is noted when a frame with the heading reaches the driver for the first time;
after that, what is imported under a root on the thread of the screen. The report is written at the
end.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from pathlib import Path
from typing import Any


def main(report: str, heading: str, roots: tuple[str, ...], arguments: list[str]) -> int:
    seen: dict[str, list[str]] = {}
    on_the_loop: list[str] = []

    def watched(name: str) -> bool:
        return any(name == root or name.startswith(f"{root}.") for root in roots)

    def is_the_loops() -> bool:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return False
        return threading.current_thread() is threading.main_thread()

    class Notes:
        @staticmethod
        def find_spec(name: str, *_: Any) -> None:
            if seen and watched(name) and is_the_loops():
                on_the_loop.append(name)

    sys.meta_path.insert(0, Notes)  # type: ignore[arg-type]
    from textual.drivers.linux_driver import LinuxDriver

    writes = LinuxDriver.write

    def write(driver: LinuxDriver, data: str) -> None:
        if heading in data and not seen:
            seen["at_first_frame"] = sorted(filter(watched, sys.modules))
        writes(driver, data)

    LinuxDriver.write = write  # type: ignore[method-assign]
    from tui.__main__ import main as run

    status = run(arguments)
    Path(report).write_text(json.dumps(seen | {"on_the_loop": on_the_loop}), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], tuple(sys.argv[3].split(",")), sys.argv[4:]))
