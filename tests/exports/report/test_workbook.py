"""The workbook of a year's report, read back as a stranger would read it."""

from __future__ import annotations

import os
import shutil
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import NotFound, RegisterError
from db.law.event import Event
from db.storage.chain import head
from db.storage.register import Register
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind, EventKind
from db.year_end.explaining import explain
from db.year_end.finding import RULES
from db.year_end.form import COLUMN_LABELS, FORMS, Form, row_labels
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from db.year_end.proactive_form import fields_of
from exports.report.papers import write_papers
from exports.spreadsheet.cells import cell_text
from exports.spreadsheet.styles import lines_of
from tests.support.at_once import add_organ, log_event, open_register, year_report, year_table
from tests.support.spreadsheets import load_workbook
from tests.support.steps import receive, shared_register
from tests.support.workbooks import FIRST_ROW, add, needs_office, published, recalculated

SHEETS = ["总体情况", "主动公开", "申请办理", "复议诉讼", "勾稽校验", "数据来源", "图表"]

HEADER_ROW = 4  # of 数据来源
KINDS = list(ApplicantKind)


@pytest.fixture(scope="module")
def busy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every outcome and every kind in 2024, cases carried in and out, and a cancelled one."""
    path = tmp_path_factory.mktemp("busy") / "register.db"
    with shared_register(path) as register:
        for place, outcome in enumerate(OUTCOMES):
            on = date(2024, 1, 8) + timedelta(days=7 * place)
            kind = KINDS[place % len(KINDS)]
            add(register, on, kind, decided=on + timedelta(days=10), outcome=outcome.code)
        add(register, date(2023, 12, 20), decided=date(2024, 1, 5), outcome="3.3.4")
        add(register, date(2023, 6, 1), ApplicantKind.RESEARCH)
        add(register, date(2024, 12, 20), ApplicantKind.BUSINESS, decided=date(2025, 1, 6))
        add(register, date(2024, 12, 30), ApplicantKind.LEGAL_SERVICE)
        add(register, date(2023, 1, 3), decided=date(2023, 1, 4))
        add(register, date(2025, 2, 3), decided=date(2025, 2, 4))
        gone = add(register, date(2024, 5, 6))
        log_event(register, gone, Event(EventKind.CANCELLED, date(2024, 5, 7), note="重复登记"))
    return path


@pytest.fixture
def busy(busy_file: Path, tmp_path: Path) -> Iterator[Register]:
    """A copy of that register."""
    with open_register(str(shutil.copy(busy_file, tmp_path / "busy.db"))) as register:
        yield register


Report = Callable[..., Path]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Writes a report of 2024 and answers its path."""

    def write(
        register: Register, year: int = 2024, form: Form | None = None, organ: str | None = None
    ) -> Path:
        write_papers(register, year_report(register, year, organ, form), [tmp_path / "report.xlsx"])
        return tmp_path / "report.xlsx"

    return write


Book = Callable[..., Workbook]


@pytest.fixture(scope="module")
def books() -> dict[Form | None, Workbook]:
    """The workbooks of `busy`, as they were read: for tests that write nothing else."""
    return {}


@pytest.fixture
def book(busy: Register, report: Report, books: dict[Form | None, Workbook]) -> Book:
    """The workbook of 2024 on a form, written and read once."""

    def read(form: Form | None = None) -> Workbook:
        if form not in books:
            books[form] = load_workbook(report(busy, form=form))
        return books[form]

    return read


def figures(sheet: Worksheet, form: Form) -> list[list[object]]:
    rows = range(FIRST_ROW, FIRST_ROW + len(row_labels(form)))
    return [[sheet.cell(row, column).value for column in range(4, 11)] for row in rows]


def test_sheets_stand_in_the_contract_s_order(book: Book) -> None:
    read = book()
    assert (read.sheetnames, read.calculation.fullCalcOnLoad) == (SHEETS, True)


@pytest.mark.parametrize("form", FORMS)
def test_figures_are_the_year_table_s_as_whole_numbers(
    busy: Register, book: Book, form: Form
) -> None:
    sheet = book(form)["申请办理"]
    table = year_table(busy, 2024, form=form)
    written = figures(sheet, form)
    assert written == [list(row.cells) for row in table.rows]
    assert all(type(figure) is int for row in written for figure in row)
    assert 0 in written[2]
    assert {c.number_format for row in sheet["D6:J28"] for c in row} == {"0"}


