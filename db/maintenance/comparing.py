"""What one register file holds that another does not, by case number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from db.maintenance.copy_check import read_only, reading_file
from db.maintenance.copy_names import record_tables

_OTHERS = {
    "dispute_events": "复议诉讼记录",
    "filings": "封账",
    "calendar_notices": "放假通知",
    "organ_facts": "机关信息",
    "report_figures": "年报数据",
    "report_texts": "年报文字",
    "explanations": "勾稽说明",
}


@dataclass(frozen=True, slots=True)
class OnlyThere:
    """What stands in one file alone."""

    cases: tuple[str, ...]
    records: Mapping[str, int]
    """Of cases that both have: how many records only one has."""
    others: Mapping[str, int]
    """Records of no case, by what they are."""

    def __bool__(self) -> bool:
        return bool(self.cases or self.records or self.others)


def compare(one: Path, other: Path) -> tuple[OnlyThere, OnlyThere]:
    """What `one` alone holds, and what `other` alone.

    Raises:
        NotFound, Unreadable: one of them cannot be read.
    """
    with reading_file(one) as connection:
        connection.exec_driver_sql("ATTACH ? AS other", (read_only(other),))
        return _only_in(connection, "main", "other"), _only_in(connection, "other", "main")


def _only_in(connection: Connection, here: str, there: str) -> OnlyThere:
    cases = connection.exec_driver_sql(
        f"SELECT number FROM {here}.cases EXCEPT SELECT number FROM {there}.cases ORDER BY 1"
    ).scalars()
    alone = tuple(map(str, cases))
    records = connection.exec_driver_sql(
        f"SELECT number, count(*) FROM ({_events(here)} EXCEPT {_events(there)})"
        " GROUP BY number ORDER BY number"
    )
    counted = {
        str(number): int(count) for number, count in records if str(number) not in set(alone)
    }
    tables = set(record_tables(connection, here)) & set(record_tables(connection, there))
    others = {
        said: count
        for table, said in _OTHERS.items()
        if table in tables and (count := _alone(connection, table, here, there))
    }
    return OnlyThere(alone, counted, others)


def _events(schema: str) -> str:
    return (
        "SELECT events.id, events.recorded_at, cases.number"
        f" FROM {schema}.events JOIN {schema}.cases ON cases.id = events.case_id"
    )


def _alone(connection: Connection, table: str, here: str, there: str) -> int:
    return int(
        connection.exec_driver_sql(
            f"SELECT count(*) FROM (SELECT id, recorded_at FROM {here}.{table}"
            f" EXCEPT SELECT id, recorded_at FROM {there}.{table})"
        ).scalar_one()
    )
