"""`export --all`: every table as CSV and JSON, the papers of cases, the year tables, and a script
that proves them."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from db.cases.organs import organ_keys
from db.cases.papers import kept_papers, store_of
from db.errors import RegisterError, plain_fault
from db.storage.register import Register
from db.storage.schema import metadata
from db.storage.transaction import Transaction
from db.year_end.request_table import year_table, years_with_cases
from exports.paper_file import drafting, notes_folder
from exports.spreadsheet.cells import guard

_WITH_IT = ("check.py", "readme.md")


def write_archive(
    register: Register, folder: Path, progress: Callable[[int], None] = lambda rows: None
) -> int:
    """Write the whole register into a new folder; answers how many rows. All of it, or nothing.

    `progress` hears now and then how many rows are written; what it raises ends the work.

    Raises:
        RegisterError: the folder is there already and not empty, or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RegisterError(f"{folder} 已经有了，而且不是空文件夹；请换一个文件夹。")
        place = Path(os.path.realpath(folder))
        with (
            register.reading() as tx,
            drafting(place.parent, notes_folder(register.store.file, place)) as at,
        ):
            draft = at / "all"
            draft.mkdir(mode=0o700)
            written = 0
            for table in metadata.sorted_tables:
                written = _write_table(tx, table, draft, written, progress)
            _put(draft / "year_tables.json", json.dumps(_year_tables(tx), ensure_ascii=False))
            _write_papers(tx, draft)
            for name in _WITH_IT:
                _put(draft / name, (Path(__file__).parent / name).read_text(encoding="utf-8"))
            for file in (path for path in draft.rglob("*") if path.is_file()):
                _to_disk(file)
            draft.replace(place)
    except OSError as fault:
        raise RegisterError(f"{folder} 无法写入：{plain_fault(fault)}。") from None
    return written


def _write_table(
    tx: Transaction, table: Table, folder: Path, written: int, progress: Callable[[int], None]
) -> int:
    columns = [column.name for column in table.columns]
    with (
        _new(folder / f"{table.name}.csv", "utf-8-sig") as sheet,
        _new(folder / f"{table.name}.json", "utf-8") as file,
    ):
        writer = csv.writer(sheet)
        writer.writerow(columns)
        file.write("[\n")
        between = ""
        for row in _rows(tx, table.name, columns):
            writer.writerow(["" if value is None else guard(str(value)) for value in row.values()])
            file.write(between + json.dumps(row, ensure_ascii=False))
            between = ",\n"
            written += 1
            if written % 100 == 0:
                progress(written)
        file.write("\n]\n")
    return written


def _rows(tx: Transaction, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
    """The rows as they stand in the file; digests as hexadecimal texts."""
    query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"
    for row in tx.connection.exec_driver_sql(query).mappings():
        yield {name: v.hex() if isinstance(v, bytes) else v for name, v in row.items()}


def _write_papers(tx: Transaction, folder: Path) -> None:
    """The papers of cases by their digests; `check.py` names what is missing."""
    papers, store = folder / "papers", store_of(tx)
    named = {paper.digest for paper in kept_papers(tx.connection)}
    if named:
        papers.mkdir(mode=0o700)
    for digest in named:
        content = store.read(tx.connection, digest)
        if content is not None:
            handle = os.open(papers / digest, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with open(handle, "wb") as file:
                file.write(content)


def _year_tables(tx: Transaction) -> Mapping[str, Mapping[str, Mapping[str, tuple[int, ...]]]]:
    return {
        organ: {
            str(year): {row.code: row.cells for row in year_table(tx, year, organ, "2021").rows}
            for year in years_with_cases(tx)
        }
        for organ in organ_keys(tx)
    }


def _new(path: Path, encoding: str) -> Any:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    return open(handle, "w", encoding=encoding, errors="surrogateescape", newline="")


def _put(path: Path, text: str) -> None:
    with _new(path, "utf-8") as file:
        file.write(text)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
