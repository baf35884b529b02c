"""复议诉讼, rules D and L, and 更正说明 in the workbook of a year's report, read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from db.cases.event_log import read_events
from db.cases.numbers import find_id
from db.disputes.dispute import RESULTS, Block, Result
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from db.year_end.form import Form
from db.year_end.placement import Cell, in_words
from exports.report import request_sheet
from exports.report.papers import write_papers
from tests.support.at_once import (
    add_organ,
    conclude_dispute,
    correct_event,
    disputes_behind,
    file_year,
    log_event,
    new_dispute,
    void_dispute,
    year_report,
    year_table,
)
from tests.support.spreadsheets import load_workbook
from tests.support.workbooks import add, needs_office, recalculated

ORGAN = "某市人民政府"
FIGURES = 6  # the row of table 4's fifteen figures
LIST = 9  # the header of the list below them
COLUMNS = {"编号": 0, "所涉申请": 1, "类别": 4, "机关": 6, "提起": 11, "审结": 12, "计入": 13}
ENDED = (Result.UPHELD, Result.CORRECTED, Result.OTHER)

Report = Callable[..., Path]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Writes a report of 2024 and answers its path."""

    def write(register: Register, year: int = 2024, form: Form | None = None) -> Path:
        write_papers(register, year_report(register, year, ORGAN, form), [tmp_path / "report.xlsx"])
        return tmp_path / "report.xlsx"

    return write


@pytest.fixture
def sued(register: Register) -> Register:
    """In 2024 n disputes of the n-th result of each block, and some that no figure counts."""
    case = add(register, date(2024, 3, 4), decided=date(2024, 3, 20))
    for place, block in enumerate(Block):
        for times, result in enumerate(ENDED, place):
            for _ in range(times):
                end = {"concluded_on": date(2024, 8, 1), "result": result}
                new_dispute(register, block, "某省高级人民法院", date(2024, 5, 6), case=case, **end)
    pending = new_dispute(
        register,
        Block.REVIEW,
        "某省人民政府",
        date(2024, 12, 31),
        older_case="2018年第9号",
        organ=ORGAN,
    )
    conclude_dispute(register, pending.id, date(2025, 1, 2), Result.OTHER)  # pending in 2024
    new_dispute(register, Block.DIRECT_SUIT, "某市中级人民法院", date(2023, 12, 1), organ=ORGAN)
    aside: dict[str, Any] = {"organ": ORGAN}
    court, day = "某市中级人民法院", date(2024, 6, 3)
    new_dispute(register, Block.DIRECT_SUIT, court, day, co_defendant=True, **aside)
    gone = new_dispute(register, Block.DIRECT_SUIT, court, day, **aside)
    void_dispute(register, gone.id, "重复登记")
    new_dispute(register, Block.REVIEW, court, date(2025, 1, 1), **aside)  # filed after the year
    before = new_dispute(register, Block.REVIEW, court, date(2023, 1, 3), **aside)
    conclude_dispute(register, before.id, date(2023, 12, 31), Result.UPHELD)
    add_organ(register, "某市人民政府办公室")
    new_dispute(register, Block.REVIEW, court, day, organ="某市人民政府办公室")
    return register


EXPECTED = [0, 1, 2, 1, 4, 1, 2, 3, 1, 7, 2, 3, 4, 0, 9]


def figures(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[FIGURES]]


def listed(sheet: Worksheet) -> list[dict[str, Any]]:
    rows = sheet.iter_rows(min_row=LIST + 1, values_only=True)
    return [{name: row[place] for name, place in COLUMNS.items()} for row in rows]


def event_of(register: Register, number: str, kind: EventKind) -> int:
    with register.reading() as tx:
        recorded = read_events(tx.connection, find_id(tx.connection, number))
    return next(event.id for event in recorded if event.kind is kind)


