"""A program run from outside: how long it took, and how much memory at most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.registers import FOLDER
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, alone, paired

HOME = FOLDER / "home"
"""Where the program keeps what it notes of registers: never in the clerk's own folders."""


@dataclass(frozen=True, slots=True)
class Ran:
    ms: float
    peak_mb: float


def taizhang(*arguments: object) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "tui", *map(str, arguments)]


def floor(*arguments: object) -> list[str]:
    """The command line of a floor (`benchmarks.floors`)."""
    return [sys.executable, "-m", "benchmarks.floors", *map(str, arguments)]


def ran(command: Sequence[str], *made: Path) -> Ran:
    """Run to its end; the files it makes are taken away before.

    Raises:
        RuntimeError: it failed.
    """
    for path in made:
        for one in path.parent.glob(f"{path.name}*"):
            one.unlink()
    HOME.mkdir(parents=True, exist_ok=True)
    home = str(HOME.absolute())
    names = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    environment = os.environ | dict.fromkeys(names, home)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled already
    said = HOME / "said"
    with said.open("wb") as out:
        outside = [sys.executable, "-S", "-c", _OUTSIDE, *command]
        told = subprocess.run(
            outside, check=True, stdout=subprocess.PIPE, stderr=out, env=environment
        )
    status, ms, peak = json.loads(told.stdout)
    if status:
        raise RuntimeError(f"{command}: {said.read_text()[-2000:]}")
    return Ran(ms, peak / 1024)


_OUTSIDE = """
import json, os, sys, time
begun = time.perf_counter()
inner = os.posix_spawn(
    sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)]
)
_, status, used = os.wait4(inner, 0)
taken = (time.perf_counter() - begun) * 1000
print(json.dumps([os.waitstatus_to_exitcode(status), taken, used.ru_maxrss]))
"""
"""Runs the program from a small one: a process is never said to be smaller than what began it."""


def both(
    what: str,
    ours: Sequence[str],
    beside: str,
    theirs: Sequence[str],
    at_most: float,
    *made: Path,
    rounds: int = ROUNDS,
) -> tuple[Line, Ran]:
    """Ours and the floor in turn, and the middle of ours; as `in_turn`, both are run once before."""
    if rounds > ROUNDS_QUICK:
        ran(ours, *made), ran(theirs, *made)
    pairs = [(ran(ours, *made), ran(theirs, *made)) for _ in range(rounds)]
    mine, floors = zip(*pairs, strict=True)
    note = f"{median(one.peak_mb for one in mine):.0f} MB"
    line = paired(
        what, [one.ms for one in mine], beside, [one.ms for one in floors], at_most, note=note
    )
    return line, Ran(line.ours, median(one.peak_mb for one in mine))


def by_itself(
    what: str, ours: Sequence[str], at_most: float, *made: Path, rounds: int = ROUNDS
) -> Line:
    """What has no floor: held to a figure in milliseconds."""
    if rounds > ROUNDS_QUICK:
        ran(ours, *made)
    return alone(what, median(ran(ours, *made).ms for _ in range(rounds)), at_most)
