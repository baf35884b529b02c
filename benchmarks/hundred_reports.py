"""A hundred bureaus' reports in every manner, read, checked and added up, beside the opening of
their files alone.

python -m benchmarks.hundred_reports [FILES]        (100)
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from exports.consolidation.consolidating import consolidate
from exports.consolidation.opening import read_paper
from tests.support.messy_reports import Mess, draft
from tests.support.office_pages import MANNERS, sample, write
from tests.support.report_writers import WRITERS


def made(folder: Path, files: int) -> list[Path]:
    """So many files, their manners in turn."""
    names = [*MANNERS, *WRITERS]
    paths: list[Path] = []
    for number in range(files):
        name = names[number % len(names)]
        if name in MANNERS:
            path = write(name, sample(), folder)
        else:
            path = WRITERS[name](draft(sample(), Mess(Random(number))), folder)
        named = folder / f"{number:03}.第{number}局2024年度报告{path.suffix}"
        content = path.read_bytes()
        path.unlink()
        named.write_bytes(content)
        paths.append(named)
    return paths


def main(files: int = 100) -> None:
    with tempfile.TemporaryDirectory() as home:
        paths = made(Path(home), files)
        began = time.perf_counter()
        for path in paths:
            read_paper(path)
        opened = time.perf_counter()
        done = consolidate(paths, 2024, "2021", datetime.now(UTC), accept=True)
        ended = time.perf_counter()
    unread = sum(not one.part.whole for one in done.files)
    print(
        f"{files} files: opened {opened - began:.2f} s; read, checked, summed {ended - opened:.2f} s"
    )
    print(f"{unread} not read whole")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
