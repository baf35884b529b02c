"""What the page of statistics counts: against the year's table, and against its own lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.agenda.statistics import Chart, Statistics
from db.errors import NotFound
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import (
    cases_counted,
    make_demo,
    open_register,
    statistics,
    trends,
    year_table,
)
from tests.support.cases import HOSTILE, received
from tests.support.steps import log, receive, set_day, shared_register

K = EventKind


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("statistics") / "register.db"
    with shared_register(path) as register:
        make_demo(register, cases=150)
    return path


def figures(shown: Statistics, chart: Chart) -> dict[str, int]:
    return {bar.label: bar.number for bar in shown.charts[chart]}


def test_every_figure_is_the_number_of_cases_it_opens(demo: Path) -> None:
    with open_register(str(demo)) as register:
        for year in (2025, 2026):
            shown = statistics(register, year)
            for chart, bars in shown.charts.items():
                for bar in bars:
                    number, rows = cases_counted(register, year, chart, bar.key, 0, 1000)
                    assert (number, len(rows)) == (bar.number, bar.number), (chart, bar)
                    if chart is Chart.PUNCTUAL:
                        assert [row.overdue for row in rows].count(True) == bar.late
                        assert all(row.overdue for row in rows[: bar.late])


def test_the_year_agrees_with_its_table(demo: Path) -> None:
    with open_register(str(demo)) as register:
        shown, table = statistics(register, 2025), year_table(register, 2025)
        assert shown.received.number == table.row("1").cells[-1]
        assert shown.concluded.number == table.row("3.7").cells[-1]
        assert [bar.number for bar in shown.charts[Chart.KIND]] == list(table.row("1").cells[:-1])
        assert figures(shown, Chart.OUTCOME)["予以公开"] == table.row("3.1").cells[-1]
        for chart in Chart:
            if chart is not Chart.WHOLE:
                bars, whole = shown.charts[chart], shown.whole(chart)
                assert sum(bar.number for bar in bars) == whole.number
                assert sum(bar.before for bar in bars) == whole.before
        now = statistics(register)
        assert (now.year, now.years[1]) == (2026, 2026)
        assert figures(now, Chart.USED) == dict(trends(register).used)


def test_an_unfinished_year_stands_beside_as_much_of_the_last(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2025-12-31")
    for day in ("2025-02-27", "2025-02-28", "2025-03-03"):
        case = receive(register, day)
        log(register, case, K.DECIDED, "2025-03-05", outcome="3.2")
    log(register, receive(register, "2025-02-26"), K.CANCELLED, "2025-02-27", note="重复")
    answered = log(
        register, receive(register, "2025-01-06"), K.DECIDED, "2025-01-08", outcome="3.1"
    )
    log(register, answered, K.CANCELLED, "2025-01-09", note="重复")
    set_day(monkeypatch, "2026-02-28")
    shown = statistics(register, 2026)
    assert (shown.received.number, shown.received.before) == (0, 2)
    assert (shown.concluded.number, shown.concluded.before) == (0, 0)
    assert [bar.label for bar in shown.charts[Chart.MONTH]] == ["1月", "2月"]
    assert (shown.days, shown.concluded.rate) == (None, None)
    whole = statistics(register)
    assert (whole.year, whole.until, whole.years) == (2025, None, (2025, 2026))
    assert whole.received.number == 3
    assert statistics(register, 1999).year == 2025
    assert statistics(register, 2999).year == 2026
    set_day(monkeypatch, "2028-02-29")
    assert statistics(register, 2028).until is not None


def test_an_answer_is_late_the_day_after_its_last(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2025-12-31")
    for unit, day in (("一科", "2025-03-31"), ("一科", "2025-04-01"), ("", "2025-03-04")):
        case = receive(register, "2025-03-03", unit=unit)
        log(register, case, K.DECIDED, day, outcome="3.1")
    asked = receive(register, "2025-03-03", unit="一科")
    log(register, asked, K.CLARIFICATION_REQUESTED, "2025-03-04", reply_by=date(2025, 3, 20))
    log(register, asked, K.DECIDED, "2025-07-01", outcome="3.6.1")
    shown = statistics(register, 2025)
    first, other = shown.charts[Chart.PUNCTUAL]
    assert (first.label, first.number, first.late) == ("一科", 3, 1)
    assert first.rate == pytest.approx(2 / 3)
    assert (other.key, other.label, other.rate) == ("", "未填科室", 1)
    assert shown.days == pytest.approx((20 + 21 + 1 + 1) / 4)
    for bar in shown.charts[Chart.WHOLE]:
        assert cases_counted(register, 2025, Chart.WHOLE, bar.key, 0, 9)[0] == bar.number
    assert figures(shown, Chart.WHOLE) == {"新收": 4, "办结": 4, "按期办结": 3, "超期办结": 1}


def test_units_of_any_name_open_their_cases(register: Register) -> None:
    from tests.support.at_once import new_case

    day = register.clock.today()
    for text in HOSTILE:
        new_case(register, received(day, "甲", "事", unit=text))
    bars = statistics(register, day.year).charts[Chart.UNIT]
    assert sum(bar.number for bar in bars) == len(HOSTILE)
    for bar in bars:
        assert cases_counted(register, day.year, Chart.UNIT, bar.key, 0, 9)[0] == bar.number


@pytest.mark.parametrize(("chart", "key"), [(Chart.USED, "7"), (Chart.WHOLE, "")])
def test_what_is_no_figure_is_refused(register: Register, chart: Chart, key: str) -> None:
    with pytest.raises(NotFound):
        cases_counted(register, 2026, chart, key, 0, 9)
