"""What 勾稽校验 compares: the rules of `db.year_end` as formulas over the sheets of the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from db.disputes.dispute import Block
from db.year_end.finding import Finding
from db.year_end.form import CARRIED_IN, CARRIED_OUT, COLUMN_LABELS, CONCLUDED, NEW
from db.year_end.proactive_form import PARAGRAPHS
from db.year_end.report import YearReport
from db.year_end.request_table import FigureRow
from exports.document.texts import xml_text
from exports.report.dispute_sheet import NAME as DISPUTES
from exports.report.dispute_sheet import DisputePlaces
from exports.report.form_tables import RESULT_LABELS as FIGURE_LABELS
from exports.report.proactive_sheet import NAME as PROACTIVE
from exports.report.proactive_sheet import ProactivePlaces
from exports.report.request_sheet import NAME as REQUESTS
from exports.report.request_sheet import Places
from exports.report.source_sheet import NAME as SOURCES
from exports.report.source_sheet import SourceRanges

_TOTAL = len(COLUMN_LABELS) - 1
_LONGEST = 120
"""Characters of a sentence that are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: the rule, where it is made, and both sides as formulas.

    A number stands on no sheet and is written as it is: it is filed, or read in a text. `explained`
    is why this does not hold, of the very two `sides`.
    """

    rule: str
    where: str
    left: str | int
    right: str | int
    explained: str = ""
    sides: tuple[int | Decimal, int | Decimal] = (0, 0)


def lines_of_checks(
    report: YearReport,
    places: Places,
    disputes: DisputePlaces,
    sources: SourceRanges,
    proactive: ProactivePlaces,
) -> Iterator[Line]:
    """The comparisons, rule by rule in the order of `RULES`, each with what is explained of it."""
    for line in _lines(report, places, disputes, sources, proactive):
        yield _explained(line, report)


def lines_of_sums(report: YearReport, places: Places, disputes: DisputePlaces) -> Iterator[Line]:
    """Rules A to D: what tables 3 and 4 say of themselves."""
    table = report.table
    results = [row.code for row in table.rows if row.code.startswith("3.")]
    results.remove(CONCLUDED)
    for place, label in enumerate(COLUMN_LABELS):
        left = f"SUM({places.down(results[0], results[-1], place)})"
        yield Line("A", label, left, places.cell(CONCLUDED, place))
    for place, label in enumerate(COLUMN_LABELS):
        left = f"SUM({places.cell(NEW, place)},{places.cell(CARRIED_IN, place)})"
        right = f"SUM({places.cell(CONCLUDED, place)},{places.cell(CARRIED_OUT, place)})"
        yield Line("B", label, left, right)
    for row in table.rows:
        left = f"SUM({places.along(row.code, 0, _TOTAL - 1)})"
        yield Line("C", row_name(row), left, places.cell(row.code, _TOTAL))
    last = len(FIGURE_LABELS) - 1
    for block in Block:
        left = f"SUM({disputes.along(block, 0, last - 1)})"
        yield Line("D", block.label, left, disputes.cell(block, last))


def _lines(
    report: YearReport,
    places: Places,
    disputes: DisputePlaces,
    sources: SourceRanges,
    proactive: ProactivePlaces,
) -> Iterator[Line]:
    table, year_before = report.table, report.year_before
    yield from lines_of_sums(report, places, disputes)
    if year_before is not None or report.founded:
        carried = year_before.table.row(CARRIED_OUT).cells if year_before else (0,) * (_TOTAL + 1)
        for place, label in enumerate(COLUMN_LABELS):
            yield Line("L", label, places.cell(CARRIED_IN, place), carried[place])
    carried_over = _carried_over(report, proactive)
    yield from sorted(carried_over, key=lambda line: line.rule)
    yield from _text_lines(report)
    if report.own.proactive.values:
        yield from _entered_lines(proactive)
    blank = _TOTAL + 1 if report.nothing_carried_in else 0
    yield from _figure_lines(REQUESTS, places.everything, blank)
    yield from _figure_lines(DISPUTES, disputes.everything)
    until = f'"<="&DATE({table.year},12,31)'
    received = f"COUNTIFS({sources.received},{until})"
    concluded = f"COUNTIFS({sources.received},{until},{sources.concluded},{until})"
    where = f"第四项总计 = 《{SOURCES}》中{table.year}年12月31日终了时未办结的件数"
    yield Line("Q", where, places.cell(CARRIED_OUT, _TOTAL), f"{received}-{concluded}")


def _carried_over(report: YearReport, places: ProactivePlaces) -> Iterator[Line]:
    """Rules M and N, of what both years have entered (`db.year_end.proactive_checks`)."""
    now, before = report.own.proactive, report.proactive_before
    if now.form != before.form:
        return
    cells = places.cells
    for paragraph in PARAGRAPHS[now.form]:
        for line in paragraph.lines:
            made, gone, left = (f"{line.name}.{name}" for name in ("made", "repealed", "in_force"))
            last, change = (f"{line.name}.{name}" for name in ("last_year", "change"))
            right: str | int
            if {made, gone, left} <= now.values.keys() and left in before.values:
                right = f"SUM({int(before.values[left])},{cells[made]})-SUM({cells[gone]})"
            elif last in now.values and {last, change} <= before.values.keys():
                left, right = last, int(before.values[last] + before.values[change])
            else:
                continue
            rule = "N" if line.name == "documents" else "M"
            yield Line(rule, line.label, f"SUM({cells[left]})", right)


def _text_lines(report: YearReport) -> Iterator[Line]:
    """Rule E: each number in the texts that does not agree, and how many do."""
    found = [one for one in report.findings if one.rule == "E"]
    for one in found:
        if not one.ok:
            quote = one.quote if len(one.quote) <= _LONGEST else f"{one.quote[:_LONGEST]}…"
            where = f"{one.where}：{xml_text(quote)}"
            left, right = _told(one.left), _told(one.right)
            yield Line("E", where, left, right, one.explained, _sides(one))
    agree = sum(one.ok for one in found)
    if agree:
        yield Line("E", "其余文字里读出的数字，与表格相符的个数", agree, agree)


def _told(side: int | Decimal) -> int | str:
    """A side as the sheet holds it; money is not made a float."""
    return side if isinstance(side, int) else f"{side:f}"


def _sides(finding: Finding) -> tuple[int | Decimal, int | Decimal]:
    return finding.left, finding.right


def _explained(line: Line, report: YearReport) -> Line:
    """With what the clerk has explained of it; the sheet names places as the findings do."""
    entered = f"《{PROACTIVE}》填有"
    for one in report.findings:
        same = one.where == line.where or (
            one.where == PROACTIVE and line.where.startswith(entered)
        )
        if one.explained and one.rule == line.rule and same:
            return replace(line, explained=one.explained, sides=_sides(one))
    return line


def _entered_lines(places: ProactivePlaces) -> Iterator[Line]:
    """Rule P over the figures of table 2."""
    entered = ",".join(places.of("count", "change", "amount"))
    cells = f"{len(places.cells)}"
    yield Line("P", f"《{PROACTIVE}》填有数字的格数 = 全表格数", f"COUNT({entered})", cells)
    negative = "+".join(f'COUNTIF({column},"<0")' for column in places.of("count", "amount"))
    yield Line("P", f"《{PROACTIVE}》负数的格数（增/减不计）= 0", negative, "0")
    broken = "+".join(
        f"SUMPRODUCT(ISNUMBER({column})*({column}<>ROUND({column},{places_of})))"
        for measures, places_of in ((("count", "change"), 0), (("amount",), 6))
        for column in places.of(*measures)
    )
    yield Line("P", f"《{PROACTIVE}》不是整数（金额：六位小数以内）的格数 = 0", broken, "0")


def _figure_lines(name: str, everything: str, blank: int = 0) -> Iterator[Line]:
    """Rule P over the figures of one sheet, of which so many stay empty by right."""
    cells = f"ROWS({everything})*COLUMNS({everything})"
    where, right = f"《{name}》填有数字的格数 = 全表格数", cells
    if blank:
        where, right = f"{where}（上年结转一行为空）", f"{cells}-{blank}"
    yield Line("P", where, f"COUNT({everything})", right)
    yield Line("P", f"《{name}》负数的格数 = 0", f'COUNTIF({everything},"<0")', "0")
    broken = f'SUMPRODUCT(ISNUMBER({everything})*(TEXT({everything},"0")<>{everything}&""))'
    yield Line("P", f"《{name}》不是整数的格数 = 0", broken, "0")


def row_name(row: FigureRow) -> str:
    return f"{row.group}　{row.label}" if row.group else row.label
