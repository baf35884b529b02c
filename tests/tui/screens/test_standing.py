"""How the parts of a report stand, before it is filed and after."""

from __future__ import annotations

from db.storage.register import Register
from db.words.vocabulary import EventKind
from db.year_end.explaining import explain
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from db.year_end.proactive_form import fields_of
from tests.support.at_once import file_year, year_report
from tests.support.steps import log, receive
from tui.screens.year.standing import TITLES, Standing, standing, unfilled


def stands(register: Register) -> list[tuple[str, str]]:
    report = year_report(register, 2025)
    told = [standing(number, report) for number in TITLES]
    return [(one.state, one.about) for one in told]


def test_a_report_goes_from_empty_to_filed(register: Register) -> None:
    case = receive(register, "2025-02-10", organ="某局")
    counted, empty = ("已填", "由登记统计"), ("未填", "")
    assert stands(register) == [empty, empty, counted, counted, empty, empty]
    assert len(unfilled(year_report(register, 2025))) == 4
    with register.writing() as tx:
        set_text(tx, 2025, Part.OVERVIEW, "收到政府信息公开申请2件。")
        set_figures(tx, 2025, {"rules.made": "1"})
    wrong = ("有出入", "第1句：2 与 1")
    assert stands(register)[:2] == [wrong, ("未填完", "还有 9 格")]
    (found,) = [one for one in year_report(register, 2025).wrong if one.rule == "E"]
    with register.writing() as tx:
        explain(tx, 2025, found, "含转办一件")
        set_figures(tx, 2025, dict.fromkeys(fields_of("2021"), "0"))
    assert stands(register)[:2] == [("已填", "13 字"), ("已填", "")]
    file_year(register, 2025)
    assert stands(register)[2] == ("已封账", "由登记统计")
    log(register, case, EventKind.CANCELLED, "2026-01-05", note="重复登记")
    with register.writing() as tx:
        set_text(tx, 2025, Part.OTHERS, "没有其他事项。")
    report = year_report(register, 2025)
    moved = Standing("已封账", "其后变动 1 处", wrong=True)
    assert [number for number in TITLES if standing(number, report) == moved] == ["3", "6"]
