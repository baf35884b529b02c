"""`report`, `check`: a year's figures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.commands.values import Value, answer_json, open_register, say

if TYPE_CHECKING:
    from db.figures import YearTable

_CELL = 8
_LABEL = 44


def add_commands(commands: Any) -> None:
    report = commands.add_parser("report", help="年度报告的申请办理表")
    report.add_argument("year", type=Value.year, metavar="YEAR")
    report.add_argument("--organ", metavar="NAME", help="受理机关")
    report.add_argument("--form", choices=("2019", "2021"), help="表式（默认按年份）")
    report.add_argument("--xlsx", type=Path, metavar="F", help="写成 Excel 工作簿")
    report.add_argument("--json", action="store_true", help="以 JSON 回答")
    report.set_defaults(run=run_report)

    check = commands.add_parser("check", help="勾稽校验")
    check.add_argument("year", type=Value.year, metavar="YEAR")
    check.add_argument("--organ", metavar="NAME", help="受理机关")
    check.add_argument("--json", action="store_true", help="以 JSON 回答")
    check.set_defaults(run=run_check)


def run_report(given: argparse.Namespace) -> int:
    from db.checks import check_table
    from db.figures import year_table

    with open_register(given) as register:
        table = year_table(register, given.year, given.organ, given.form)
        findings = check_table(register, table)
        if given.xlsx is not None:
            from exports.workbook import write_report

            write_report(register, given.year, given.organ, given.form, given.xlsx)
    if given.json:
        from tui.commands.answers import report_document

        answer_json(report_document(table, findings))
    elif given.xlsx is not None:
        say(f"已写好 {given.xlsx}。")
    else:
        for line in lay_out(table):
            say(line)
        wrong = [finding for finding in findings if not finding.ok]
        say(f"勾稽：{f'{len(wrong)} 处不符' if wrong else '全部相符'}")
    return 0


def run_check(given: argparse.Namespace) -> int:
    from db.checks import RULES, check_table
    from db.figures import year_table

    with open_register(given) as register:
        table = year_table(register, given.year, given.organ)
        findings = check_table(register, table)
    wrong = [finding for finding in findings if not finding.ok]
    if given.json:
        from tui.commands.answers import finding_document

        answer_json(
            {
                "year": table.year,
                "organ": table.organ,
                "ok": not wrong,
                "checks": [finding_document(finding) for finding in findings],
            }
        )
        return 1 if wrong else 0
    for finding in wrong:
        say(
            f"{finding.rule} {RULES[finding.rule]}：{finding.where} "
            f"{finding.left} ≠ {finding.right}，相差 {finding.difference}"
        )
    say(f"{table.year}年勾稽：{f'{len(wrong)} 处不符' if wrong else '全部相符'}。")
    return 1 if wrong else 0


def lay_out(table: YearTable) -> list[str]:
    """The table as plain lines, in terminal cells."""
    from db.form import COLUMN_LABELS
    from tui.widgets.cells import fit

    lines = [f"{table.organ}  {table.year}年  （{table.form}年表式）"]
    lines.append(" " * _LABEL + "".join(fit(label, _CELL, right=True) for label in COLUMN_LABELS))
    for row in table.rows:
        label = fit(f"{row.code} {row.group}{row.label}", _LABEL)
        lines.append(label + "".join(f"{n:>{_CELL}}" for n in row.cells))
    return lines
