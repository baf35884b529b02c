"""Rule E in a report: what the texts claim, found, explained, and silent where there is no text."""

from __future__ import annotations

from db.storage.register import Register
from db.words.vocabulary import EventKind
from db.year_end.drafting import draft, read_facts
from db.year_end.explaining import explain
from db.year_end.finding import Finding
from db.year_end.narrative import Part, set_text
from tests.support.at_once import file_year, year_report
from tests.support.steps import log, receive

K = EventKind


def texts(register: Register, year: int) -> list[Finding]:
    return [finding for finding in year_report(register, year).findings if finding.rule == "E"]


def write(register: Register, year: int, part: Part, text: str) -> None:
    with register.writing() as tx:
        set_text(tx, year, part, text)


def test_what_a_text_claims_is_held_against_the_tables(register: Register) -> None:
    case = receive(register, "2025-02-10", organ="某局")
    receive(register, "2025-12-30")
    log(register, case, K.DECIDED, "2025-03-03", outcome="3.1")
    assert texts(register, 2025) == []
    write(register, 2025, Part.OVERVIEW, "2025年，本机关收到政府信息公开申请3件，办结1件。")
    wrong, right = texts(register, 2025)
    assert (wrong.where, wrong.left, wrong.right, wrong.ok) == ("一、总体情况 第1句", 3, 2, False)
    assert wrong.cell == "1.total"
    assert "收到政府信息公开申请3件" in wrong.quote
    assert right.ok
    with register.writing() as tx:
        explain(tx, 2025, wrong, "含电话咨询1件")
    assert year_report(register, 2025).wrong == ()
    text = "先写一句。2025年，本机关收到政府信息公开申请3件，办结1件。"
    write(register, 2025, Part.OVERVIEW, text)  # neither side has changed
    assert year_report(register, 2025).wrong == ()
    receive(register, "2025-12-31")
    assert texts(register, 2025)[0].ok


def test_what_is_drafted_agrees(register: Register) -> None:
    old = receive(register, "2024-12-20", organ="某局")
    first = receive(register, "2025-02-10")
    receive(register, "2025-12-30")
    log(register, old, K.DECIDED, "2025-01-06", outcome="3.1")
    log(register, first, K.DECIDED, "2025-03-03", outcome="3.3.4")
    with register.reading() as tx:
        facts = read_facts(tx, 2025)
        told = {part: "\n".join(draft(part, facts).values()) for part in Part}
    for part, text in told.items():
        write(register, 2025, part, text)
    found = texts(register, 2025)
    assert len(found) > 5
    assert [finding for finding in found if not finding.ok] == []


def test_of_a_year_whose_cases_were_only_carried_over_nothing_is_known(register: Register) -> None:
    old = receive(register, "2024-12-20", organ="某局")
    receive(register, "2025-02-10")
    log(register, old, K.DECIDED, "2025-01-06", outcome="3.1")
    write(register, 2025, Part.OVERVIEW, "收到政府信息公开申请1件，比上年增加15件，同比增长7%。")
    assert [(finding.cell, finding.ok) for finding in texts(register, 2025)] == [("1.total", True)]
    with register.reading() as tx:
        assert "上年" not in draft(Part.OVERVIEW, read_facts(tx, 2025))["received"].split("；")[0]
    file_year(register, 2024)
    write(register, 2025, Part.OVERVIEW, "收到政府信息公开申请1件，比上年增加15件。")
    assert [finding.ok for finding in texts(register, 2025)] == [True, False]


def test_a_filed_year_is_held_as_it_was_filed(register: Register) -> None:
    receive(register, "2025-02-10", organ="某局")
    write(register, 2025, Part.OVERVIEW, "全年收到政府信息公开申请1件。")
    file_year(register, 2025)
    receive(register, "2025-02-11")
    assert [finding.ok for finding in texts(register, 2025)] == [False]
    filed = year_report(register, 2025, filed=True)
    assert [finding.ok for finding in filed.findings if finding.rule == "E"] == [True]
