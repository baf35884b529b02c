"""What a list of cases shows in each column, and how the columns share the width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.words.vocabulary import State

if TYPE_CHECKING:
    from db.cases.rows import CaseRow


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
        return f"超期{-row.days_left or ''}"  # late by days off alone
    return str(row.days_left)


def due_word(row: CaseRow) -> str:
    """期限, with a sign while it rests on a calendar not yet published."""
    if row.due_on is None:
        return "" if row.state.ended else "-"
    return f"{row.due_on}{'暂' if row.provisional else ''}"


def reply_word(row: CaseRow) -> str:
    """限期: until when somebody should answer or pay."""
    return row.reply_by.isoformat() if row.reply_by else "-"


_NUMBER = Column("number", "编号", 9, lambda row: row.number, field=True)
_RECEIVED = Column("received", "收到", 8, lambda row: row.received_on.isoformat()[2:])
_APPLICANT = Column("applicant", "申请人", 8, lambda row: row.applicant, field=True)
_SUBJECT = Column("subject", "申请内容", 0, lambda row: row.subject, field=True)
_STATE = Column("state", "状态", 10, lambda row: row.state.label)
_DUE = Column("due", "期限", 10, lambda row: due_word(row)[2:] if row.due_on else due_word(row))
_LEFT = Column("left", "剩余", 6, left_word, right=True, warns=True)
_KIND = Column("kind", "类型", 12, lambda row: row.kind.label)
_UNIT = Column("unit", "承办", 14, lambda row: row.unit, field=True)
_REPLY = Column("due", "限期", 10, reply_word)

GAP = 1


def columns_for(width: int, *, waiting: bool = False) -> tuple[Column, ...]:
    """The columns for a list of this width; the subject takes what the others leave.

    A list of cases that wait for somebody shows until when.
    """
    chosen = [_NUMBER, _RECEIVED, _APPLICANT, _SUBJECT, _STATE, _DUE, _LEFT]
    if width >= 100:
        chosen[0] = replace(_NUMBER, width=12)
        chosen[1] = replace(_RECEIVED, width=10, text=lambda row: row.received_on.isoformat())
        chosen[2] = replace(_APPLICANT, width=14 if width < 140 else 22)
        chosen[5] = replace(_DUE, width=12, text=due_word)
    if width >= 140:
        chosen.insert(3, _KIND)
        chosen.insert(5, _UNIT)
    if waiting:
        due = next(place for place, column in enumerate(chosen) if column.name == "due")
        chosen[due : due + 2] = [_REPLY]
    used = sum(column.width for column in chosen) + GAP * (len(chosen) + 1)
    place = chosen.index(_SUBJECT)
    chosen[place] = replace(_SUBJECT, width=max(width - used, 8))
    return tuple(chosen)
