"""附卷: a paper of a case is stored by its digest, and recorded as an event with its name.

What has been recorded stays provable: `db.maintenance.papers_check` holds every paper against its
digest. The papers of a case whose personal facts were erased are gone with them.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from db.cases.at_hand import case_at_hand
from db.cases.case_file import CaseFile
from db.cases.event_log import read_event
from db.cases.meanwhile import as_seen
from db.cases.registering import append_and_project
from db.errors import BadValue, Impossible, NotFound, Unreadable, plain_fault
from db.law.event import Event, clean_event
from db.law.history import effective, place_of
from db.law.impossible import refuse_impossible
from db.storage.paper_store import LARGEST, PaperStore, digest_of
from db.storage.schema import cases, erasures, events
from db.storage.transaction import Transaction
from db.words.text import one_line
from db.words.vocabulary import EventKind

LONGEST_NAME = 200
"""Characters of a paper's name that are kept."""
NAMELESS = "附件"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a case; `place` is which of its records it is, `of_place` whose paper.

    `name` is None once it has been erased; then the paper is gone too.
    """

    number: str
    event_id: int
    place: int
    on: date
    name: str | None
    called: str | None
    size: int
    digest: str
    of_place: int
    recorded_by: str


def attach(
    tx: Transaction,
    number: str,
    content: bytes,
    name: str,
    *,
    called: str | None = None,
    of_event: int | None = None,
    on: date | None = None,
    doc_no: str | None = None,
    note: str | None = None,
    seen: int | None = None,
) -> CaseFile:
    """Keep a paper with its case: first its bytes, then the record that names them.

    `name` is the file's, whatever stands in it; `called` says what the paper is, `of_event` of
    which record of the case it is the paper. `seen` is the version of the case that the clerk had
    in sight.

    Raises:
        NotFound: there is no such case, or no such record of it.
        Impossible, BadValue, Unreadable: it is refused, or cannot be stored; nothing is recorded.
        CaseChanged: others have recorded on the case since; nothing is recorded.
    """
    refuse_size(len(content))
    case = case_at_hand(tx, number)
    paper = clean_event(
        Event(
            EventKind.ATTACHED,
            on or tx.today,
            name=paper_name(name),
            called=called,
            size=len(content),
            digest=digest_of(content),
            of_event=of_event,
            doc_no=doc_no,
            note=note,
        )
    )
    with as_seen(tx, case, seen):
        _refuse_strange(number, case.recorded, of_event)
        refuse_impossible(effective([*case.recorded, paper]), tx.today)
    store_of(tx).keep(tx.connection, paper.digest or "", content)
    return append_and_project(tx, case, paper)


def refuse_size(size: int) -> None:
    """
    Raises:
        BadValue: a paper is empty, or too large.
    """
    if not size:
        raise BadValue("文件是空的，没有附卷；请核对文件。")
    if size > LARGEST:
        raise BadValue(
            f"文件有{size / 1_000_000:,.1f} MB，一份材料最多{LARGEST // 1_000_000} MB；"
            "请降低扫描的分辨率，或分成几份。"
        )


def _refuse_strange(number: str, recorded: Sequence[Event], of_event: int | None) -> None:
    if of_event is None:
        return
    whose = next((event for event in recorded if event.id == of_event), None)
    if whose is None:
        raise NotFound(f"{number} 没有记录号为{of_event}的办理记录，没有附卷；请用 show 核对。")
    if whose.kind in (EventKind.CORRECTED, EventKind.ATTACHED):
        raise Impossible(f"材料不能附在“{whose.kind.label}”上；请写明它是哪一条办理记录的材料。")


def read_paper(path: Path) -> bytes:
    """The content of a file that is to be attached.

    Raises:
        NotFound, Unreadable: it cannot be read, or is no plain file.
        BadValue: it is empty, or too large.
    """
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with open(handle, "rb") as file:
            told = os.fstat(file.fileno())
            if not stat.S_ISREG(told.st_mode):
                raise Unreadable(f"{path} 不是普通文件，没有附卷；请写明文件名。")
            refuse_size(told.st_size)
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"没有找到文件 {path}；请核对文件名。") from None
    except (OSError, ValueError) as fault:
        said = plain_fault(fault) if isinstance(fault, OSError) else "文件名里有无法使用的字符"
        raise Unreadable(f"{path} 无法读取：{said}。") from None
    refuse_size(len(content))
    return content


def paper_name(name: str) -> str:
    """What a paper is called by the name of its file: one line, no folders, not too long."""
    last = re.split(r"[/\\]", name.strip().rstrip("/\\"))[-1]
    told = one_line(last).strip()
    if len(told) > LONGEST_NAME:
        stem, dot, ending = told.rpartition(".")
        ending = f".{ending}" if dot and len(ending) <= 10 else ""
        told = (stem if ending else told)[: LONGEST_NAME - len(ending)] + ending
    return told if told.strip(". ") else NAMELESS


def store_of(tx: Transaction) -> PaperStore:
    """Where the papers of a register are.

    Raises:
        Unreadable: it was opened by itself, without its papers.
    """
    if tx.papers is None:
        raise Unreadable("这里只打开了登记簿本身，没有它的附卷材料。")
    return tx.papers


def papers_of(case: CaseFile) -> tuple[Paper, ...]:
    """The papers of a case, in the order they were attached; those that were voided are left out."""
    recorded = [entry.event for entry in case.entries]
    return tuple(
        Paper(
            case.number,
            event.id,
            place_of(recorded, event.id),
            event.on,
            event.name,
            event.called,
            event.size or 0,
            event.digest or "",
            place_of(recorded, event.of_event),
            event.recorded_by,
        )
        for event in sorted(case.history, key=lambda event: event.id)
        if event.kind is EventKind.ATTACHED
    )


def content_of(tx: Transaction, paper: Paper) -> bytes:
    """A paper as it was attached.

    Raises:
        NotFound: it is not there any more.
        Unreadable: it has been changed since.
    """
    content = store_of(tx).read(tx.connection, paper.digest)
    named = f"{paper.number} 第{paper.place}条附卷的材料“{paper.name or NAMELESS}”"
    if content is None:
        gone = "已按保存期限清除" if paper.name is None else "不见了；请从备份恢复"
        raise NotFound(f"{named}{gone}。")
    if digest_of(content) != paper.digest:
        raise Unreadable(f"{named}在附卷以后被改动过，没有取出；请从备份恢复。")
    return content


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that must be there, and what names it."""

    digest: str
    number: str
    event: Event


def kept_papers(connection: Connection) -> tuple[Kept, ...]:
    """Every paper that was ever attached, voided or not, but those that were erased."""
    told = select(events, cases.c.number).join(cases, events.c.case_id == cases.c.id)
    told = told.where(events.c.kind == EventKind.ATTACHED).order_by(events.c.id)
    records = connection.execute(told).all()
    if not records:
        return ()
    through: dict[int, int] = {}
    for case_id, last in connection.execute(select(erasures.c.case_id, erasures.c.through_event)):
        through[case_id] = max(through.get(case_id, 0), last)
    return tuple(
        Kept(event.digest or "", record.number, event)
        for record in records
        if record.id > through.get(record.case_id, 0)
        for event in (read_event(record),)
    )
