"""What somebody else's hand has made unreadable is told as damage wherever it is read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.cases.case_file import read_case
from db.cases.holidays import list_notices
from db.cases.organ_facts import set_organ
from db.cases.organs import OrganFact, read_organs
from db.disputes.dispute import Block, Result
from db.disputes.reading import awaiting_new_answer
from db.errors import Unreadable
from db.lookup.find import page_of_found
from db.lookup.known_applicants import known_applicants
from db.privacy.retention import keeping_years, set_keeping_years
from db.storage.transaction import Transaction
from db.year_end.cases_behind import year_cases
from db.year_end.filing import read_filing
from db.year_end.report import year_report
from tests.support.at_once import (
    conclude_dispute,
    enter_notice,
    file_year,
    new_dispute,
    open_register,
)
from tests.support.notices import NEXT_YEAR
from tests.support.steps import receive, shared_register
from tests.support.tampering import tamper


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "register.db"
    with shared_register(path) as register:
        receive(register, "2025-03-03", applicant="张三", phone="13800000000")
        review = new_dispute(register, Block.REVIEW, "市政府", date(2025, 4, 1), case="2025-0001")
        conclude_dispute(register, review.id, date(2025, 6, 1), Result.CORRECTED)
        enter_notice(register, NEXT_YEAR, "")
        file_year(register, 2025)
        with register.writing() as tx:
            (organ,) = read_organs(tx.connection).known
            set_organ(tx, organ.key, {OrganFact.PHONE: "0371-1"})
            set_keeping_years(tx, 10)
    return path


READ: dict[str, tuple[str, Callable[[Transaction], Any]]] = {
    "UPDATE cases SET state = 'x'": ("状态", lambda tx: page_of_found(tx, "", 0, 9)),
    "UPDATE cases SET kind = x'00'": ("类型", lambda tx: page_of_found(tx, "", 0, 9)),
    "UPDATE cases SET kind = 'x'": ("2025-0001", lambda tx: known_applicants(tx, "张三")),
    "UPDATE cases SET kind = ''": (
        "2025-0001",
        lambda tx: [*year_cases(tx, year_report(tx, 2025))],
    ),
    "DELETE FROM organs": ("受理机关", lambda tx: page_of_found(tx, "", 0, 9)),
    "DELETE FROM events": ("办理记录", lambda tx: read_case(tx, "2025-0001")),
    "DELETE FROM events WHERE 1": ("复议或诉讼的申请", awaiting_new_answer),
    "UPDATE filings SET figures = '{}'": ("封账", lambda tx: read_filing(tx, 2025)),
    "UPDATE filings SET figures = '['": ("封账", lambda tx: read_filing(tx, 2025)),
    "UPDATE filings SET recorded_at = 'x'": ("封账", lambda tx: read_filing(tx, 2025)),
    "UPDATE organ_facts SET recorded_at = 'x'": (
        "机关信息",
        lambda tx: read_organs(tx.connection),
    ),
    "UPDATE calendar_notices SET moved = '[1]'": ("放假通知", list_notices),
    "UPDATE settings SET value = 'x'": ("保存期限", keeping_years),
}


@pytest.mark.parametrize("change", READ)
def test_what_cannot_be_read_is_told_with_what_to_do(
    sound: Path, tmp_path: Path, change: str
) -> None:
    path = Path(shutil.copy(sound, tmp_path / "register.db"))
    tamper(path, change)
    named, read = READ[change]
    with (
        open_register(str(path)) as register,
        register.reading() as tx,
        pytest.raises(Unreadable, match=f"{named}.*已经损坏；请运行 taizhang verify"),
    ):
        read(tx)


def test_what_stands_for_the_version_is_cut(sound: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sound, tmp_path / "register.db"))
    tamper(path, "UPDATE alembic_version SET version_num = hex(zeroblob(100000))")
    with pytest.raises(Unreadable, match="版本记录无法识别") as refused:
        open_register(str(path))
    assert len(str(refused.value)) < len(str(path)) + 100