def test_labels_and_merged_cells_are_the_form_s(sued: Register, report: Report) -> None:
    sheet = load_workbook(report(sued))["复议诉讼"]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    heading = {"A1:O1", "A2:E2", "F2:O2", "A8:O8"}
    suits = {"A3:E3", "F3:O3", "F4:J4", "K4:O4"}
    assert heading | suits | {f"{column}4:{column}5" for column in "ABCDE"} <= merged
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert [cell.value for cell in sheet[3]][::5] == ["行政复议", "行政诉讼", None]
    assert [cell.value for cell in sheet[4]][:5] == results
    assert [cell.value for cell in sheet[4]][5::5] == ["未经复议直接起诉", "复议后起诉"]
    assert [cell.value for cell in sheet[5]] == [*[None] * 5, *results, *results]
    assert sheet["A1"].value == "四、政府信息公开行政复议、行政诉讼情况"
    assert (sheet["A2"].value, sheet["F2"].value[:6]) == (f"受理机关：{ORGAN}", "2024年度")
    for cell in (cell for row in sheet["A3:O6"] for cell in row):
        if cell.coordinate not in sheet.merged_cells:
            sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
            assert all(side.style == "thin" for side in sides), cell.coordinate


def test_fifteen_figures_by_block_and_result(sued: Register, report: Report) -> None:
    sheet = load_workbook(report(sued))["复议诉讼"]
    assert figures(sheet) == EXPECTED
    assert all(type(cell.value) is int and cell.number_format == "0" for cell in sheet[FIGURES])
    after = load_workbook(report(sued, 2025))["复议诉讼"]
    assert figures(after) == [0, 0, 1, 1, 2, 0, 0, 0, 1, 1, *[0] * 5]
    before = load_workbook(report(sued, 2023))["复议诉讼"]
    assert figures(before) == [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, *[0] * 5]


def test_each_figure_is_the_disputes_listed_under_it(sued: Register, report: Report) -> None:
    sheet = load_workbook(report(sued))["复议诉讼"]
    rows = listed(sheet)
    assert len(rows) == sum(EXPECTED[4::5]) == len({row["编号"] for row in rows})
    for place, block in enumerate(Block):
        for offset, result in enumerate((*RESULTS, None)):
            numbers = [
                row["编号"]
                for row in rows
                if row["类别"] == block.label and (result is None or row["计入"] == result.label)
            ]
            behind = disputes_behind(sued, 2024, ORGAN, block, result)
            assert sorted(numbers) == [dispute.id for dispute in behind]
            assert len(numbers) == EXPECTED[5 * place + offset]
    assert [row["类别"] for row in rows][::6] == [
        "行政复议",
        "未经复议直接起诉",
        *["复议后起诉"] * 2,
    ]
    pending = next(row for row in rows if row["计入"] == "尚未审结")
    assert (pending["所涉申请"], pending["机关"]) == ("2018年第9号", "某省人民政府")
    assert pending["提起"].date() == date(2024, 12, 31)
    assert pending["审结"].date() == date(2025, 1, 2)
    assert rows[0]["所涉申请"] == "2024-0001"
    assert sheet.auto_filter.ref == f"A{LIST}:O{LIST + len(rows)}"
    buttons = {column.colId for column in sheet.auto_filter.filterColumn if column.hiddenButton}
    assert buttons == set(range(15)) - set(COLUMNS.values())
    assert [pause.id for pause in sheet.row_breaks.brk] == [LIST - 2]


def test_without_a_dispute_the_list_says_so(register: Register, report: Report) -> None:
    add(register, date(2024, 3, 4))
    sheet = load_workbook(report(register))["复议诉讼"]
    assert figures(sheet) == [0] * 15
    assert sheet[f"A{LIST + 1}"].value == "本年度没有计入的行政复议、行政诉讼。"
    assert not sheet.row_breaks.brk


def test_hostile_text_stays_text(register: Register, report: Report) -> None:
    add_organ(register, ORGAN)
    texts = ["=1+1", "+cmd", "-2", "@x", "#N/A", "a[/b]c", "法\x07院"]
    for text in texts:
        new_dispute(register, Block.REVIEW, text, date(2024, 5, 6), older_case=text, organ=ORGAN)
    sheet = load_workbook(report(register))["复议诉讼"]
    for row, text in enumerate(texts, LIST + 1):
        for name in ("B", "G"):
            cell = sheet[f"{name}{row}"]
            assert (cell.value, cell.data_type) == (text.replace("\x07", ""), "s")
            assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))


def test_a_long_name_gets_the_lines_it_needs(register: Register, report: Report) -> None:
    add_organ(register, ORGAN)
    for name in ("某法院", "某" * 60):
        new_dispute(register, Block.REVIEW, name, date(2024, 5, 6), organ=ORGAN)
    heights = load_workbook(report(register))["复议诉讼"].row_dimensions
    assert (heights[LIST + 1].height, heights[LIST + 2].height) == (19, 49)


