"""Fields and drafts, without a screen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.calendar.workdays import work_calendar
from db.errors import BadValue
from db.law.event import FACTS, FOR_LETTERS, Event
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import NOT_LOGGED, ApplicantKind, Channel, Delivery, EventKind, Labelled
from tui.actions.step_keys import LOG_KEYS
from tui.forms.draft import Draft, event_of, outlook, understand
from tui.forms.events import FIELDS
from tui.forms.fields import (
    FieldSpec,
    Surroundings,
    choice_field,
    choose,
    days_field,
    find_choices,
    money_field,
    numbered,
    outcome_choices,
    outcome_code,
)
from tui.forms.intake import intake_fields

TODAY = date(2026, 3, 10)
CALENDAR = work_calendar()
AROUND = Surroundings(TODAY, CALENDAR)
OUTCOME = choice_field("outcome", "办理结果", "。", outcome_choices(), match=outcome_code)


def test_every_step_has_a_form_whose_fields_its_event_carries() -> None:
    assert set(FIELDS) == set(LOG_KEYS)
    assert set(FIELDS) == set(EventKind) - set(NOT_LOGGED)
    for kind, fields in FIELDS.items():
        names = [field.name for field in fields]
        assert set(names) == {"on", *FACTS[kind]} - {*FOR_LETTERS}, kind
        assert all(field.help.endswith("。") for field in fields)


def test_the_intake_asks_for_every_fact_of_a_receipt() -> None:
    names = {field.name for field in intake_fields("2026-0001", ("甲", "乙"))}
    assert names == {"on", *FACTS[EventKind.RECEIVED]} - {"doc_no"}


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda o: o.code)
def test_an_outcome_is_picked_by_code_digits_or_words(outcome: Any) -> None:
    for typed in (
        outcome.code,
        outcome.code.replace(".", ""),
        outcome.name,
        f"{outcome.code} {outcome.name}",
    ):
        assert choose(OUTCOME, typed).value == outcome.code


def test_words_narrow_the_choices() -> None:
    assert [c.value for c in find_choices(OUTCOME, "33")] == [f"3.3.{n}" for n in range(1, 9)]
    assert [c.value for c in find_choices(OUTCOME, "第三方")] == ["3.3.4"]
    with pytest.raises(BadValue, match="还有8个可选"):
        choose(OUTCOME, "不予公开")
    with pytest.raises(BadValue, match="没有这个"):
        choose(OUTCOME, "天气")


@pytest.mark.parametrize("words", [ApplicantKind, Channel])
def test_numbered_choices(words: type[Labelled]) -> None:
    spec = choice_field("x", "项", "。", numbered(words))
    for number, member in enumerate(words, 1):
        assert choose(spec, str(number)).value is member
        assert choose(spec, member.label).value is member


def field(kind: EventKind, name: str) -> FieldSpec:
    return next(f for f in FIELDS[kind] if f.name == name)


def test_a_date_is_echoed_in_full_with_what_it_must_be() -> None:
    on = field(EventKind.DECIDED, "on")
    around = Surroundings(TODAY, CALENDAR, {"delivery": Delivery.POSTED})
    assert on.echo(on.understand("3-5", around), around) == "2026年3月5日 星期四  应填交邮之日"
    with pytest.raises(BadValue, match="还没有到"):
        on.understand("3-11", AROUND)
    with pytest.raises(BadValue, match="请填写"):
        on.understand(" ", AROUND)


def test_a_limit_counts_from_the_day_of_its_event() -> None:
    limit = field(EventKind.CONSULTATION_STARTED, "reply_by")
    around = Surroundings(TODAY, CALENDAR, {"on": date(2026, 3, 2)})
    assert limit.understand("+15", around) == CALENDAR.add(date(2026, 3, 2), 15)
    assert limit.echo(date(2026, 3, 23), around) == "2026年3月23日 星期一  15 个工作日"


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("100", 10_000), ("100.5", 10_050), ("１００元", 10_000), ("1,000.00", 100_000)],
)
def test_money_is_kept_in_fen(typed: str, fen: int) -> None:
    assert money_field("amount", "金额", "。").understand(typed, AROUND) == fen


@pytest.mark.parametrize("typed", ["-1", "1.005", "nan", "inf", "一百", "1e20"])
def test_money_refuses(typed: str) -> None:
    with pytest.raises(BadValue):
        money_field("amount", "金额", "。").understand(typed, AROUND)


@pytest.mark.parametrize("typed", ["0", "-3", "1000000", "二十", "3.5"])
def test_days_refuse(typed: str) -> None:
    with pytest.raises(BadValue):
        days_field("days", "天", "。").understand(typed, AROUND)


def test_a_draft_tells_every_fault() -> None:
    draft = understand(intake_fields("2026-0001", ("甲",)), {"on": "3-32"}, TODAY, CALENDAR)
    assert set(draft.faults) == {"applicant", "applicant_kind", "subject", "on"}
    assert not draft.complete


def test_the_outlook_speaks_of_no_twenty_days_beside_a_period_of_its_own() -> None:
    history = (
        Event(EventKind.RECEIVED, date(2026, 1, 5), id=1),
        Event(EventKind.DELAY_SET, date(2026, 1, 6), id=2, due=date(2026, 6, 5)),
    )
    said = outlook(history, Event(EventKind.NOTE, TODAY, note="催办"), CALENDAR, TODAY).sentence
    assert said == "登记后：办理中，答复期限 2026年6月5日 星期五，已按第三十五条另定期限"


def test_the_outlook_says_the_date_the_flags_and_the_refusal() -> None:
    received = Event(EventKind.RECEIVED, date(2026, 1, 5), id=1)
    late = outlook((received,), Event(EventKind.CLARIFICATION_REQUESTED, TODAY), CALENDAR, TODAY)
    assert late.sentence == "登记后：待补正，期限暂停计算"
    assert any("第三十条" in warning for warning in late.warnings)
    answer = Draft({"on": date(2026, 1, 4), "outcome": "3.1"})
    early = outlook((received,), event_of(EventKind.DECIDED, answer), CALENDAR, TODAY)
    assert "早于收到申请之日" in early.refusal
