"""The workbook of statistics, read back: the numbers of the page, and nothing that computes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.agenda.statistics import Chart, Statistics
from db.errors import BadValue
from db.storage.register import Register
from exports.statistics.workbook import NAME, write_statistics
from tests.support.at_once import statistics
from tests.support.spreadsheets import load_workbook
from tests.support.workbooks import add


@pytest.fixture
def shown(register: Register) -> Statistics:
    add(register, date(2025, 3, 3), decided=date(2025, 3, 10), unit="=1+1")
    add(register, date(2025, 3, 4), decided=date(2025, 6, 30), unit="\x1b[31m一科")
    add(register, date(2025, 12, 1), unit="一科")
    add(register, date(2026, 1, 5), decided=date(2026, 2, 3), outcome="3.2", unit="=1+1")
    made: Statistics = statistics(register, 2025)
    return made


def blocks_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows under the title of each chart, without its headings."""
    blocks: dict[str, list[tuple[Any, ...]]] = {}
    rows: list[tuple[Any, ...]] = []
    for row in load_workbook(path)[NAME].iter_rows(values_only=True):
        if row[0] in {chart.label for chart in Chart}:
            rows = blocks[str(row[0])] = []
        elif row[0] is not None:
            rows.append(row)
    return blocks


def test_every_number_of_the_page_stands_in_the_workbook(
    register: Register, shown: Statistics, tmp_path: Path
) -> None:
    path = tmp_path / "统计.xlsx"
    write_statistics(register, shown, path)
    blocks = blocks_of(path)
    for chart, bars in shown.charts.items():
        rows = blocks[chart.label]
        assert [row[1] for row in rows] == [bar.number for bar in bars], chart
        if chart is Chart.PUNCTUAL:
            assert [row[2:4] for row in rows] == [(bar.late, bar.rate) for bar in bars]
        else:
            moved = [(bar.before, bar.number - bar.before) for bar in bars]
            assert [row[2:4] for row in rows] == moved
    months = [f"{month}月" for month in range(1, 13)]
    assert [row[0] for row in blocks[Chart.MONTH.label]] == months
    assert [row[0] for row in blocks[Chart.UNIT.label]] == ["=1+1", "[31m一科", "一科"]


def test_no_cell_computes(register: Register, shown: Statistics, tmp_path: Path) -> None:
    path = tmp_path / "统计.xlsx"
    write_statistics(register, shown, path)
    cells = [cell for row in load_workbook(path)[NAME].iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    named = [cell for cell in cells if cell.value == "=1+1"]
    assert len(named) == 2
    assert all(cell.quotePrefix for cell in named)


def test_only_a_workbook_is_written(register: Register, shown: Statistics, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="xlsx"):
        write_statistics(register, shown, tmp_path / "统计.csv")
    assert not list(tmp_path.glob("统计*"))


def test_what_is_not_counted_is_called_as_on_the_desk(
    register: Register, shown: Statistics, tmp_path: Path
) -> None:
    write_statistics(register, shown, tmp_path / "a.xlsx")
    told = [str(row[0]) for row in load_workbook(tmp_path / "a.xlsx")[NAME].values]
    assert any("作废登记的不计" in text for text in told)
    assert not any("登记作废" in text for text in told)


def test_a_chart_is_not_divided_from_its_heading_by_the_end_of_a_page(
    register: Register, shown: Statistics, tmp_path: Path
) -> None:
    path = tmp_path / "统计.xlsx"
    write_statistics(register, shown, path)
    sheet = load_workbook(path)[NAME]
    charts = {chart.label for chart in Chart}
    starts = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value in charts]
    breaks = [int(one.id) for one in sheet.row_breaks.brk]
    assert breaks
    assert {row + 1 for row in breaks} <= set(starts)
    pages = zip([0, *breaks], [*breaks, sheet.max_row], strict=True)
    assert all(last - first <= 40 for first, last in pages)
