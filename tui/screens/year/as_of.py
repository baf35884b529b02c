"""历史时点数据: which past day the year's table is shown for."""

from __future__ import annotations

from datetime import date

from db.calendar.workdays import work_calendar
from tui.forms.common import DATE_HELP
from tui.forms.draft import Draft
from tui.forms.fields import date_field
from tui.screens.shared.form import FormScreen


class AsOfScreen(FormScreen[date]):
    """Ask for a day; answers it."""

    HEADING = "历史时点数据"
    KEPT = False

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    async def on_mount(self) -> None:
        self.entitle(self._about)
        field = date_field(
            "day",
            "截至日期",
            f"按到这一天终了时已经登记的记录统计；以后登记的更正不计。\n{DATE_HELP}",
            required=True,
            aside=lambda day, around: "到这一天终了时",
        )
        await self.lay([field], work_calendar())

    def submit(self, draft: Draft) -> None:
        self.saved(draft.values["day"])
