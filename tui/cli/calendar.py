"""`calendar YEAR`, `calendar import FILE`: the working-day calendar and pasted notices."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.output import stored
from tui.cli.values import (
    UsageFault,
    Value,
    answer_json,
    recording,
    register_if_any,
    run_by,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.calendar.holiday_notice import Notice
    from db.cases.projection import Moved


def add_commands(commands: Any) -> None:
    calendar = commands.add_parser(
        "calendar", help="一年的放假和调休；calendar import FILE 录入放假通知"
    )
    calendar.add_argument("what", metavar="YEAR|import", help="年份，或 import")
    calendar.add_argument("file", nargs="?", type=Path, metavar="FILE", help="通知的文本文件")
    calendar.add_argument("--year", type=Value.year, metavar="Y", help="通知没有写明时的年份")
    calendar.add_argument("--source", default="", metavar="TEXT", help="来源，如文号或网址")
    calendar.add_argument("--dry-run", action="store_true", help="只解析，不录入")
    run_by(calendar, run_calendar)


def run_calendar(given: argparse.Namespace) -> int:
    if given.what == "import":
        if given.file is None:
            raise UsageFault("请写明通知的文本文件：calendar import FILE。")
        return _import(given)
    if given.file is not None:
        raise UsageFault("看一年的日历只写年份：calendar 2026。")
    return _show(Value.year(given.what), given)


def _show(year: int, given: argparse.Namespace) -> int:
    from db.calendar.dates import dated
    from db.calendar.workdays import work_calendar

    with register_if_any(given) as register:
        if register is None:
            calendar = work_calendar()
        else:
            with register.reading() as tx:
                calendar = tx.calendar
    published = year in calendar.published
    days = calendar.exceptions_of(year)
    if given.json:
        answer_json(
            {
                "year": year,
                "published": published,
                "rest": [d.on.isoformat() for d in days if not d.working],
                "work": [d.on.isoformat() for d in days if d.working],
                "days": [
                    {"date": d.on.isoformat(), "working": d.working, "name": d.name} for d in days
                ],
            }
        )
        return 0
    for day in days:
        say(f"{dated(day.on)}  {'调休上班' if day.working else '放假'}  {day.name}")
    if not published:
        say(f"{year}年的放假通知还没有；周一至周五都算工作日，据此算出的期限为暂定。")
    return 0


def _import(given: argparse.Namespace) -> int:
    from db.cases.holidays import enter_notice, read_notice

    text = notice_text(given.file)
    moved: tuple[Moved, ...] = ()
    notice = read_notice(text, given.year)
    if given.dry_run:
        _answer_notice(notice, moved, given)
        return 0
    with recording(given, create=True) as tx:
        notice, moved = enter_notice(tx, text, given.source or given.file.name, given.year)
    with stored(f"{notice.year}年放假通知已录入"):
        _answer_notice(notice, moved, given)
    return 0


def _answer_notice(notice: Notice, moved: Sequence[Moved], given: argparse.Namespace) -> None:
    if given.json:
        answer_json(
            {
                "year": notice.year,
                "rest": [day.isoformat() for day in notice.rest],
                "work": [day.isoformat() for day in notice.work],
                "moved": [
                    {
                        "number": m.number,
                        "old": m.old.isoformat() if m.old else None,
                        "new": m.new.isoformat() if m.new else None,
                    }
                    for m in moved
                ],
            }
        )
        return
    for clause in notice.clauses:
        say(
            f"{clause.festival}：放假 {_listed(clause.rest)}"
            + (f"；上班 {_listed(clause.work)}" if clause.work else "")
        )
    for m in moved:
        say(f"{m.number} 答复期限 {m.old or '-'} 改为 {m.new or '-'}")
    if given.dry_run:
        say("只作解析，没有录入。")
    else:
        say(f"{notice.year}年放假通知已录入；{len(moved)} 件的答复期限有变动。")


LARGEST_NOTICE = 1 << 20
"""Bytes of a file with a notice; the longest real one has 3,000."""


def notice_text(path: Path) -> str:
    """The text of a file with a holiday notice.

    Raises:
        NotFound, Unreadable: it cannot be read, is no text, or too large for a notice.
    """
    from db.errors import NotFound, Unreadable, plain_fault

    if not path.is_file():
        raise NotFound(f"没有找到文件 {path}；请核对路径。")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_NOTICE + 1)
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
    if len(raw) > LARGEST_NOTICE:
        raise Unreadable(f"{path} 过大，不像放假通知；请只留下通知本身。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{path} 的文字编码无法识别；请另存为 UTF-8 的文本文件。")


def _listed(days: Any) -> str:
    return "、".join(f"{day:%m-%d}" for day in days) or "-"
