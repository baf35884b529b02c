"""The oath: nothing another hand does to the file goes unnoticed, and `verify` never fails."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from db.disputes.dispute import Block, Result
from db.errors import RegisterError, Unreadable
from db.law.event import Event
from db.maintenance.chain_check import note_of
from db.maintenance.copy_check import reading_file
from db.storage.lookup_index import bag
from db.storage.register import Register
from db.storage.sqlite import beating
from db.words.vocabulary import EventKind
from tests.support.at_once import (
    conclude_dispute,
    correct_event,
    enter_notice,
    file_year,
    find_cases,
    list_disputes,
    log_event,
    new_dispute,
    open_register,
)
from tests.support.notices import NEXT_YEAR
from tests.support.steps import log, receive, shared_register
from tests.support.tampering import tamper, tamper_schema, verified

K = EventKind
ANSWERED = "2025-0001"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with something of everything, 2025 filed; never written to by a test."""
    path = tmp_path_factory.mktemp("sound") / "register.db"
    with shared_register(path) as register:
        _fill(register)
    assert verified(path).problems == ()
    return path


def _fill(register: Register) -> None:
    answered = receive(register, "2025-03-03", applicant="张三", phone="13800000000")
    log(register, answered, K.NOTE, "2025-03-04", note="来电催问")
    log(
        register,
        answered,
        K.DECIDED,
        "2025-03-20",
        outcome="3.3.4",
        ground="第三方不同意",
        delivery="posted",
    )
    asked = receive(register, "2025-05-06", applicant="李四")
    log(register, asked, K.CONSULTATION_STARTED, "2025-05-08", party="某公司")
    log(register, asked, K.CONSULTATION_ENDED, "2025-05-20", party="某公司", opinion="objects")
    log(register, asked, K.EXTENDED, "2025-05-21", days=20, approver="主任")
    log(register, asked, K.FEE_NOTIFIED, "2025-05-22", amount=10_000, basis="by_item")
    late = receive(register, "2025-12-01", applicant="王五")
    correct_event(register, answered.number, 2, reason="记错了", changes={"note": "来信催问"})
    review = new_dispute(register, Block.REVIEW, "市政府", date(2025, 4, 1), case=answered.number)
    conclude_dispute(register, review.id, date(2025, 6, 1), Result.UPHELD)
    new_dispute(register, Block.DIRECT_SUIT, "区法院", date(2025, 7, 1), older_case="往年一件")
    enter_notice(register, NEXT_YEAR, "")
    file_year(register, 2025)
    log(register, late, K.NOTE, "2026-01-05", note="封账以后")
    receive(register, "2026-02-02", applicant="赵六")


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "register.db"))


CONTENT = {
    "delivery": "UPDATE events SET facts = replace(facts, 'posted', 'handed') WHERE kind = 'decided'",
    "ground": "UPDATE events SET facts = replace(facts, '第三方不同意', '别的') WHERE kind = 'decided'",
    "note": "UPDATE events SET personal = replace(personal, '来电', '来人') WHERE id = 2",
    "reason": "UPDATE events SET personal = replace(personal, '记错了', '另有原因')",
    "approver": "UPDATE events SET facts = replace(facts, '主任', '局长')",
    "party": "UPDATE events SET personal = replace(personal, '某公司', '某厂')",
    "opinion": "UPDATE events SET facts = replace(facts, 'objects', 'no_reply')",
    "fee": "UPDATE events SET facts = replace(facts, '10000', '20000')",
    "recorded_at": "UPDATE events SET recorded_at = '2025-03-05T01:00:00.000000+00:00' WHERE id = 3",
    "recorded_by": "UPDATE events SET recorded_by = '别人' WHERE id = 3",
    "recorded_from": "UPDATE events SET recorded_from = 'root@elsewhere' WHERE id = 3",
    "a note's day": "UPDATE events SET occurred_on = '2025-03-05' WHERE id = 2",
    "another kind's fact": "UPDATE events SET facts = '{\"days\":5}' WHERE id = 2",
    "salt": "UPDATE events SET salt = '00' WHERE id = 2",
    "blob": "UPDATE events SET recorded_by = CAST('测试员' AS BLOB) WHERE id = 2",
    "bytes that are no text": "UPDATE events SET recorded_by = CAST(x'ff41' AS TEXT) WHERE id = 2",
    "bytes in facts": "UPDATE events SET personal = CAST(x'7bff7d' AS TEXT) WHERE id = 2",
    "organ": "UPDATE organs SET name = '别的机关'",
    "dispute's result": "UPDATE dispute_events SET facts = replace(facts, 'upheld', 'corrected')",
    "dispute's day": "UPDATE dispute_events SET occurred_on = '2025-05-01' WHERE id = 2",
    "dispute's case": "UPDATE disputes SET case_id = 2 WHERE id = 1",
    "dispute's body": "UPDATE dispute_events SET personal = replace(personal, '区法院', '市法院')",
    "notice's days": "UPDATE calendar_notices SET days = '[]' WHERE year IS NOT NULL",
    "notice's text": "UPDATE calendar_notices SET text = '' WHERE year IS NOT NULL",
    "notice's mover": "UPDATE calendar_notices SET recorded_by = '别人'",
    "filed_by": "UPDATE filings SET recorded_by = '别人'",
    "filed_at": "UPDATE filings SET recorded_at = '2026-01-20T00:00:00.000000+00:00'",
    "filed figures": "UPDATE filings SET figures = replace(figures, '[1,', '[2,')",
    "filed form": "UPDATE filings SET form = '2019'",
    "filed year": "UPDATE filings SET year = 2024",
    "filed through": "UPDATE filings SET through_event = through_event + 1",
    "applicant": (
        "UPDATE events SET personal = replace(personal, '张三', '李三')",
        "UPDATE cases SET applicant = '李三' WHERE number = '2025-0001'",
    ),
    "outcome, brought along": (
        "UPDATE events SET facts = replace(facts, '3.3.4', '3.1')",
        "UPDATE cases SET outcome = '3.1' WHERE number = '2025-0001'",
    ),
}

