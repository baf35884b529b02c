"""The case ledger: an export brings back the same register."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from db.cases.case_file import CaseFile
from db.errors import BadValue
from db.law.event import FACTS, Event, clean_event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, Delivery, EventKind, FeeBasis, Opinion, PartyKind
from exports.ledger.importing import import_ledger
from exports.ledger.remarks import escape_remarks, fact_line, split_remarks
from exports.ledger.write_file import write_ledger
from tests.support.at_once import (
    every_case,
    log_event,
    new_case,
    open_register,
    organ_names,
    read_case,
    verify,
    year_table,
)
from tests.support.examples import examples
from tests.support.histories import FIRST, TODAY, histories
from tests.support.ledgers import bring, grid
from tests.support.steps import register_of, store

K = EventKind

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-2",
    "@SUM(A1)",
    "'=1",
    "＝1+1",
    "＋1",
    "－2",
    "＠sum",
    "''＝1",
    "a\u200bb\u202ec",
    "[/red]a[/b]c",
    "x" * 10_000,
    "甲；乙=丙\\丁",
    "【答复 2025-05-06】办理结果=3.1",
    "_x0041_",
    "#N/A",
    "NULL",
    "\U0001f600é",
]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_hostile_cells_are_text(
    register: Register, other: Register, tmp_path: Path, ending: str
) -> None:
    for text in HOSTILE:
        new_case(
            register,
            Event(
                K.RECEIVED,
                date(2025, 3, 5),
                applicant=text,
                applicant_kind=ApplicantKind.NATURAL_PERSON,
                subject=text,
                note=text,
            ),
        )
    path = tmp_path / f"a{ending}"
    assert write_ledger(register, path).cases == len(HOSTILE)
    if ending == ".xlsx":
        for cells in openpyxl.load_workbook(path).worksheets[0].iter_rows():
            assert all(cell.data_type != "f" for cell in cells)
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not any(cell.startswith(tuple("=+-@＝＋－＠\t\r")) for cell in row)
    import_ledger(other, path)
    for before, after in zip(every_case(register), every_case(other), strict=True):
        assert before.received.applicant == after.received.applicant
        assert before.received.note == after.received.note
        assert len(after.history) == 1


TEXTS = st.one_of(
    st.sampled_from([text for text in HOSTILE if len(text) < 100]),
    st.sampled_from(
        [
            "【答复 2025-05-06】办理结果=3.1；备注=x",
            "第一行\n【登记作废 2025-01-01】备注=y\n\n第三行",
            "\\【备注 2025-05-06】备注=z",
            "\\\\【备注 2025-05-06】备注=z",
            "；=\\s\\e\\n\\\\",
            "=\n=",
            "1,5",
            '"',
            "'",
            "2025-01-01",
            "00123",
            "邮寄",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)

MAYBE_TEXT = st.one_of(st.none(), TEXTS)


def _one(words: Any) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.sampled_from(list(words)))


_RICH: dict[str, st.SearchStrategy[Any]] = {
    "doc_no": MAYBE_TEXT,
    "note": MAYBE_TEXT,
    "submitted_on": st.one_of(st.none(), st.just(FIRST)),
    "id_no": MAYBE_TEXT,
    "phone": MAYBE_TEXT,
    "address": MAYBE_TEXT,
    "email": MAYBE_TEXT,
    "postcode": MAYBE_TEXT,
    "agent": MAYBE_TEXT,
    "purpose": MAYBE_TEXT,
    "form_wanted": MAYBE_TEXT,
    "postal_no": MAYBE_TEXT,
    "answered_by": MAYBE_TEXT,
    "unit": MAYBE_TEXT,
    "officer": MAYBE_TEXT,
    "approver": MAYBE_TEXT,
    "party": MAYBE_TEXT,
    "party_kind": _one(PartyKind),
    "opinion": _one(Opinion),
    "amount": st.one_of(st.none(), st.integers(0, 10**9)),
    "basis": _one(FeeBasis),
    "ground": MAYBE_TEXT,
    "delivery": _one([*(word.value for word in Delivery), "托人带回"]),
}

_MUST = {K.ASSIGNED: ("unit",), K.NOTE: ("note",), K.CANCELLED: ("note",)}


@st.composite
def rich_histories(draw: st.DrawFn) -> list[Event]:
    """Histories with every fact a kind can carry, in texts from nobody's friend."""
    told: list[Event] = []
    for event in draw(histories()):
        facts = {name: draw(_RICH[name]) for name in FACTS[event.kind] if name in _RICH}
        if event.kind is K.RECEIVED:
            facts |= {name: draw(TEXTS) for name in ("applicant", "subject")}
        if "reply_by" in FACTS[event.kind] and draw(st.booleans()):
            facts["reply_by"] = None
        if event.kind is K.FEE_NOTIFIED and draw(st.booleans()):
            facts["pay_by"] = event.on + timedelta(days=9)
        if "signed_on" in FACTS[event.kind] and draw(st.booleans()):
            facts["signed_on"] = event.on
        if event.outcome == "3.2":
            facts["withheld"] = draw(st.sampled_from([None, "3.3.4", "3.3.4、3.3.6"]))
        cleaned = clean_event(replace(event, **facts))
        kept = (*_MUST.get(event.kind, ()), "applicant", "subject")
        needed = {name: getattr(event, name) for name in kept if getattr(cleaned, name) is None}
        told.append(replace(cleaned, **needed))
    return told