@pytest.mark.parametrize("form", FORMS)
def test_labels_and_merged_cells_are_the_form_s(book: Book, form: Form) -> None:
    sheet = book(form)["申请办理"]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A3:C5", "D3:J3", "D4:D5", "E4:I4", "J4:J5", "A6:C6", "A7:C7"} <= merged
    assert {"B8:C8", "B9:C9", "B10:B17", "B18:B20", "B21:B25"} <= merged
    if form == "2019":
        assert {"A8:A27", "B26:C26", "B27:C27", "A28:C28"} <= merged
        assert sheet["B26"].value == "（六）其他处理"
    else:
        assert {"A8:A29", "B26:B28", "B29:C29", "A30:C30"} <= merged
        assert sheet["C26"].value.startswith("1.申请人无正当理由逾期不补正")
    assert len(merged) == 19  # the three of the heading among them
    assert sheet["A3"].value.startswith("（本列数据的勾稽关系为：第一项加第二项之和")
    assert sheet["D3"].value == "申请人情况"
    assert sheet["E4"].value == "法人或其他组织"
    heads = ["D4", "E5", "F5", "G5", "H5", "I5", "J4"]
    assert tuple(sheet[head].value for head in heads) == COLUMN_LABELS
    assert sheet["A8"].value == "三、本年度办理结果"
    for row, label in enumerate(row_labels(form), FIRST_ROW):
        texts = [sheet.cell(row, column).value for column in (1, 2, 3)]
        assert [t for t in texts if t][-1] == label.label
        if label.group and label.label.startswith("1."):
            assert texts[1] == label.group


def test_every_cell_of_the_table_has_its_border(book: Book) -> None:
    sheet = book()["申请办理"]
    for cell in (cell for row in sheet["A3:J30"] for cell in row):
        if cell.coordinate not in sheet.merged_cells:
            sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
            assert all(side.style == "thin" for side in sides), cell.coordinate


def test_title_names_the_form_only_when_it_is_not_the_year_s_own(
    busy: Register, report: Report, book: Book
) -> None:
    own = book()["申请办理"]
    assert own["A1"].value == "三、收到和处理政府信息公开申请情况"
    assert own["A2"].value == "受理机关：某市人民政府"
    assert own["D2"].value.startswith("2024年度")
    other = book("2019")
    for sheet in other:
        assert "（按国办公开办函〔2019〕60号格式）" in sheet["A1"].value
    assert "〔2021〕30号" in load_workbook(report(busy, 2020, "2021"))["申请办理"]["A1"].value


def test_pages_are_set_for_a4(book: Book) -> None:
    sheets = list(book())
    _, _, requests, disputes, checks, sources, _ = sheets
    for sheet in sheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_options.horizontalCentered
        assert sheet.freeze_panes
    orientations = [sheet.page_setup.orientation for sheet in sheets]
    assert orientations[:2] == ["portrait", "portrait"]
    assert orientations[2:] == ["landscape", "landscape", "portrait", "landscape", "landscape"]
    assert [sheet.page_setup.fitToHeight for sheet in sheets] == [0, 1, 1, 0, 0, 0, 0]
    assert requests.print_title_rows == "$3:$5"
    assert requests.print_area == "'申请办理'!$A$1:$J$30"
    assert disputes.print_title_rows == "$9:$9"
    assert disputes.print_area == "'复议诉讼'!$A$1:$O$10"
    assert checks.print_title_rows is None
    assert sources.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"


def test_rows_are_high_enough_for_their_labels(book: Book) -> None:
    heights = book()["申请办理"].row_dimensions
    assert [heights[row].height >= 30 for row in (26, 27, 28)] == [True, True, False]
    assert (lines_of("一" * 20, (42.0,)), lines_of("", (42.0,))) == (2, 1)


