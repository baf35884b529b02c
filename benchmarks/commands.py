"""One command of the command line, as a process, beside the import of SQLAlchemy alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks import registers
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, in_turn, timed
from benchmarks.terminal import fresh_home

CASES = 1_000
BARE = (sys.executable, "-c", "import sqlalchemy")
NEW = ("--applicant", "王一", "--kind", "自然人", "--channel", "互联网", "--received", "2026-03-10")


def measure(quick: bool) -> Iterator[Line]:
    rounds = ROUNDS_QUICK if quick else 3 * ROUNDS
    with fresh_home(), tempfile.TemporaryDirectory() as folder:
        register = Path(folder, "register.db")
        shutil.copy(registers.of_cases(CASES), register)
        subjects = count()
        program = (sys.executable, "-m", "tui", "--db", str(register))
        for name, arguments in (
            ("show", lambda: ("show", "2024-0001")),
            ("new", lambda: ("new", *NEW, "--subject", f"第{next(subjects)}号文件")),
        ):
            yield in_turn(
                f"command `{name}`",
                lambda arguments=arguments: _run(*program, *arguments()),
                "sqlalchemy",
                lambda: _run(*BARE),
                1.3,
                rounds=rounds,
            )


def _run(*command: str) -> float:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def work() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)

    return timed(work)
