"""`report --xlsx --docx --html`: which papers are written, of which figures, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db.year_end.explaining import explain
from tests.support.at_once import open_register, year_report
from tests.support.commands import NEW, Taizhang, refused
from tests.support.papers import Page, document_lines


def test_several_papers_are_written_at_once(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang(*NEW)
    taizhang("figures", "2025", "--set", "rules.made=7")
    book, document, page = (tmp_path / f"年报.{ending}" for ending in ("xlsx", "docx", "html"))
    done = taizhang("report", "2025", "--xlsx", book, "--docx", document, "--html", page)
    assert (done.status, done.err) == (0, "")
    assert done.out == f"已写好 {book}、{document}、{page}。\n"
    assert book.exists()
    assert Page(page).tables[0][2] == ["规章", "7", "", ""]
    told = taizhang("report", "2025", "--docx", document, "--json")
    assert told.document["year"] == 2025
    past = taizhang("report", "2025", "--docx", document, "--as-of", "2025-06-30", "--masked")
    assert past.status == 0
    assert past.out == f"已写好 {document}。\n"
    assert "（2025-06-30 23:59的历史时点数据）" in document_lines(document)


@pytest.mark.parametrize(
    "asked", [("--docx", "a.html"), ("--html", "a.docx"), ("--docx", "a.docx", "--html", "a.htm")]
)
def test_a_name_that_ends_otherwise_is_refused(
    taizhang: Taizhang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    taizhang(*NEW)
    assert "结尾" in refused(taizhang("report", "2025", *asked), 1)
    assert not list(tmp_path.glob("a.*"))


def test_of_a_year_not_filed_there_is_no_filed_paper(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang(*NEW)
    asked = taizhang("report", "2025", "--filed", "--docx", tmp_path / "a.docx")
    assert "还没有封账" in refused(asked, 1)
    assert not (tmp_path / "a.docx").exists()


def test_a_masked_report_keeps_its_own_texts_and_gives_no_reasons(
    taizhang: Taizhang, tmp_path: Path
) -> None:
    taizhang(*NEW)
    (tmp_path / "text").write_text("收到政府信息公开申请3件，王芳同志负责。", encoding="utf-8")
    taizhang("narrative", "2026", "--part", "1", "--file", tmp_path / "text")
    with open_register(os.environ["TAIZHANG_DB"]) as register:
        wrong = next(one for one in year_report(register, 2026).wrong if one.rule == "E")
        with register.writing() as tx:
            explain(tx, 2026, wrong, "含张三电话咨询2件")
    plain, masked = (taizhang("report", "2026", "--json", *more) for more in ((), ("--masked",)))
    assert "含张三电话咨询2件" in plain.out
    assert "张三" not in masked.out
    assert masked.document["narrative"]["1"] == "收到政府信息公开申请3件，王芳同志负责。"
    written = taizhang("report", "2026", "--docx", tmp_path / "a.docx", "--masked")
    assert "没有隐去" in written.out
    assert "收到政府信息公开申请3件，王芳同志负责。" in document_lines(tmp_path / "a.docx")
