"""The document and the page of a report, read back cell by cell, and beside them the workbook."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from db.disputes.dispute import Block, Result
from db.errors import BadValue, RegisterError
from db.moment import end_of_day
from db.storage.register import Register
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind
from db.year_end.form import COLUMN_LABELS, FORMS, Form
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from db.year_end.proactive_form import fields_of
from db.year_end.report import YearReport
from exports.report.papers import ENDINGS, write_papers
from tests.support.at_once import add_organ, file_year, new_dispute, open_register, year_report
from tests.support.examples import examples
from tests.support.ledgers import bring
from tests.support.papers import Grid, Page, document_lines, document_tables, workbook_tables
from tests.support.spreadsheets import load_workbook
from tests.support.steps import receive, set_day
from tests.support.workbooks import add, published

TABLE_2: Mapping[Form, str] = {
    "2021": """第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 rules.made rules.repealed rules.in_force
行政规范性文件 documents.made documents.repealed documents.in_force
第二十条第（五）项
信息内容 本年处理决定数量 = =
行政许可 licences.decisions = =
第二十条第（六）项
信息内容 本年处理决定数量 = =
行政处罚 penalties.decisions = =
行政强制 coercive.decisions = =
第二十条第（八）项
信息内容 本年收费金额（单位：万元） = =
行政事业性收费 charges.amount = =""",
    "2019": """第二十条第（一）项
信息内容 本年新制作数量 本年新公开数量 对外公开总数量
规章 rules.made rules.published rules.total
规范性文件 documents.made documents.published documents.total
第二十条第（五）项
信息内容 上一年项目数量 本年增/减 处理决定数量
行政许可 licences.last_year licences.change licences.decisions
其他对外管理服务事项 other_services.last_year other_services.change other_services.decisions
第二十条第（六）项
信息内容 上一年项目数量 本年增/减 处理决定数量
行政处罚 penalties.last_year penalties.change penalties.decisions
行政强制 coercive.last_year coercive.change coercive.decisions
第二十条第（八）项
信息内容 上一年项目数量 本年增/减 =
行政事业性收费 charges.last_year charges.change =
第二十条第（九）项
信息内容 采购项目数量 采购总金额 =
政府集中采购 procurement.projects procurement.amount =""",
}
"""As the forms print it; `=` is the cell before, which is as wide as both."""

RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def table_2(report: YearReport) -> Grid:
    values, form = report.own.proactive.values, report.table.form
    rows: Grid = []
    for line in TABLE_2[form].splitlines():
        words: list[str] = line.split()
        for place, word in enumerate(words):
            if word in fields_of(form):
                unit = "万元" if word == "procurement.amount" else ""
                words[place] = f"{values[word]:f}{unit}" if word in values else ""
            elif word == "=":
                words[place] = words[place - 1]
        rows.append(words if len(words) > 1 else words * 4)
    return rows


def table_3(report: YearReport) -> Grid:
    person, *organisations, total = COLUMN_LABELS
    rows: Grid = [
        [RELATION] * 3 + ["申请人情况"] * 7,
        [*[RELATION] * 3, person, *["法人或其他组织"] * 5, total],
        [*[RELATION] * 3, person, *organisations, total],
    ]
    for row in report.table.rows:
        labels = [row.label] * 3
        if row.code.startswith("3."):
            labels[0] = "三、本年度办理结果"
        if row.group:
            labels[1] = row.group
        rows.append([*labels, *map(str, row.cells)])
    return rows


def table_4(report: YearReport) -> Grid:
    return [
        ["行政复议"] * 5 + ["行政诉讼"] * 10,
        [*RESULTS, *["未经复议直接起诉"] * 5, *["复议后起诉"] * 5],
        RESULTS * 3,
        [str(figure) for block in Block for figure in report.disputes[block]],
    ]


def papers(register: Register, report: YearReport, folder: Path) -> tuple[Path, ...]:
    paths = tuple(folder / f"年报{ending}" for ending in ENDINGS)
    write_papers(register, report, paths)
    return paths


def agree(register: Register, report: YearReport, folder: Path) -> None:
    """Every cell of every table of every paper is the report's."""
    expected = [table_2(report), table_3(report), table_4(report)]
    book, document, page = papers(register, report, folder)
    assert document_tables(document) == expected
    assert Page(page).tables == expected
    assert workbook_tables(book) == [
        [[as_a_number(cell) for cell in row] for row in grid] for grid in expected
    ]


