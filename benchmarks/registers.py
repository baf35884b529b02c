"""The registers that are measured: made once, kept in `build/bench`, of 1,000 cases and more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path

from benchmarks.table import tell
from db.law.event import Event
from db.moment import Clock
from db.opening import open_register
from db.storage.lookup_index import FIELDS, bag
from db.storage.register import Register
from db.storage.schema import HEAD, LOOKUP
from db.words.vocabulary import ApplicantKind, Channel, EventKind
from tests.support.at_once import make_demo, new_case
from tui.cli import environment

FOLDER = Path("build/bench")
MADE_AT_MOST = 10_000
"""So many cases are made as the demo makes them; a greater register repeats them."""
APPLICANT, SOUGHT = "司徒独一", "孤本地图"
TODAY = "2026-03-11"
"""The day on which everything is measured (TAIZHANG_TODAY)."""


class _Midnight(Clock):
    """What is recorded in a register is of the first moment of that day: no clock shows an earlier
    one later on, and a register with records of that day is not due to be copied."""

    def today(self) -> date:
        return date.fromisoformat(TODAY)

    def now(self) -> datetime:
        return datetime.combine(self.today(), time()).astimezone()


def _opened(path: Path, *, create: bool = False) -> Register:
    return open_register(str(path), clerk=environment.clerk(), clock=_Midnight(), create=create)


def of_cases(count: int) -> Path:
    """The register of so many cases, made when it is not there yet."""
    return _kept(f"{HEAD}-{count}", lambda draft: make_register(draft, count))


def invented(count: int) -> Path:
    """A register of so many invented cases, none repeated: `verify` finds nothing wrong with it."""

    def make(draft: Path) -> None:
        with _opened(draft, create=True) as register:
            make_demo(register, count)

    return _kept(f"{HEAD}-invented-{count}", make)


def keep(made: Path, count: int) -> None:
    """Keep a register that was measured in the making as that of so many invented cases."""
    made.rename(FOLDER / f"{HEAD}-invented-{count}.db")


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """What was made another time, or is made now; nothing half made has its name."""
    path = FOLDER / f"{name}.db"
    if not path.exists():
        tell(f"  making {path} …")
        FOLDER.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        make(draft)
        draft.rename(path)
    return path


def make_register(path: Path, count: int) -> None:
    """A register of so many cases, and one more that a lookup finds by its subject."""
    with _opened(path, create=True) as register:
        made = min(count, MADE_AT_MOST)
        make_demo(register, made)
    if count > made:
        repeat(path, made, count)
    with _opened(path) as register:
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

    Good enough to be read and recorded in; `verify` would find that nothing of it is sealed.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
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
        facts = ", ".join(row["name"] for row in db.execute("PRAGMA table_info(events)"))
        copied = facts.replace("id, case_id", "id + ?, case_id + ?", 1).replace(
            ", facts,",
            ", CASE kind WHEN 'received' THEN json_set(facts, '$.number', substr("
            "json_extract(facts, '$.number'), 1, 5) || printf('%07d', case_id + ?)) ELSE facts END,",
            1,
        )
        while made_now := min(count - made, len(unnumbered)):
            turn = made // len(unnumbered)
            db.execute(
                f"INSERT INTO cases (id, number, last_event_id, {names}) SELECT id + ?, "
                f"substr(number, 1, 5) || printf('%07d', id + ?), last_event_id + ?, {names} "
                "FROM cases WHERE id <= ?",
                (made, made, turn * last_event, made_now),
            )
            db.execute(
                f"INSERT INTO events ({facts}) SELECT {copied} FROM events "
                "WHERE case_id <= ? AND id <= ?",
                (turn * last_event, made, made, made_now, last_event),
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
