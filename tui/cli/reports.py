"""`report`, `check`, `file`: a year's figures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.output import stored
from tui.cli.values import (
    UsageFault,
    Value,
    answer_json,
    given_register,
    recording,
    run_by,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.year_end.dispute_table import Table4
    from db.year_end.filing import Filing
    from db.year_end.finding import Finding
    from db.year_end.report import YearReport
    from db.year_end.request_table import YearTable

_GAP = 2
_LABEL = 44


def add_commands(commands: Any) -> None:
    report = commands.add_parser("report", help="年度报告的申请办理表和复议诉讼表")
    report.add_argument("year", type=Value.year, metavar="YEAR")
    report.add_argument("--organ", metavar="NAME", help="受理机关")
    report.add_argument("--form", choices=("2019", "2021"), help="格式（默认按年份）")
    report.add_argument("--as-of", type=Value.moment, metavar="DATE", help="当时的数据")
    report.add_argument(
        "--from",
        dest="first",
        type=Value.date,
        metavar="DATE",
        help="只统计这一天起（与 --to 同用）",
    )
    report.add_argument("--to", dest="last", type=Value.date, metavar="DATE", help="到这一天止")
    report.add_argument("--filed", action="store_true", help="封账时的数据")
    report.add_argument("--xlsx", type=Path, metavar="F", help="写成 Excel 工作簿")
    report.add_argument("--docx", type=Path, metavar="F", help="写成 Word 文档")
    report.add_argument("--html", type=Path, metavar="F", help="写成网页")
    report.add_argument(
        "--masked",
        action="store_true",
        help="隐去姓名、号码、住址、更正和说明的理由，供对外提供；一、五、六部分的文字照写",
    )
    run_by(report, run_report)

    check = commands.add_parser("check", help="勾稽校验")
    check.add_argument("year", type=Value.year, metavar="YEAR")
    check.add_argument("--organ", metavar="NAME", help="受理机关")
    check.add_argument(
        "--explain",
        type=int,
        metavar="N",
        help="说明第 N 处不符为什么没有错（号码见 check 的结果）",
    )
    check.add_argument("--reason", metavar="TEXT", help="说明的内容；留空则撤回说明")
    run_by(check, run_check)

    filing = commands.add_parser("file", help="封账：固定一年的数据")
    filing.add_argument("year", type=Value.year, metavar="YEAR")
    filing.add_argument("--organ", metavar="NAME", help="受理机关")
    run_by(filing, run_file)


def run_report(given: argparse.Namespace) -> int:
    from db.year_end.report import year_report

    if given.filed and given.as_of:
        raise UsageFault("--filed 和 --as-of 不能同时使用。")
    if given.first or given.last:
        return _run_period(given)
    papers = given_papers(given)
    with given_register(given) as register:
        with register.reading() as tx:
            report = year_report(
                tx, given.year, given.organ, given.form, as_of=given.as_of, filed=given.filed
            )
            if given.masked:
                from exports.report.masked import masked_report

                report = masked_report(tx, report)
        if papers:
            from exports.report.papers import write_papers

            write_papers(register, report, papers, masked=given.masked)
    written = "、".join(map(str, papers))
    if not papers:
        _answer_report(report, given)
    else:
        with stored(f"已写好 {written}"):
            _answer_report(report, given, written)
    return 0


def _run_period(given: argparse.Namespace) -> int:
    """The tables of any days."""
    from db.year_end.period_table import period_report

    if not (given.first and given.last):
        raise UsageFault("--from 和 --to 要一起写，各是一天。")
    if not given.first.year <= given.year <= given.last.year and given.first <= given.last:
        raise UsageFault(f"--from、--to 的日期都不在{given.year}年里，请核对年份。")
    if given.filed or given.as_of or given_papers(given):
        raise UsageFault("--from、--to 只统计现在的数字，不能与 --filed、--as-of 或写成文件同用。")
    with given_register(given) as register, register.reading() as tx:
        found = period_report(tx, given.first, given.last, given.organ, given.form)
    if given.json:
        from tui.cli.answers import period_document

        answer_json(period_document(found))
        return 0
    say(f"{found.table.organ}  {found.first}至{found.last}  （{found.table.form}年格式）")
    for line in tables(found.table, found.disputes):
        say(line)
    say(f"勾稽：{f'{len(found.wrong)} 处不符' if found.wrong else '全部相符'}")
    return 0


def given_papers(given: argparse.Namespace) -> list[Path]:
    """The papers that are asked for.

    Raises:
        BadValue: a name ends as another kind does.
    """
    from db.errors import BadValue

    papers: list[Path] = []
    for ending, kind, path in (
        (".xlsx", "Excel 工作簿", given.xlsx),
        (".docx", "Word 文档", given.docx),
        (".html", "网页", given.html),
    ):
        if path is None:
            continue
        if path.suffix.lower() != ending:
            raise BadValue(f"{path} 应以 {ending} 结尾；它写成{kind}。")
        papers.append(path)
    return papers


def _answer_report(report: YearReport, given: argparse.Namespace, written: str = "") -> None:
    if given.json:
        from tui.cli.answers import report_document

        answer_json(report_document(report))
    elif written:
        say(f"已写好 {written}。")
        if given.masked and any(text.text for text in report.own.narrative.values()):
            say("一、五、六部分的文字是本机关要公布的，没有隐去；其中有无个人信息，请自行核对。")
    else:
        for line in lay_out(report):
            say(line)


def run_check(given: argparse.Namespace) -> int:
    if (given.explain is None) is not (given.reason is None):
        raise UsageFault("--explain 和 --reason 要一起写：说明哪一处，为什么。")
    if given.explain is not None:
        return _explain(given)
    from db.year_end.report import year_report

    with given_register(given) as register, register.reading() as tx:
        report = year_report(tx, given.year, given.organ)
    _answer_check(report, given)
    return 1 if report.wrong else 0


def _explain(given: argparse.Namespace) -> int:
    """Say why one of the checks that do not hold is right all the same."""
    from db.errors import NotFound
    from db.year_end.explaining import explain
    from db.year_end.report import year_report

    with recording(given) as tx:
        failed = dict(_failed(year_report(tx, given.year, given.organ)))
        if given.explain not in failed:
            raise NotFound(
                f"{given.year}年勾稽没有第 {given.explain} 处不符；请先用 check {given.year} 查看。"
            )
        explain(tx, given.year, failed[given.explain], given.reason, given.organ)
        report = year_report(tx, given.year, given.organ)
    with stored("说明已存入" if given.reason.strip() else "说明已撤回"):
        _answer_check(report, given)
    return 0


def _failed(report: YearReport) -> list[tuple[int, Finding]]:
    """What does not hold, explained or not, each with the number it is called by."""
    return list(enumerate((one for one in report.findings if not one.ok), 1))


def _answer_check(report: YearReport, given: argparse.Namespace) -> None:
    from db.words.text import one_line
    from db.year_end.finding import RULES

    if given.json:
        from tui.cli.answers import finding_document

        numbers = {id(finding): number for number, finding in _failed(report)}
        answer_json(
            {
                "year": report.table.year,
                "organ": report.table.organ,
                "ok": not report.wrong,
                "checks": [
                    finding_document(one)
                    | ({"number": numbers[id(one)]} if id(one) in numbers else {})
                    for one in report.findings
                ],
                "remarks": list(report.remarks),
            }
        )
        return
    for number, finding in _failed(report):
        say(
            f"{number}. {finding.rule} {RULES[finding.rule]}：{finding.where} "
            f"{finding.left} ≠ {finding.right}，相差 {finding.difference}"
        )
        for told in (finding.quote, finding.about):
            if told:
                say(f"   {one_line(told)}")
        if finding.explained:
            say(f"   已说明：{one_line(finding.explained)}")
    for remark in report.remarks:
        say(f"提示：{remark}")
    say(f"{given.year}年勾稽：{_verdict(report)}。")


def run_file(given: argparse.Namespace) -> int:
    from db.year_end.filing import file_year
    from db.year_end.report import year_report

    with recording(given) as tx:
        report = year_report(tx, given.year, given.organ)
        filing = file_year(tx, given.year, given.organ)
    with stored(f"{filing.table.organ} {given.year}年数据已封账"):
        _answer_filing(filing, report, given)
    return 0


def _answer_filing(filing: Filing, report: YearReport, given: argparse.Namespace) -> None:
    if given.json:
        answer_json(
            {
                "year": given.year,
                "organ": filing.table.organ,
                "filed": filing.filed_at.date().isoformat(),
                "filed_at": filing.filed_at.isoformat(),
                "by": filing.filed_by,
                "digest": filing.digest,
            }
        )
    else:
        say(f"{filing.table.organ} {given.year}年数据已封账，校验码 {filing.digest[:16]}。")
        if report.wrong:
            say(f"注意：封账时勾稽有 {len(report.wrong)} 处不符，用 check {given.year} 查看。")


def _verdict(report: YearReport) -> str:
    told = sum(bool(one.explained) for one in report.findings)
    explained = f"已说明 {told} 处" if told else ""
    if report.wrong:
        return f"{len(report.wrong)} 处不符" + (f"（另{explained}）" if told else "")
    return f"没有未说明的不符（{explained}）" if told else "全部相符"


def lay_out(report: YearReport) -> list[str]:
    """The tables as plain lines, in terminal cells."""
    from db.year_end.placement import in_words

    table = report.table
    lines = [f"{table.organ}  {table.year}年  （{table.form}年格式）"]
    lines += [f"{report.part_of_year}。"] if report.founded else []
    lines += tables(table, report.disputes)
    if report.filing:
        filing = report.filing
        lines.append(f"已于{filing.filed_at:%Y-%m-%d}由{filing.filed_by}封账。")
        lines += [
            f"封账后变动：{moved.number} "
            f"{in_words(moved.old) or '不计'} 改为 {in_words(moved.new) or '不计'}（{moved.what}，"
            f"{moved.recorded_at:%Y-%m-%d} {moved.recorded_by}）"
            for moved in report.restatements
        ]
    lines.append(f"勾稽：{_verdict(report)}")
    return lines


def tables(table: YearTable, disputes: Table4) -> list[str]:
    from db.disputes.dispute import RESULTS
    from db.year_end.form import COLUMN_LABELS

    rows = [(f"{row.code} {row.group}{row.label}", row.cells) for row in table.rows]
    heads = [*(result.label for result in RESULTS), "总计"]
    blocks = [(block.label, cells) for block, cells in disputes.items()]
    return [*_columns(COLUMN_LABELS, rows), "", *_columns(heads, blocks), ""]


def _columns(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> list[str]:
    """A table whose columns are as wide as their widest entry, and apart from each other."""
    from tui.text.cells import fit, width_of

    wide = [
        max(width_of(head), *(len(str(cells[place])) for _, cells in rows)) + _GAP
        for place, head in enumerate(heads)
    ]
    lines = [
        " " * _LABEL + "".join(fit(h, w, right=True) for h, w in zip(heads, wide, strict=True))
    ]
    for label, cells in rows:
        figures = "".join(f"{n:>{w}}" for n, w in zip(cells, wide, strict=True))
        lines.append(fit(label, _LABEL) + figures)
    return lines
