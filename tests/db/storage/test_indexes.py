"""Every index of cases and of their records is one that a question of the desk is answered by."""

from __future__ import annotations

import re

from db.agenda.agenda import agenda, overview, section_page
from db.agenda.overview import Section
from db.cases.case_file import read_case
from db.cases.event_log import recorded_later
from db.cases.numbers import suggest_number
from db.lookup.earlier_requests import find_repeats
from db.lookup.find import count_found, page_of_found
from db.lookup.orders import ORDERS, Order
from db.storage.register import Register
from db.storage.schema import cases, events
from db.storage.transaction import Transaction
from db.year_end.report import year_report
from tests.support.steps import receive

LINES = (
    "状态:办理中",
    "类型:自然人",
    "方式:传真",
    "结果:3.1",
    "超期",
    "3日内",
    "收到:今天",
    "机关:本",
)


def everything_is_asked(tx: Transaction, number: str) -> None:
    agenda(tx)
    overview(tx)
    section_page(tx, Section.PARTY, 0, 20)
    recorded_later(tx)
    suggest_number(tx, tx.today)
    read_case(tx, number)
    find_repeats(tx, "某人", "某事", tx.today, "110101199001010011")
    year_report(tx, tx.today.year)
    for by in ORDERS:
        page_of_found(tx, "", 0, 20, order=Order(by))
    for line in LINES:
        page_of_found(tx, line, 0, 20)
        count_found(tx, line)


def test_every_index_answers_a_question_of_the_desk(register: Register) -> None:
    number = receive(register, "2026-03-02").number
    asked: list[str] = []
    with register.reading() as tx:
        driver = tx.connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        everything_is_asked(tx, number)
        driver.set_trace_callback(None)
        questions = (query for query in asked if re.match("SELECT|WITH", query))
        steps = [driver.execute(f"EXPLAIN QUERY PLAN {one}").fetchall() for one in questions]
    used = set(re.findall(r"INDEX (\w+)", str(steps)))
    kept = {index.name for table in (cases, events) for index in table.indexes}
    assert kept - used == set()
    highest = next(str(step) for step in steps if "cases_by_serial" in str(step))
    assert "SEARCH" in highest
