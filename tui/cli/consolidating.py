"""`consolidate`: everyone else's reports, read, checked and added up."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli import environment
from tui.cli.output import stored
from tui.cli.values import (
    Progress,
    UsageFault,
    Value,
    answer_json,
    given_register,
    run_by,
    say,
)

if TYPE_CHECKING:
    from db.year_end.diagnosing import Diagnosed
    from db.year_end.received import Problem, Received
    from exports.consolidation.consolidating import Consolidated

_MOST_SAID = 12
"""Problems of a file that are printed for a person; all stand in the JSON and in the notes."""


def add_commands(commands: Any) -> None:
    command = commands.add_parser("consolidate", help="汇总各单位报来的年报：读出、核对、相加")
    command.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="年报文件（Word、网页、表格、文本、JSON），或装着它们的文件夹",
    )
    command.add_argument("--year", type=Value.year, required=True, metavar="Y", help="哪一年")
    command.add_argument("--organ", metavar="NAME", help="汇总的机关（写在标题里）")
    command.add_argument("--form", choices=("2019", "2021"), help="格式（默认按年份）")
    command.add_argument("--xlsx", type=Path, metavar="F", help="汇总写成 Excel 工作簿")
    command.add_argument("--docx", type=Path, metavar="F", help="汇总写成 Word 文档")
    command.add_argument("--html", type=Path, metavar="F", help="汇总写成网页")
    command.add_argument("--accept-faulty", action="store_true", help="有不符之处的也计入，并写明")
    command.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="FILE=REASON",
        help="采纳一份有不符之处的文件，写明理由，例如 水务局.docx=上年误报，已核实；理由印在汇总里",
    )
    command.add_argument(
        "--mend",
        action="append",
        default=[],
        metavar="FILE=NAME",
        help="按列出的办法更正一份文件（NAME 见输出的“可更正”），例如 水务局.docx=total",
    )
    command.add_argument(
        "--before",
        action="append",
        nargs="+",
        type=Path,
        metavar="F",
        help="上年的年报文件，用来核对结转",
    )
    command.add_argument("--own", action="store_true", help="登记簿里本机关这一年的数据也计入")
    command.add_argument(
        "--notes", type=Path, metavar="DIR", help="给每个有问题的单位写一份退回说明"
    )
    run_by(command, run_consolidate)


def run_consolidate(given: argparse.Namespace) -> int:
    from db.year_end.form import form_of
    from exports.consolidation.consolidating import consolidate
    from exports.consolidation.opening import files_of
    from tui.cli.reports import given_papers

    papers = given_papers(given)
    paths = _without_written(files_of(given.files), papers, given.notes)
    before = files_of([path for paths in given.before or () for path in paths])
    form = given.form or form_of(given.year)
    mends = _of_files(given.mend, paths, "FILE=NAME")
    progress = Progress()
    try:
        done = consolidate(
            paths,
            given.year,
            form,
            environment.clock().now(),
            organ=given.organ or "",
            own=_own(given) if given.own else None,
            before=before,
            mends=mends,
            reasons={
                file: "；".join(told)
                for file, told in _of_files(given.accept, paths, "FILE=REASON").items()
            },
            accept=given.accept_faulty,
            progress=lambda read: progress("读取年报", read, len(paths)),
        )
    finally:
        progress.end()
    _refuse_unknown(mends, done)
    written: list[Path] = []
    if papers and done.report is not None:
        from exports.consolidation.papers import write_sum

        write_sum(done, done.report, papers)
        written += papers
    if given.notes is not None:
        from exports.consolidation.return_note import write_notes

        written += write_notes(done, given.notes, environment.clock().today())
    if written:
        with stored(f"已写好 {'、'.join(map(str, written))}"):
            _answer(done, given, written)
    else:
        _answer(done, given, written)
    return 0 if done.ok else 1


def _without_written(paths: list[Path], papers: list[Path], notes: Path | None) -> list[Path]:
    """Without what this command writes, and has perhaps written before, into the folder it reads."""
    written = {path.resolve() for path in papers}
    home = None if notes is None else notes.resolve()
    told = [(path, path.resolve()) for path in paths]
    return [path for path, at in told if at not in written and (home is None or at.parent != home)]


def _of_files(told: list[str], paths: list[Path], shape: str) -> dict[str, list[str]]:
    """What is said of files, each by its whole path or its name."""
    found: dict[str, list[str]] = {}
    for each in told:
        parts = each.split("=")
        for at in range(1, len(parts)):  # a name may hold the sign, too
            name, what = "=".join(parts[:at]), "=".join(parts[at:]).strip()
            whole = [path for path in paths if name == str(path)]
            named = whole or [path for path in paths if name == path.name]
            if len(named) > 1:
                raise UsageFault(
                    f"有{len(named)}个文件叫“{name}”；请写明是哪一个，例如 {named[0]}={what}。"
                )
            if named and what:
                found.setdefault(str(named[0]), []).append(what)
                break
        else:
            raise UsageFault(f"“{each}”应写成 {shape} 的样子，FILE 是汇总的一个文件。")
    return found


def _refuse_unknown(mends: dict[str, list[str]], done: Consolidated) -> None:
    """Refuse a mend that the file does not offer: nothing is left undone in silence."""
    for one in done.files:
        asked = {*mends.get(one.part.file, ())}
        if len(asked) > len(done.mended.get(one.part.file, ())):
            left = "、".join(mend.name for mend in one.mends) or "没有了"
            raise UsageFault(
                f"“{one.part.file}”没有叫“{'、'.join(sorted(asked))}”的更正；还可更正的：{left}。"
            )


def _own(given: argparse.Namespace) -> Received:
    from db.year_end.received import of_report
    from db.year_end.report import year_report

    with given_register(given) as register, register.reading() as tx:
        return of_report(year_report(tx, given.year, None, given.form), "登记簿")


def _answer(done: Consolidated, given: argparse.Namespace, written: list[Path]) -> None:
    if given.json:
        answer_json(document(done, written))
        return
    for one in done.files:
        _say_file(one, done.mended.get(one.part.file, ()))
    for organ in done.absent:
        say(f"没有收到：{organ}（上年报送过）。")
    wrong = [one for one in done.files if not (one.ok or one.accepted)]
    if done.report is None:
        say(
            f"{len(done.files)}份年报，{len(wrong)}份有问题；没有汇总。改正后再试，或用 --accept 文件=理由 一份份采纳，加 --accept-faulty 全部照样计入。"
        )
        return
    from tui.cli.reports import tables

    left_out = f"，{len(done.left_out)}份没有计入" if done.left_out else ""
    say(f"{done.organ}{done.year}年汇总  （{done.form}年格式）  {len(done.parts)}个单位{left_out}")
    for line in tables(done.report.table, done.report.disputes):
        say(line)
    faults = len(done.report.wrong)
    say(f"勾稽：{f'{faults} 处不符' if faults else '全部相符'}")
    if written:
        say(f"已写好 {'、'.join(map(str, written))}。")


def _say_file(one: Diagnosed, mended: Sequence[str]) -> None:
    from db.words.text import one_line
    from db.year_end.received import gathered

    def line(said: str) -> None:
        say(one_line(said))  # the name of a file may hold the end of a line

    blanks = sum(problem.rule == "P" for problem in one.problems)
    others = [problem for problem in one.problems if problem.rule != "P"]
    state = f"{len(others)}处问题" if others else "相符"
    state += f"，经决定采纳：{one.accepted}" if one.accepted else ""
    state += f"，{blanks}格空白按0计" if blanks else ""
    line(f"{one.part.organ or '（未写明机关）'}  {one.part.file}：{state}")
    for text in mended:
        line(f"  已更正：{text}")
    told = gathered(others)
    for sentence in told[:_MOST_SAID]:
        line(f"  {sentence}")
    if len(told) > _MOST_SAID:
        line(f"  另有{len(told) - _MOST_SAID}处，见 --json 或 --notes。")
    for mistake in one.mends:
        line(f"  可更正（--mend {Path(one.part.file).name}={mistake.name}）：{mistake.text}")
    for remark in one.remarks:
        line(f"  注意  {remark.text}")


def document(done: Consolidated, written: list[Path]) -> dict[str, Any]:
    """`consolidate … --json`."""
    from tui.cli.answers import finding_document, proactive_document, tables_document

    summed: dict[str, Any] | None = None
    if done.report is not None:
        report = done.report
        entered = report.own.proactive
        summed = {
            **tables_document(report.table, report.disputes),
            "proactive": proactive_document(entered) if entered.values else None,
        }
    return {
        "year": done.year,
        "form": done.form,
        "organ": done.organ,
        "files": [_file(one, done) for one in done.files],
        "sum": summed,
        "checks": [finding_document(f) for f in done.report.findings] if done.report else [],
        "absent": list(done.absent),
        "written": [str(path) for path in written],
    }


def _file(one: Diagnosed, done: Consolidated) -> dict[str, Any]:
    part = one.part
    return {
        "file": part.file,
        "organ": part.organ or None,
        "signed": part.signed or None,
        "year": part.year,
        "form": part.form,
        "ok": one.ok,
        "summed": one in done.parts,
        "accepted": one.accepted or None,
        **_tables(part),
        "problems": [_problem(problem) for problem in one.problems],
        "remarks": [_problem(remark) for remark in one.remarks],
        "mends": [{"name": each.name, "text": each.text} for each in one.mends],
        "mended": list(done.mended.get(part.file, ())),
    }


def _tables(part: Received) -> dict[str, Any]:
    """As `report --json` tells them; what could not be read is null."""
    from db.year_end.form import COLUMNS, row_labels
    from db.year_end.proactive import Proactive
    from tui.cli.answers import proactive_document

    requests = disputes = proactive = None
    if part.requests is not None:
        requests = {
            "columns": list(COLUMNS),
            "rows": [
                {
                    "code": row.code,
                    "label": row.group + row.label,
                    "cells": list(part.requests[row.code]),
                }
                for row in row_labels(part.form)
            ],
        }
    if part.disputes is not None:
        disputes = {block.value: list(cells) for block, cells in part.disputes.items()}
    if part.proactive is not None:
        told = {key: value for key, value in part.proactive.items() if value is not None}
        proactive = proactive_document(Proactive(part.form, told))
    return {"requests": requests, "disputes": disputes, "proactive": proactive}


def _problem(problem: Problem) -> dict[str, Any]:
    from tui.cli.answers import side

    return {
        "rule": problem.rule,
        "where": problem.where,
        "left": None if problem.left is None else side(problem.left),
        "right": None if problem.right is None else side(problem.right),
        "text": problem.text,
    }
