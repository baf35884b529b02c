"""附卷: a paper is kept by its digest with its record, or neither; and whoever touches it is noticed."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db.cases import papers as papers_module
from db.cases.case_file import CaseFile
from db.cases.papers import LONGEST_NAME, attach, content_of, paper_name, papers_of, read_paper
from db.errors import BadValue, Impossible, NotFound, RegisterError, Unreadable
from db.maintenance.backups import make_copy
from db.maintenance.moving import move
from db.maintenance.paper_copies import papers_beside
from db.maintenance.restoring import examine, restore
from db.maintenance.retiring import retire
from db.storage.location import papers_folder
from db.storage.paper_folder import PaperFolder
from db.storage.paper_store import LARGEST, digest_of
from db.storage.register import Register
from db.storage.schema import PAPERS
from db.words.vocabulary import EventKind
from tests.support.at_once import correct_event, open_register, read_case, verify
from tests.support.servers import Server
from tests.support.steps import log, receive

ENGINES = ("sqlite", "postgresql")
K = EventKind
SCAN, RECEIPT = b"%PDF-1.4 scan", "回证".encode()
NOW = datetime(2026, 3, 10, 9, 30).astimezone()


def put(register: Register, case: CaseFile, content: bytes, name: str, **told: Any) -> CaseFile:
    with register.writing() as tx:
        return attach(tx, case.number, content, name, **told)


def contents(register: Register, case: CaseFile) -> list[bytes]:
    with register.reading() as tx:
        return [content_of(tx, paper) for paper in papers_of(read_case(register, case.number))]


def there(register: Register) -> set[str]:
    with register.reading() as tx:
        assert tx.papers is not None
        return tx.papers.digests(tx.connection)


def touch(register: Register, digest: str, content: bytes | None) -> None:
    """Another hand changes a paper, or takes it away."""
    if register.store.file is not None:
        path = papers_folder(register.path) / digest
        path.unlink() if content is None else path.write_bytes(content)
        return
    with register.engine.execution_options(taizhang_write=True).begin() as connection:
        connection.execute(text(f"ALTER TABLE {PAPERS} DISABLE TRIGGER ALL"))
        if content is None:
            connection.execute(text(f"DELETE FROM {PAPERS}"))
        else:
            connection.execute(text(f"UPDATE {PAPERS} SET content = :told"), {"told": content})
        connection.execute(text(f"ALTER TABLE {PAPERS} ENABLE TRIGGER ALL"))


@pytest.fixture
def case(register: Register) -> CaseFile:
    return receive(register, "2015-03-02", applicant="司马相如")


def test_a_paper_is_kept_with_its_record_and_proved(register: Register, case: CaseFile) -> None:
    put(register, case, SCAN, "申请.pdf", called="申请书", of_event=case.history[0].id)
    answered = log(register, case, K.DECIDED, "2015-03-20", outcome="3.1")
    after = put(register, answered, RECEIPT, "申请.pdf", of_event=answered.entries[-1].event.id)
    assert after.standing == answered.standing
    first, second = papers_of(after)
    assert (first.name, first.called, first.of_place) == ("申请.pdf", "申请书", 1)
    assert (second.place, second.of_place, second.size) == (4, 3, len(RECEIPT))
    assert contents(register, case) == [SCAN, RECEIPT]
    assert there(register) == {digest_of(SCAN), digest_of(RECEIPT)}
    assert verify(register).problems == ()
    voided = correct_event(register, case.number, first.event_id, "附错了", void=True)
    assert [paper.place for paper in papers_of(voided)] == [4]
    assert verify(register).ok, "a voided record's paper stays"
    with pytest.raises(Impossible, match="附卷的文件"):
        correct_event(register, case.number, second.event_id, "改", changes={"digest": "0" * 64})


@pytest.mark.parametrize(("changed", "said"), [(b"%PDF-1.4 scam", "被改动过"), (None, "不见了")])
def test_a_paper_changed_or_taken_away_is_named(
    register: Register, case: CaseFile, changed: bytes | None, said: str
) -> None:
    put(register, case, SCAN, "申请.pdf")
    touch(register, digest_of(SCAN), changed)
    (problem,) = verify(register).problems
    assert f"{case.number} 第2条附卷的材料“申请.pdf”{said}" in problem
    with pytest.raises(RegisterError, match=said):
        contents(register, case)


def test_what_cannot_be_attached_leaves_nothing(register: Register, case: CaseFile) -> None:
    kept = put(register, case, SCAN, "申请.pdf")
    paper = papers_of(kept)[0].event_id
    for content, told, refusal in (
        (b"", {}, BadValue),
        (b"x" * (LARGEST + 1), {}, BadValue),
        (b"y", {"of_event": 999}, NotFound),
        (b"y", {"of_event": paper}, Impossible),
        (b"y", {"on": datetime(2027, 1, 1).date()}, Impossible),
    ):
        with pytest.raises(refusal):
            put(register, case, content, "a", **told)
    with pytest.raises(NotFound), register.writing() as tx:
        attach(tx, "2015-9999", b"y", "a")
    assert papers_of(read_case(register, case.number)) == papers_of(kept)
    assert verify(register).ok


def test_the_papers_of_an_erased_case_are_gone(register: Register, case: CaseFile) -> None:
    other = receive(register, "2015-03-02", applicant="卓文君")
    for one in (case, other):
        put(register, one, RECEIPT, "回证.pdf")
    put(register, case, SCAN, "司马相如的申请.pdf", called="申请书")
    log(register, case, K.DECIDED, "2015-03-20", outcome="3.1")
    if register.store.file is not None:
        make_copy(register.path, "asked", NOW)
    retire(register, [case.id])
    assert there(register) == {digest_of(RECEIPT)}, "another case's paper stays"
    assert verify(register).problems == ()
    erased = papers_of(read_case(register, case.number))
    assert [(paper.name, paper.called) for paper in erased] == [(None, None)] * 2
    with pytest.raises(NotFound, match="已按保存期限清除"), register.reading() as tx:
        content_of(tx, erased[1])
    if register.store.file is not None:
        copied = papers_beside(register.path, register.path.parent / "backups")
        assert copied.digests() == {digest_of(RECEIPT)}


def test_a_move_brings_the_papers_there_and_back(
    register: Register, case: CaseFile, server: Server, tmp_path: Path
) -> None:
    put(register, case, SCAN, "申请.pdf")
    away = tmp_path / "away.db"
    if register.store.file is None:
        move(register, str(away))
        with open_register(str(away)) as moved:
            assert (contents(moved, case), verify(moved).problems) == ([SCAN], ())
        return
    touch(register, digest_of(SCAN), b"scam")
    with pytest.raises(Unreadable, match="被改动过；没有迁移"):
        move(register, str(away))
    assert not away.exists()
    assert not papers_folder(away).exists()
    put(register, case, SCAN, "申请.pdf")  # the same again mends it
    location = server.new(empty=True)
    move(register, location)
    with open_register(location) as moved:
        assert (contents(moved, case), verify(moved).problems) == ([SCAN, SCAN], ())
    server.drop(location)


@pytest.mark.of_files
def test_a_copy_has_the_papers_and_brings_them_back(register: Register, case: CaseFile) -> None:
    put(register, case, SCAN, "申请.pdf")
    made = make_copy(register.path, "asked", NOW)
    assert made.warning == ""
    put(register, case, RECEIPT, "回证.pdf")
    touch(register, digest_of(SCAN), b"scam")
    touch(register, digest_of(RECEIPT), None)
    assert "1 份附卷材料" in make_copy(register.path, "asked", NOW).warning
    register.close()
    restored = restore(examine(register.path, made.path, NOW), NOW)
    assert not restored.lacking
    with open_register(str(register.path)) as opened:
        assert (contents(opened, case), verify(opened).problems) == ([SCAN], ())


@pytest.mark.of_files
def test_only_the_owner_may_read_them_and_none_may_run(register: Register, case: CaseFile) -> None:
    put(register, case, b"#!/bin/sh\n", "a.sh")
    folder = papers_folder(register.path)
    (paper,) = folder.iterdir()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, paper)]
    assert modes == [0o700, 0o600]
    register.close()
    folder.chmod(0o755)
    with open_register(str(register.path)) as opened:
        assert str(folder) in " ".join(opened.remarks)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.of_files
def test_killed_between_the_paper_and_its_record_nothing_is_half(
    register: Register, case: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(papers_module, "append_and_project", killed)
        with pytest.raises(KeyboardInterrupt):
            put(register, case, SCAN, "申请.pdf")
    folder = PaperFolder(papers_folder(register.path))
    assert folder.digests() == {digest_of(SCAN)}
    assert verify(register).ok
    monkeypatch.setattr("db.maintenance.paper_copies.time.time", lambda: NOW.timestamp() + 10**9)
    make_copy(register.path, "asked", NOW)
    assert folder.digests() == set(), "what no record names goes with a later day's copy"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("申请.pdf", "申请.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\用户\\回证.pdf", "回证.pdf"),
        ("a\x1b[31m\n\u202eb.pdf", "a[31m b.pdf"),
        ("..", "附件"),
        ("", "附件"),
        ("\x00", "附件"),
        ("长" * 10_000 + ".pdf", "长" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_is_one_line_and_no_path(name: str, kept: str) -> None:
    assert paper_name(name) == kept


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    good = tmp_path / "a.pdf"
    good.write_bytes(SCAN)
    assert read_paper(good) == SCAN
    for path in (tmp_path, Path("/dev/zero"), tmp_path / "nothing", tmp_path / "a\0b"):
        with pytest.raises(RegisterError):
            read_paper(path)
