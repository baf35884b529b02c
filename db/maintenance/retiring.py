"""Erasing for good: in the register, in what its pages still hold, and in the copies made before.

On a server the tables are written anew; its log and its backups are not the program's to touch.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.cases.papers import kept_papers, store_of
from db.errors import OutOfReach, RegisterError, Unreadable, plain_fault
from db.maintenance.backups import Made, make_copy
from db.maintenance.copy_names import copies_in, erasing_note, register_name
from db.maintenance.paper_copies import let_go, papers_beside
from db.maintenance.second_folder import second_folder
from db.maintenance.unfinished import SIDES, begin_work, beside, work_left
from db.privacy.erasing import ERASING, erase_cases
from db.storage.location import copies_folder
from db.storage.port import port_of
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.words.vocabulary import Role

REASON = "after-erasure"


@dataclass(frozen=True, slots=True)
class Retired:
    """How many cases were erased, the copy made since, and how many older copies have gone."""

    cases: int
    copy: Path | None
    """None of a register on a server: the program makes no copies of it."""
    removed: int
    kept: tuple[Path, ...]
    """Older copies that could not be removed: they still hold what was erased."""


def retire(register: Register, case_ids: Sequence[int]) -> Retired:
    """Erase the personal facts of these cases, also from the copies that the program has made.

    In this order: the records, the bytes in the register's file, the papers of these cases, a new
    proved copy, and only then the copies of before, for they hold what was erased. Whoever is killed over it has left a note,
    and the next start does the rest (`finish`).

    On a server there is neither note nor copy: whoever has it done again has it done to the end.

    Raises:
        NotAllowed: only a 负责人 has them erased.
        Unreadable, OutOfReach: the register is in use, or the disk or the server refuses; what was
            done so far stays done.
    """
    with register.reading() as tx:
        tx.require(Role.SUPERVISOR, ERASING)
    if register.store.file is None:
        return _retire_on_server(register, case_ids)
    note = erasing_note(register.path)
    if not note.exists():  # else an earlier one waits to be done to its end, and is with this one
        with register.reading() as tx:
            before = port_of(tx.connection).last_id(tx.connection, "erasures")
        _note(note, before)
    with register.writing() as tx:
        cases = erase_cases(tx, case_ids)
    return _finish(register, cases, note)


def _retire_on_server(register: Register, case_ids: Sequence[int]) -> Retired:
    with register.writing() as tx:
        cases = erase_cases(tx, case_ids)
        papers = store_of(tx)
        papers.remove(tx.connection, papers.digests(tx.connection) - _named(tx))
    try:
        register.store.rewrite()
    except RegisterError as fault:
        raise OutOfReach(
            f"个人信息已经清除，但服务器的数据文件里还有旧的内容：{fault}"
            "随后请再运行一次 taizhang retain --erase。"
        ) from None
    return Retired(cases, None, 0, ())


def to_be_finished(register: Register) -> bool:
    """Whether something may be left to do where nothing is left to erase."""
    with register.reading() as tx:
        erased = port_of(tx.connection).last_id(tx.connection, "erasures") > 0
    return erased and register.store.file is None


def finish(register: Register) -> str:
    """Do what a killed program has left to do of an erasure; answers what is to be said of it."""
    note = erasing_note(register.path)
    told = work_left(note)
    if told is None:
        return ""
    with register.reading() as tx:
        erased = port_of(tx.connection).last_id(tx.connection, "erasures") > int(told)
    if not erased:
        note.unlink(missing_ok=True)
        return ""
    try:
        _note(note, int(told))
        done = _finish(register, 0, note)
    except Unreadable as fault:
        return f"上次清除个人信息没有做完，这次也没有完成：{fault}下次打开时再做。"
    kept = "".join(f"备份 {path} 未能删去，请手工删除。" for path in done.kept)
    return f"上次清除个人信息中断，现已做完：此前的 {done.removed} 份备份已删去。{kept}"


def _note(note: Path, before: int) -> None:
    """Say that erasures after this one are to be done to the end."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        begin_work(note, str(before))
    except OSError as fault:
        raise Unreadable(f"备份文件夹 {note.parent} 无法写入：{plain_fault(fault)}。") from None


def _finish(register: Register, cases: int, note: Path) -> Retired:
    register.store.rewrite()
    named = _drop_papers(register)
    made = make_copy(register.path, REASON, register.clock.now())
    removed, kept = 0, []
    if not made.checked.problems:
        for path in copies_of_before(register.path, made):
            with contextlib.suppress(OSError):
                for side in (*SIDES, ""):  # also of a damaged register that a restore kept aside
                    beside(path, side).unlink(missing_ok=True)
            if path.exists():
                kept.append(path)
            else:
                removed += 1
        for folder in _copies_folders(register.path):
            let_go(papers_beside(register.path, folder), named, after=0)
    note.unlink(missing_ok=True)
    return Retired(cases, made.path, removed, tuple(kept))


def _drop_papers(register: Register) -> set[str]:
    """Let the papers go that no record names any more; answers those that stay.

    In a transaction that writes: nobody is just attaching one meanwhile.
    """
    with register.upkeep() as tx:
        named = _named(tx)
        let_go(papers_beside(register.path), named, after=0)
    return named


def _named(tx: Transaction) -> set[str]:
    return {paper.digest for paper in kept_papers(tx.connection)}


def _copies_folders(register: Path) -> list[Path]:
    """Where copies of a register are: its own folder, and the second if it has one."""
    folder = copies_folder(register)
    second = second_folder(folder, register)
    return [folder, *([second.path] if second else [])]


def copies_of_before(register: Path, made: Made | None = None) -> list[Path]:
    """The copies there are, here and in the second folder: all of them go when something is erased.

    All but the one `made` after it, and what another program made so at the same time.

    Raises:
        Unreadable: a folder cannot be read.
    """
    return [
        path
        for place in _copies_folders(register)
        for name, path in copies_in(place, register_name(register)).items()
        if made is None or (name.reason, name.extent) != (REASON, made.checked.extent)
    ]
