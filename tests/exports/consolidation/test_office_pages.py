"""Reports in the manner of real offices are read whole, whatever made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.year_end.form import Form
from exports.consolidation.understanding import read_report
from tests.support.office_pages import MANNERS, ORGAN, content_system, sample, write


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
    assert read.proactive == true.proactive