def as_a_number(cell: str) -> str | float | None:
    """A cell as a workbook holds it."""
    digits = cell.removesuffix("万元")
    try:
        return float(digits) if digits else None
    except ValueError:
        return cell


ENDED = (Result.UPHELD, Result.CORRECTED, Result.OTHER)
Told = list[tuple[ApplicantKind, str | None, date]]


@examples(3)
@given(
    form=st.sampled_from(FORMS),
    told=st.lists(
        st.tuples(
            st.sampled_from(list(ApplicantKind)),
            st.none() | st.sampled_from([outcome.code for outcome in OUTCOMES]),
            st.sampled_from([date(2023, 12, 20), date(2024, 3, 4), date(2024, 12, 20)]),
        ),
        max_size=3,
    ),
    disputed=st.lists(
        st.tuples(st.sampled_from(Block), st.none() | st.sampled_from(ENDED)), max_size=3
    ),
    entered=st.lists(st.none() | st.integers(0, 10**12 - 1), min_size=22, max_size=22),
)
def test_every_paper_says_what_the_report_says(
    tmp_path_factory: pytest.TempPathFactory,
    empty_register_file: Path,
    form: Form,
    told: Told,
    disputed: list[tuple[Block, Result | None]],
    entered: list[int | None],
) -> None:
    folder = tmp_path_factory.mktemp("papers")
    path = shutil.copy(empty_register_file, folder / "register.db")
    with open_register(str(path)) as register:
        add_organ(register, "某市人民政府")
        for kind, outcome, on in told:
            ended = on + timedelta(days=15) if outcome else None
            add(register, on, kind, decided=ended, outcome=outcome or "")
        for block, result in disputed:
            ended = {"concluded_on": date(2024, 8, 1), "result": result} if result else {}
            new_dispute(
                register, block, "某省人民政府", date(2024, 5, 6), older_case="旧件", **ended
            )
        fields = fields_of(form).items()
        figures = {
            key: f"{number % 10**9}.{number % 10**6:06}"
            if field.measure == "amount"
            else str(number)
            for (key, field), number in zip(fields, entered, strict=False)
            if number is not None
        }
        with register.writing() as tx:
            set_figures(tx, 2024, figures, form=form)
        agree(register, year_report(register, 2024, form=form), folder)


@pytest.mark.parametrize("form", FORMS)
def test_blanks_stay_blank_and_money_keeps_its_places(
    register: Register, tmp_path: Path, form: Form
) -> None:
    receive(register, "2024-12-02", organ="某局")
    amount = "charges.amount" if form == "2021" else "procurement.amount"
    with register.writing() as tx:
        set_figures(tx, 2024, {"rules.made": "0", amount: "0.000001"}, form=form)
    report = year_report(register, 2024, form=form)
    agree(register, report, tmp_path)
    flat = [cell for row in table_2(report) for cell in row]
    assert ("0.000001" if form == "2021" else "0.000001万元") in flat
    assert "" in flat


OVERVIEW = """（一）主动公开情况。2020年，本办共受理政府信息公开申请5件，从申请的方式来看，5件全是通过官网申请。

1.抓好基础信息公开。及时更新机构职责。
    12.5万元以上的项目逐项公示。
（二）强化监督保障"""


