"""Everything measured, in one table: `make bench`, or in a few minutes `make bench QUICK=1`.

python -m benchmarks [--quick] [SUBJECT …]
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from benchmarks import registers
from benchmarks.table import Line, printed

SUBJECTS: tuple[str, ...] = (
    "first_paint",
    # of the data
    "year_table",
    "ledger",
    "papers",
    "recording",
    "clock",
    "server",
    "making",
    # of the desk
    "lookup",
    "list_keys",
    "pages",
    "commands",
    "memory",
    "growth",
    "engines",
    "hundred_reports",
)
"""The files of this folder that measure; each has `measure(quick: bool) -> Iterator[Line]`."""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    given.add_argument("--quick", action="store_true", help="fewer cases, in a few minutes")
    asked = given.parse_args()
    os.environ["TAIZHANG_TODAY"] = registers.TODAY
    begun = time.monotonic()
    lines: list[Line] = []
    for subject in asked.subjects or SUBJECTS:
        print(f"{subject} …", end="", file=sys.stderr, flush=True)
        since = time.monotonic()
        lines += importlib.import_module(f"benchmarks.{subject}").measure(asked.quick)
        print(f" {time.monotonic() - since:.0f} s", file=sys.stderr)
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    print(printed(lines))
    print(
        f"\n{now:%Y-%m-%d %H:%M}, Python {sys.version.split()[0]}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, {time.monotonic() - begun:.0f} s"
    )


if __name__ == "__main__":
    main()
