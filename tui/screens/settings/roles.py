"""角色: who may do what with the register, as far as the register itself says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.calendar.workdays import work_calendar
from db.words.text import one_line
from db.words.vocabulary import Role
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import choice_field, numbered, text_field
from tui.screens.shared.form import FormScreen
from tui.screens.shared.list_page import ListPage
from tui.text.cells import fit
from tui.text.paths import place_from_home
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.storage.transaction import Transaction

MAY = {
    Role.VIEWER: "只能查看、查找和导出",
    Role.CLERK: "登记申请和办理情况",
    Role.SUPERVISOR: "并封账、改动已封账的年份，管理日历、机关等",
}
_NAME, _LABEL = 18, 8


class RolesScreen(ListPage[None]):
    """Who has been given which role. On a server it is only looked at: the server gives them."""

    SCOPES = PAGES["roles"]
    HEADING = "角色"
    READS = ("roles", "save")
    BINDINGS: ClassVar[list[BindingType]] = bindings("roles")
    HANG = _NAME + _LABEL

    def __init__(self) -> None:
        super().__init__()
        self._named: Mapping[str, Role] = {}

    @property
    def _on_server(self) -> bool:
        return self.desk.register.store.file is None

    def reload(self) -> None:
        on_server = self._on_server

        def question(tx: Transaction) -> Mapping[str, Role]:
            if on_server:
                from db.storage.server_roles import logins

                return logins(tx.connection)
            from db.storage.role import named_roles

            return named_roles(tx.connection)

        self.ask("roles", question, self._show)

    def _show(self, named: Mapping[str, Role]) -> None:
        self._named = dict(sorted(named.items()))
        role = self.desk.opened.role
        self.entitle(one_line(self.desk.office.clerk))
        entries = [
            (
                name,
                (
                    (fit(f" {one_line(name)}", _NAME), "bold"),
                    (fit(f" {given.label}", _LABEL), ""),
                    (MAY[given], "$quiet"),
                ),
            )
            for name, given in self._named.items()
        ]
        self.fill(f"你的角色：{role.label}，{MAY[role]}", entries)

    def about(self) -> Sequence[Part]:
        if self._on_server:
            return (
                "角色由数据库服务器按登录名授予，这里只能查看。",
                "管理员用 taizhang roles --sql 查看做法。",
            )
        others = Role.CLERK if Role.SUPERVISOR in self._named.values() else Role.SUPERVISOR
        return (
            f"没有写明的人：{others.label}。按记录人的姓名认人，存在登记簿里；",
            "能写这个文件的人都能绕过，真正的锁是文件的权限：",
            place_from_home(self.desk.register.place),
        )

    # -- keys -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On a server nothing is given here."""
        if action in ("add", "open", "drop") and self._on_server:
            return False
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        self.desk.push_screen(RoleForm(None, None), self._done)

    def action_open(self) -> None:
        name = self.chosen
        if name is not None:
            self.desk.push_screen(RoleForm(name, self._named[name]), self._done)

    def action_drop(self) -> None:
        name = self.chosen
        if name is None:
            return

        def change(tx: Transaction) -> None:
            from db.storage.giving_roles import give_role

            give_role(tx, name, None)

        def answer(_: None) -> None:
            self._done(f"{name} 的角色不再写明。")

        self.store(change, answer, self.desk.show_error)

    def _done(self, said: str | None) -> None:
        if said:
            self.flash(said)
            self.desk.read_role()
        self.reload()


class RoleForm(FormScreen[str]):
    """One name and its role; answers what was done, in a sentence."""

    HEADING = "角色"
    KEPT = False

    def __init__(self, name: str | None, role: Role | None) -> None:
        """None is somebody to be named."""
        super().__init__()
        self._clerk, self._role = name, role

    async def on_mount(self) -> None:
        self.entitle(self._clerk or "添加")
        role = choice_field(
            "role",
            "角色",
            "；".join(f"{role.label}：{may}" for role, may in MAY.items()) + "。",
            numbered(Role),
            required=True,
            initial=self._role.label if self._role else "",
        )
        name = text_field(
            "name",
            "姓名",
            "与这个人的“记录人”一字不差（设置里的记录人）。",
            required=True,
        )
        await self.lay([role] if self._clerk else [name, role], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        return Outlook("保存后立即生效；留有记录。")

    def submit(self, draft: Draft) -> None:
        name, role = self._clerk or draft.values["name"], Role(draft.values["role"])

        def change(tx: Transaction) -> None:
            from db.storage.giving_roles import give_role

            give_role(tx, name, role)

        self.store(change, lambda _: self.saved(f"{one_line(name)}：{role.label}。"), self.refused)
