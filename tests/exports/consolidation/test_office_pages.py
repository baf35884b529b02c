"""Reports in the manner of real offices are read whole, whatever made them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.year_end.form import Form, row_labels
from db.year_end.received import gathered
from exports.consolidation.understanding import read_report
from tests.support.office_pages import MANNERS, ORGAN, content_system, sample, write
from tests.support.site_pages import SITES, strokes


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", MANNERS)
def test_every_manner_is_read_whole(name: str, form: Form, tmp_path: Path) -> None:
    true = sample(form)
    read = read_report(write(name, true, tmp_path), 2024)
    assert read.requests == true.requests
    assert read.disputes == true.disputes
    assert read.proactive == true.proactive
    assert (read.form, read.organ, read.year) == (form, ORGAN, 2024)
    assert read.problems == ()


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", SITES)
def test_every_site_and_its_text_is_read_whole(name: str, form: Form, tmp_path: Path) -> None:
    true = sample(form)
    ending, make = SITES[name]
    path = tmp_path / f"年报{ending}"
    path.write_text(make(true), encoding="utf-8")
    read = read_report(path, 2024)
    assert read.requests == true.requests
    assert read.disputes == true.disputes
    assert read.proactive == true.proactive
    assert (read.form, read.organ, read.year) == (form, ORGAN, 2024)
    assert {problem.rule for problem in read.problems} <= {"P"}


def test_a_row_left_blank_is_known_by_a_label_that_is_near(tmp_path: Path) -> None:
    true = sample()
    blank = (0,) * 7
    assert (true.requests["3.6.1"], true.requests["3.6.2"]) == (blank, blank)
    path = tmp_path / "年报.html"
    page = content_system(true)
    for label in ("逾期不补正、行政机关不再处理", "缴纳费用、行政机关不再处理"):
        at = page.index(label)
        end = page.index("</tr>", at)
        row = re.sub(r">0<", "><", page[at:end]).replace("处理", "受理", 1)
        page = page[:at] + row + page[end:]
    path.write_text(page, encoding="utf-8")
    read = read_report(path, 2024)
    assert read.requests == true.requests
    assert [problem.rule for problem in read.problems] == ["P"] * 14
    assert len(read.remarks) == 2


def test_a_figure_above_a_wrapped_label_of_its_number_is_a_figure(tmp_path: Path) -> None:
    true = sample()
    true.requests["3.3.1"] = (2, 0, 0, 0, 0, 0, 2)
    lines = ["青石区水务局2024年政府信息公开工作年度报告", *("自然人", "法人或其他组织", "总计")]
    lines += ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    for row in row_labels("2021"):
        label, figures = row.label, " ".join(map(str, true.requests[row.code]))
        lines += [label[:9], f"{label[9:]} {figures}".strip()]
    path = tmp_path / "年报.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read_report(path, 2024).requests == true.requests


def test_figures_from_which_a_program_has_dropped_blanks_are_not_read(tmp_path: Path) -> None:
    true = sample()
    path = tmp_path / "年报.txt"
    told = strokes(apart=False, begun=False, zeros=False)(true)
    path.write_text(re.sub(r"(?m) \|(?= \|)| \|$", "", told), encoding="utf-8")
    read = read_report(path, 2024)
    rows = (read.requests or {}).items()
    assert all(
        n in (None, true.requests[code][at]) for code, row in rows for at, n in enumerate(row)
    )
    assert {problem.rule for problem in read.problems} >= {"unread"}


def test_a_second_copy_is_the_same_table_and_another_one_is_not(tmp_path: Path) -> None:
    true, other = sample(), sample()
    other.requests["1"] = (1,) * 7
    page = content_system(true)
    path = tmp_path / "年报.html"
    path.write_text(page.replace("</body>", page), encoding="utf-8")
    assert read_report(path, 2024).problems == ()
    path.write_text(page.replace("</body>", content_system(other)), encoding="utf-8")
    read = read_report(path, 2024)
    assert {problem.rule for problem in read.problems} == {"unread"}
    assert read.requests == {**true.requests, "1": (*[None] * 2, 1, *[None] * 4)}
    (told,) = gathered(read.problems)
    assert "可能有两份年报" in told
    assert "“一、本年新收政府信息公开申请数量 自然人”；" in told
    assert read.proactive == true.proactive
