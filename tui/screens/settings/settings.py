"""设置: one line each for what the office and the clerk set; Enter changes it.

Where something is kept in a file of its own, the line under the list names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.words.text import one_line
from db.words.vocabulary import Role
from tui.actions.keymap import config_path
from tui.actions.registry import PAGES, bindings
from tui.desk.faults import log_path
from tui.desk.lock import lock_path
from tui.desk.paper_folders import LETTERS, PAPERS, TEMPLATES, kept_folder
from tui.desk.places import Backups, LockSettings, Retention
from tui.desk.state import remembered, state_path
from tui.look.theme import LABELS
from tui.screens.settings.keys import KeysScreen
from tui.screens.settings.organ import OrganScreen
from tui.screens.settings.roles import RolesScreen
from tui.screens.settings.small_forms import ClerkScreen, FolderScreen
from tui.screens.shared.list_page import ListPage
from tui.text.cells import fit, plain_quotes
from tui.text.paths import from_home, place_from_home
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.cases.organs import Organ
    from db.storage.transaction import Transaction

LABEL = 14


@dataclass(frozen=True)
class Found:
    """What is read from the register and beside it."""

    organs: tuple[Organ, ...]
    years: int | None
    copies: Path | None
    second: Path | None


@dataclass(frozen=True)
class Line:
    """One thing that can be set: what it is called, how it stands, what is to be known of it."""

    label: str
    value: str
    about: str
    open: Callable[[], object]
    missing: bool = False


class SettingsScreen(ListPage[None]):
    """The list."""

    SCOPES = PAGES["settings"]
    HEADING = "设置"
    READS = ("settings",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")
    HANG = LABEL + 1

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, Line] = {}

    def on_mount(self) -> None:
        self.entitle("")
        self.reload()

    def reload(self) -> None:
        path = self.desk.register.store.file

        def question(tx: Transaction) -> Found:
            from db.cases.organs import read_organs
            from db.maintenance.second_folder import second_folder
            from db.privacy.retention import keeping_years
            from db.storage.location import copies_folder

            folder = copies_folder(path) if path else None
            second = second_folder(folder, path) if folder and path else None
            organs = read_organs(tx.connection).known
            return Found(organs, keeping_years(tx), folder, second.path if second else None)

        self.ask("settings", question, self._show)

    def _show(self, found: Found) -> None:
        self._lines = {str(place): line for place, line in enumerate(self._all(found))}
        entries = [
            (
                key,
                (
                    (fit(f" {line.label}", LABEL), "$quiet"),
                    (f" {plain_quotes(line.value)}", "bold $warning" if line.missing else ""),
                ),
            )
            for key, line in self._lines.items()
        ]
        self.fill("光标所在的一项存在哪里，见最下面", entries)

    def _all(self, found: Found) -> Iterable[Line]:
        desk, register = self.desk, self.desk.register.place
        yield from (self._organ_line(organ) for organ in found.organs)
        if desk.allows(Role.SUPERVISOR):
            yield Line(
                "添加机关",
                "一本登记簿可以有几个受理机关",
                f"存在登记簿里：{place_from_home(register)}",
                self.action_add,
            )
        yield Line(
            "记录人",
            one_line(desk.office.clerk),
            "环境变量 TAIZHANG_CLERK 指定了记录人，这里不能改。"
            if desk.office.clerk_fixed
            else f"以后的办理记录署这个名字。文件：{from_home(state_path())}",
            self._open_clerk,
        )
        yield Line(
            "角色",
            desk.opened.role.label,
            "谁能登记、谁能封账：由数据库服务器授予。"
            if desk.register.store.file is None
            else f"谁能登记、谁能封账。存在登记簿里；文件本身才是锁：{place_from_home(register)}",
            lambda: desk.push_screen(RolesScreen(), self._done),
        )
        yield Line(
            "登记簿",
            place_from_home(register),
            "打开别的登记簿：taizhang --db 文件，或环境变量 TAIZHANG_DB。",
            lambda: desk.show_text("登记簿", register),
        )
        yield Line(
            "备份",
            from_home(found.copies) if found.copies else "由数据库服务器备份",
            f"备份、恢复都在备份页（{self.key('go.backups')}）。",
            lambda: desk.go(Backups()),
        )
        yield Line(
            "第二份备份",
            from_home(found.second) if found.second else "没有",
            f"在备份页按 {self.key('backups.second')} 选文件夹。",
            lambda: desk.go(Backups()),
        )
        papers, letters, templates = map(kept_folder, (PAPERS, LETTERS, TEMPLATES))
        yield Line(
            "导出文件夹",
            from_home(Path(papers)) if papers else "启动程序时的文件夹",
            f"导出台账、年报、统计时默认存到这里。文件：{from_home(state_path())}",
            lambda: desk.push_screen(
                FolderScreen(
                    PAPERS,
                    "导出文件夹",
                    "导出台账、年报时默认存到这个文件夹，届时仍可更改；留空则是启动程序时的文件夹。",
                ),
                self._done,
            ),
        )
        yield Line(
            "文书文件夹",
            from_home(Path(letters)) if letters else "同导出文件夹",
            f"制作文书时默认存到这里。文件：{from_home(state_path())}",
            lambda: desk.push_screen(
                FolderScreen(
                    LETTERS,
                    "文书文件夹",
                    "制作文书时默认存到这个文件夹，届时仍可更改；留空则同导出文件夹。",
                ),
                self._done,
            ),
        )
        yield Line(
            "文书模板",
            from_home(Path(templates)) if templates else "内置的模板",
            "本机关自己的模板放在这个文件夹；用 taizhang letters --templates 文件夹 写出内置的来改。"
            f"文件：{from_home(state_path())}",
            lambda: desk.push_screen(
                FolderScreen(
                    TEMPLATES,
                    "文书模板",
                    "这个文件夹里的模板先于内置的；留空则用内置的模板。",
                ),
                self._done,
            ),
        )
        yield Line(
            "主题配色",
            LABELS.get(desk.theme, desk.theme),
            f"{self.key('settings.open')} 换下一种，在任何一页按 {self.key('app.dark')} 也可。文件：{from_home(state_path())}",
            self._next_theme,
        )
        yield Line("按键", self._keys_changed(), self._about_keys(), self._open_keys)
        yield Line(
            "界面锁",
            _lock_words(desk.lock.minutes if desk.lock else None),
            f"口令，以及闲置多少分钟后自动锁定。文件：{from_home(lock_path())}",
            lambda: desk.go(LockSettings(), self._done),
        )
        yield Line(
            "保存期限",
            f"办结次年起 {found.years} 年" if found.years else "没有设定，个人信息一直保存",
            f"期满申请的个人信息，问过以后清除。存在登记簿里：{place_from_home(register)}",
            self._supervised(lambda: desk.go(Retention(found.years), self._done)),
        )
        yield Line(
            "日志",
            from_home(log_path()),
            "程序遇到意外时写在这里，里面没有个人信息。",
            lambda: desk.show_text("日志", str(log_path())),
        )

    def _organ_line(self, organ: Organ) -> Line:
        from db.cases.organs import UNNAMED_ORGAN

        today = self.desk.today
        name, level = organ.name_on(today), organ.level_on(today)
        missing = name == UNNAMED_ORGAN
        earlier = [f"{since}起由“{old}”改为此名" for old, since in _renamings(organ)[-1:]]
        value = f"{one_line(name)}{f'  {level.label}' if level else ''}"
        return Line(
            "受理机关",
            "名称未填，年报和文书的抬头现在写“本机关”" if missing else value,
            one_line(
                "；".join((*earlier, f"存在登记簿里：{place_from_home(self.desk.register.place)}"))
            ),
            self._supervised(lambda: self.desk.push_screen(OrganScreen(organ), self._done)),
            missing,
        )

    def _keys_changed(self) -> str:
        number = len(self.desk.keymap.chosen)
        return f"更改 {number} 处" if number else "均为默认"

    def _about_keys(self) -> str:
        return f"在这里换的存到 {from_home(state_path())}；手写的 {from_home(config_path())} 只读，优先。"

    # -- keys -------------------------------------------------------------------------------

    def about(self) -> Sequence[Part]:
        line = self._line
        return (plain_quotes(line.about),) if line else ()

    @property
    def _line(self) -> Line | None:
        return self._lines.get(self.chosen or "")

    def action_open(self) -> None:
        if self._line is not None:
            self._line.open()

    def _supervised(self, change: Callable[[], object]) -> Callable[[], object]:
        """What only a 负责人 changes: others are told so."""
        if self.desk.allows(Role.SUPERVISOR):
            return change
        return lambda: self.flash(f"要由{Role.SUPERVISOR.holder}更改。")

    def action_add(self) -> None:
        self.desk.push_screen(OrganScreen(None), self._done)

    def _open_clerk(self) -> None:
        if self.desk.office.clerk_fixed:
            self.flash("记录人由环境变量指定。")
        else:
            self.desk.push_screen(ClerkScreen(), self._done)

    def _next_theme(self) -> None:
        self.desk.call_later(self._turn)

    async def _turn(self) -> None:
        await self.desk.run_action("app.dark")
        self.reload()

    def _open_keys(self) -> None:
        kept = remembered("keys")
        at_desk = kept if isinstance(kept, dict) else {}
        self.desk.push_screen(KeysScreen(at_desk), self._done)

    def _done(self, said: str | None) -> None:
        if said:
            self.flash(said)
        self.reload()


def _renamings(organ: Organ) -> list[tuple[str, object]]:
    """The names an organ has given up, each with the day of the next one."""
    names = organ.names
    return [(names[n][1], names[n + 1][0]) for n in range(len(names) - 1)]


def _lock_words(minutes: int | None) -> str:
    if minutes is None:
        return "没有设口令"
    return f"已设口令，闲置 {minutes} 分钟自动锁定" if minutes else "已设口令，不自动锁定"
