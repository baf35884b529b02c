"""Records in the words an official uses."""

from __future__ import annotations

from datetime import date

import pytest

from db.law.event import Event
from db.law.own_period import own_period
from db.words.vocabulary import EventKind as K
from db.words.vocabulary import Opinion, PartyKind
from tui.text.records import conclusion_text, details_of

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            Event(
                K.CONSULTATION_STARTED, DAY, party="甲公司", party_kind=PartyKind.THIRD_PARTY, id=1
            ),
            "第三方：甲公司",
        ),
        (
            Event(K.CONSULTATION_STARTED, DAY, party="水务局", party_kind=PartyKind.AGENCY, id=1),
            "其他机关：水务局",
        ),
        (Event(K.CONSULTATION_STARTED, DAY, party_kind=PartyKind.AGENCY, id=1), "其他机关"),
        (
            Event(K.CONSULTATION_ENDED, DAY, party="甲公司", opinion=Opinion.OBJECTS, id=1),
            "甲公司；意见 不同意公开",
        ),
        (Event(K.WITHDRAWN, DAY, id=1), "申请人撤回（计入其他处理）"),
    ],
)
def test_what_a_record_carries(event: Event, said: str) -> None:
    assert details_of(event, [event]) == said


def test_how_a_case_ended() -> None:
    assert conclusion_text([Event(K.WITHDRAWN, DAY)], "3.6.3") == "申请人撤回（计入其他处理）"
    assert conclusion_text([Event(K.DECIDED, DAY, outcome="3.6.3")], "3.6.3").startswith("3.6.3 ")


def test_what_a_step_is_called_when_it_is_recorded() -> None:
    assert K.DECIDED.recording == "登记答复"
    assert K.CANCELLED.recording == "作废登记"


@pytest.mark.parametrize(
    ("kinds", "own"),
    [
        ((), False),
        ((K.DELAY_SET,), True),
        ((K.DELAY_SET, K.EXTENDED), True),
        ((K.DELAY_SET, K.CLARIFICATION_RECEIVED), False),
        ((K.DELAY_SET, K.FEE_PAID), False),
        ((K.FEE_PAID, K.DELAY_SET), True),
    ],
)
def test_a_period_of_its_own_lasts_until_the_count_begins_anew(
    kinds: tuple[K, ...], own: bool
) -> None:
    assert own_period([Event(kind, DAY) for kind in kinds]) is own
