"""Organs: their names through the years, what is known of them, and what follows for figures."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from db.cases.organs import OrganFact, read_organs
from db.disputes.dispute import Block
from db.errors import BadValue, Impossible, NotFound
from db.moment import end_of_day
from db.storage.register import Register
from tests.support.at_once import (
    add_organ,
    correct_event,
    file_year,
    find_cases,
    new_case,
    new_dispute,
    organ_names,
    read_case,
    rename_organ,
    restatements,
    set_organ,
    verify,
    year_report,
)
from tests.support.cases import received
from tests.support.tampering import tamper, verified

ENGINES = ("sqlite", "postgresql")

OLD, NEW = "云溪县农业局", "云溪县农业农村局"


@pytest.fixture
def renamed(register: Register) -> Register:
    """An office renamed in March 2025, with a case of before and one of after."""
    new_case(register, received(date(2024, 12, 2), "张三", "甲", organ=OLD))
    rename_organ(register, OLD, NEW, date(2025, 3, 1))
    new_case(register, received(date(2025, 6, 2), "李四", "乙", organ=NEW))
    new_dispute(register, Block.REVIEW, "云溪县政府", date(2025, 7, 1), case="2024-0001")
    return register


def test_a_year_keeps_the_name_of_its_end(renamed: Register) -> None:
    for name in (OLD, NEW, None):
        reports = [year_report(renamed, year, name) for year in (2024, 2025)]
        assert [report.table.organ for report in reports] == [OLD, NEW]
        assert [report.table.row("1").cells[-1] for report in reports] == [1, 1]
        assert reports[1].table.row("2").cells[-1] == 1
        assert reports[1].disputes[Block.REVIEW][-1] == 1
        assert not any(report.wrong for report in reports)
    before = year_report(renamed, 2025, as_of=end_of_day(date(2025, 2, 1)))
    assert before.table.organ == OLD
    assert organ_names(renamed) == (NEW,)
    assert (read_case(renamed, "2024-0001").organ, read_case(renamed, "2025-0001").organ) == (
        OLD,
        NEW,
    )
    assert find_cases(renamed, "机关:农业农村").total == 2


def test_a_filed_year_stays_proved_under_any_name(renamed: Register) -> None:
    file_year(renamed, 2024)
    filed = year_report(renamed, 2024, NEW, filed=True)
    assert filed.table.organ == OLD
    set_organ(renamed, NEW, {OrganFact.NAME: NEW + "（县）"})
    correct_event(renamed, "2024-0001", 1, "记错了", changes={"subject": "丙"})
    assert restatements(renamed, 2024, OLD) == ()
    assert year_report(renamed, 2024, filed=True).figures == "filed"
    assert verify(renamed).problems == ()


def test_a_correction_names_the_organ_by_any_name(renamed: Register) -> None:
    with pytest.raises(BadValue, match="没有任何改动"):
        correct_event(renamed, "2025-0001", 2, "记错了", changes={"organ": NEW})
    case = correct_event(renamed, "2025-0001", 2, "记错了", changes={"organ": "另一个局"})
    assert case.organ == "另一个局"
    assert verify(renamed).ok


def test_no_two_organs_share_a_name(renamed: Register) -> None:
    add_organ(renamed, "云溪县林业局")
    for taken, why in ((OLD, "用过的名称"), (NEW, "已经有了")):
        with pytest.raises(BadValue, match=why):
            add_organ(renamed, taken)
        with pytest.raises(BadValue, match=why):
            rename_organ(renamed, "云溪县林业局", taken, date(2025, 1, 1))
        with pytest.raises(BadValue, match=why):
            set_organ(renamed, "云溪县林业局", {OrganFact.NAME: taken})
    with pytest.raises(BadValue, match="已经是"):
        rename_organ(renamed, OLD, NEW, date(2025, 4, 1))
    with pytest.raises(Impossible, match="还没有到"):
        rename_organ(renamed, OLD, "新局", date(2099, 1, 1))
    with pytest.raises(NotFound, match=NEW):
        rename_organ(renamed, "没有的局", "新局", date(2025, 1, 1))
    with renamed.reading() as tx:
        organ = read_organs(tx.connection).named(NEW)
    assert organ is not None
    assert organ.names == ((None, OLD), (date(2025, 3, 1), NEW))


def test_facts_hold_from_their_day(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-10")
    add_organ(register, OLD)
    set_organ(register, OLD, {OrganFact.LEVEL: "县级", OrganFact.PHONE: "0599-1"})
    set_organ(register, OLD, {OrganFact.PHONE: "0599-2"})  # typed wrong, mended the same day
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-05-06")
    organ = set_organ(
        register, OLD, {OrganFact.PHONE: "0599-3", OrganFact.POSTCODE: "３５４１００"}
    )
    assert organ.level_on(date(2020, 1, 1)) == "county"
    assert [organ.fact(OrganFact.PHONE, date(2026, m, 1)) for m in (1, 4, 6)] == [
        "0599-2",
        "0599-2",
        "0599-3",
    ]
    assert organ.fact(OrganFact.POSTCODE, date(2026, 1, 1)) == "354100"
    gone = set_organ(register, OLD, {OrganFact.PHONE: ""}, date(2026, 5, 1))
    assert gone.fact(OrganFact.PHONE, date(2026, 5, 2)) is None
    assert set_organ(register, OLD, {OrganFact.LEVEL: "county"}).records == gone.records
    for fact, value in ((OrganFact.LEVEL, "乡"), (OrganFact.POSTCODE, "12"), (OrganFact.NAME, " ")):
        with pytest.raises(BadValue):
            set_organ(register, OLD, {fact: value})
    assert verify(register).ok


def test_the_name_never_said_is_given_for_all_years(register: Register) -> None:
    new_case(register, received(date(2024, 12, 2), "张三", "甲"))
    set_organ(register, "本机关", {OrganFact.NAME: OLD})
    assert year_report(register, 2024).table.organ == OLD
    new_case(register, received(date(2024, 12, 3), "李四", "乙", organ=OLD))
    assert year_report(register, 2024).table.row("1").cells[-1] == 2


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE organ_facts SET value = '改掉的名称'",
        "UPDATE organ_facts SET holds_from = '2020-01-01'",
        "DELETE FROM organ_facts",
        "INSERT INTO organ_facts SELECT 99, organ_id, fact, 'x', holds_from, recorded_at, recorded_by,"
        " recorded_from FROM organ_facts",
    ],
)
@pytest.mark.of_files
def test_what_is_recorded_of_an_organ_is_proved(renamed: Register, forged: str) -> None:
    with pytest.raises(Exception, match=r"append-only|replaced"), renamed.engine.begin() as held:
        held.execute(text(forged.replace("99", "1")))
    renamed.close()
    tamper(renamed.path, forged)
    assert any("机关信息" in problem for problem in verified(renamed.path).problems)
