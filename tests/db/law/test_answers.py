"""An answer's ground, what it withholds, and whether its signed receipt is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.calendar.workdays import work_calendar
from db.errors import BadValue, RegisterError
from db.law.clock import stand
from db.law.delivery import receipt_since
from db.law.event import Event, clean_event, typed
from db.law.flags import flags
from db.law.impossible import refuse_impossible
from db.law.trace import trace
from db.law.waiting import AGREES_BY_SILENCE
from db.words.outcomes import GROUNDS, parse_ground, parse_withheld
from db.words.vocabulary import Delivery, EventKind, Opinion, PartyKind

K = EventKind
ON, TODAY = date(2026, 3, 2), date(2026, 3, 10)
RECEIVED = Event(K.RECEIVED, date(2026, 2, 2), id=1, applicant="某人", subject="某事")


def answer(**facts: Any) -> Event:
    return clean_event(Event(K.DECIDED, ON, id=2, **facts))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("已主动公开", "3.1"),
        ("信息不存在", "3.4.1"),
        ("非本机关负责", "3.4.1"),
        ("不属于本机关负责公开", "3.4.1"),
        ("特别规定查询", "3.3.8"),
        ("依照其他法律法规办理（特别规定查询）", "3.3.8"),
        ("撤回", "3.6.3"),
        ("涉及商业秘密", None),
    ],
)
def test_a_ground_proposes_its_row(said: str, code: str | None) -> None:
    assert answer(ground=said).outcome == code
    assert answer(ground=said, outcome="3.2").outcome == "3.2", "it proposes, and no more"
    assert all(parse_ground(ground.label) is ground for ground in GROUNDS)


def test_what_is_withheld_is_kept_by_its_codes() -> None:
    told = answer(outcome="3.2", withheld="3.3.6，保护第三方合法权益; 第三方")
    assert told.withheld == "3.3.4、3.3.6"
    assert parse_withheld(told.withheld) == ("3.3.4", "3.3.6")
    refuse_impossible([RECEIVED, told], TODAY)
    for wrong in ("3.1", "3.6.1", "随便"):
        with pytest.raises(BadValue, match="无法识别"):
            answer(outcome="3.2", withheld=wrong)
    with pytest.raises(RegisterError, match="只有部分公开"):
        refuse_impossible([RECEIVED, answer(outcome="3.1", withheld="3.3.4")], TODAY)


POSTED = {"outcome": "3.1", "delivery": Delivery.POSTED, "postal_no": "XA1"}
PAPER = Event(K.ATTACHED, TODAY, id=3, name="a.pdf", digest="0" * 64, size=1)


@pytest.mark.parametrize(
    ("facts", "papers", "since"),
    [
        (POSTED, [], ON),
        (POSTED | {"signed_on": TODAY}, [], None),
        (POSTED | {"postal_no": None}, [], None),
        (POSTED | {"delivery": Delivery.HANDED}, [], None),
        (POSTED, [{"called": "送达回证"}], None),
        (POSTED, [{"called": "EMS送达回证", "of_event": 2}], None),
        (POSTED, [{"called": "送达回证", "of_event": 1}], ON),
        (
            POSTED,
            [{"called": "送达回证", "of_event": 2, "name": "a.docx"}],
            ON,
        ),  # still to be signed
        (POSTED, [{"called": "答复书"}], ON),
    ],
)
def test_a_receipt_is_waited_for(
    facts: dict[str, Any], papers: list[dict[str, Any]], since: date | None
) -> None:
    history = [RECEIVED, answer(**facts), *(replace(PAPER, **told) for told in papers)]
    assert receipt_since(history) == since


def test_a_signature_before_the_posting_cannot_be() -> None:
    for day in (date(2026, 3, 1), date(2026, 3, 11)):
        with pytest.raises(RegisterError, match="签收日期"):
            refuse_impossible([RECEIVED, answer(**POSTED, signed_on=day)], TODAY)


def test_old_words_for_a_delivery_are_understood_or_kept() -> None:
    assert typed("delivery", "ems") is Delivery.POSTED
    assert typed("delivery", "handedover") is Delivery.HANDED
    assert typed("delivery", "托人带回") == "托人带回"


def test_an_answer_handed_over_is_of_the_day_it_was_signed_for() -> None:
    for way, wrong in (
        (Delivery.HANDED, True),
        (Delivery.ENTRUSTED, True),
        (Delivery.POSTED, False),
    ):
        told = answer(outcome="3.1", delivery=way, signed_on=TODAY)
        assert ("signed_another_day" in rules(told)) is wrong
    assert "signed_another_day" not in rules(
        answer(outcome="3.1", delivery=Delivery.HANDED, signed_on=ON)
    )


def rules(*events: Event) -> set[str]:
    history, calendar = [RECEIVED, *events], work_calendar()
    return {flag.rule for flag in flags(history, stand(history, calendar), calendar, TODAY)}


@pytest.mark.parametrize(
    ("kind", "opinion", "told", "flagged"),
    [
        (PartyKind.THIRD_PARTY, Opinion.OBJECTS, (), True),
        (PartyKind.THIRD_PARTY, Opinion.OBJECTS, ("某局",), False),
        (PartyKind.THIRD_PARTY, Opinion.OBJECTS, (None,), False),
        (PartyKind.THIRD_PARTY, Opinion.OBJECTS, ("别人",), True),
        (PartyKind.THIRD_PARTY, Opinion.CONSENTS, (), False),
        (PartyKind.THIRD_PARTY, Opinion.NO_REPLY, (), False),
        (PartyKind.AGENCY, Opinion.OBJECTS, (), False),
    ],
)
def test_a_third_party_published_over_is_told(
    kind: PartyKind, opinion: Opinion, told: tuple[str | None, ...], flagged: bool
) -> None:
    asked = Event(K.CONSULTATION_STARTED, ON, id=3, party="某局", party_kind=kind)
    returned = Event(K.CONSULTATION_ENDED, ON, id=4, party="某局", opinion=opinion)
    others = [Event(K.PARTY_TOLD, ON, id=9 + n, party=party) for n, party in enumerate(told)]
    for outcome, breaks in (("3.1", flagged), ("3.2", flagged), ("3.3.4", False)):
        found = rules(asked, returned, answer(outcome=outcome), *others)
        assert ("party_untold" in found) is breaks


def test_only_a_silent_co_producing_organ_agrees() -> None:
    for kind, agrees in ((PartyKind.AGENCY, True), (PartyKind.THIRD_PARTY, False)):
        asked = Event(K.CONSULTATION_STARTED, ON, id=3, party="某局", party_kind=kind)
        silent = Event(K.CONSULTATION_ENDED, TODAY, id=4, party="某局", opinion=Opinion.NO_REPLY)
        days = trace([RECEIVED, asked, silent], work_calendar(), TODAY)
        (why,) = (day.why for day in days if day.date == TODAY)
        assert (AGREES_BY_SILENCE in why) is agrees


@pytest.mark.parametrize(("ordered_on", "late"), [("2025-05-30", False), ("2025-06-03", True)])
def test_an_order_from_before_the_interpretation_is_not_held_late(
    ordered_on: str, late: bool
) -> None:
    received = replace(RECEIVED, on=date(2025, 1, 2))
    decided = Event(K.DECIDED, date(2025, 1, 20), id=2, outcome="3.1")
    anew = Event(
        K.REDECIDED,
        date(2025, 8, 1),
        id=3,
        outcome="3.1",
        ordered_on=date.fromisoformat(ordered_on),
    )
    history, calendar = [received, decided, anew], work_calendar()
    found = flags(history, stand(history, calendar), calendar, TODAY)
    assert ("redecided_late" in {flag.rule for flag in found}) is late
