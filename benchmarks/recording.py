"""Recording, durable: one entry, and eight programs that record as fast as they can.

The floor does the same with the driver alone, on a copy of the same register with the same settings:
BEGIN IMMEDIATE, the event, its link of the chain, the case's row, COMMIT.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from benchmarks import registers
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, alone, growth, paired, timed
from db.agenda.agenda import overview
from db.law.event import Event
from db.opening import open_register
from db.storage.register import Register
from db.storage.sqlite import PRAGMAS
from db.words.vocabulary import EventKind
from tests.support.at_once import log_event
from tui.cli import environment

BARE = "bare SQLite"
WRITERS, ENTRIES, AT_ONCE = 8, 12, 20

Entry = Callable[[], None]


def measure(quick: bool) -> Iterator[Line]:
    sizes = (1_000,) if quick else (10_000, 100_000)
    lines = entries(sizes)
    yield from lines
    if len(lines) > 1:
        yield growth("an entry", lines[0].ours, lines[1].ours, most=1.3)
    yield from at_once(sizes[0], ROUNDS_QUICK if quick else ROUNDS)


def copies(cases: int) -> tuple[Path, Path]:
    ours, bare = (registers.FOLDER / f"{name}-{cases}.db" for name in ("recorded", "bare"))
    for path in (ours, bare):
        for one in path.parent.glob(f"{path.name}-*"):
            one.unlink()
        shutil.copyfile(registers.of_cases(cases), path)
    os.sync()  # or the first entries wait until the copies are on the disk
    return ours, bare


def numbers_of(path: Path) -> list[tuple[str, int]]:
    """Cases that something may still be recorded of, by number and id."""
    with closing(sqlite3.connect(path)) as db:  # else it stands open until garbage is looked for
        query = "SELECT number, id FROM cases WHERE state = 'concluded' ORDER BY id DESC LIMIT 500"
        return db.execute(query).fetchall()


def opened(path: Path) -> Register:
    """As the desk opens it, with the clock it has."""
    return open_register(str(path), clerk=environment.clerk(), clock=environment.clock())


def ours_in(register: Register, path: Path) -> Entry:
    told = cycle(numbers_of(path))

    def entry() -> None:
        number, _ = next(told)
        log_event(
            register, number, Event(EventKind.NOTE, register.clock.today(), note="已电话告知")
        )

    return entry


def bare_in(db: sqlite3.Connection, path: Path) -> Entry:
    told = cycle(numbers_of(path))
    for name, value in PRAGMAS:
        db.execute(f"PRAGMA {name} = {value}")

    def entry() -> None:
        _, case = next(told)
        db.execute("BEGIN IMMEDIATE")
        event = db.execute(
            "INSERT INTO events (case_id, kind, occurred_on, recorded_at, recorded_by, facts,"
            " personal, salt) VALUES (?, 'note', ?, '2026-03-11T01:00:00.000000+00:00', '某人', '{}',"
            " ?, '0123456789abcdef0123456789abcdef')",
            (case, registers.TODAY, json.dumps({"note": "已电话告知"}, ensure_ascii=False)),
        ).lastrowid
        db.execute(
            "INSERT INTO chain (source, record, digest) VALUES ('events', ?, zeroblob(32))",
            (event,),
        )
        db.execute("UPDATE cases SET last_event_id = ? WHERE id = ?", (event, case))
        db.execute("COMMIT")

    return entry


def entries(sizes: tuple[int, ...]) -> list[Line]:
    """Entries in registers of these sizes, all in turn: the machine's own speed changes meanwhile."""
    with ExitStack() as stack:
        sides: list[Entry] = []
        for cases in sizes:
            ours, bare = copies(cases)
            register = stack.enter_context(opened(ours))
            db = stack.enter_context(closing(sqlite3.connect(bare, isolation_level=None)))
            sides += ours_in(register, ours), bare_in(db, bare)

        def several(entry: Entry) -> float:
            return median(timed(entry) for _ in range(AT_ONCE))

        for side in sides:
            several(side)
        rounds = [[several(side) for side in sides] for _ in range(ROUNDS)]
    taken = list(zip(*rounds, strict=True))
    return [
        paired(f"an entry, durable, {cases:,} cases", mine, BARE, bare, 2)
        for cases, mine, bare in zip(sizes, taken[::2], taken[1::2], strict=True)
    ]


# -- eight at once ------------------------------------------------------------------------------


def at_once(cases: int, rounds: int) -> Iterator[Line]:
    ours, bare = copies(cases)
    pairs = [(together(ours, _we), together(bare, _they)) for _ in range(rounds)]
    each = WRITERS * ENTRIES
    taken, floors = ([one[place][0] / each for one in pairs] for place in (0, 1))
    what = f"an entry of {WRITERS} programs at once"
    yield paired(what, taken, BARE, floors, 2, note=f"{1000 / median(taken):.0f} a second")
    waits = [quantiles(one[0][1], n=100)[-1] for one in pairs]
    yield alone(f"{what}, 99 of 100 within", median(waits), 1_000)


def _we(path: Path) -> Iterator[Entry]:
    """A desk, which has shown 今日 before anything is recorded at it."""
    with opened(path) as register:
        with register.reading() as tx:
            overview(tx)
        yield ours_in(register, path)


def _they(path: Path) -> Iterator[Entry]:
    db = sqlite3.connect(path, isolation_level=None, timeout=30)
    yield bare_in(db, path)
    db.close()


def together(path: Path, who: Callable[[Path], Iterator[Entry]]) -> tuple[float, list[float]]:
    """Milliseconds that all took once they had opened the register, and every single wait."""
    begin, go = os.pipe()
    ready, is_ready = os.pipe()
    told, tell = os.pipe()
    writers = []
    for _ in range(WRITERS):
        writer = os.fork()
        if not writer:
            try:
                os.close(go)
                for entry in who(path):
                    os.write(is_ready, b".")
                    os.read(begin, 1)
                    waits = [timed(entry) for _ in range(ENTRIES)]
                    os.write(tell, f"{json.dumps(waits)}\n".encode())
            except BaseException as fault:
                os.write(tell, f"{json.dumps(repr(fault))}\n".encode())
                os.write(is_ready, b"!")
            os._exit(0)
        writers.append(writer)
    seen = b""
    while len(seen) < WRITERS:
        seen += os.read(ready, WRITERS)
    begun = time.perf_counter()
    os.close(go)
    os.close(tell)
    with os.fdopen(told) as lines:
        answers = [json.loads(line) for line in lines]
    taken = (time.perf_counter() - begun) * 1000
    for writer in writers:
        os.waitpid(writer, 0)
    for pipe in (begin, ready, is_ready):
        os.close(pipe)
    failed = [answer for answer in answers if isinstance(answer, str)]
    if failed:
        raise RuntimeError(failed[0])
    return taken, [wait for waits in answers for wait in waits]
