"""A hundred bureaus' reports in every manner, read, checked and added up, beside the opening of
their files alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from benchmarks.table import ROUNDS, Line, in_turn, timed
from exports.consolidation.consolidating import consolidate
from exports.consolidation.opening import read_paper
from tests.support.messy_reports import Mess, draft
from tests.support.office_pages import MANNERS, sample, write
from tests.support.report_writers import WRITERS

FILES, FILES_QUICK = 100, 10
AT_MOST = 2.0


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


def measure(quick: bool) -> Iterator[Line]:
    files = FILES_QUICK if quick else FILES
    with tempfile.TemporaryDirectory() as home:
        paths = made(Path(home), files)

        def opened() -> None:
            for path in paths:
                read_paper(path)

        def consolidated() -> None:
            consolidate(paths, 2024, "2021", datetime.now(UTC), accept=True)

        yield in_turn(
            f"{files} offices' reports consolidated",
            lambda: timed(consolidated),
            "opening the files",
            lambda: timed(opened),
            AT_MOST,
            rounds=1 if quick else ROUNDS,
        )
