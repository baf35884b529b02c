"""`find`, `due`: lists of cases."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tui.cli.values import (
    UsageFault,
    Value,
    add_masked,
    answer_json,
    given_register,
    run_by,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.cases.case_row import CaseRow
    from db.storage.transaction import Transaction


def add_commands(commands: Any) -> None:
    find = commands.add_parser("find", help="查找申请，新的在前")
    find.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="编号、姓名、内容、文号……的任意部分；筛选写成 收到:2026-10、办结:上月、第三方",
    )
    find.add_argument("--limit", type=Value.count, default=50, metavar="N", help="最多显示的件数")
    add_masked(find)
    run_by(find, run_find)

    due = commands.add_parser("due", help="超期、将到期、等候申请人的申请")
    due.add_argument("--days", type=Value.count, default=7, metavar="N", help="到期前的工作日数")
    add_masked(due)
    run_by(due, run_due)


def run_find(given: argparse.Namespace) -> int:
    from db.cases.organs import read_organs
    from db.lookup.find import find_cases
    from db.lookup.query import faults_of
    from tui.cli.answers import row_document

    words = " ".join(given.words)
    with given_register(given) as register, register.reading() as tx:
        for fault in faults_of(words, tx.today):
            raise UsageFault(fault)
        found = find_cases(tx, words, given.limit)
        organs = read_organs(tx.connection)
        rows = _for_others(tx, found.cases, given)
    if given.json:
        answer_json(
            {
                "query": None if given.masked else found.query,  # it may name who was looked for
                "total": found.total,
                "cases": [row_document(row, organs) for row in rows],
            }
        )
    else:
        _list(rows)
        say(f"显示 {len(rows)} / 共 {found.total} 件")
    return 0


def run_due(given: argparse.Namespace) -> int:
    from db.agenda.agenda import agenda
    from db.cases.organs import read_organs
    from tui.cli.answers import row_document

    with given_register(given) as register, register.reading() as tx:
        todo, organs = agenda(tx, given.days), read_organs(tx.connection)
        parts = [
            (key, label, _for_others(tx, rows, given))
            for key, label, rows in (
                ("overdue", "已超期", todo.overdue),
                ("due", f"{given.days}个工作日内到期", todo.due),
                ("waiting", "申请人逾期未补正或未缴费", todo.waiting),
                ("receipts", "待送达回证", todo.receipts),
            )
        ]
    if given.json:
        answer_json({key: [row_document(row, organs) for row in rows] for key, _, rows in parts})
        return 0
    for _, label, rows in parts:
        say(f"{label}：{len(rows)} 件")
        _list(rows)
    return 0


def _for_others(
    tx: Transaction, rows: Sequence[CaseRow], given: argparse.Namespace
) -> Sequence[CaseRow]:
    """The cases of a list, with nobody named if that was asked for."""
    from db.privacy.masking import mask_rows

    return mask_rows(tx, rows) if given.masked else rows


def _list(rows: Iterable[CaseRow]) -> None:
    from db.words.text import one_line

    for row in rows:
        due = f"{row.due_on}{'(暂定)' if row.provisional else ''}" if row.due_on else "-"
        left = "" if row.days_left is None else f" 剩{row.days_left}"
        if row.days_left is not None and row.days_left < 0:
            left = f" 超期{-row.days_left}"
        say(
            f"{row.number}  {row.received_on}  {row.state.label}  {due}{left}  "
            f"{one_line(row.applicant)}  {one_line(row.subject)}"
        )
