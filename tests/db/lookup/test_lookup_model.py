"""The lookup against a slow, obvious model: fold, look into every field, read names aloud."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.cases.bulk import store_histories
from db.cases.case_file import CaseFile
from db.law.event import Event
from db.lookup import find
from db.lookup.filters import filter_of, offered_filters
from db.lookup.match import matched_spans
from db.lookup.orders import ORDERS, Order
from db.lookup.query import terms_of
from db.maintenance.moving import move
from db.storage.register import Register
from db.storage.schema import LOOKUP, cases
from db.words.pinyin import sort_key
from db.words.vocabulary import ApplicantKind, Channel, EventKind, State
from tests.support.at_once import (
    cases_by_id,
    correct_event,
    count_found,
    every_case,
    find_cases,
    ids_found,
    log_event,
    new_case,
    open_register,
    page_of_found,
    units,
    verify,
)
from tests.support.cases import HOSTILE
from tests.support.examples import examples
from tests.support.lookup_model import crowded, fold, holds
from tests.support.servers import Server
from tests.support.steps import shared_register

K = EventKind
NAMES = "张三王伟曾单解阿A"
MATTERS = "征地补偿安置方案张批复2024年度A1b〔〕，"
TODAY = date(2026, 3, 10)


def text_of(rng: random.Random, letters: str, most: int) -> str:
    return "".join(rng.choice(letters) for _ in range(rng.randint(1, most))) + rng.choice("甲乙")


def receipt(rng: random.Random) -> Event:
    return Event(
        K.RECEIVED,
        TODAY - timedelta(days=rng.randrange(700)),
        applicant=text_of(rng, NAMES, 3),
        applicant_kind=rng.choice(list(ApplicantKind)),
        channel=rng.choice(list(Channel)),
        subject=text_of(rng, MATTERS, 12),
        phone=rng.choice([None, "13900001234", "010-6201 2024"]),
        id_no=rng.choice([None, "11010119900307002X"]),
        agent=rng.choice([None, None, "欧阳律师"]),
        unit=rng.choice([None, "综合科", "财政局"]),
        officer=rng.choice([None, "沈秋", "张三"]),
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Cases of every kind, among them corrected, reassigned, answered and cancelled ones."""
    rng = random.Random(7)
    path = tmp_path_factory.mktemp("lookup") / "register.db"
    with shared_register(path) as register:
        for turn in range(70):
            case = new_case(register, receipt(rng))
            if turn % 5 == 0:
                changes = {"applicant": text_of(rng, NAMES, 3), "subject": "征地补偿方案"}
                correct_event(register, case.number, case.history[0].id, "误", changes=changes)
            if turn % 4 == 1:
                log_event(register, case.number, Event(K.ASSIGNED, TODAY, unit="自然资源局"))
            if turn % 3 == 0:
                done = Event(K.DECIDED, TODAY, outcome="3.1", doc_no=f"云公开〔2026〕{turn}号")
                log_event(register, case.number, done)
            elif turn % 7 == 1:
                left = log_event(register, case.number, Event(K.WITHDRAWN, TODAY)).history[-1]
                if turn % 2:
                    correct_event(register, case.number, left.id, "误", void=True)
                    log_event(register, case.number, Event(K.DECIDED, TODAY, outcome="3.6.3"))
            elif turn % 11 == 1:
                log_event(register, case.number, Event(K.CANCELLED, TODAY, note="重复"))
        with register.writing() as tx:  # as an import stores them
            told = [[event_with_number(receipt(rng), n)] for n in range(10)]
            store_histories(tx, told, len(told), lambda *_: None)
        yield register


def event_with_number(event: Event, place: int) -> Event:
    return replace(event, number=f"2019-{place + 1:04d}", organ=None)


