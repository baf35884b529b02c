"""案号, 主办人 and the days that reviews and suits wait for: append-only, replayed, watched."""

from __future__ import annotations

from datetime import date

import pytest

from db.agenda.todos import open_disputes
from db.disputes.dispute import Block, DisputeEventKind, Result
from db.disputes.proceedings import Proceedings
from db.disputes.reading import list_disputes
from db.disputes.recording import conclude_dispute, new_dispute, note_proceedings, void_dispute
from db.disputes.watching import days_ahead
from db.errors import BadValue, Impossible
from db.storage.register import Register
from tests.support.at_once import verify
from tests.support.steps import receive

ENGINES = ("sqlite", "postgresql")

FILED, TODAY = date(2026, 3, 3), date(2026, 3, 10)


def test_facts_are_noted_changed_and_emptied_and_all_of_it_stays(register: Register) -> None:
    case = receive(register, "2026-03-02").number
    told = {"docket_no": "青复〔2026〕3号", "answer_by": date(2026, 3, 12)}
    with register.writing() as tx:
        new_dispute(tx, Block.REVIEW, "市政府", FILED, case=case, proceedings=told)
        note_proceedings(tx, 1, {"hearing_on": date(2026, 3, 20), "handler": " 周敏 "})
        dispute = note_proceedings(tx, 1, {"hearing_on": None, "handler": "吴刚"})
        with pytest.raises(BadValue, match="没有任何改动"):
            note_proceedings(tx, 1, {"handler": "吴刚"})
        with pytest.raises(Impossible, match="早于提起日期"):
            note_proceedings(tx, 1, {"answer_by": date(2026, 3, 1)})
        with pytest.raises(Impossible, match="还没有发生"):
            note_proceedings(tx, 1, {"answered_on": date(2026, 3, 11)})
    assert dispute.proceedings == Proceedings("青复〔2026〕3号", "吴刚", date(2026, 3, 12))
    assert [event.kind for event in dispute.events][1:] == [DisputeEventKind.NOTED] * 3
    assert verify(register).problems == ()
    with register.writing() as tx:
        conclude_dispute(tx, 1, TODAY, Result.UPHELD)
        assert note_proceedings(tx, 1, {"answered_on": TODAY}).result is Result.UPHELD
        void_dispute(tx, 1, "记错", only_conclusion=True)
        void_dispute(tx, 1, "记错")
        with pytest.raises(Impossible, match="作废"):
            note_proceedings(tx, 1, {"handler": "周敏"})
    assert verify(register).problems == ()


def test_the_days_to_come_are_watched_the_nearest_first(register: Register) -> None:
    case = receive(register, "2026-03-02").number
    days = (
        {"hearing_on": date(2026, 3, 20), "answer_by": date(2026, 3, 9)},
        {"answer_by": date(2026, 3, 12), "answered_on": TODAY, "hearing_on": date(2026, 3, 4)},
        {"answer_by": TODAY},
        {},
    )
    with register.writing() as tx:
        for block, told in zip(
            (Block.REVIEW, Block.REVIEW, Block.DIRECT_SUIT, Block.REVIEW), days, strict=True
        ):
            new_dispute(tx, block, "某处", FILED, case=case, proceedings=told)
        ahead = days_ahead(list_disputes(tx), tx.today)
        todos = open_disputes(tx)
    assert [(one.dispute.id, one.words) for one in ahead] == [
        (1, "答复期限 2026-03-09 已过 1 天"),
        (3, "应诉期限 2026-03-10 今天"),
        (1, "开庭 2026-03-20 还有 10 天"),
    ]
    assert [todo.why.split("  ")[0] for todo in todos] == [
        "答复期限 2026-03-09 已过 1 天；开庭 2026-03-20 还有 10 天",
        "应诉期限 2026-03-10 今天",
        "尚未审结",
        "尚未审结",
    ]
