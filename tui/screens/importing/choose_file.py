"""选文件: a path is typed, completed from what its folder holds."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList

from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask, asked
from tui.desk.state import remember, remembered
from tui.screens.shared.base import DeskScreen
from tui.text.cells import fit
from tui.text.paths import as_meant
from tui.widgets.plain import Part, PlainInput, PlainOptions, PlainText

ENDINGS = (".xlsx", ".xlsm", ".csv")
_FOLDER = "import folder"
_MOST = 2_000  # names of a folder that are looked at


class FileScreen(DeskScreen[Path]):
    """Answers the file chosen; None when the clerk leaves. The last folder is where it begins."""

    SCOPES = PAGES["files"]
    HEADING = "导入台账"
    BINDINGS: ClassVar[list[BindingType]] = bindings("files")
    AUTO_FOCUS = "PlainInput"

    def __init__(self, title: str = "选文件") -> None:
        super().__init__()
        self._title = title
        self._listed: str | None = None  # the folder that is listed, as it is typed
        self._names: list[tuple[str, bool]] = []
        self._problem = ""

    def body(self) -> Iterable[Widget]:
        yield PlainText(
            "Excel（.xlsx）或 CSV（.csv）文件；输入名字的一部分缩小范围", classes="list-line"
        )
        yield PlainInput(_begin(), id="file-line")
        yield PlainOptions(id="file-list")

    def on_mount(self) -> None:
        self.entitle(self._title)
        line = self.query_one(PlainInput)
        line.cursor_position = len(line.value)
        self._look()

    @property
    def _typed(self) -> tuple[str, str]:
        """The folder that is typed, and what is typed of a name in it."""
        line = as_meant(self.query_one(PlainInput).value)
        folder, name = os.path.split(line)
        return folder, name

    @on(Input.Changed)
    def _look(self) -> None:
        folder, _ = self._typed
        if folder == self._listed:
            self._offer()
            return
        self._listed = folder
        where = Path(folder or ".").expanduser()
        ask(self, "list", lambda: _names_in(where), self._learn, self._not_listed)

    def _learn(self, names: list[tuple[str, bool]]) -> None:
        self._names, self._problem = names, ""
        self._offer()

    def _not_listed(self, sentence: str) -> None:
        self._names, self._problem = [], sentence
        self._offer()

    def _offer(self) -> None:
        _, typed = self._typed
        options = [
            (name, _entry(name, is_folder))
            for name, is_folder in self._names
            if typed.casefold() in name.casefold()
        ]
        otherwise = self._problem or "这里没有这样的文件夹，也没有这样的台账文件"
        self.query_one(PlainOptions).offer(options, otherwise=otherwise)

    def _settled(self) -> bool:
        return self._listed == self._typed[0] and not asked(self, "list")

    def action_move(self, by: int) -> None:
        self.desk.once(self._settled, lambda: self.query_one(PlainOptions).move(by))

    def action_complete(self) -> None:
        self.desk.once(self._settled, self._complete)

    def _complete(self) -> None:
        name = self.query_one(PlainOptions).chosen
        if name is not None:
            self._write(name, dict(self._names)[name])

    def _write(self, name: str, is_folder: bool) -> None:
        line = self.query_one(PlainInput)
        line.value = os.path.join(self._typed[0], name) + (os.sep if is_folder else "")
        line.cursor_position = len(line.value)

    def action_choose(self) -> None:
        self.desk.once(self._settled, self.clicked)

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        """A folder is gone into, a file is taken."""
        folder, typed = self._typed
        name = self.query_one(PlainOptions).chosen
        if name is None:
            whole = Path(folder, typed).expanduser()
            if typed and whole.suffix.lower() in ENDINGS:
                self._take(whole)  # what is wrong with it is said by who reads it
        elif dict(self._names)[name]:
            self._write(name, True)
        else:
            self._take(Path(folder, name).expanduser())

    def _take(self, path: Path) -> None:
        whole = path.absolute()
        remember(_FOLDER, str(whole.parent))
        self.dismiss(whole)

    def action_back(self) -> None:
        self.dismiss()


def _begin() -> str:
    kept = remembered(_FOLDER)
    if not isinstance(kept, str) or not os.path.isdir(kept):
        try:
            kept = os.getcwd()
        except OSError:  # it has been removed
            kept = str(Path.home())
    return os.path.join(kept, "")


def _names_in(folder: Path) -> list[tuple[str, bool]]:
    """What is in a folder that can be chosen, folders last; hidden ones are left out."""
    from db.errors import Unreadable, plain_fault

    found: list[tuple[str, bool]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~$")):
                    continue
                if entry.is_dir():
                    found.append((entry.name, True))
                elif entry.name.lower().endswith(ENDINGS):
                    found.append((entry.name, False))
                if len(found) >= _MOST:
                    break
    except FileNotFoundError:
        raise Unreadable(f"没有文件夹 {folder}。") from None
    except OSError as fault:
        raise Unreadable(f"{folder} 无法读取：{plain_fault(fault)}。") from None
    return sorted(found, key=lambda one: (one[1], one[0]))


def _entry(name: str, is_folder: bool) -> tuple[Part, ...]:
    return ((fit(f"{name}{os.sep}", 70), "$accent"),) if is_folder else (fit(name, 70),)
