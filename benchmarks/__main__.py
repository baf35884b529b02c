"""Everything measured, in one table: `make bench`, or in two to three minutes `make bench QUICK=1`.

python -m benchmarks [--quick] [SUBJECT …]

What is being done is said on standard error. A subject that fails says so in its line, the others
go on, and the exit status is 1 at the end.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
import traceback
from datetime import datetime
from zoneinfo import ZoneInfo

from benchmarks import registers
from benchmarks.table import Line, printed, tell

SUBJECTS: tuple[str, ...] = (
    "first_paint",
    # of the data
    "making",
    "year_table",
    "ledger",
    "papers",
    "recording",
    "clock",
    "server",
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


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    given.add_argument("--quick", action="store_true", help="fewer cases, in two to three minutes")
    asked = given.parse_args()
    os.environ["TAIZHANG_TODAY"] = registers.TODAY
    begun = time.monotonic()
    lines: list[Line] = []
    try:
        for subject in asked.subjects or SUBJECTS:
            measure(subject, asked.quick, lines)
    except KeyboardInterrupt:
        tell("stopped; this is what had been measured:")
        lines.append(Line("everything else", 0, fault="stopped"))
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    print(printed(lines))
    print(
        f"\n{now:%Y-%m-%d %H:%M}, Python {sys.version.split()[0]}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, {time.monotonic() - begun:.0f} s"
    )
    return int(any(line.fault for line in lines))


def measure(subject: str, quick: bool, lines: list[Line]) -> None:
    """Add the lines of a subject; where it fails, those until then and one that says so."""
    since = time.monotonic()
    tell(f"{subject} …")
    try:
        for line in importlib.import_module(f"benchmarks.{subject}").measure(quick):
            tell(f"  {line.what}: {line.ratio or line.ours:.2f}")
            lines.append(line)
    except Exception as fault:
        traceback.print_exc()
        said = " ".join(str(fault).split()) or type(fault).__name__
        lines.append(Line(subject, 0, fault=said[:200]))
    tell(f"  {time.monotonic() - since:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
