"""The first report of an organ founded within its year: it says so, and nothing was carried in."""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import NEW, Taizhang, refused
from tests.support.papers import Page, document_lines, document_tables, workbook_tables

SAID = "本机关2025年9月1日成立，本报告统计期限自2025年9月1日起至2025年12月31日止"
NOTHING, ONE = [""] * 7, ["1", *["0"] * 5, "1"]


def test_it_says_so_and_its_second_row_stays_empty(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang("organ", "add", "某局")
    assert "还没有" in refused(taizhang("organ", "set", "某局", "founded=2027-01-01"), 1)
    taizhang("organ", "set", "某局", "founded=2025-08-01")
    taizhang("organ", "set", "某局", "成立日期=2025年9月1日")
    taizhang(*NEW, "--received", "2025-10-13")
    assert "成立日期：2025-09-01" in taizhang("organ", "list").out
    book, document, page = (tmp_path / f"a.{ending}" for ending in ("xlsx", "docx", "html"))
    written = ("--xlsx", book, "--docx", document, "--html", page)

    def rows() -> list[list[list[str]]]:
        taizhang("report", 2025, *written)
        found = (document_tables(document)[1], Page(page).tables[1], workbook_tables(book)[1])
        return [[row[3:] for row in grid[3:5]] for grid in found]

    told = taizhang("report", 2025, "--json").document
    assert told["founded"] == "2025-09-01"
    assert told["requests"]["rows"][1]["cells"] == [0] * 7
    assert [c["ok"] for c in told["checks"] if c["rule"] == "L"] == [True] * 7
    assert SAID in taizhang("report", 2025).out
    assert (
        "2025年9月1日至12月31日，本机关新收政府信息公开申请1件。"
        in taizhang("narrative", 2025, "--draft").out
    )
    assert rows() == [[ONE, NOTHING], [ONE, NOTHING], [[1, *[0] * 5, 1], [None] * 7]]
    assert f"（{SAID}）" in document_lines(document)
    assert f"（{SAID}）" in Page(page).lines
    for year in (2024, 2026):
        assert "founded" not in taizhang("report", year, "--json").document
    taizhang(*NEW, "--received", "2024-12-20")
    assert rows()[0] == [ONE, ONE]
    wrong = [c for c in taizhang("check", 2025, "--json").document["checks"] if not c["ok"]]
    assert [(c["rule"], c["where"], c["left"], c["right"]) for c in wrong] == [
        ("L", "自然人", 1, 0),
        ("L", "总计", 1, 0),
    ]
    assert "没有上年结转" in wrong[0]["about"]