@pytest.mark.parametrize(
    ("name", "requests", "documents", "projects", "amount"),
    [
        ("zhuzhou-2020.txt", 0, "3", "34", "113.5631"),
        ("guangxi-2020.txt", 5, "2", "44", "514.7"),
    ],
)
def test_published_reports_come_out_as_they_were(
    register: Register,
    tmp_path: Path,
    name: str,
    requests: int,
    documents: str,
    projects: str,
    amount: str,
) -> None:
    """株洲市扶贫办2020年 and 广西壮族自治区扶贫办2020年, by way of a ledger."""
    organ = "某扶贫开发办公室"
    add_organ(register, organ)
    row = {"受理机关": organ, "申请方式": "网上", "办理结果": "予以公开"}
    months = range(2, 2 + 2 * requests, 2)
    rows = [{"收到日期": f"2020-{m}-11", "办结日期": f"2020-{m}-20", **row} for m in months]
    if rows:
        bring(register, tmp_path, *rows)
    figures = dict.fromkeys(fields_of("2019"), "0")
    figures |= {f"documents.{name}": documents for name in ("made", "published", "total")}
    figures |= {"procurement.projects": projects, "procurement.amount": amount}
    with register.writing() as tx:
        set_figures(tx, 2020, figures)
        set_text(tx, 2020, Part.OVERVIEW, OVERVIEW)
        set_text(tx, 2020, Part.OTHERS, "无。")
    report = year_report(register, 2020)
    agree(register, report, tmp_path)
    proactive, asked, disputes = document_tables(tmp_path / "年报.docx")
    assert [[int(cell) for cell in cells[3:]] for cells in asked[3:]] == published(name)
    assert proactive[3] == ["规范性文件", documents, documents, documents]
    assert proactive[-1] == ["政府集中采购", projects, f"{amount}万元", f"{amount}万元"]
    assert disputes[-1] == ["0"] * 15
    lines = document_lines(tmp_path / "年报.docx")
    texts = OVERVIEW.split("\n")
    where = lines.index("一、总体情况") + 1
    assert lines[where : where + len(texts)] == texts
    assert [line for line in lines if line and line not in texts] == [
        f"{organ}2020年\n政府信息公开工作年度报告",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
        "无。",
        organ,
        "2026年3月10日",
    ]
    shown = [line for line in Page(tmp_path / "年报.html").lines if line]
    assert shown == [line.replace("\n", "") for line in lines if line]
    cells = [row[0].value for row in load_workbook(tmp_path / "年报.xlsx")["总体情况"]]
    assert [cell for cell in cells if cell][1:-2] == [
        "一、总体情况",
        *(line.replace("\t", " ") for line in texts if line),
        "五、存在的主要问题及改进情况",
    ]


def test_texts_of_strangers_are_written_and_not_obeyed(register: Register, tmp_path: Path) -> None:
    organ = '某局<script src="http://a.cn/x.js"></script>&"'
    add_organ(register, organ)
    texts = [
        '<img src=x onerror="alert(1)">',
        "=1+1",
        "]]>\u202e<w:p/>&amp;\t末",
        "  <!-- 甲",
        "𠮷🙂",
    ]
    with register.writing() as tx:
        set_text(tx, 2025, Part.OVERVIEW, "\n".join(texts))
    report = year_report(register, 2025)
    spoilt = replace(report, table=replace(report.table, organ=f"\x00{organ}\x1b\ufffe"))
    book, document, path = papers(register, spoilt, tmp_path)
    page, lines = Page(path), document_lines(document)
    for said in (lines, page.lines):
        where = said.index("一、总体情况") + 1
        assert said[where : where + len(texts)] == texts
        assert organ in said
    assert not {tag for tag, _ in page.tags} & {"script", "img", "a", "link", "iframe", "object"}
    assert not {name for _, told in page.tags for name in told if name.startswith("on")}
    assert load_workbook(book)["总体情况"]["A4"].data_type == "s"


