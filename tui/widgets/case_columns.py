"""What a list of cases shows in each column, and how the columns share the width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from db.words.text import one_line
from db.words.vocabulary import State

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in cells, and its text for a case.

    `name` is what lists are ordered by (`db.lookup.orders`); `field`: it shows the field of that name
    as it is, so that matches can be marked; `warns`: it stands out when a case is late.
    """

    name: str
    title: str
    width: int
    text: Callable[[CaseRow], str]
    right: bool = False
    field: bool = False
    warns: bool = False


def left_word(row: CaseRow) -> str:
    """剩余: working days left, `超期3` when late, `-` while none are counted."""
    if row.state.ended:
        return "超期" if row.overdue and row.state is State.CONCLUDED else ""
    if row.days_left is None:
        return "-"
    if row.overdue:
        late = -row.days_left
        return f"超期{late or ''}" if late < 1000 else f"超{late}"  # 0: late by days off alone
    return str(row.days_left)


def due_word(row: CaseRow) -> str:
    """期限, with a sign while it rests on a calendar not yet published."""
    if row.due_on is None:
        return "" if row.state.ended else "-"
    return f"{row.due_on}{'暂' if row.provisional else ''}"


def reply_word(row: CaseRow) -> str:
    """限期: until when somebody should answer or pay."""
    return row.reply_by.isoformat() if row.reply_by else "-"


def outcome_word(row: CaseRow) -> str:
    """结果: its number in the year's table."""
    return row.outcome or ""


_NUMBER = Column("number", "编号", 9, lambda row: row.number, field=True)
_RECEIVED = Column("received", "收到", 8, lambda row: row.received_on.isoformat()[2:])
_APPLICANT = Column("applicant", "申请人", 8, lambda row: row.applicant, field=True)
SUBJECT = "subject"
_SUBJECT = Column(SUBJECT, "申请内容", 0, lambda row: row.subject, field=True)
_STATE = Column("state", "状态", 10, lambda row: row.state.label)
_DUE = Column("due", "期限", 10, lambda row: due_word(row)[2:] if row.due_on else due_word(row))
_LEFT = Column("left", "剩余", 7, left_word, right=True, warns=True)
_KIND = Column("kind", "类型", 12, lambda row: row.kind.label)
_UNIT = Column("unit", "承办", 14, lambda row: row.unit, field=True)
_REPLY = Column("due", "限期", 10, reply_word)
_OFFICER = Column("officer", "承办人", 8, lambda row: row.officer, field=True)
_CHANNEL = Column("channel", "方式", 8, lambda row: row.channel.label if row.channel else "")
_CONCLUDED = Column(
    "concluded", "办结", 10, lambda row: row.concluded_on.isoformat() if row.concluded_on else ""
)
_OUTCOME = Column("outcome", "结果", 6, outcome_word)
_USED = Column("used", "已用", 4, lambda row: str(row.days_used), right=True)
_ORGAN = Column("organ", "受理机关", 16, lambda row: row.organ)

ALL: dict[str, Column] = {
    column.name: column
    for column in (
        _NUMBER,
        _RECEIVED,
        _APPLICANT,
        _KIND,
        _SUBJECT,
        _UNIT,
        _OFFICER,
        _CHANNEL,
        _STATE,
        _DUE,
        _LEFT,
        _USED,
        _CONCLUDED,
        _OUTCOME,
        _ORGAN,
    )
}
"""Every column a list can have, by its name."""
USUAL = ("number", "received", "applicant", "subject", "state", "due", "left")
FIXED = ("number", SUBJECT)
"""They are always there: by them a case is known."""
GAP = 1
_ROOM = 12
"""Cells that the subject is given before another column finds room."""


@lru_cache(maxsize=4)  # they are asked for at every line
def columns_for(
    width: int, *, waiting: bool = False, chosen: tuple[str, ...] = ()
) -> tuple[Column, ...]:
    """The columns for a list of this width; the subject takes what the others leave.

    `chosen` names columns in their order; the last of them give way where there is no room. A list
    of cases that wait for somebody shows until when.
    """
    names = [name for name in chosen if name in ALL]
    if names:
        laid = [_at(width, name) for name in names]
        laid = [*(_at(width, name) for name in FIXED if name not in names), *laid]
    else:
        laid = [_at(width, name) for name in USUAL]
        if width >= 140:
            laid.insert(3, _KIND)
            laid.insert(5, _UNIT)
    if waiting:
        laid = _with_reply(laid)
    if names:
        _make_room(laid, width)
    used = sum(column.width for column in laid) + GAP * (len(laid) + 1)
    place = next(n for n, column in enumerate(laid) if column.name == _SUBJECT.name)
    laid[place] = replace(_SUBJECT, width=max(width - used, 8))
    return tuple(laid)


def whole_row(row: CaseRow, columns: Sequence[Column]) -> str:
    """What the columns show of a case, nothing cut short, as spreadsheets take it: tabs between."""
    wide = 200
    full = (column if column is _REPLY else _at(wide, column.name) for column in columns)
    return "\t".join(one_line(column.text(row)) for column in full)


def _at(width: int, name: str) -> Column:
    """A column as it is at a width of the list."""
    column = ALL[name]
    if width < 100:
        return column
    match name:
        case "number":
            return replace(column, width=12)
        case "received":
            return replace(column, width=10, text=lambda row: row.received_on.isoformat())
        case "applicant":
            return replace(column, width=14 if width < 140 else 22)
        case "due":
            return replace(column, width=12, text=due_word)
    return column


def _with_reply(laid: list[Column]) -> list[Column]:
    """限期 in the place of 期限 and 剩余."""
    place = next((n for n, column in enumerate(laid) if column.name == "due"), len(laid))
    rest = [column for column in laid if column.name not in ("due", "left")]
    rest.insert(min(place, len(rest)), _REPLY)
    return rest


def _make_room(laid: list[Column], width: int) -> None:
    """Leave out the last ones that find no room."""
    while sum(column.width for column in laid) + GAP * (len(laid) + 1) + _ROOM > width:
        last = next((c for c in reversed(laid) if c.name not in FIXED), None)
        if last is None:
            return
        laid.remove(last)


def column_at(columns: Sequence[Column], x: int) -> Column | None:
    """The column that stands at a cell of the line."""
    end = GAP
    for column in columns:
        if end <= x < end + column.width:
            return column
        end += column.width + GAP
    return None
