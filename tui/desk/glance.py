"""What 今日 shows first, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from db.agenda.overview import Overview
    from db.moment import Clock
    from db.storage.transaction import Transaction


@dataclass(frozen=True)
class Glance:
    """今日 in numbers; the second folder for copies, if it has been away too long (`absent`); a
    line if the clock has been set back (`behind`)."""

    overview: Overview
    absent: str = ""
    behind: str = ""


def glance(tx: Transaction, path: Path | None, clock: Clock) -> Glance:
    from db.agenda.agenda import overview
    from tui.desk.clock_back import clock_line
    from tui.desk.copies import absent_second_folder

    return Glance(overview(tx), absent_second_folder(path, clock) if path else "", clock_line(tx))
