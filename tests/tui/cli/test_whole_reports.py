"""Whole reports put in by the commands an office has, and out again: all papers say the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.disputes.dispute import Block
from db.year_end.form import COLUMNS, row_labels
from db.year_end.proactive_form import fields_of
from tests.support.claims import SENTENCES, whole_report
from tests.support.commands import Taizhang
from tests.support.papers import Page, document_tables, workbook_tables
from tests.support.whole_years import ledger_of
from tests.support.workbooks import published

SECOND, THIRD = "五、存在的主要问题及改进情况\n", "六、其他需要报告的事项\n"
NOUGHTS = dict.fromkeys(Block, (0,) * 5)


def seed(name: str, documents: str, projects: str, amount: str) -> dict[str, Any]:
    """One of the two reports of 2020: its tables are those that were published."""
    first, _, rest = (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").partition(SECOND)
    second, _, third = rest.partition(THIRD)
    figures = dict.fromkeys(fields_of("2019"), "0")
    figures |= {f"documents.{key}": documents for key in ("made", "published", "total")}
    figures |= {"procurement.projects": projects, "procurement.amount": amount}
    rows = [row.code for row in row_labels("2019")]
    return {
        "year": 2020,
        "rows": dict(zip(rows, published(f"{name}.txt"), strict=True)),
        "disputes": NOUGHTS,
        "figures": figures,
        "texts": {"1": first.partition("\n")[2], "5": second, "6": third},
    }


def invented(name: str) -> dict[str, Any]:
    """A report on Form 2021 in which carried cases, reviews and decisions are told of."""
    told = whole_report(SENTENCES / "reports" / f"{name}.txt")
    return {
        "year": told.figures.year,
        "rows": told.figures.requests,
        "disputes": told.figures.disputes,
        "figures": {
            f"{key}.{column}": str(value)
            for key, columns in told.figures.proactive.items()
            for column, value in columns.items()
        },
        "texts": {part: text.partition("\n")[2] for part, text in told.parts.items()},
    }


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (seed("zhuzhou-2020", "3", "34", "113.5631"), []),
        (seed("guangxi-2020", "2", "44", "514.7"), []),
        (invented("education-2021"), [(34, 33), (2, 1), (15, 14)]),
    ],
    ids=["zhuzhou", "guangxi", "education"],
)
def test_a_report_comes_out_of_its_ledger_figures_and_texts(
    taizhang: Taizhang, tmp_path: Path, told: dict[str, Any], wrong: list[tuple[int, int]]
) -> None:
    year, organ = told["year"], "某局"
    assert taizhang("organ", "add", organ).status == 0
    if any(sum(told["rows"][code]) for code in ("1", "2")):
        book = ledger_of(tmp_path / "台账.xlsx", organ, year, told["rows"], told["disputes"])
        assert taizhang("import", book).status == 0
    pairs = [f"{key}={value}" for key, value in told["figures"].items()]
    assert taizhang("figures", year, "--set", *pairs).status == 0
    for part, text in told["texts"].items():
        (tmp_path / "text").write_text(text, encoding="utf-8")
        assert taizhang("narrative", year, "--part", part, "--file", tmp_path / "text").status == 0
    book, document, page = (tmp_path / f"a.{ending}" for ending in ("xlsx", "docx", "html"))
    asked = taizhang("report", year, "--xlsx", book, "--docx", document, "--html", page, "--json")
    answer = asked.document
    rows = [list(cells) for cells in told["rows"].values()]
    disputes = [number for block in Block for number in told["disputes"][block]]
    assert [row["cells"] for row in answer["requests"]["rows"]] == rows
    assert [number for block in Block for number in answer["disputes"][block]] == disputes
    assert {
        f"{row['key']}.{name}": value
        for row in answer["proactive"]["rows"]
        for name, value in row["cells"].items()
    } == told["figures"]
    assert {part: text for part, text in answer["narrative"].items() if text} == {
        part: text.strip("\n") for part, text in told["texts"].items() if text.strip()
    }
    papers = document_tables(document), Page(page).tables, workbook_tables(book)
    for proactive, requests, reviews in papers:
        assert [[int(cell) for cell in row[-len(COLUMNS) :]] for row in requests[3:]] == rows
        assert [int(cell) for cell in reviews[-1]] == disputes
        said = [str(cell).removesuffix("万元") for row in proactive for cell in row[1:]]
        assert set(told["figures"].values()) <= set(said)
    found = [(c["left"], c["right"]) for c in answer["checks"] if not c["ok"]]
    assert found == wrong
