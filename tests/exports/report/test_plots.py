"""The charts: of a report's own figures, and the same numbers on the page and in the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.moment import end_of_day
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind
from db.year_end.report import YearReport
from exports.report.papers import write_papers
from exports.report.plots import Plot, plots
from exports.report.web_plot import in_words
from tests.support.at_once import add_organ, file_year, year_report
from tests.support.papers import Page
from tests.support.spreadsheets import load_workbook
from tests.support.steps import set_day
from tests.support.workbooks import add


def drawn(register: Register, report: YearReport) -> list[Plot]:
    with register.reading() as tx:
        return plots(tx, report)


@pytest.fixture
def three_years(register: Register, monkeypatch: pytest.MonkeyPatch) -> Register:
    """2023 filed, and changed since; 2024 and 2025 as they stand; another organ's case."""
    set_day(monkeypatch, "2024-01-10")
    add(register, date(2023, 5, 4), decided=date(2023, 5, 9), outcome="3.3.4")
    file_year(register, 2023)
    set_day(monkeypatch, "2026-03-10")
    add(register, date(2023, 6, 1), decided=date(2023, 6, 5))
    add(register, date(2024, 2, 1), decided=date(2024, 2, 5))
    add(register, date(2024, 12, 30), ApplicantKind.RESEARCH)
    for month in (1, 1, 12):
        add(register, date(2025, month, 6), decided=date(2025, month, 20), outcome="3.6.3")
    add_organ(register, "另一机关")
    add(register, date(2025, 3, 3), organ="另一机关")
    return register


def test_months_outcomes_and_years_are_the_report_s(three_years: Register, tmp_path: Path) -> None:
    report = year_report(three_years, 2025, "某市人民政府")
    months, outcomes, years = found = drawn(three_years, report)
    nothing = (0,) * 10
    assert months.series == (
        ("2024年", (0, 1, *nothing[:9], 1)),
        ("2025年", (2, *nothing, 1)),
    )
    assert outcomes.labels == (
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
    )
    assert outcomes.series == (("2024年", (1, 0, 0, 0, 0, 0)), ("2025年", (0, 0, 0, 0, 0, 3)))
    assert years.labels == ("2023年", "2024年", "2025年")
    assert years.series == (
        ("新收", (1, 2, 3)),  # one of 2023 came to be known after it was filed
        ("办结", (1, 1, 3)),
        ("结转下年度", (0, 1, 1)),
    )
    write_papers(three_years, report, [tmp_path / "a.html", tmp_path / "a.xlsx"])
    written = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert all(in_words(plot) in written for plot in found)
    tags = [tag for tag, _ in Page(tmp_path / "a.html").tags]
    assert tags.count("svg") == tags.count("desc") == tags.count("figcaption") == 3
    sheet = load_workbook(tmp_path / "a.xlsx")["图表"]
    rows = [[cell.value for cell in row] for row in sheet["A1:D70"]]
    assert ["1月", 0, 2, None] in rows
    assert ["其他处理", 0, 3, None] in rows
    assert ["2023年", 1, 1, 0] in rows
    assert len(sheet._charts) == 3


def test_beside_filed_and_past_figures(three_years: Register) -> None:
    filed = drawn(three_years, year_report(three_years, 2023, "某市人民政府", filed=True))
    assert [plot.title for plot in filed] == ["各月新收政府信息公开申请数量", "办理结果"]
    assert sum(filed[0].series[0][1]) == 1
    early = year_report(three_years, 2024, "某市人民政府", as_of=end_of_day(date(2024, 1, 20)))
    assert drawn(three_years, early) == []


def test_the_months_of_the_past_leave_out_what_was_carried_in(
    three_years: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2026-03-12")
    past = year_report(three_years, 2025, "某市人民政府", as_of=end_of_day(date(2026, 3, 11)))
    assert past.figures == "past"
    assert drawn(three_years, past)[0].series == (("2025年", (2, *(0,) * 10, 1)),)


def test_of_nothing_there_is_no_chart(register: Register, tmp_path: Path) -> None:
    add_organ(register, "某局")
    write_papers(register, year_report(register, 2025), [tmp_path / "a.html", tmp_path / "a.xlsx"])
    assert "svg" not in [tag for tag, _ in Page(tmp_path / "a.html").tags]
    book = load_workbook(tmp_path / "a.xlsx")
    assert book["图表"]["A2"].value == "没有可以画成图表的数字。"