def test_the_page_stands_alone_and_says_what_its_tables_are(
    register: Register, tmp_path: Path
) -> None:
    add_organ(register, "某局")
    _, _, path = papers(register, year_report(register, 2025), tmp_path)
    page, written = Page(path), path.read_text(encoding="utf-8")
    tags = [tag for tag, _ in page.tags]
    assert not page.open
    assert ("html", {"lang": "zh-CN"}) in page.tags
    assert tags.count("caption") == tags.count("table") == 3
    assert tags.count("thead") == 2
    assert tags.count("h1") == tags.count("main") == 1
    assert all("scope" in told for tag, told in page.tags if tag == "th")
    assert not {"src", "href", "action", "srcset"} & {
        name for _, told in page.tags for name in told
    }
    assert "script" not in tags
    assert "http" not in written.replace("http-equiv", "")
    assert not [said for said in ("url(", "@import") if said in written]


def test_filed_past_and_live_papers_differ_as_the_report_does(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2025-01-05")
    receive(register, "2024-12-02", organ="某局")

    def enter(text: str, made: str) -> None:
        with register.writing() as tx:
            set_text(tx, 2024, Part.OVERVIEW, text)
            set_figures(tx, 2024, {"rules.made": made})

    enter("最初的话", "1")
    set_day(monkeypatch, "2025-01-10")
    enter("封账的话", "2")
    file_year(register, 2024)
    set_day(monkeypatch, "2025-02-10")
    enter("现在的话", "3")
    early = end_of_day(date(2025, 1, 6))
    for text, made, report in (
        ("现在的话", "3", year_report(register, 2024)),
        ("封账的话", "2", year_report(register, 2024, filed=True)),
        ("最初的话", "1", year_report(register, 2024, as_of=early)),
    ):
        papers(register, report, tmp_path)
        assert document_tables(tmp_path / "年报.docx")[0] == table_2(report)
        assert table_2(report)[2][1] == made
        lines = document_lines(tmp_path / "年报.docx")
        assert text in lines
        assert text in Page(tmp_path / "年报.html").lines
        assert ("历史时点" in "".join(lines)) is (report.figures == "past")
        book = load_workbook(tmp_path / "年报.xlsx")
        assert book["总体情况"]["A3"].value == text
        if report.figures == "past":
            assert "更正说明" not in book.sheetnames
        else:
            rows = [[cell.value for cell in row] for row in book["更正说明"]]
            assert ["一、总体情况", "封账的话", "现在的话"] in [row[:3] for row in rows]
            assert ["主动公开 规章 本年制发件数", "2", "3"] in [row[:3] for row in rows]
        filed = [cell.value for cell in book["申请办理"][2]]
        assert not [cell for cell in filed if cell and "封账" in cell]


def test_the_document_is_set_as_official_papers_are(register: Register, tmp_path: Path) -> None:
    add_organ(register, "某局")
    _, path, _ = papers(register, year_report(register, 2025), tmp_path)
    document = docx.Document(str(path))
    normal, title, heading = (document.styles[name] for name in ("Normal", "Title", "Heading 1"))
    fonts = [style.element.rPr.rFonts.get(qn("w:eastAsia")) for style in (normal, title, heading)]
    assert fonts == ["仿宋", "方正小标宋简体", "黑体"]
    assert (normal.font.size, title.font.size) == (Pt(16), Pt(22))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert "PAGE" in section.footer._element.xml
    many = year_report(register, 2025)
    rows = tuple(replace(row, cells=(123456, *row.cells[1:])) for row in many.table.rows)
    write_papers(register, replace(many, table=replace(many.table, rows=rows)), [path])
    wide = [section.orientation for section in docx.Document(str(path)).sections]
    assert wide == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]


def test_all_papers_are_written_or_none(register: Register, tmp_path: Path) -> None:
    add_organ(register, "某局")
    report = year_report(register, 2025)
    with pytest.raises(RegisterError, match="文件夹不存在"):
        write_papers(register, report, [tmp_path / "a.docx", tmp_path / "none" / "a.html"])
    with pytest.raises(BadValue, match=r"结尾"):
        write_papers(register, report, [tmp_path / "a.docx", tmp_path / "a.pdf"])
    assert not list(tmp_path.glob("a.*"))
