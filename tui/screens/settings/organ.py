"""受理机关: an organ added, its facts set, its name changed from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.calendar.workdays import work_calendar
from tui.forms.draft import Draft, Outlook
from tui.forms.organ import organ_changes, organ_fields, organ_outlook
from tui.screens.shared.form import FormScreen

if TYPE_CHECKING:
    from db.cases.organs import Organ
    from db.storage.transaction import Transaction


class OrganScreen(FormScreen[str]):
    """Answers what was done, in a sentence."""

    HEADING = "受理机关"
    KEPT = False

    def __init__(self, organ: Organ | None) -> None:
        """None is an organ to be added."""
        super().__init__()
        self._organ = organ

    async def on_mount(self) -> None:
        today = self.desk.today
        self.entitle(self._organ.name_on(today) if self._organ else "添加")
        await self.lay(organ_fields(self._organ, today), work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        if "name" not in draft.values:
            return Outlook("")
        changes = organ_changes(self._organ, draft.values, self.desk.today)
        return Outlook(organ_outlook(self._organ, changes, draft.values.get("on")))

    def submit(self, draft: Draft) -> None:
        organ, on = self._organ, draft.values.get("on")
        changes = organ_changes(organ, draft.values, self.desk.today)
        if not changes:
            self.refused("没有改动。")
            return
        name: str = draft.values["name"]

        def change(tx: Transaction) -> tuple[str, ...]:
            from db.cases.organ_facts import add_organ, set_organ
            from db.cases.organs import organ_names

            key = organ.key if organ else add_organ(tx, name).key
            set_organ(tx, key, changes, on)
            return organ_names(tx)

        self.store(change, lambda names: self._stored(name, names), self.refused)

    def _stored(self, name: str, names: tuple[str, ...]) -> None:
        self.desk.take_organs(names)
        self.saved(f"{name} 的情况已登记。" if self._organ else f"已添加 {name}。")