QUARTER = ("2025-01", "2025-02", "2025-03")
FILTERS = {
    "状态:已办结": lambda case: case.standing.state is State.CONCLUDED,
    "办理中": lambda case: case.standing.state is State.OPEN,
    "未办结": lambda case: not case.standing.state.ended,
    "年:2025": lambda case: case.received.on.year == 2025,
    "类型:科研机构": lambda case: case.received.applicant_kind is ApplicantKind.RESEARCH,
    "方式:邮寄": lambda case: case.received.channel is Channel.REGISTERED_MAIL,
    "结果:3.1": lambda case: case.standing.outcome == "3.1",
    "承办:财政": lambda case: "财政" in case.unit or "财政" in case.officer,
    "科室:局": lambda case: "局" in case.unit,
    "承办人:沈": lambda case: "沈" in case.officer,
    "部分公开": lambda case: case.standing.outcome == "3.2",
    "予以公开": lambda case: case.standing.outcome == "3.1",
    "其他处理": lambda case: (case.standing.outcome or "").startswith("3.6"),
    "作废": lambda case: case.standing.state is State.CANCELLED,
    "撤回": lambda case: any(event.kind is K.WITHDRAWN for event in case.history),
    "收到:2025-10": lambda case: f"{case.received.on:%Y-%m}" == "2025-10",
    "收到：２０２５年一季度": lambda case: f"{case.received.on:%Y-%m}" in QUARTER,
    "2025年第一季度": lambda case: f"{case.received.on:%Y-%m}" in QUARTER,
    "收到:..2025-06-30": lambda case: case.received.on < date(2025, 7, 1),
    "2025年": lambda case: case.received.on.year == 2025,
    "上月": lambda case: f"{case.received.on:%Y-%m}" == "2026-02",
    "办结:本月": lambda case: (
        case.standing.concluded_on is not None
        and case.standing.state is not State.CANCELLED
        and f"{case.standing.concluded_on:%Y-%m}" == "2026-03"
    ),
    "期限:本周": lambda case: (
        case.standing.due_on is not None
        and date(2026, 3, 9) <= case.standing.due_on <= date(2026, 3, 15)
    ),
    "机关:局": lambda case: "局" in (case.received.organ or ""),
    "申请人:张": lambda case: "张" in (case.received.applicant or ""),
    "超期": lambda case: case.clock.overdue and case.standing.state is not State.CANCELLED,
    "7日内": lambda case: (
        not case.standing.state.ended
        and case.clock.days_left is not None
        and case.standing.due_on is not None
        and 0 <= case.clock.days_left <= 7
    ),
}

WORDS = st.one_of(
    st.text(NAMES + MATTERS, min_size=1, max_size=4),
    st.text("zswangcdjxb", min_size=1, max_size=5),
    st.text("0123456789-", min_size=1, max_size=6),
    st.sampled_from(
        ("zhangsan", "wangwei", "zengwei", "san", "zdbc", "zhangs", "zsan", "zhs", "wwei")
    ),
    st.sampled_from(("24-12", "2024-0003", "19-3")),
    st.sampled_from(["zhengdi", "zhengdbc", "bucaz", "zdbuch", "zonghek", "pifuji"]),
    st.sampled_from(["沈秋", "sq", "shenqiu", "综合科", "139", "1101011990", "002x", "６２０１"]),
)


def searched(words: list[str]) -> bool:
    """Whether every word is one: no blank, no filter, and something but punctuation."""
    return all(fold(w) and not any(c.isspace() for c in w) and not filter_of(w) for w in words)