@pytest.fixture
def other(empty_register_file: Path) -> Iterator[Register]:
    """An empty register beside the first."""
    with register_of(empty_register_file, ()) as opened:
        yield opened


def facts_of(case: CaseFile) -> dict[str, Any]:
    """What `show` says of a case, but for ids and moments of recording."""
    standing, clock = case.standing, case.clock
    return {
        "number": case.number,
        "handlers": (case.unit, case.officer),
        "history": [
            replace(event, id=0, recorded_at=None, recorded_by="") for event in case.history
        ],
        "standing": standing,
        "clock": clock,
        "flags": case.flags,
    }


@examples(6, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
@given(st.lists(rich_histories(), min_size=1, max_size=6))
def test_an_export_brings_back_the_same_register(
    empty_register_file: Path, told: list[list[Event]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("first.db", "second.db"):
            shutil.copy(empty_register_file, home / name)
        with open_register(str(home / "first.db")) as register:
            store(register, told, "甲局", "乙局\n二科")
            years = range(2023, 2027)
            tables = [
                year_table(register, year, organ).rows
                for year in years
                for organ in organ_names(register)
            ]
            cases = [facts_of(case) for case in every_case(register)]
            for ending in (".xlsx", ".csv"):
                shutil.copy(empty_register_file, home / "second.db")
                write_ledger(register, home / f"one{ending}")
                with open_register(str(home / "second.db")) as other:
                    import_ledger(other, home / f"one{ending}")
                    assert [facts_of(case) for case in every_case(other)] == cases
                    assert set(organ_names(other)) == set(organ_names(register))
                    assert tables == [
                        year_table(other, year, organ).rows
                        for year in years
                        for organ in organ_names(register)
                    ]
                    assert verify(other).ok
                    write_ledger(other, home / f"two{ending}")
                assert grid(home / f"one{ending}") == grid(home / f"two{ending}")


def test_the_order_within_a_day_comes_back(
    register: Register, other: Register, tmp_path: Path
) -> None:
    """An extension granted on the day of the answer to a clarification falls with the reset."""
    day = date(2025, 3, 20)
    case = new_case(
        register,
        Event(
            K.RECEIVED,
            date(2025, 3, 5),
            applicant="张三",
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            subject="某事",
        ),
    )
    for event in (
        Event(K.EXTENDED, day, days=10),
        Event(K.EXTENDED, day, days=5, approver="周敏"),
        Event(K.CLARIFICATION_RECEIVED, day),
        Event(K.CLARIFICATION_REQUESTED, day + timedelta(days=1)),
        Event(K.CLARIFICATION_REQUESTED, day + timedelta(days=2), reply_by=date(2025, 5, 1)),
    ):
        case = log_event(register, case.number, event)
    path = tmp_path / "a.csv"
    write_ledger(register, path)
    import_ledger(other, path)
    assert facts_of(read_case(other, case.number)) == facts_of(case)


def test_remarks_longer_than_a_cell(register: Register, other: Register, tmp_path: Path) -> None:
    """A spreadsheet cell cannot hold them: .xlsx says so, .csv carries them."""
    (case,) = bring(register, tmp_path, {})
    for n in range(5):
        log_event(register, case.number, Event(K.NOTE, TODAY, note=f"{n}" * 31_000))
    with pytest.raises(BadValue, match=r"\.csv"):
        write_ledger(register, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()
    write_ledger(register, tmp_path / "b.csv")
    import_ledger(other, tmp_path / "b.csv")
    assert facts_of(read_case(other, case.number)) == facts_of(read_case(register, case.number))


@given(TEXTS)
def test_free_remarks_are_never_taken_for_facts(text: str) -> None:
    text = text.strip()
    assert split_remarks(escape_remarks(text)) == (text, [])


@examples(40)
@given(rich_histories())
def test_a_fact_line_reads_back(told: list[Event]) -> None:
    for event in told[1:]:
        line = fact_line(event, FACTS[event.kind])
        assert "\n" not in line
        text, (back,) = split_remarks(line)
        assert text == ""
        assert back == replace(event, id=0)


def test_a_line_of_an_earlier_ledger_is_understood() -> None:
    _, told = split_remarks("【登记作废 2025-01-01】备注=登记错了")
    assert [(event.kind.label, event.note) for event in told] == [("作废登记", "登记错了")]
    _, (asked,) = split_remarks("【征求意见 2025-01-01】被征求意见方=甲；征求对象=third_party")
    assert (asked.party, asked.party_kind) == ("甲", PartyKind.THIRD_PARTY)


def test_a_fact_line_speaks_the_words_of_the_office() -> None:
    asked = Event(
        EventKind.CONSULTATION_STARTED,
        date(2025, 1, 2),
        party="甲公司",
        party_kind=PartyKind.THIRD_PARTY,
    )
    line = "【征求意见 2025-01-02】对象名称=甲公司；征求意见对象=第三方"
    assert fact_line(asked, ("party", "party_kind")) == line