ORDER = {
    "a note deleted": ("DELETE FROM events WHERE id = 2",),
    "the last event deleted": ("DELETE FROM events WHERE id = (SELECT max(id) FROM events)",),
    "the last event deleted, with its place": (
        "DELETE FROM events WHERE id = (SELECT max(id) FROM events)",
        "DELETE FROM chain WHERE id = (SELECT max(id) FROM chain)",
    ),
    "a whole case deleted": (
        "DELETE FROM events WHERE case_id = 4",
        "DELETE FROM cases WHERE id = 4",
    ),
    "a note put in": (
        "INSERT INTO events (case_id, kind, occurred_on, recorded_at, recorded_by, facts, personal)"
        " SELECT case_id, kind, occurred_on, recorded_at, recorded_by, facts, personal"
        " FROM events WHERE id = 2",
    ),
    "notes swapped": (
        "UPDATE events SET id = -1 WHERE id = 2",
        "UPDATE events SET id = 2 WHERE id = 3",
        "UPDATE events SET id = 3 WHERE id = -1",
    ),
    "moved to another case": ("UPDATE events SET case_id = 2 WHERE id = 2",),
    "a filing deleted": ("DELETE FROM filings",),
    "a filing invented": (
        "INSERT INTO filings SELECT 9, organ_id, 2024, form, figures, digest, through_event,"
        " through_dispute_event, recorded_at, recorded_by, recorded_from FROM filings",
    ),
    "a dispute's end deleted": ("DELETE FROM dispute_events WHERE id = 2",),
    "a notice deleted": ("DELETE FROM calendar_notices WHERE year IS NOT NULL",),
    "a link deleted": ("DELETE FROM chain WHERE id = 5",),
    "a link changed": ("UPDATE chain SET digest = zeroblob(32) WHERE id = 5",),
    "a link to nothing": ("UPDATE chain SET source = 'nothing' WHERE id = 5",),
    "the chain emptied": ("DELETE FROM chain",),
    "erased by hand": (
        "UPDATE events SET personal = '{\"erased\":\"' || hex(zeroblob(32)) || '\"}', salt = ''"
        " WHERE id = 1",
    ),
    "projection": ("UPDATE cases SET due_on = '2027-01-01' WHERE id = 4",),
    "a projected day that is none": ("UPDATE cases SET due_on = 'x' WHERE id = 4",),
    "a projected number as text": ("UPDATE cases SET last_event_id = 'x' WHERE id = 4",),
    "an event's day that is none": ("UPDATE events SET occurred_on = 'x' WHERE id = 2",),
    "facts that are null": ("UPDATE events SET facts = 'null' WHERE id = 2",),
    "facts without end": (f"UPDATE events SET facts = '{'[' * 5000}' WHERE id = 2",),
    "an unknown kind": ("UPDATE events SET kind = 'vanished' WHERE id = 2",),
    "days that are none": ("UPDATE calendar_notices SET days = 'x' WHERE year IS NOT NULL",),
    "a dispute's garbage": ("UPDATE dispute_events SET facts = '{' WHERE id = 1",),
    "figures' garbage": ("UPDATE filings SET figures = '{'",),
    "numbers counted twice": (
        "INSERT INTO sqlite_sequence SELECT name, 1 FROM sqlite_sequence WHERE name = 'events'",
    ),
    "numbers given out again": ("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'events'",),
    "no numbers given": ("DELETE FROM sqlite_sequence",),
    "sizes of bags": ("UPDATE case_lookup_docsize SET sz = x'01' WHERE id = 2",),
    "sizes in all": ("DELETE FROM case_lookup_data WHERE id = 1",),
    "a size of no case": ("INSERT INTO case_lookup_docsize VALUES (99, x'01')",),
    "the way into the lookup index": ("DELETE FROM case_lookup_idx",),
    "a way that leads nowhere": ("UPDATE case_lookup_idx SET pgno = 0 WHERE segid = 1",),
    "settings of the lookup index": ("INSERT INTO case_lookup_config VALUES ('pgsz', 100)",),
    "bags exchanged": (
        "INSERT INTO case_lookup (case_lookup) VALUES ('delete-all')",
        "INSERT INTO case_lookup (rowid, bag) VALUES (1, 'a'), (2, 'b')",
    ),
}