def test_a_case_is_one_row_that_says_where_it_counts(book: Book) -> None:
    sheet = book()["数据来源"]
    header, *rows = sheet.iter_rows(min_row=HEADER_ROW, values_only=True)
    named = [dict(zip(header, row, strict=True)) for row in rows]
    assert len(named) == len(OUTCOMES) + 4
    assert len({row["编号"] for row in named}) == len(named)
    assert sheet.auto_filter.ref == f"A{HEADER_ROW}:N{HEADER_ROW + len(named)}"

    def where(number: str) -> list[object]:
        (row,) = (row for row in named if row["编号"] == number)
        return list(row.values())[9:]

    parts = ("本年新收（1）", "上年结转（2）", "办理结果行号（3）", "结转下年度（4）")
    assert header[9:] == ("列（申请人类型）", *parts)
    assert where("2024-0001") == ["自然人", "是", None, "3.1", None]
    assert where("2024-0006") == ["其他", "是", None, "3.3.4", None]
    assert where("2023-0001") == ["自然人", None, "是", "3.3.4", None]
    assert where("2023-0002") == ["科研机构", None, "是", None, "是"]
    assert where("2024-0022") == ["商业企业", "是", None, None, "是"]
    assert where("2024-0023") == ["法律服务机构", "是", None, None, "是"]
    (carried,) = (row for row in named if row["编号"] == "2024-0022")
    assert carried["收到日期"].date() == date(2024, 12, 20)
    assert carried["办结日期"].date() == date(2025, 1, 6)
    assert carried["办理结果"] == "予以公开"
    (late,) = (row for row in named if row["编号"] == "2023-0002")
    assert late["答复期限"].date() == date(2023, 6, 30)
    assert (late["是否超期"], late["状态"], late["办结日期"]) == ("是", "办理中", None)


@pytest.mark.parametrize("form", FORMS)
def test_the_rows_of_the_source_sheet_count_up_to_every_figure(
    busy: Register, book: Book, form: Form
) -> None:
    read = book(form)
    rows = list(read["数据来源"].iter_rows(min_row=HEADER_ROW + 1, values_only=True))
    marks = {"1": 10, "2": 11, "4": 13}
    for row in year_table(busy, 2024, form=form).rows:
        for label, figure in zip(COLUMN_LABELS, row.cells, strict=True):
            here = [r for r in rows if label in (r[9], "总计")]
            wanted = {"是"} if row.code in marks else {row.code}
            cells = [r[marks.get(row.code, 12)] for r in here]
            counted = [c for c in cells if c in wanted or (row.code == "3.7" and c)]
            assert len(counted) == figure, (row.code, label)


def test_a_date_on_an_unpublished_calendar_says_so(
    register: Register, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-12-20")
    add(register, date(2026, 12, 15))
    sheet = load_workbook(report(register, year=2026))["数据来源"]
    assert sheet.cell(HEADER_ROW + 1, 5).value == "2027-01-12（暂定）"


HOSTILE = ["=1+1", "+cmd", "-2", "@x", "a[/b]c", "#N/A", '=HYPERLINK("http://x")', "'quoted"]


def test_hostile_text_stays_text(register: Register, report: Report) -> None:
    for text in HOSTILE:
        add(register, date(2024, 3, 4), applicant=text, subject=text)
    sheet = load_workbook(report(register))["数据来源"]
    for row, text in enumerate(HOSTILE, HEADER_ROW + 1):
        for name in ("B", "C"):
            cell = sheet[f"{name}{row}"]
            assert (cell.value, cell.data_type) == (text, "s")
            assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))


def test_control_characters_are_dropped_and_lines_joined(
    register: Register, report: Report
) -> None:
    add(register, date(2024, 3, 4), applicant="王\x1b[31m某\x07", subject="一\n二\t三\ufffe\u202e")
    sheet = load_workbook(report(register))["数据来源"]
    assert sheet[f"B{HEADER_ROW + 1}"].value == "王[31m某"
    assert sheet[f"C{HEADER_ROW + 1}"].value == "一 二 三"


def test_an_organ_named_like_a_formula_is_text_too(register: Register, report: Report) -> None:
    add_organ(register, "=1+1")
    book = load_workbook(report(register))
    for sheet in (book["勾稽校验"], book["数据来源"]):
        assert sheet["A1"].value.startswith("=1+12024年度")
        assert sheet["A1"].data_type == "s"


