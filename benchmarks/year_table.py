"""The year table beside three grouped queries written by hand, on one file, in turn.

The registers hold only what the table reads, over three years and over seven. The queries by hand
ask for rows 1; 3.1 to 3.7; 2 and 4, each along the best index the file has.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks.registers import FOLDER
from benchmarks.table import ROUNDS, Line, growth, in_turn, worked
from db.storage.schema import HEAD
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind
from tests.support.at_once import open_register, year_report, year_table

FIRST_DAYS, TODAY, YEARS = (date(2023, 1, 1), date(2019, 1, 1)), date(2026, 3, 10), (2024, 2025)
TURNS = 21
_OF_ORGAN = "FROM cases WHERE organ_id = 1 AND state <> 'cancelled'"
BY_HAND = (
    f"SELECT kind, count(*) {_OF_ORGAN} AND received_year = :year GROUP BY kind",
    f"SELECT kind, outcome, count(*) {_OF_ORGAN} AND concluded_year = :year GROUP BY kind, outcome",
    "SELECT kind, sum(received_year < :year), sum(concluded_year IS NULL OR concluded_year > :year)"
    f" {_OF_ORGAN} AND (concluded_year IS NULL OR concluded_year <> received_year)"
    " AND received_year <= :year AND (concluded_year IS NULL OR concluded_year >= :year)"
    " GROUP BY kind",
)


def invented(cases: int, first: date) -> Iterator[dict[str, object]]:
    """Cases since a day, as `demo` has: some are never concluded, some cross a year's end."""
    rng = random.Random(7)
    kinds, codes = [kind.value for kind in ApplicantKind], [one.code for one in OUTCOMES]
    for place in range(cases):
        on = first + timedelta(days=(TODAY - first).days * place // cases)
        ended = on + timedelta(days=rng.randint(1, 40))
        concluded = ended if ended < TODAY and rng.random() < 0.985 else None
        state = "open" if concluded is None else "concluded"
        yield {
            "number": f"{on.year}-{place:07}",
            "organ_id": 1,
            "applicant": "某人",
            "kind": rng.choices(kinds, [60, 20, 4, 4, 6, 6])[0],
            "received_on": on.isoformat(),
            "received_year": on.year,
            "subject": "关于某街道某处征收补偿方案的批复文件及其附件",
            "state": "cancelled" if rng.random() < 0.005 else state,
            "counts_from": on.isoformat(),
            "allowed": 20,
            "provisional": 0,
            "concluded_on": concluded.isoformat() if concluded else None,
            "concluded_year": concluded.year if concluded else None,
            "outcome": rng.choice(codes) if concluded else None,
            "last_event_id": place,
        }


def make(cases: int, since: date) -> Path:
    """The register of that size, made when it is not there yet."""
    path = FOLDER / f"{HEAD}-year-table-{since.year}-{cases}.db"
    if path.exists():
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    open_register(str(draft), create=True).close()
    connection = sqlite3.connect(draft)
    listed = "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'cases' AND type = 'index'"
    indexes = [index for index in connection.execute(listed) if index[1]]
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute("INSERT INTO organs (id, name) VALUES (1, '某局')")
    rows = invented(cases, since)
    first = next(rows)
    into = f"INSERT INTO cases ({', '.join(first)}) VALUES ({', '.join(f':{c}' for c in first)})"
    connection.execute(into, first)
    connection.executemany(into, rows)
    for _, sql in indexes:
        connection.execute(sql)
    connection.commit()
    connection.close()
    draft.rename(path)
    return path


def measure(quick: bool) -> Iterator[Line]:
    taken: list[float] = []
    for cases in (100_000,) if quick else (100_000, 1_000_000):
        for since in FIRST_DAYS[:1] if quick else FIRST_DAYS:
            for year in YEARS[:1] if quick else YEARS:
                line = counted(make(cases, since), cases, since, year)
                taken.append(line.ours)
                yield line
    if not quick:
        half = len(taken) // 2
        yield growth("year table", median(taken[:half]), median(taken[half:]))


def counted(path: Path, cases: int, since: date, year: int) -> Line:
    plain = sqlite3.connect(path)
    with open_register(str(path)) as register:

        def by_hand() -> float:
            return worked(
                lambda: [plain.execute(query, {"year": year}).fetchall() for query in BY_HAND]
            )

        def ours() -> float:
            return worked(lambda: year_table(register, year))

        what = f"year table {year}, {cases:,} cases since {since.year}"
        line = in_turn(what, ours, "by hand", by_hand, 1.2, rounds=TURNS)
        checked = median(worked(lambda: year_report(register, year)) for _ in range(ROUNDS))
    plain.close()
    return replace(line, note=f"with table 4 and every check {checked:.0f} ms")
