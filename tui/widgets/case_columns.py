"""What a list of cases shows in each column, and how the columns share the width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.vocabulary import State

if TYPE_CHECKING:
    from db.cases import CaseRow


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in cells, and its text for a case."""

    title: str
    width: int
    text: Callable[[CaseRow], str]
    right: bool = False


def left_word(row: CaseRow) -> str:
    """剩余: working days left, `超期3` when late, `-` while none are counted."""
    if row.state.ended:
        return "超期" if row.overdue and row.state is State.CONCLUDED else ""
    if row.days_left is None:
        return "-"
    if row.overdue:
        return f"超期{-row.days_left}"
    return str(row.days_left)


def due_word(row: CaseRow) -> str:
    """期限, with a sign while it rests on a calendar not yet published."""
    if row.due_on is None:
        return "" if row.state.ended else "-"
    return f"{row.due_on}{'暂' if row.provisional else ''}"


_NUMBER = Column("编号", 9, lambda row: row.number)
_RECEIVED = Column("收到", 8, lambda row: row.received_on.isoformat()[2:])
_APPLICANT = Column("申请人", 8, lambda row: row.applicant)
_SUBJECT = Column("申请内容", 0, lambda row: row.subject)
_STATE = Column("状态", 8, lambda row: row.state.label[:4])
_DUE = Column("期限", 10, lambda row: due_word(row)[2:] if row.due_on else due_word(row))
_LEFT = Column("剩余", 6, left_word, right=True)
_KIND = Column("类型", 12, lambda row: row.kind.label)
_UNIT = Column("承办", 14, lambda row: row.unit)

GAP = 1


def columns_for(width: int) -> tuple[Column, ...]:
    """The columns for a list of this width; the subject takes what the others leave."""
    chosen = [_NUMBER, _RECEIVED, _APPLICANT, _SUBJECT, _STATE, _DUE, _LEFT]
    if width >= 100:
        chosen[0] = replace(_NUMBER, width=12)
        chosen[1] = replace(_RECEIVED, width=10, text=lambda row: row.received_on.isoformat())
        chosen[2] = replace(_APPLICANT, width=14 if width < 140 else 22)
        chosen[4] = replace(_STATE, width=10, text=lambda row: row.state.label)
        chosen[5] = replace(_DUE, width=12, text=due_word)
    if width >= 140:
        chosen.insert(3, _KIND)
        chosen.insert(5, _UNIT)
    used = sum(column.width for column in chosen) + GAP * (len(chosen) + 1)
    place = chosen.index(_SUBJECT)
    chosen[place] = replace(_SUBJECT, width=max(width - used, 8))
    return tuple(chosen)
