"""What is wrong with a report, one thing after another, and which cells each is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.disputes.dispute import Block
from db.year_end.cells_of_problem import Cell, cells_of
from db.year_end.form import row_labels
from tui.text.cells import plain_quotes

if TYPE_CHECKING:
    from db.year_end.received import Problem, Received
    from exports.consolidation.standing import Bureau

REQUESTS, DISPUTES, PROACTIVE = "3", "4", "2"
TABLES = (REQUESTS, DISPUTES, PROACTIVE)
TITLES = {REQUESTS: "三、申请办理", DISPUTES: "四、复议诉讼", PROACTIVE: "二、主动公开"}
WRONG, HERE, UNREAD = "!", ">", "?"
"""Before a figure: something is wrong with it; it is what the cursor's line is about. In its place:
it could not be read."""
_BLANKS = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One thing said of a report, and the cells it is about."""

    kind: str
    text: str
    cells: tuple[Cell, ...] = ()


def plain(text: str) -> str:
    """A sentence of a finding without signs of uncertain width."""
    return plain_quotes(text).replace("≠", " 与 ")


def told_of(bureau: Bureau, came: Received | None = None) -> list[Told]:
    """What was decided and what is wrong; then what is worth a look. `came` is the report as it came
    in: what is mended differs from it."""
    one = bureau.one
    changed = changed_cells(came, one.part) if came is not None and one is not None else ()
    told = [Told("说明", bureau.word, changed)] if bureau.word else []
    if one is None:
        return told
    form = one.part.form

    def cells(problems: Sequence[Problem]) -> tuple[Cell, ...]:
        return tuple(dict.fromkeys(cell for each in problems for cell in cells_of(each, form)))

    wrong = [problem for problem in one.problems if problem.rule != "P"]
    said = bureau.found
    for text, behind in zip(said, _behind(wrong), strict=True):
        told.append(Told("不符", text, cells(behind)))
    blanks = [problem for problem in one.problems if problem.rule == "P"]
    if blanks:
        named = "、".join(f"“{problem.where}”" for problem in blanks[:_BLANKS])
        more = f"等{len(blanks)}格" if len(blanks) > _BLANKS else ""
        told.append(Told("空白", f"{named}{more}是空白或划线，计为0；没有的请填0。", cells(blanks)))
    return told + [Told("提示", each.text, cells((each,))) for each in one.remarks]


def _behind(problems: Sequence[Problem]) -> Iterator[list[Problem]]:
    """The problems that each sentence of `gathered` tells, in its order."""
    seen: set[str] = set()
    for problem in problems:
        if problem.likely:
            key, behind = problem.likely, [p for p in problems if p.likely == problem.likely]
        else:
            key, behind = problem.text, [p for p in problems if p.text == problem.text]
        if key not in seen:
            seen.add(key)
            yield behind


def changed_cells(came: Received, now: Received) -> tuple[Cell, ...]:
    """Where two readings of tables 3 and 4 differ."""
    found: list[Cell] = []
    for code, cells in (now.requests or {}).items():
        before = (came.requests or {}).get(code, cells)
        found += [(code, place) for place, n in enumerate(cells) if n != before[place]]
    for block, results in (now.disputes or {}).items():
        before = (came.disputes or {}).get(block, results)
        found += [(block.value, place) for place, n in enumerate(results) if n != before[place]]
    return tuple(found)


def table_of(cell: Cell) -> str:
    """The table in which a cell stands."""
    code = cell[0]
    if code in {block.value for block in Block}:
        return DISPUTES
    return PROACTIVE if "." in code and not code[:1].isdigit() else REQUESTS


def marks_of(told: Sequence[Told], here: Told | None, part: Received) -> Mapping[Cell, str]:
    """What stands before each figure that is wrong or that `here` is about."""
    marks: dict[Cell, str] = {}
    for one in told:
        if one.kind in ("不符", "空白"):
            marks |= dict.fromkeys(one.cells, WRONG)
    if here is not None:
        marks |= dict.fromkeys(here.cells, HERE)
    return marks


def unread_of(part: Received) -> frozenset[Cell]:
    """The cells that could not be read."""
    found: set[Cell] = set()
    codes = [row.code for row in row_labels(part.form)]
    for code in codes:
        cells = (part.requests or {}).get(code, (None,) * 7)
        found |= {(code, place) for place, n in enumerate(cells) if n is None}
    for block in Block:
        cells = (part.disputes or {}).get(block, (None,) * 5)
        found |= {(block.value, place) for place, n in enumerate(cells) if n is None}
    found |= {(key, 0) for key, n in (part.proactive or {}).items() if n is None}
    return frozenset(found)
