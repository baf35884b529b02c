"""标注: the ledger written once more, its faults marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from db.calendar.workdays import work_calendar
from tui.forms.draft import Draft
from tui.forms.papers import path_field
from tui.screens.shared.paper import PaperForm, Writer

if TYPE_CHECKING:
    from exports.ledger.understanding import Understood


class MarkedScreen(PaperForm):
    """Where the marked copy goes."""

    HEADING = "标注"

    def __init__(self, ledger: Understood) -> None:
        super().__init__()
        self._ledger = ledger

    async def on_mount(self) -> None:
        self.entitle(self._ledger.path.name)
        path = self._ledger.path
        proposal = path.with_name(f"{path.stem}-标注.xlsx")
        sentence = "台账另存一份 Excel，有问题的格子标红，原因写在批注里；原来的文件不动。"
        await self.lay([path_field(proposal, sentence)], work_calendar())

    def writer(self, draft: Draft) -> Writer:
        register, ledger = self.desk.register, self._ledger

        def write(path: Path, progress: Callable[[int], None], last: Callable[[], None]) -> None:
            from exports.ledger.marked import write_marked

            write_marked(register, ledger, path, progress, last)

        return write