SCHEMA = {
    "trigger dropped": ("DROP TRIGGER events_no_update",),
    "trigger voided": (
        "DROP TRIGGER events_no_delete",
        "CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT 1; END",
    ),
    "foreign trigger": ("CREATE TRIGGER helper AFTER INSERT ON events BEGIN SELECT 1; END",),
    "index dropped": ("DROP INDEX cases_received",),
    "index redefined": (
        "DROP INDEX cases_by_receipt",
        "CREATE INDEX cases_by_receipt ON cases (received_on)",
    ),
    "extra table": ("CREATE TABLE notes (text)",),
    "view": ("CREATE VIEW shown AS SELECT 1",),
    "lookup index dropped": ("DROP TABLE case_lookup",),
    "chain dropped": ("DROP TABLE chain",),
    "filings dropped": ("DROP TABLE filings",),
    "header": ("PRAGMA user_version = 7",),
    "version missing": ("DELETE FROM alembic_version",),
    "version older": ("UPDATE alembic_version SET version_num = '0003'",),
    "version table dropped": ("DROP TABLE alembic_version",),
    "constraint removed": (
        "PRAGMA writable_schema = 1",
        "UPDATE sqlite_master SET sql = replace(sql, '(outcome IS NULL)', '(1)')"
        " WHERE name = 'cases'",
    ),
}


@pytest.mark.parametrize("name", CONTENT)
def test_what_a_record_says(path: Path, name: str) -> None:
    changes = CONTENT[name]
    tamper(path, *((changes,) if isinstance(changes, str) else changes))
    assert any("与登记时不同" in problem for problem in verified(path).problems)


@pytest.mark.parametrize("name", ORDER)
def test_which_records_there_are(path: Path, name: str) -> None:
    tamper(path, *ORDER[name])
    assert verified(path).problems


@pytest.mark.parametrize("name", SCHEMA)
def test_the_schema_to_the_letter(path: Path, name: str) -> None:
    tamper_schema(path, *SCHEMA[name])
    assert any("登记簿" in problem for problem in verified(path).problems)


def test_a_record_is_named_with_its_case(path: Path) -> None:
    tamper(path, "UPDATE events SET recorded_by = '别人' WHERE id = 3")
    assert verified(path).problems == (
        "2025-0001 的办理记录第3号与登记时不同（记录链第5条）：内容或次序被改动",
    )


def test_a_field_is_named_as_the_clerk_knows_it(path: Path) -> None:
    long = "长" * 50
    tamper(
        path,
        "UPDATE cases SET state = 'concluded', due_on = '2027-01-01' WHERE id = 4",
        f"UPDATE cases SET subject = '{long}后' WHERE id = 4",
        f"UPDATE events SET personal = replace(personal, '某事', '{long}') WHERE case_id = 4",
    )
    problems = verified(path).problems
    assert "2026-0001 的状态与办理记录不符：存有 已办结，应为 办理中" in problems
    assert "2026-0001 的答复期限与办理记录不符：存有 2027-01-01，应为 2026-03-06" in problems
    cut = long[:40]
    assert f"2026-0001 的申请内容与办理记录不符：看来同是 {cut}，存法或后文却不同" in problems
    assert not any("due_on" in problem for problem in problems)


