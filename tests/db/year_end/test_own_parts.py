"""Table 2, the texts and what is explained: entered, kept, frozen by a filing, told of since."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import BadValue, NotFound
from db.moment import end_of_day
from db.storage.register import Register
from db.year_end.explaining import explain
from db.year_end.finding import Finding
from db.year_end.form import FORMS, Form
from db.year_end.narrative import Part, part_of, set_text
from db.year_end.proactive import Proactive, figure, plain, set_figures
from db.year_end.proactive_checks import check_proactive
from db.year_end.proactive_form import fields_of, label_of
from tests.support.at_once import file_year, verify, year_report
from tests.support.steps import receive, set_day

ENGINES = ("sqlite", "postgresql")

KEYS_2021 = [
    "rules.made",
    "rules.repealed",
    "rules.in_force",
    "documents.made",
    "documents.repealed",
    "documents.in_force",
    "licences.decisions",
    "penalties.decisions",
    "coercive.decisions",
    "charges.amount",
]


def test_the_keys_are_those_others_rely_on() -> None:
    assert list(fields_of("2021")) == KEYS_2021
    assert len(fields_of("2019")) == 22
    assert {"other_services.change", "procurement.projects", "procurement.amount"} <= set(
        fields_of("2019")
    )
    assert label_of("2019", "charges.change") == "行政事业性收费 本年增/减"


@pytest.mark.parametrize(
    ("form", "key", "text", "value"),
    [
        ("2021", "rules.made", "3", "3"),
        ("2021", "rules.made", " ００１２ ", "12"),
        ("2021", "rules.made", "1,234", "1234"),
        ("2021", "rules.made", "", None),
        ("2021", "charges.amount", "0.123456", "0.123456"),
        ("2021", "charges.amount", "12.50", "12.50"),
        ("2019", "procurement.amount", "113.5631万元", "113.5631"),
        ("2019", "licences.change", "-2", "-2"),
        ("2019", "licences.change", "＋2", "2"),
    ],
)
def test_a_figure_is_read_as_people_write_it(
    form: Form, key: str, text: str, value: str | None
) -> None:
    read = figure(form, key, text)
    assert (read if read is None else plain(read)) == value


@pytest.mark.parametrize(
    ("form", "key", "text"),
    [
        ("2021", "rules.made", "-1"),
        ("2021", "rules.made", "1.0"),
        ("2021", "rules.made", "三"),
        ("2021", "charges.amount", "1234567890"),
        ("2021", "charges.amount", "1e3"),
        ("2021", "charges.amount", "0.1234567"),
        ("2021", "charges.amount", "NaN"),
        ("2019", "licences.change", "--1"),
        ("2019", "licences.last_year", "-1"),
    ],
)
def test_what_is_no_such_number_is_refused(form: Form, key: str, text: str) -> None:
    with pytest.raises(BadValue, match="应是"):
        figure(form, key, text)


def test_another_form_has_other_figures() -> None:
    with pytest.raises(NotFound, match="2019年格式的主动公开表没有"):
        figure("2019", "rules.in_force", "1")


@given(st.decimals(min_value=0, max_value=10**9 - 1, places=6))
def test_money_is_kept_to_the_last_place(amount: Decimal) -> None:
    read = figure("2021", "charges.amount", format(amount, "f"))
    assert read is not None
    assert Decimal(plain(read)) == amount


def test_they_are_kept_filed_and_told_of_since(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2025-01-05")
    receive(register, "2024-12-02", organ="某局")
    with register.writing() as tx:
        set_figures(tx, 2024, {"rules.made": "1", "charges.amount": "0.5"})
        set_text(tx, 2024, Part.OVERVIEW, "收到申请1件。", drafted={"received": "收到申请1件。"})
    early = year_report(register, 2024)
    assert early.own.proactive.state == "未填完"
    assert early.own.narrative[Part.OVERVIEW].drafted == {"received": "收到申请1件。"}
    assert ("P", "主动公开", 2, 10) in [(f.rule, f.where, f.left, f.right) for f in early.wrong]
    set_day(monkeypatch, "2025-01-10")
    filed = file_year(register, 2024)
    assert plain(filed.own.proactive.values["charges.amount"]) == "0.5"
    set_day(monkeypatch, "2025-02-10")
    with register.writing() as tx:
        set_figures(tx, 2024, {"rules.made": "2", "charges.amount": "", "rules.repealed": "0"})
        set_text(tx, 2024, Part.OVERVIEW, "收到申请2件。")
    now = year_report(register, 2024)
    assert [(c.what, c.old, c.new) for c in now.own_changes] == [
        ("主动公开 规章 本年制发件数", "1", "2"),
        ("主动公开 行政事业性收费 本年收费金额（单位：万元）", "0.5", ""),
        ("主动公开 规章 本年废止件数", "", "0"),
        ("一、总体情况", "收到申请1件。", "收到申请2件。"),
    ]
    assert now.own.narrative[Part.OVERVIEW].drafted == {}
    frozen = year_report(register, 2024, filed=True)
    assert frozen.own.proactive.values["rules.made"] == 1
    assert frozen.own.narrative[Part.OVERVIEW].text == "收到申请1件。"
    then = year_report(register, 2024, as_of=end_of_day(early.then.at.date()))
    assert then.own.proactive == early.own.proactive
    assert then.own_changes == ()
    assert verify(register).ok


def test_what_does_not_change_is_not_recorded(register: Register) -> None:
    receive(register, "2026-03-02", organ="某局")
    for _ in range(2):
        with register.writing() as tx:
            set_figures(tx, 2026, {"rules.made": "1"})
            set_text(tx, 2026, Part.OTHERS, "无。")
    with register.reading() as tx:
        for table in ("report_figures", "report_texts"):
            count = tx.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert count == 1


def told(form: Form, **values: str) -> Proactive:
    return Proactive(form, {key.replace("__", "."): Decimal(v) for key, v in values.items()})


def test_what_is_in_force_is_carried_over() -> None:
    before = told("2021", rules__in_force="3", documents__in_force="10")
    now = told(
        "2021",
        rules__in_force="4",
        rules__made="1",
        rules__repealed="0",
        documents__in_force="9",
        documents__made="0",
        documents__repealed="2",
    )
    found = [(f.rule, f.left, f.right) for f in check_proactive(now, before) if f.rule != "P"]
    assert found == [("M", 4, 4), ("N", 9, 8)]
    assert not list(check_proactive(told("2021"), before))
    assert {f.rule for f in check_proactive(now, told("2019"))} == {"P"}


def test_on_the_older_form_the_projects_are() -> None:
    before = told("2019", licences__last_year="7", licences__change="-2")
    now = told("2019", licences__last_year="5", coercive__last_year="1")
    found = [(f.rule, f.where, f.ok) for f in check_proactive(now, before) if f.rule != "P"]
    assert found == [("M", "行政许可", True)]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_filled_in_is_whole(form: Form) -> None:
    full = Proactive(form, dict.fromkeys(fields_of(form), Decimal(0)))
    assert full.state == "已填"
    assert all(finding.ok for finding in check_proactive(full, full))


def test_what_is_explained_stays_so_until_a_side_changes(register: Register) -> None:
    receive(register, "2026-03-02", organ="某局")
    with register.writing() as tx:
        set_figures(tx, 2025, {"rules.in_force": "3"})
        set_figures(tx, 2026, {"rules.in_force": "3", "rules.made": "1", "rules.repealed": "0"})
    (wrong,) = (f for f in year_report(register, 2026).wrong if f.rule == "M")
    with register.writing() as tx:
        explain(tx, 2026, wrong, "上年多报一件")
    report = year_report(register, 2026)
    assert "M" not in {finding.rule for finding in report.wrong}
    (told_of,) = (f for f in report.findings if f.rule == "M")
    assert told_of.explained == "上年多报一件"
    with register.writing() as tx:
        set_figures(tx, 2026, {"rules.made": "2"})
    assert "M" in {finding.rule for finding in year_report(register, 2026).wrong}
    with register.writing() as tx:
        set_figures(tx, 2026, {"rules.made": "1"})
        explain(tx, 2026, wrong, "")
    assert "M" in {finding.rule for finding in year_report(register, 2026).wrong}
    with pytest.raises(BadValue, match="不用说明"), register.writing() as tx:
        explain(tx, 2026, Finding("A", "自然人", 1, 1), "好")


def test_parts_are_named_by_number_or_title() -> None:
    assert part_of("1") is part_of("一") is part_of("总体情况") is Part.OVERVIEW
    with pytest.raises(BadValue, match="没有“3”这一部分"):
        part_of("3")
