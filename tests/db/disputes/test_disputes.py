"""Reviews and suits, and table 4."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.disputes import recording
from db.disputes.dispute import RESULTS, Block, Dispute, Result
from db.disputes.meanwhile import DisputeChanged
from db.disputes.reading import find_dispute
from db.errors import BadValue, Impossible, NotFound
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.words.vocabulary import EventKind
from db.year_end.dispute_table import dispute_table
from tests.support.at_once import (
    awaiting_new_answer,
    conclude_dispute,
    disputes_behind,
    list_disputes,
    new_dispute,
    void_dispute,
)
from tests.support.examples import examples
from tests.support.steps import log, receive

ENGINES = ("sqlite", "postgresql")

K = EventKind


@examples(100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(Block),
            st.dates(date(2022, 1, 1), date(2025, 12, 31)),
            st.one_of(st.none(), st.integers(0, 700)),
            st.sampled_from([r for r in Result if r is not Result.PENDING]),
            st.booleans(),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_table_4_agrees_with_its_rule(told: list[tuple]) -> None:  # type: ignore[type-arg]
    found = []
    for number, (block, filed, days, result, co_defendant, voided) in enumerate(told):
        ended = None if days is None else date.fromordinal(filed.toordinal() + days)
        found.append(
            Dispute(
                number,
                "甲局",
                None,
                None,
                block,
                "法院",
                filed,
                co_defendant,
                None,
                Result.PENDING if ended is None else result,
                ended,
                voided,
                (),
            )
        )
    for year in range(2021, 2028):
        expected = {block: [0] * 5 for block in Block}
        for dispute in found:
            if dispute.co_defendant or dispute.voided:
                continue
            cells = expected[dispute.block]
            ended = dispute.concluded_on
            if ended and ended.year == year:
                cells[RESULTS.index(dispute.result)] += 1
                cells[4] += 1
            elif dispute.filed_on.year <= year and (ended is None or ended.year > year):
                cells[3] += 1
                cells[4] += 1
        assert dispute_table(found, "甲局", year) == {b: tuple(c) for b, c in expected.items()}
        assert dispute_table(found, "乙局", year) == dict.fromkeys(Block, (0,) * 5)


def test_a_review_and_the_suit_that_follows(register: Register) -> None:
    case = receive(register, "2025-05-06", organ="甲局")
    case = log(register, case, K.DECIDED, "2025-05-20", outcome="3.3.1")
    review = new_dispute(register, Block.REVIEW, "市政府", date(2025, 6, 3), case=case.number)
    with pytest.raises(Impossible, match="尚未审结"):
        new_dispute(
            register,
            Block.SUIT_AFTER_REVIEW,
            "法院",
            date(2025, 7, 1),
            case=case.number,
            after=review.id,
        )
    conclude_dispute(register, review.id, date(2025, 7, 30), Result.UPHELD)
    suit = new_dispute(
        register,
        Block.SUIT_AFTER_REVIEW,
        "法院",
        date(2025, 8, 8),
        case=case.number,
        after=review.id,
    )
    suit = conclude_dispute(register, suit.id, date(2026, 1, 9), Result.CORRECTED)
    assert [d.id for d in awaiting_new_answer(register)] == [suit.id]
    assert [d.id for d in disputes_behind(register, 2025, "甲局", Block.SUIT_AFTER_REVIEW, None)]
    log(register, case, K.REDECIDED, "2026-02-02", outcome="3.1")
    assert awaiting_new_answer(register) == []
    assert len(list_disputes(register, case.number)) == 2


def test_a_dispute_older_than_the_register_stands_alone(register: Register) -> None:
    receive(register, "2025-05-06", organ="甲局")
    alone = new_dispute(
        register, Block.REVIEW, "市政府", date(2025, 1, 2), older_case="2019年第3号", organ="甲局"
    )
    assert (alone.case, alone.older_case, alone.organ) == (None, "2019年第3号", "甲局")


def test_what_cannot_have_happened_is_refused(register: Register) -> None:
    case = receive(register, "2025-05-06")
    with pytest.raises(Impossible, match="早于"):
        new_dispute(register, Block.REVIEW, "市政府", date(2025, 5, 5), case=case.number)
    with pytest.raises(Impossible, match="还没有发生"):
        new_dispute(register, Block.REVIEW, "市政府", date(2026, 3, 11), case=case.number)
    with pytest.raises(NotFound):
        new_dispute(register, Block.REVIEW, "市政府", date(2025, 6, 1), case="x")
    with pytest.raises(BadValue, match="法院"):
        new_dispute(register, Block.REVIEW, " ", date(2025, 6, 1), case=case.number)
    assert list_disputes(register) == []
    dispute = new_dispute(register, Block.REVIEW, "市政府", date(2025, 6, 1), case=case.number)
    with pytest.raises(Impossible, match="早于提起"):
        conclude_dispute(register, dispute.id, date(2025, 5, 31), Result.UPHELD)
    with pytest.raises(BadValue, match="结果"):
        conclude_dispute(register, dispute.id, date(2025, 7, 1), Result.PENDING)
    conclude_dispute(register, dispute.id, date(2025, 7, 1), Result.UPHELD)
    with pytest.raises(Impossible, match="已于2025-07-01审结"):
        conclude_dispute(register, dispute.id, date(2025, 7, 2), Result.UPHELD)
    with pytest.raises(BadValue, match="理由"):
        void_dispute(register, dispute.id, "")
    reopened = void_dispute(register, dispute.id, "记错", only_conclusion=True)
    assert (reopened.result, reopened.concluded_on) == (Result.PENDING, None)
    assert void_dispute(register, dispute.id, "重复").voided
    with pytest.raises(NotFound, match="没有第9号"):
        conclude_dispute(register, 9, date(2025, 7, 2), Result.UPHELD)


def test_a_conclusion_refused_leaves_no_dispute_behind(register: Register) -> None:
    case = receive(register, "2025-05-06")
    with pytest.raises(Impossible):
        new_dispute(
            register,
            Block.REVIEW,
            "市政府",
            date(2025, 6, 1),
            case=case.number,
            concluded_on=date(2025, 5, 1),
            result=Result.UPHELD,
        )
    assert list_disputes(register) == []


@pytest.mark.parametrize("entry", ["conclude", "note", "void"])
def test_what_somebody_else_has_recorded_of_a_dispute_is_not_stored_over(
    register: Register, entry: str
) -> None:
    dispute = new_dispute(register, Block.REVIEW, "市政府", date(2026, 3, 2), organ="某局")

    def record(tx: Transaction, seen: int) -> Dispute:
        if entry == "conclude":
            on = date(2026, 3, 10)
            return recording.conclude_dispute(tx, dispute.id, on, Result.UPHELD, seen=seen)
        if entry == "void":
            return recording.void_dispute(tx, dispute.id, "重复", seen=seen)
        return recording.note_proceedings(tx, dispute.id, {"docket_no": "1号"}, seen=seen)

    with register.writing() as tx:
        noted = recording.note_proceedings(tx, dispute.id, {"docket_no": "2号"})
    with pytest.raises(DisputeChanged, match="已由测试员更新") as told, register.writing() as tx:
        record(tx, dispute.version)
    assert [event.id for event in told.value.new] == [noted.version]
    assert told.value.refusal == ""
    with register.reading() as tx:
        assert find_dispute(tx.connection, dispute.id) == noted
    with register.writing() as tx:
        record(tx, told.value.version)


def test_a_dispute_somebody_else_has_ended_says_so(register: Register) -> None:
    dispute = new_dispute(register, Block.REVIEW, "市政府", date(2026, 3, 2), organ="某局")
    conclude_dispute(register, dispute.id, date(2026, 3, 9), Result.UPHELD)
    with pytest.raises(DisputeChanged) as told, register.writing() as tx:
        recording.conclude_dispute(
            tx, dispute.id, date(2026, 3, 10), Result.CORRECTED, seen=dispute.version
        )
    assert "已于2026-03-09审结" in told.value.refusal
