"""The dearest imports of a command and of the desk's first frame: a table for CI, to be looked at.

python -m benchmarks.imports
"""

from __future__ import annotations

import re
import subprocess
import sys

STARTS = {
    "taizhang --version": ("-m", "tui", "--version"),
    "the desk, to its first frame": ("-c", "import tui.app"),
}
DEAREST = 12
_LINE = re.compile(r"^import time:\s+(\d+) \|\s+(\d+) \|( +)(\S+)$", re.M)


def main() -> None:
    for what, arguments in STARTS.items():
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
