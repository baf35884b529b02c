"""Process start to the first frame, to a filled 今日 and to a lookup's rows, in a pseudo-terminal.

In turn with the smallest Textual app, so that the ratios hold whatever the machine's speed is.
The register is made when there is none at the path; one of a million takes minutes.

python benchmarks/first_paint.py build/thousand.db --cases 1000 --rounds 15
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from db.law.event import Event
from db.storage.lookup_index import FIELDS, bag
from db.storage.register import Register
from db.storage.schema import LOOKUP
from db.words.vocabulary import ApplicantKind, Channel, EventKind
from tests.support.at_once import count_found, make_demo, new_case, open_register

TODAY = "2026-03-11"
SIZES = ((80, 24), (120, 40))
MADE_AT_MOST = 10_000
"""So many cases are made as the demo makes them; a greater register repeats them."""
APPLICANT, SOUGHT = "司徒独一", "孤本地图"
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("台账")

Bare().run()
"""
PATIENCE = 60.0


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("register", type=Path)
    given.add_argument("--cases", type=int, default=1_000)
    given.add_argument("--rounds", type=int, default=15)
    asked = given.parse_args()
    os.environ["TAIZHANG_TODAY"] = TODAY
    if not asked.register.exists():
        make_register(asked.register, asked.cases)
    ours = [sys.executable, "-m", "tui", "--db", str(asked.register)]
    with open_register(str(asked.register)) as register:
        print(f"{count_found(register, ''):,} cases")
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({"HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home})
        measures: dict[str, Callable[[tuple[int, int]], list[float]]] = {
            "bare": lambda size: reached([sys.executable, "-c", BARE], size, ["台账"]),
            "desk": lambda size: reached(ours, size, ["今日", "已超期"]),
            "look": lambda size: reached(ours, size, ["今日", APPLICANT], f"/{SOUGHT}"),
        }
        for size in SIZES:
            for measure in measures.values():
                measure(size)  # the files are in memory from here on
            rounds = [
                {name: measure(size) for name, measure in measures.items()}
                for _ in range(asked.rounds)
            ]
            print(f"{size[0]}x{size[1]}, medians of {asked.rounds} rounds")
            bare = [taken["bare"][0] for taken in rounds]
            tell("smallest app, first frame", bare, bare)
            tell("今日, first frame", [taken["desk"][0] for taken in rounds], bare)
            tell("今日, filled", [taken["desk"][1] for taken in rounds], bare)
            tell("a lookup's rows", [taken["look"][1] for taken in rounds], bare)


def tell(what: str, times: list[float], bare: list[float]) -> None:
    ratio = statistics.median(ours / smallest for ours, smallest in zip(times, bare, strict=True))
    print(f"  {what:28} {statistics.median(times):6.0f} ms  {ratio:.2f} x")


def reached(
    command: list[str], size: tuple[int, int], texts: list[str], typed: str = ""
) -> list[float]:
    """Milliseconds from process start to each text in turn; `typed` goes in after the first."""
    ours, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled already
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        env=environment | {"COLORTERM": "truecolor"},
    )
    os.close(inner)
    times: list[float] = []
    seen = b""
    try:
        while len(times) < len(texts):
            if not select.select([ours], [], [], PATIENCE)[0]:
                raise TimeoutError(f"never painted {texts[len(times)]}")
            seen += os.read(ours, 1 << 16)
            at = (time.perf_counter() - begun) * 1000
            while len(times) < len(texts) and texts[len(times)].encode() in seen:
                times.append(at)
                if len(times) == 1 and typed:
                    os.write(ours, typed.encode())
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return times


# -- a register to measure on -------------------------------------------------------------------


def make_register(path: Path, count: int) -> None:
    """A register of so many cases, and one more that a lookup finds by its subject."""
    with open_register(str(path), create=True) as register:
        made = min(count, MADE_AT_MOST)
        make_demo(register, made)
    if count > made:
        repeat(path, made, count)
    with open_register(str(path)) as register:
        add_sought(register)


def add_sought(register: Register) -> None:
    new_case(
        register,
        Event(
            EventKind.RECEIVED,
            date(2024, 3, 4),
            applicant=APPLICANT,
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            channel=Channel.INTERNET,
            subject=f"{SOUGHT}的批复",
        ),
    )


def repeat(path: Path, made: int, count: int) -> None:
    """Fill a register by repeating its cases and their histories under other numbers.

    Good enough to be read; `verify` would find that the histories still tell the first numbers.
    """
    with sqlite3.connect(path, isolation_level=None) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous = off")
        db.execute("BEGIN")
        unnumbered = {
            case["id"]: set(bag({**case, "number": ""}).split())
            for case in db.execute(f"SELECT id, {', '.join(FIELDS)} FROM cases")
        }
        last_event = db.execute("SELECT max(id) FROM events").fetchone()[0]
        columns = [row["name"] for row in db.execute("PRAGMA table_info(cases)")][2:]
        names = ", ".join(name for name in columns if name != "last_event_id")
        while made_now := min(count - made, len(unnumbered)):
            turn = made // len(unnumbered)
            db.execute(
                f"INSERT INTO cases (id, number, last_event_id, {names}) SELECT id + ?, "
                f"substr(number, 1, 5) || printf('%07d', id + ?), last_event_id + ?, {names} "
                "FROM cases WHERE id <= ?",
                (made, made, turn * last_event, made_now),
            )
            db.execute(
                "INSERT INTO events SELECT id + ?, case_id + ?, kind, occurred_on, recorded_at, "
                "recorded_by, facts, personal FROM events WHERE case_id <= ? AND id <= ?",
                (turn * last_event, made, made_now, last_event),
            )
            numbers = db.execute("SELECT id, number FROM cases WHERE id > ?", (made,)).fetchall()
            blank = dict.fromkeys(FIELDS, "")
            db.executemany(
                f"INSERT INTO {LOOKUP} (rowid, bag) VALUES (?, ?)",
                (
                    (
                        row["id"],
                        " ".join(
                            unnumbered[row["id"] - made]
                            | set(bag({**blank, "number": row["number"]}).split())
                        ),
                    )
                    for row in numbers
                ),
            )
            made += made_now
        db.execute("COMMIT")


if __name__ == "__main__":
    main()
