"""A register with something in every table, and all that a register holds, on whichever engine."""

from __future__ import annotations

from datetime import date
from typing import Any

from db.cases.organs import OrganFact
from db.law.event import Event
from db.maintenance.moving import Gone, move
from db.privacy.erasing import erase_cases
from db.privacy.retention import set_keeping_years
from db.storage.register import Register
from db.storage.schema import metadata
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import (
    add_organ,
    enter_notice,
    file_year,
    log_event,
    make_demo,
    new_case,
    open_register,
    rename_organ,
    set_organ,
)
from tests.support.notices import NEXT_YEAR

OFFICE = "云溪县人民政府办公室"
HOSTILE = (
    "𠮷野家😀👩‍👩‍👧‍👦",
    "ﾊﾝｶｸｶﾅ ＡＢＣ",
    "'; DROP TABLE cases; --",
    '"双"引号"',
    "反\\斜\\\\杠 \\N \\. \\t \\x00",
    "\\N",
    "=1+1",
    "%s %(a)s :b {c}",
    "长" * 9_999 + "😀",
)
NOTES = ("甲\t乙\n丙", "\n\\.\n末行", "一\r\n二")


def fill(register: Register, cases: int = 40) -> None:
    """Put something into every table, and what is hard to write down."""
    make_demo(register, cases, 1)
    add_organ(register, "云溪县教育局")
    rename_organ(register, "云溪县教育局", "云溪县教体局", date(2026, 3, 1))
    set_organ(register, "云溪县教育局", {OrganFact.ADDRESS: "人民路1号"})
    for text in HOSTILE:
        told = new_case(
            register,
            Event(
                EventKind.RECEIVED,
                date(2026, 3, 2),
                applicant=text[:60],
                applicant_kind=ApplicantKind.NATURAL_PERSON,
                subject=text,
            ),
        )
        for note in NOTES:
            log_event(register, told.number, Event(EventKind.NOTE, date(2026, 3, 3), note=note))
    enter_notice(register, NEXT_YEAR, "国办发")
    file_year(register, 2024, OFFICE)
    with register.writing() as tx:
        set_keeping_years(tx, 10)
        erase_cases(tx, [1])


def everything(register: Register) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the engine keeps it."""
    with register.reading() as tx:
        return {
            table.name: [
                tuple(row)
                for row in tx.connection.exec_driver_sql(
                    f"SELECT {', '.join(c.name for c in table.columns)} FROM {table.name}"
                    " ORDER BY id"
                )
            ]
            for table in metadata.sorted_tables
        }


def move_to(source: str, target: str, **options: Any) -> Gone:
    with open_register(source) as register:
        return move(register, target, **options)


def held_at(location: str) -> dict[str, list[tuple[Any, ...]]]:
    with open_register(location) as register:
        return everything(register)
