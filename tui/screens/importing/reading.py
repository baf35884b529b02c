"""A ledger file as it was read last, and how; what was imported, as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.screens.shared.listed import ListedScreen
from tui.text.cells import plain_quotes
from tui.widgets.listing import Listing

if TYPE_CHECKING:
    from datetime import date

    from db.cases.case_row import CaseRow
    from db.storage.register import Register
    from exports.ledger.faults import Fault, FaultGroup
    from exports.ledger.heading import Column
    from exports.ledger.importing import Already, Imported, Prospect
    from exports.ledger.understanding import Understood

ROWS_SHOWN = 500
"""Faults that a window lists; the marked copy and the command line have all."""


@dataclass(frozen=True)
class Seen:
    """A file as it was read last."""

    ledger: Understood
    groups: Sequence[FaultGroup]
    columns: Sequence[Column]
    """Those that the ledger does not know, takes for one of its own, or leaves out."""
    already: Already | None
    """What the register holds of it already; looked for once nothing is wrong."""
    prospect: Prospect


def read_file(
    register: Register,
    path: Path,
    apart: Path | None,
    today: date,
    progress: Callable[[str, int, int], None],
) -> Seen:
    """In a worker thread; `apart` is a second file, of disputes."""
    from exports.ledger.faults import grouped
    from exports.ledger.importing import prospect, taught_in, what_is_there
    from exports.ledger.linking import linked
    from exports.ledger.understanding import understand_ledger

    ledger = understand_ledger(path, today, progress, taught_in(register), apart=apart)
    already = None
    with register.reading() as tx:
        ledger = linked(tx, ledger)
        if not ledger.all_faults:
            already = what_is_there(tx, ledger)
    unknown = [
        column
        for read in (ledger, ledger.disputes)
        if read is not None
        for column in read.heading.columns
        if column.means is None or column.taken or not column.known
    ]
    return Seen(ledger, grouped(ledger.all_faults), unknown, already, prospect(ledger))


def fault_lines(faults: Sequence[Fault], count: int) -> str:
    lines = [str(fault) for fault in faults]
    if count > len(lines):
        lines.append(f"还有 {count - len(lines):,} 处没有列出；标注的一份里都有。")
    return plain_quotes("\n".join(lines))


def imported_screen(register: Register, done: Imported) -> ListedScreen:
    """The cases that have just been imported."""

    def source(start: int, length: int) -> tuple[int, Sequence[CaseRow]]:
        from db.lookup.find import cases_by_id

        with register.reading() as tx:
            return len(done.ids), cases_by_id(tx, done.ids[start : start + length])

    return ListedScreen("刚导入的", Listing(source))
