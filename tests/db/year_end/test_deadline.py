"""Until when a year's report is due."""

from __future__ import annotations

from datetime import date

import pytest

from db.words.vocabulary import OrganLevel
from db.year_end.deadline import deadline


@pytest.mark.parametrize(
    ("level", "whole"),
    [
        (None, None),
        (OrganLevel.DEPARTMENT, None),
        (OrganLevel.COUNTY, date(2026, 2, 20)),
        (OrganLevel.PREFECTURE, date(2026, 3, 10)),
        (OrganLevel.PROVINCE, date(2026, 3, 31)),
    ],
)
def test_the_level_sets_the_day(level: OrganLevel | None, whole: date | None) -> None:
    due = deadline(2025, level)
    assert (due.own, due.whole) == (date(2026, 1, 31), whole)


def test_the_days_left_are_counted_until_it_is_done() -> None:
    due = deadline(2025, OrganLevel.COUNTY)
    said = "1月31日前报送并公布，还有1天；汇总报告2月20日前"
    assert due.said(date(2026, 1, 30)) == said
    assert due.said(date(2026, 1, 31)).startswith("1月31日前报送并公布，今天到期；")
    late = "1月31日前报送并公布，已过20天；汇总报告2月20日前，今天到期"
    assert due.said(date(2026, 2, 20)) == late
    done = "1月31日前报送并公布；汇总报告2月20日前，已过8天"
    assert due.said(date(2026, 2, 28), done=True) == done
    assert deadline(2019, None).said(date(2026, 2, 28)) == "1月31日前报送并公布"