def test_a_text_longer_than_a_cell_is_clipped_with_a_mark() -> None:
    assert cell_text("长" * 32_767) == "长" * 32_767
    for long in ("长" * 40_000, "𠀀" * 20_000):
        clipped = cell_text(long)
        assert len(clipped.encode("utf-16-le")) // 2 <= 32_767
        kept, mark = clipped[:-8], clipped[-8:]
        assert (long.startswith(kept), mark) == (True, "……（以下截去）")


def test_checks_are_formulas(book: Book) -> None:
    sheet = book()["勾稽校验"]
    lines = [row for row in sheet.iter_rows(min_row=5) if row[7].data_type == "f"]
    rules = Counter(row[0].value for row in lines)
    expected = {"A": 7, "B": 7, "C": 25, "D": 3, "L": 0, "E": 0, "M": 0, "N": 0, "P": 6, "Q": 1}
    assert {rule: rules[rule] for rule in RULES} == expected
    (counted,) = (row for row in lines if row[0].value == "3.3.4")
    last = HEADER_ROW + len(OUTCOMES) + 4
    rows, kinds = (f"'数据来源'!${c}$5:${c}${last}" for c in "MJ")
    assert counted[2].value == f'=COUNTIFS({rows},"3.3.4*",{kinds},"自然人")'
    assert sheet["A2"].value.startswith("=IF(")


def test_what_the_texts_claim_is_told_and_what_is_explained(busy: Register, report: Report) -> None:
    """Read in the texts it is no formula; explained it counts as such while both sides stay."""
    with busy.writing() as tx:
        set_text(tx, 2024, Part.OVERVIEW, "2024年，收到政府信息公开申请90件，结转下年度91件。")
    first, second = (one for one in year_report(busy, 2024).findings if one.rule == "E")
    with busy.writing() as tx:
        explain(tx, 2024, second, "=口径不同")
    sheet = load_workbook(report(busy))["勾稽校验"]
    one, other = (row for row in sheet.iter_rows(min_row=5) if row[0].value == "E")
    assert (one[7].value, one[8].value) == (90, first.right)
    assert "已说明" not in one[10].value
    assert other[1].value.endswith("（已说明：=口径不同）")
    number = other[0].row
    assert f'AND(H{number}=91,I{number}={second.right}),"已说明"' in other[10].value
    assert "没有未说明的不符" in sheet["A2"].value


def test_published_report_with_no_request_at_all(register: Register, report: Report) -> None:
    """株洲市扶贫办2020年: a register of the organ alone; the whole table is noughts."""
    add_organ(register, "株洲市扶贫开发办公室")
    book = load_workbook(report(register, 2020))
    assert figures(book["申请办理"], "2019") == published("zhuzhou-2020.txt")
    assert [cell.value for cell in book["复议诉讼"][6]] == [0] * 15
    assert book["数据来源"].max_row == HEADER_ROW


def test_published_report_with_five_requests_all_granted(
    register: Register, report: Report
) -> None:
    """广西壮族自治区扶贫办2020年: five received on the web in the year, all granted."""
    for month in (2, 4, 6, 8, 10):
        add(register, date(2020, month, 11), decided=date(2020, month, 20), outcome="3.1")
    book = load_workbook(report(register, 2020))
    assert figures(book["申请办理"], "2019") == published("guangxi-2020.txt")
    assert [cell.value for cell in book["复议诉讼"][6]] == [0] * 15


