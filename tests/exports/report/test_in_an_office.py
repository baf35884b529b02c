"""The papers as people meet them: the page in a browser, the document and the sheets on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind
from db.year_end.form import FORMS, Form
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from db.year_end.proactive_form import fields_of
from exports.ledger.write_file import write_ledger
from exports.report.papers import ENDINGS, write_papers
from tests.support.at_once import year_report
from tests.support.browser import Browser, browser, needs_browser
from tests.support.claims import SENTENCES
from tests.support.steps import shared_register
from tests.support.workbooks import add, converted, needs_office

KINDS = list(ApplicantKind)
PHONE, DESK = 390, 1280
A4 = {(595, 842), (842, 595)}
A3_LYING = {(1191, 842)}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[Form, list[Path]]:
    """The papers of a year in which something of everything happened, with a whole report's text."""
    folder = tmp_path_factory.mktemp("papers")
    text = (SENTENCES / "zhuzhou-2020.txt").read_text(encoding="utf-8")
    found: dict[Form, list[Path]] = {}
    with shared_register(folder / "register.db") as register:
        for place, outcome in enumerate(OUTCOMES * 2):
            on = date(2024, 1, 8) + timedelta(days=6 * place)
            kind = KINDS[place % len(KINDS)]
            told = {"outcome": outcome.code, "subject": f"某街道征收补偿方案{'及其附件' * 12}"}
            add(register, on, kind, decided=on + timedelta(days=10), **told)
        for form in FORMS:
            with register.writing() as tx:
                set_text(tx, 2024, Part.OVERVIEW, text)
                set_figures(tx, 2024, dict.fromkeys(fields_of(form), "1234"), form=form)
            found[form] = [folder / f"{form}{ending}" for ending in ENDINGS]
            write_papers(register, year_report(register, 2024, form=form), found[form])
        write_ledger(register, folder / "ledger.xlsx")
    return found


@pytest.fixture
def page() -> Iterator[Browser]:
    with browser() as shown:
        yield shown


@needs_browser
def test_the_page_is_for_everyone_at_a_desk_and_on_a_telephone(
    papers: dict[Form, list[Path]], page: Browser
) -> None:
    for form in FORMS:
        for width in (DESK, PHONE):
            page.open(papers[form][-1], width)
            assert page.unfit() == []
            assert page.run("document.documentElement.scrollWidth") == width
            assert page.run("document.querySelectorAll('svg').length") > 1
        # on a telephone table 3 scrolls within itself, and what its rows are called stays
        assert page.run(SCROLLED) == [True, True]
    assert page.faults == []


SCROLLED = """(() => {
  const room = document.querySelector('#t3').parentElement, name = document.querySelector('#t3 tbody th')
  const before = name.getBoundingClientRect().left
  room.scrollLeft = 200
  return [room.scrollLeft == 200, Math.abs(name.getBoundingClientRect().left - before) < 2]
})()"""


def pages_of(path: Path, sheets: set[tuple[int, int]]) -> list[str]:
    """The text of each page of a PDF, all of them on such sheets."""
    told = subprocess.run(["pdfinfo", "-l", "-1", path], check=True, capture_output=True, text=True)
    sizes = re.findall(r"size: +([0-9.]+) x ([0-9.]+)", told.stdout)
    assert {(round(float(w)), round(float(h))) for w, h in sizes} <= sheets
    drawn = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True
    )
    return [re.sub(r"\s+", "", one) for one in drawn.stdout.split("\f") if one.strip()]


@needs_office
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_papers_are_printed_as_an_office_prints_them(
    papers: dict[Form, list[Path]], tmp_path: Path
) -> None:
    books = [papers[form][0] for form in FORMS]
    ledger = books[0].with_name("ledger.xlsx")
    documents = [papers[form][1] for form in FORMS]
    for path in converted(tmp_path, "pdf", *documents):
        pages = pages_of(path, A4)
        assert len(pages) <= 8
        assert "政府信息公开工作年度报告" in pages[0]
        assert [page[-3:] for page in pages] == [f"—{n}—" for n in range(1, len(pages) + 1)]
        (third,) = [page for page in pages if "一、本年新收" in page]  # table 3 stands on one page
        assert "四、结转下年度继续办理" in third
    *reports, listed = converted(tmp_path, "pdf", *books, ledger)
    for pages in (pages_of(path, A4) for path in reports):
        (third,) = [page for page in pages if page.startswith("三、收到和处理")]
        assert "四、结转下年度继续办理" in third
        sources = [page for page in pages if "2024-0001" in page or "2024-0040" in page]
        assert len(sources) > 1
        assert [page for page in sources if "申请内容" not in page] == []  # the head again
    cases = [page for page in pages_of(listed, A3_LYING) if "征收补偿方案" in page]
    assert cases
    assert all("收到日期" in page and "备注" in page for page in cases)  # one page wide