def filed_then_changed(register: Register) -> tuple[str, str, str]:
    """2023 and 2024 filed; then a late case of 2023, and corrections that cross 31 December."""
    file_year(register, 2023, ORGAN)
    moved = add(register, date(2024, 2, 1), decided=date(2024, 2, 20))
    renamed = add(register, date(2024, 3, 1), decided=date(2024, 3, 8), outcome="3.3.4")
    pending = new_dispute(register, Block.DIRECT_SUIT, "某法院", date(2024, 9, 2), case=moved)
    file_year(register, 2024, ORGAN)
    late = add(register, date(2023, 12, 28), ApplicantKind.RESEARCH)
    event = event_of(register, moved, EventKind.DECIDED)
    correct_event(register, moved, event, "日期录错", changes={"on": date(2025, 1, 6)})
    event = event_of(register, renamed, EventKind.DECIDED)
    correct_event(register, renamed, event, "=结果录错", changes={"outcome": "3.1"})
    conclude_dispute(register, pending.id, date(2024, 12, 30), Result.UPHELD)
    return moved, renamed, late


def test_a_filed_year_says_so_and_lists_what_moved_since(
    register: Register, report: Report
) -> None:
    add_organ(register, ORGAN)
    add(register, date(2023, 6, 1), decided=date(2023, 6, 8))
    moved, renamed, late = filed_then_changed(register)
    book = load_workbook(report(register))
    assert book.sheetnames[4:] == ["勾稽校验", "数据来源", "图表", "更正说明"]
    told = book["勾稽校验"]["A3"].value
    assert told.endswith("已于2026-03-10封账，此后的变动见《更正说明》。")
    sheet = book["更正说明"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    told = [row[:4] for row in rows[:4]]
    assert told == [
        (late, "不计", "2 上年结转 科研机构；4 结转下年度 科研机构", "收到"),
        (moved, "3.1 予以公开 自然人", "4 结转下年度 自然人", "更正：日期录错"),
        (
            renamed,
            "3.3.4 不予公开-保护第三方合法权益 自然人",
            "3.1 予以公开 自然人",
            "更正：=结果录错",
        ),
        (
            moved,
            "未经复议直接起诉 尚未审结",
            "未经复议直接起诉 结果维持",
            "第1号未经复议直接起诉审结",
        ),
    ]
    assert {(row[5][:10], row[6]) for row in rows[:4]} == {("2026-03-10", "测试员")}
    assert rows[1][4].isdigit()
    assert rows[5][0] == "与封账不同的数字"
    changed = {(row[1], row[2]): row[4:7] for row in rows[7:]}
    live = year_report(register, 2024, ORGAN)
    assert live.filing is not None
    wanted = sum(
        old != new
        for filed, now in zip(live.filing.table.rows, live.table.rows, strict=True)
        for old, new in zip(filed.cells, now.cells, strict=True)
    )
    assert len(changed) == wanted + 2
    assert changed["四、结转下年度继续办理", "总计"] == (0, 2, 2)
    assert changed["未经复议直接起诉", "结果维持"] == (0, 1, 1)
    assert ("（七）总计", "总计") in changed


def test_a_year_filed_and_unchanged_has_no_sheet_for_changes(
    register: Register, report: Report
) -> None:
    add(register, date(2024, 3, 4), decided=date(2024, 3, 20))
    assert "已于" not in load_workbook(report(register))["勾稽校验"]["A3"].value
    file_year(register, 2024)
    book = load_workbook(report(register))
    assert "更正说明" not in book.sheetnames
    assert book["勾稽校验"]["A3"].value.endswith("已于2026-03-10封账。")
    assert "封账" not in book["申请办理"]["D2"].value


def test_changes_are_told_on_the_form_that_was_filed(register: Register, report: Report) -> None:
    number = add(register, date(2024, 3, 4), decided=date(2024, 3, 20), outcome="3.6.1")
    file_year(register, 2024)
    event = event_of(register, number, EventKind.DECIDED)
    correct_event(register, number, event, "录错", changes={"outcome": "3.1"})
    book = load_workbook(report(register, form="2019"))
    lines = [row[1] for row in book["更正说明"].iter_rows(min_row=7, values_only=True)]
    assert {line for line in lines if line.startswith("3.6")} == {
        "3.6.1 （六）其他处理　1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    }


def test_figures_that_moved_back_are_the_filed_ones_again(
    register: Register, report: Report
) -> None:
    number = add(register, date(2024, 3, 4))
    file_year(register, 2024)
    log_event(register, number, Event(EventKind.DECIDED, date(2024, 3, 20), outcome="3.1"))
    event = event_of(register, number, EventKind.DECIDED)
    correct_event(register, number, event, "登错了件", void=True)
    rows = list(load_workbook(report(register))["更正说明"].iter_rows(values_only=True))
    assert [row[0] for row in rows[3:]] == [number, number, None, "各格数字仍与封账相同。"]


def test_cells_in_words() -> None:
    assert in_words(()) == ""
    cells = (Cell("1", "natural_person"), Cell("3.2", "other_org"), Cell("review", "pending"))
    assert in_words(cells) == "1 本年新收 自然人；3.2 部分公开 其他；行政复议 尚未审结"


def test_all_sheets_are_of_one_moment(
    register: Register, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is recorded while the workbook is being written stands on none of its sheets."""
    add(register, date(2024, 3, 4))
    written = request_sheet.write

    def slow(*given: Any) -> object:
        number = add(register, date(2024, 5, 6))
        new_dispute(register, Block.REVIEW, "某省人民政府", date(2024, 9, 2), case=number)
        return written(*given)

    monkeypatch.setattr(request_sheet, "write", slow)
    book = load_workbook(report(register))
    assert book["申请办理"]["D6"].value == 1
    assert book["数据来源"].max_row == 5
    assert figures(book["复议诉讼"]) == [0] * 15
    assert year_table(register, 2024).row("1").cells[0] == 2


@needs_office
def test_formulas_count_table_4_again_and_hold_the_filed_year_against_this_one(
    sued: Register, report: Report, tmp_path: Path
) -> None:
    filed_then_changed(sued)
    path = report(sued)
    book = load_workbook(path)
    sheet = book["复议诉讼"]
    sheet["G6"] = 9  # 未经复议直接起诉, 结果纠正
    sheet["N10"] = "结果维持"
    sheet["K6"] = None
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    sheets, altered = recalculated(tmp_path, path, changed)
    checks = sheets["勾稽校验"]
    rules = tuple("ABCDLQ")
    found = [(row[0], row[1], row[7], row[8], row[10]) for row in checks if row[0] in rules]
    expected = [
        (f.rule, f.left, f.right, "相符" if f.ok else "不符")
        for f in year_report(sued, 2024, ORGAN).findings
        if f.rule in rules
    ]
    assert [(f[0], *f[2:]) for f in found] == sorted(expected, key=lambda line: line[0])
    differing = [line for line in found if line[4] == "不符"]
    assert differing == [("L", "科研机构", 1, 0, "不符"), ("L", "总计", 1, 0, "不符")]
    assert checks[1][0] == "有 2 处不符"
    section = next(str(row[0]) for row in checks if str(row[0]).startswith("L　"))
    assert section == "L　第二项 = 上年封账的第四项（右边为2023年数据，2026-03-10封账）"
    labels = {block.label for block in Block}
    recounts = [row for row in checks if row[0] in labels]
    counted = [figure for row in recounts for figure in row[2:7]]
    assert counted == list(sheets["复议诉讼"][FIGURES - 1])
    assert counted == [*EXPECTED[:5], 2, 2, 3, 1, 8, *EXPECTED[10:]]
    assert [row[9:] for row in recounts] == [(0, "相符")] * 3

    checks = altered["勾稽校验"]
    wrong = [(row[0], row[1] or "", row[9]) for row in checks if row[10] == "不符"]
    assert wrong == [
        ("D", "未经复议直接起诉", 7),
        ("D", "复议后起诉", -2),
        ("L", "科研机构", 1),
        ("L", "总计", 1),
        ("P", "《复议诉讼》填有数字的格数 = 全表格数", -1),
        ("行政复议", "", 2),
        ("未经复议直接起诉", "", 1),
        ("复议后起诉", "", 1),
    ]
    assert checks[1][0] == "有 9 处不符"