def test_the_file_is_its_owner_s_alone_and_nothing_is_left_beside_it(
    busy: Register, report: Report, tmp_path: Path
) -> None:
    before = set(tmp_path.iterdir())
    path = report(busy)
    report(busy)
    assert {p for p in tmp_path.iterdir() if p not in before} == {path}
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_failure_leaves_the_old_file(
    busy: Register, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = report(busy)
    old, files = path.read_bytes(), set(tmp_path.iterdir())

    def held(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(RegisterError, match=r"report\.xlsx.*正被别的程序打开"):
        report(busy)
    assert path.read_bytes() == old
    assert set(tmp_path.iterdir()) == files


def test_a_place_that_cannot_be_written_is_told(busy: Register, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="文件夹不存在"):
        write_papers(busy, year_report(busy, 2024), [tmp_path / "none" / "report.xlsx"])
    folder = tmp_path / "夹.xlsx"
    folder.mkdir()
    with pytest.raises(RegisterError, match=r"是一个文件夹|没有权限"):
        write_papers(busy, year_report(busy, 2024), [folder])


def test_organs_are_kept_apart(busy: Register, report: Report) -> None:
    add_organ(busy, "某市人民政府办公室")
    sheet = load_workbook(report(busy, organ="某市人民政府办公室"))["申请办理"]
    assert figures(sheet, "2021") == [[0] * 7] * 25
    report(busy)  # the other is the only one in use
    add(busy, date(2025, 3, 4), organ="某市人民政府办公室")
    with pytest.raises(NotFound):
        report(busy)


@needs_office
@pytest.mark.parametrize("form", FORMS)
def test_formulas_agree_and_notice_a_changed_figure(
    busy: Register, report: Report, tmp_path: Path, form: Form
) -> None:
    add(busy, date(2024, 3, 4), applicant="=1+1")
    with busy.writing() as tx:
        set_figures(tx, 2023, {"rules.in_force": "3", "documents.in_force": "10"})
        figures = dict.fromkeys(fields_of(form), "0")
        if form == "2021":
            figures |= {"rules.in_force": "3", "documents.made": "2", "documents.repealed": "1"}
            figures |= {"documents.in_force": "11", "charges.amount": "0.000001"}
        set_figures(tx, 2024, figures, form=form)
    path = report(busy, form=form)
    table = year_table(busy, 2024, form=form)
    book = load_workbook(path)
    sheet = book["申请办理"]
    sheet["E10"] = sheet["E10"].value + 1  # 3.3.1, 商业企业
    book["主动公开"]["D5"] = 4 if form == "2021" else None  # 规章, the last column
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    sheets, altered = recalculated(tmp_path, path, changed)
    checks = sheets["勾稽校验"]
    assert checks[1][0] == "全部相符"
    assert sheets["数据来源"][1][0] == "共 26 件，当前筛选出 26 件"
    rules = tuple("ABCDMNQ")
    found = [(row[0], row[7], row[8]) for row in checks if row[0] in rules and row[9] == 0]
    findings = year_report(busy, 2024, form=form).findings
    expected = [(f.rule, f.left, f.right) for f in findings if f.rule in rules]
    assert found == sorted(expected, key=lambda line: line[0])
    codes = {row.code: row.cells for row in table.rows}
    assert {row[0]: row[2:9] for row in checks if row[0] in codes} == codes
    assert {row[10] for row in checks[4:]} == {None, "结果", "相符"}

    checks = altered["勾稽校验"]
    differing = [row for row in checks if row[10] == "不符"]
    entered = ("M", 1) if form == "2021" else ("P", -1)
    assert [(row[0], row[9]) for row in differing[:4]] == [
        ("A", 1),
        ("C", 1),
        entered,
        ("3.3.1", 1),
    ]
    assert differing[0][1] == "商业企业"
    assert checks[1][0] == "有 4 处不符"


@needs_office
def test_formulas_notice_what_is_no_figure_at_all(
    busy: Register, report: Report, tmp_path: Path
) -> None:
    book = load_workbook(report(busy))
    sheet = book["申请办理"]
    sheet["D6"], sheet["E6"], sheet["F6"], sheet["G6"] = None, "三", -1, 1.5
    book.save(tmp_path / "spoilt.xlsx")
    (sheets,) = recalculated(tmp_path, tmp_path / "spoilt.xlsx")
    checks = sheets["勾稽校验"]
    spoilt = [row for row in checks if row[0] == "P" and row[10] is not None]
    assert [row[9:] for row in spoilt[:3]] == [(-2, "不符"), (1, "不符"), (1, "不符")]
    assert str(checks[1][0]).endswith("处不符")


def test_where_the_chain_ends_is_printed_on_every_page(register: Register, tmp_path: Path) -> None:
    receive(register, "2026-03-02")
    path = tmp_path / "年报.xlsx"
    write_papers(register, year_report(register, 2026), [path])
    with register.reading() as tx:
        end = head(tx.connection)
    book = load_workbook(path)
    for sheet in book.worksheets:
        assert sheet.oddFooter.right.text == f"记录链 {end.label}"
