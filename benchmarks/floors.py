"""What ours is held against, each as the least program that does it: `python -m benchmarks.floors`.

export CELLS FILE      the same cells, written by openpyxl's write-only mode
import LEDGER FILE     a ledger read by python-calamine, and one bulk insert into a bare table
events REGISTER        every event of a register read once, its facts unpacked
crosstab LEDGER YEAR   pandas: the ledger read, and the year's kinds by outcome
"""

from __future__ import annotations

import json
import pickle
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any


def rows_of(ledger: str) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(ledger).get_sheet_by_index(0).to_python()


def export(cells: str, path: str) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for row in kept(cells):
        sheet.append(row)
    book.save(path)


def kept(cells: str) -> Iterator[list[Any]]:
    """The rows that `keep` kept, one by one."""
    with open(cells, "rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def keep(ledger: str, cells: str) -> None:
    """Keep the cells of a ledger so that a floor need not read a register for them."""
    with open(cells, "wb") as file:
        for row in rows_of(ledger):
            pickle.dump([None if cell == "" else cell for cell in row], file)


def bulk_insert(ledger: str, path: str) -> None:
    heading, *rows = rows_of(ledger)
    told = [[one.isoformat() if isinstance(one, date) else one for one in row] for row in rows]
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute(f"CREATE TABLE bare ({', '.join(f'c{n}' for n in range(len(heading)))})")
        db.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(heading))})", told)


def events(path: str) -> None:
    with sqlite3.connect(path) as db:
        for row in db.execute("SELECT * FROM events ORDER BY id"):
            json.loads(row[6]), json.loads(row[7])


def crosstab(ledger: str, year: str) -> None:
    import pandas

    told = pandas.read_excel(ledger, engine="calamine")
    told["收到日期"] = pandas.to_datetime(told["收到日期"])
    told["办结日期"] = pandas.to_datetime(told["办结日期"])
    ended = told[told["办结日期"].dt.year == int(year)]
    pandas.crosstab(ended["办理结果"], ended["申请人类型"], margins=True)
    told[told["收到日期"].dt.year == int(year)].groupby("申请人类型").size()


FLOORS = {
    "export": export,
    "keep": keep,
    "import": bulk_insert,
    "events": events,
    "crosstab": crosstab,
}

if __name__ == "__main__":
    FLOORS[sys.argv[1]](*sys.argv[2:])
