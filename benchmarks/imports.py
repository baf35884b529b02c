"""The dearest imports of commands and of the desk's first frame: a table for CI, to be looked at.

python -m benchmarks.imports
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.commands import NEW
from benchmarks.registers import TODAY
from benchmarks.terminal import fresh_home

TAIZHANG = ("-m", "tui")
STARTS = {
    "the desk, to its first frame": ("-c", "import tui.app"),
    "`taizhang --version`": (*TAIZHANG, "--version"),
    "`taizhang show`": (*TAIZHANG, "show", "2024-0001"),
    "`taizhang new`": (*TAIZHANG, "new", *NEW, "--subject", "文件"),
    "`taizhang report`": (*TAIZHANG, "report", "2025"),
}
DEAREST = 12
_LINE = re.compile(r"^import time:\s+(\d+) \|\s+(\d+) \|( +)(\S+)$", re.M)


def main() -> None:
    with fresh_home(), tempfile.TemporaryDirectory() as folder:
        register = str(Path(folder, "register.db"))
        os.environ |= {"TAIZHANG_TODAY": TODAY, "TAIZHANG_DB": register}
        demo = (sys.executable, *TAIZHANG, "demo", "--cases", "50", register)
        first = (sys.executable, *STARTS["`taizhang new`"])  # the day's, which copies the register
        for command in (demo, first):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        _tell_all(Path(folder, "ledger.xlsx"))


def _tell_all(paper: Path) -> None:
    for what, arguments in {
        **STARTS,
        "`taizhang export`": (*TAIZHANG, "export", str(paper)),
    }.items():
        told = subprocess.run(
            [sys.executable, "-X", "importtime", *arguments],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stderr
        took = [(int(own), int(whole), name) for own, whole, _, name in _LINE.findall(told)]
        print(
            f"\nImports of {what}: {len(took)} modules, {sum(t[0] for t in took) / 1000:.0f} ms\n"
        )
        print("| package | modules | itself, ms |\n|---|--:|--:|")
        packages: dict[str, list[int]] = {}
        for own, _, name in took:
            packages.setdefault(name.partition(".")[0], []).append(own)
        dearest = sorted(packages.items(), key=lambda pair: -sum(pair[1]))[:DEAREST]
        for name, times in dearest:
            print(f"| {name} | {len(times)} | {sum(times) / 1000:.1f} |")


if __name__ == "__main__":
    main()
