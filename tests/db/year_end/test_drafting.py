"""Sentences drafted from the figures, and those whose figures have moved since."""

from __future__ import annotations

from datetime import date

import pytest

from db.disputes.dispute import Block, Result
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, Channel, EventKind
from db.year_end.drafting import draft, moved_sentences, read_facts
from db.year_end.narrative import Part, set_text
from tests.support.at_once import conclude_dispute, new_dispute, year_report
from tests.support.steps import log, receive, set_day

K = EventKind


def drafted(register: Register, year: int, part: Part = Part.OVERVIEW) -> dict[str, str]:
    with register.reading() as tx:
        return draft(part, read_facts(tx, year))


def test_what_is_drafted(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    old = receive(register, "2024-12-20", organ="某局", channel=Channel.EMAIL)
    answered = receive(register, "2024-03-04")
    log(register, answered, K.DECIDED, "2024-04-01", outcome="3.1")
    first = receive(register, "2025-02-10", channel=Channel.INTERNET)
    second = receive(
        register, "2025-03-03", channel=Channel.IN_PERSON, applicant_kind=ApplicantKind.BUSINESS
    )
    receive(register, "2025-12-30", channel=Channel.INTERNET)
    log(register, old, K.DECIDED, "2025-01-06", outcome="3.1")
    first = log(register, first, K.EXTENDED, "2025-03-05", days=20)
    log(register, first, K.DECIDED, "2025-04-30", outcome="3.3.4")
    log(register, second, K.FEE_NOTIFIED, "2025-03-05", amount=12000)
    log(register, second, K.FEE_PAID, "2025-03-10", amount=12000)
    log(register, second, K.DECIDED, "2025-03-14", outcome="3.2")
    told = new_dispute(register, Block.REVIEW, "市政府", date(2025, 5, 6), case=first.number)
    conclude_dispute(register, told.id, date(2025, 7, 1), Result.UPHELD)
    said = drafted(register, 2025)
    assert said["received"] == (
        "2025年，本机关新收政府信息公开申请3件，比上年增加1件；上年结转1件。"
    )
    assert said["kinds"] == "其中，自然人2件，商业企业1件。"
    assert said["channels"].startswith("从申请方式看，")
    assert "占66.7%" in said["channels"]
    assert said["concluded"] == (
        "全年办结3件，予以公开1件，部分公开1件，不予公开1件；结转下年度继续办理1件。"
    )
    assert "延期答复1件" in said["on time"]
    assert "平均用时" in said["on time"]
    assert said["disputes"] == "行政复议1件，其中结果维持1件；未发生行政诉讼。"
    assert drafted(register, 2025, Part.OTHERS) == {"fees": "本年度收取信息处理费120.00元。"}
    assert drafted(register, 2025, Part.PROBLEMS) == {}
    assert drafted(register, 2024)["disputes"] == "未发生因政府信息公开引起的行政复议和行政诉讼。"
    assert "kinds" not in drafted(register, 2026)
    set_day(monkeypatch, "2026-03-10")


def test_what_has_moved_is_told_old_and_new(register: Register) -> None:
    receive(register, "2026-02-10", organ="某局")
    said = drafted(register, 2026)
    with register.writing() as tx:
        set_text(tx, 2026, Part.OVERVIEW, "前言。\n" + "\n".join(said.values()), drafted=said)
    receive(register, "2026-02-11")
    now = drafted(register, 2026)
    text = year_report(register, 2026).own.narrative[Part.OVERVIEW]
    moved = moved_sentences(text, now)
    assert moved["received"] == [(said["received"], now["received"])]
    assert moved.keys() == {"received", "kinds", "concluded"}
    with register.writing() as tx:
        set_text(tx, 2026, Part.OVERVIEW, text.text.replace(said["received"], "另写的一句。"))
    text = year_report(register, 2026).own.narrative[Part.OVERVIEW]
    assert "received" not in moved_sentences(text, now)
    ours = said["received"].replace("本机关", "我局") + said["concluded"]
    with register.writing() as tx:
        set_text(tx, 2026, Part.OVERVIEW, ours, drafted=said)
    text = year_report(register, 2026).own.narrative[Part.OVERVIEW]
    assert moved_sentences(text, now)["received"] == [
        ("政府信息公开申请1件", "政府信息公开申请2件")
    ]
