"""保存期限: for how long personal facts are kept; and erasing them once that has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.calendar.workdays import work_calendar
from db.errors import BadValue
from db.words.text import fold
from tui.desk.asking import ask
from tui.forms.draft import Draft
from tui.forms.fields import FieldSpec, Surroundings
from tui.screens.shared.form import FormScreen
from tui.screens.shared.windows import confirm

if TYPE_CHECKING:
    from db.maintenance.retiring import Retired
    from db.privacy.retention import PastCase
    from db.storage.transaction import Transaction

SHOWN = 8
"""How many of the cases past their period are named in the question."""


def _years_field(years: int | None) -> FieldSpec:
    def read(text: str, _: Surroundings) -> int:
        digits = fold(text)
        if not (digits.isascii() and digits.isdigit() and len(digits) < 4):
            raise BadValue("请写整数的年数，例如 10。")
        return int(digits)

    return FieldSpec(
        "years",
        "保存年数",
        "从办结的次年算起。期满的申请会列出来，问过以后清除其中的个人信息；数字、期限和记录链都不变。",
        read,
        required=True,
        brief=True,
        initial=str(years or ""),
        echo=lambda value, _: "年",
    )


class RetentionScreen(FormScreen[str]):
    """Set the period; answers what has been done."""

    HEADING = "保存期限"
    KEPT = False

    def __init__(self, years: int | None) -> None:
        super().__init__()
        self._years = years

    async def on_mount(self) -> None:
        self.entitle("" if self._years else "还没有设定，个人信息一直保存")
        await self.lay([_years_field(self._years)], work_calendar())

    def submit(self, draft: Draft) -> None:
        years: int = draft.values["years"]

        path = self.desk.register.store.file

        def change(tx: Transaction) -> tuple[tuple[PastCase, ...], int]:
            from db.maintenance.retiring import copies_of_before
            from db.privacy.retention import past_keeping, set_keeping_years

            set_keeping_years(tx, years)
            return past_keeping(tx), len(copies_of_before(path)) if path else 0

        self.store(change, lambda found: self._asks(years, *found), self.refused)

    def _asks(self, years: int, past: tuple[PastCase, ...], copies: int) -> None:
        kept = f"保存期限是 {years} 年。"
        if not past:
            self.saved(f"{kept}没有期满的申请。")
            return
        self._saving = False
        copies_too = (
            f"此前的 {copies} 份备份里也有这些信息，会一并删去，另做一份新的。"
            if self.desk.register.store.file
            else "服务器上的表会重写；服务器自己的备份和日志里还有这些信息，要请管理员清理。"
        )
        named = "、".join(case.number for case in past[:SHOWN])
        more = f" 等 {len(past):,} 件" if len(past) > SHOWN else f"，共 {len(past)} 件"
        confirm(
            self,
            f"{kept}期满而个人信息还在的申请：{named}{more}。\n\n清除以后不能恢复；{copies_too}",
            "清除",
            "暂不清除",
            lambda: self._retire(past),
        )

    def _retire(self, past: tuple[PastCase, ...]) -> None:
        register = self.desk.register
        self._saving = True
        then = "备份并核对" if self.desk.register.store.file else "重写服务器上的表"
        self._foot(f"正在清除，随后{then}。")

        def question() -> Retired:
            from db.maintenance.retiring import retire
            from tui.desk.lookups import forget_earlier_lookups

            forget_earlier_lookups()
            return retire(register, [case.id for case in past])

        ask(self, "save", question, self._retired, self.refused)

    def _retired(self, retired: Retired) -> None:
        since = f"旧备份删去 {retired.removed} 份" if retired.copy else "服务器上的表已重写"
        said = f"已清除 {retired.cases:,} 件，{since}。"
        if retired.kept:
            self.desk.show_error(
                f"{said}还有 {len(retired.kept)} 份未能删去，请手工删除：{retired.kept[0]}"
            )
        self.saved(said)