def test_what_was_erased_by_hand_is_named_with_its_case(path: Path) -> None:
    tamper(path, *ORDER["erased by hand"])
    said = "2025-0001 的办理记录第1号的个人信息被清除，却没有清除记录"
    assert said in verified(path).problems


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE chain SET digest = 'x' WHERE id = 5", "记录链第5条读不懂"),
        ("UPDATE chain SET record = 'x' WHERE id = 5", "记录链第5条读不懂"),
        ("UPDATE filings SET figures = CAST(figures AS BLOB)", "2025年封账的数据与其校验码不符"),
        (
            "INSERT INTO erasures (case_id, through_event, through_dispute_event, kept, recorded_at,"
            " recorded_by) VALUES (1, 1, 0, '1', '2026-01-01T00:00:00.000000+00:00', '别人')",
            "2025-0001 的清除记录第1号读不懂",
        ),
    ],
)
def test_every_check_goes_to_its_end(path: Path, change: str, named: str) -> None:
    tamper(path, change)
    problems = verified(path).problems
    assert any(named in problem for problem in problems)
    assert not any("没能查完" in problem for problem in problems)


def test_no_query_is_shown(path: Path) -> None:
    tamper_schema(path, "ALTER TABLE events RENAME COLUMN facts TO told")
    problems = verified(path).problems
    assert any("封账的数据无法由办理记录重算：缺少应有的表、列或索引" in one for one in problems)
    assert not any("SELECT" in problem for problem in problems)


def test_bags_of_two_cases_exchanged(path: Path) -> None:
    """The index as a whole holds the same tokens as often; each case is looked at all the same."""
    with open_register(str(path)) as register, register.writing() as tx:
        rows = tx.connection.exec_driver_sql("SELECT * FROM cases WHERE id < 3").mappings().all()
        for row, other in zip(rows, rows[::-1], strict=True):
            for values, command in ((row, "'delete'"), (other, "NULL")):
                tx.connection.exec_driver_sql(
                    f"INSERT INTO case_lookup (case_lookup, rowid, bag) VALUES ({command}, ?, ?)",
                    (row["id"], bag(values)),
                )
    assert any("查找索引与申请内容不符" in problem for problem in verified(path).problems)


def test_an_older_copy_in_its_place_is_known_by_the_head_noted_elsewhere(
    path: Path, tmp_path: Path
) -> None:
    older = shutil.copy(path, tmp_path / "older.db")
    with open_register(str(path)) as register:
        log_event(register, ANSWERED, Event(K.NOTE, date(2026, 2, 3), note="又问"))
        receive(register, "2026-02-03")
        with register.reading() as tx:
            noted = note_of(tx.connection)
    assert verified(path, noted).ok
    (said,) = verified(Path(older), noted).problems
    assert "少了2条记录" in said
    assert verified(path, replace(noted, digest="00" * 32)).problems
    (said,) = verified(path, replace(noted, first="00" * 32, records=99)).problems
    assert "不是上次退出时的那一本" in said  # also if it was made another from its first record on


def test_no_page_can_be_damaged_unseen(path: Path) -> None:
    """Every fourth page, with bytes of its own: refused, or named; never an unexpected fault."""
    whole = path.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    dice = random.Random(7)
    for page in range(dice.randrange(4), len(whole) // size, 4):
        at = page * size + dice.randrange(size - 8)
        damaged = whole[:at] + dice.randbytes(8) + whole[at + 8 :]
        path.write_bytes(damaged)
        try:
            problems = verified(path).problems
        except (RegisterError, DatabaseError):
            continue
        if not problems:  # bytes nobody reads: free space in a page
            with open_register(str(path)) as register, register.reading() as tx:
                assert tx.connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == 12


def test_a_check_that_is_stopped_finds_nothing(path: Path) -> None:
    """Though `verify` takes whatever fails for a finding."""

    def stop() -> None:
        raise KeyboardInterrupt

    long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with (
        pytest.raises(KeyboardInterrupt),
        reading_file(path) as connection,
        beating(connection, stop),
        suppress(DatabaseError),
    ):
        connection.exec_driver_sql(long)


def test_a_notice_that_cannot_be_read_is_told(path: Path) -> None:
    tamper(path, "UPDATE calendar_notices SET days = '[[]]' WHERE year IS NOT NULL")
    with (
        open_register(str(path)) as register,
        pytest.raises(Unreadable, match="放假通知已经损坏"),
        register.reading() as tx,
    ):
        tx.calendar.is_working(date(2027, 1, 1))


@pytest.mark.parametrize("stored", ["'x'", "x'78'"])
def test_a_day_that_is_none_is_told(path: Path, stored: str) -> None:
    tamper(path, f"UPDATE cases SET due_on = {stored} WHERE id = 4")
    with open_register(str(path)) as register, pytest.raises(Unreadable, match="日期已经损坏"):
        find_cases(register, "")


@pytest.mark.parametrize("facts", ["{", "[]", "{}"])
def test_a_dispute_that_cannot_be_read_is_told(path: Path, facts: str) -> None:
    tamper(path, f"UPDATE dispute_events SET facts = '{facts}' WHERE id = 1")
    with open_register(str(path)) as register, pytest.raises(Unreadable, match="诉讼的记录"):
        list_disputes(register)