@examples(20)
@given(
    st.lists(WORDS, max_size=2).filter(searched),
    st.lists(st.sampled_from(sorted(FILTERS)), max_size=2),
    st.sampled_from(["", *ORDERS]),
    st.booleans(),
    st.sampled_from([1, 20]),
)
def test_what_is_found_is_what_the_model_finds(
    filled: Register, words: list[str], filters: list[str], by: str, falling: bool, part: int
) -> None:
    """Whether the filters are read along their indexes or, as if broad, tried along the order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "_PART", part)
        check_what_is_found(filled, words, filters, by, falling)


def check_what_is_found(
    filled: Register, words: list[str], filters: list[str], by: str, falling: bool
) -> None:
    line = " ".join([*filters, *words])
    known = every_known(filled)
    expected = {
        case.number
        for case in known
        if all(holds(case, word) for word in words) and all(FILTERS[f](case) for f in filters)
    }
    found = find_cases(filled, line, limit=999)
    numbers = {row.number for row in found.cases}
    unread = {case.number for case in known if crowded(case)}
    assert numbers <= expected
    assert not expected - numbers - unread
    expected = numbers
    assert found.total == len(found.cases) == count_found(filled, line)
    order = Order(by, falling) if by else None
    pages: list[int] = []
    for start in range(0, len(expected) + 7, 7):
        page = page_of_found(filled, line, start, 7, order=order)
        assert page is not None
        pages += [row.id for row in page]
    assert len(pages) == len(set(pages)) == len(expected)
    if order is None:
        assert pages == [row.id for row in found.cases]
    listed = ids_found(filled, line, order=order)
    assert listed is not None
    assert list(listed) == pages
    assert ids_found(filled, line, order=order, limit=7) == listed[:7]
    assert [row.id for row in cases_by_id(filled, listed[3:9])] == pages[3:9]


@pytest.fixture(scope="module")
def copied(filled: Register, server: Server) -> Iterator[Register]:
    """The same register on a server."""
    location = server.new(empty=True)
    move(filled, location, copy=True)
    with open_register(location) as register:
        yield register


@examples(30)
@given(
    st.lists(WORDS, max_size=2),
    st.lists(st.sampled_from(sorted(FILTERS)), max_size=1),
    st.sampled_from(["", *ORDERS]),
    st.sampled_from([1, 20]),
    st.sampled_from([(3, 24), (200, 1_600)]),
)
def test_either_engine_finds_the_same(
    filled: Register,
    copied: Register,
    words: list[str],
    filters: list[str],
    by: str,
    part: int,
    near: tuple[int, int],
) -> None:
    """Also where a page is found, or is not, among the newest cases, which a server tries first."""
    line = " ".join([*filters, *words])
    order = Order(by) if by else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "_PART", part)
        patch.setattr(find, "_NEAR", near)
        here, there = (ids_found(register, line, order=order) for register in (filled, copied))
        assert here == there
        assert count_found(copied, line) == count_found(filled, line)
        assert here is not None
        for start in (0, 2, 14):
            page = page_of_found(copied, line, start, 7, order=order)
            assert page == page_of_found(filled, line, start, 7, order=order)
            assert page == cases_by_id(copied, here[start : start + 7])


def test_a_server_stores_bags_aside(copied: Register) -> None:
    """What its index finds it looks up in the rows: all of them stand on one page."""
    with copied.reading() as tx:
        size = tx.connection.exec_driver_sql(f"SELECT pg_relation_size('{LOOKUP}')").scalar()
    assert size == 8192


_known: dict[Path, list[CaseFile]] = {}


def every_known(register: Register) -> list[CaseFile]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAIZHANG_TODAY", TODAY.isoformat())
        return _known.setdefault(register.path, list(every_case(register)))


@pytest.mark.parametrize("by", ORDERS)
def test_an_order_is_the_column_s(filled: Register, by: str) -> None:
    keys = {
        "number": lambda row: row.number,
        "received": lambda row: row.received_on,
        "applicant": lambda row: sort_key(row.applicant),
        "subject": lambda row: sort_key(row.subject),
        "kind": lambda row: row.kind.value,
        "unit": lambda row: row.unit,
        "state": lambda row: row.state.value,
        "due": lambda row: row.due_on or date.max,
        "left": lambda row: (
            (2, date.max) if row.state.ended else (row.due_on is None, row.due_on or date.max)
        ),
    }
    rising = page_of_found(filled, "", 0, 999, order=Order(by))
    falling = page_of_found(filled, "", 0, 999, order=Order(by, falling=True))
    assert rising is not None
    assert rising[::-1] == falling
    said = [keys[by](row) for row in rising]  # type: ignore[no-untyped-call]
    assert said == sorted(said)  # type: ignore[type-var]


def test_a_page_of_any_order_is_read_along_an_index(filled: Register) -> None:
    for by in ORDERS:
        for falling in (False, True):
            order = Order(by, falling)
            query = select(cases.c.id).order_by(*order.clause).limit(5).offset(5)
            query = query.where(cases.c.kind == "business")  # has an index of its own
            query = query.with_hint(cases, f"INDEXED BY {order.index}", "sqlite")
            compiled = query.compile(filled.engine, compile_kwargs={"literal_binds": True})
            with filled.reading() as tx:
                plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
            told = " ".join(str(step[3]) for step in plan)
            assert "TEMP B-TREE" not in told, (by, told)
            assert f"INDEX {order.index}" in told


def test_the_index_is_right_and_every_text_is_found(register: Register) -> None:
    for text in HOSTILE:
        event = Event(
            K.RECEIVED,
            TODAY,
            applicant=text,
            applicant_kind=ApplicantKind.BUSINESS,
            subject=text,
        )
        case = new_case(register, event)
        for word in fold(case.received.subject or "")[:6], fold(text)[1:3]:
            if word and filter_of(word) is None:
                numbers = [row.number for row in find_cases(register, word).cases]
                assert case.number in numbers, word
        line = " ".join(HOSTILE)
        assert find_cases(register, line[:200]).total >= 0
    assert verify(register).ok


def test_the_register_of_the_model_is_sound(filled: Register) -> None:
    assert verify(filled).ok


def test_a_lookup_can_be_stopped(filled: Register) -> None:
    assert page_of_found(filled, "征地补偿", 0, 5, cancelled=lambda: True) is None
    assert count_found(filled, "征地补偿", lambda: True) is None
    assert ids_found(filled, "征地补偿", cancelled=lambda: True) is None
    assert find_cases(filled, "").total == 80  # and the connection is as it was


@pytest.mark.parametrize(
    ("text", "line", "field", "marked"),
    [
        ("征地补偿安置方案", "补偿", "subject", ["补偿"]),
        ("征地补偿安置方案", "zdbc", "subject", ["征地补偿"]),
        ("征地〔补〕偿", "地补", "subject", ["地〔补"]),
        ("张三", "zhangs", "applicant", ["张三"]),
        ("张三", "san", "applicant", ["三"]),
        ("章三", "zhang", "subject", []),
        ("2024-0012", "24-12", "number", ["2024-0012"]),
        ("2024-0012", "0012", "number", ["0012"]),
        ("征地补偿", "状态:待补正 地 偿", "subject", ["地", "偿"]),
        ("ＡＢ公司", "ab", "applicant", ["ＡＢ"]),
    ],
)
def test_the_match_is_marked(text: str, line: str, field: str, marked: list[str]) -> None:
    spans = matched_spans(text, terms_of(line), field)
    assert [text[start:end] for start, end in spans] == marked


def test_every_offered_filter_is_one(filled: Register) -> None:
    assert units(filled) == sorted({case.unit for case in every_known(filled)} - {""})
    for word, _ in offered_filters([2024, 2025], units(filled)):
        assert filter_of(word) is not None, word
    assert filter_of("结果:3") is None
    assert filter_of("结果:3.3") is not None
    assert filter_of("状态：待补正") is not None  # as a Chinese input method types it
    assert filter_of("年:0000") is None
    assert filter_of("征地") is None


def test_no_line_is_too_long(filled: Register) -> None:
    """FTS5 takes no expression of any depth, and nobody means ten thousand words."""
    many = " ".join(f"{n}征" for n in range(5000))
    assert find_cases(filled, many).total == 0
    assert find_cases(filled, "".join(chr(0x4E00 + n) for n in range(5000))).total == 0
    assert find_cases(filled, " ".join("状态:已办结" for _ in range(300))).total > 0
