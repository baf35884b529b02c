"""选文件: a path is typed, completed from what its folder holds; or the folder itself is taken."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList

from tui.actions.registry import PAGES, bindings
from tui.desk.asking import ask, asked
from tui.desk.state import remember, remembered
from tui.screens.shared.base import DeskScreen
from tui.text.cells import fit
from tui.text.paths import as_meant, pasted_paths
from tui.widgets.plain import Part, PlainText
from tui.widgets.plain_fields import PlainInput, PlainOptions

_MOST = 2_000  # names of a folder that are looked at


@dataclass(frozen=True)
class Wanted:
    """Which files are asked for: a heading, a sentence, how they may end, what they are called.

    `folders`: a whole folder may be taken, and a paste of several paths.
    """

    heading: str
    sentence: str
    endings: tuple[str, ...]
    called: str
    folders: bool = False


LEDGERS = Wanted(
    "导入台账",
    "Excel（.xlsx）或 CSV（.csv）文件；输入名字的一部分缩小范围",
    (".xlsx", ".xlsm", ".csv"),
    "台账",
)


class _PathInput(PlainInput):
    """A paste of several paths is for the page."""

    class Pasted(Message):
        """What was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    several = False

    def on_paste(self, event: events.Paste) -> None:
        text = event.text.strip()
        if self.several and ("\n" in text or text.startswith("file:")):
            event.prevent_default()
            event.stop()
            self.post_message(self.Pasted(text))
        else:
            super().on_paste(event)


class FileScreen(DeskScreen[list[Path]]):
    """Answers the files chosen; None when the clerk leaves. The last folder is where it begins."""

    SCOPES = PAGES["files"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("files")
    AUTO_FOCUS = "PlainInput"

    def __init__(self, title: str = "选文件", wanted: Wanted = LEDGERS) -> None:
        super().__init__()
        self._title, self._wanted = title, wanted
        self._listed: str | None = None  # the folder that is listed, as it is typed
        self._names: list[tuple[str, bool]] = []
        self._problem = ""

    def body(self) -> Iterable[Widget]:
        yield PlainText(self._wanted.sentence, classes="list-line")
        line = _PathInput(_begin(self._remembered), id="file-line")
        line.several = self._wanted.folders
        yield line
        yield PlainOptions(id="file-list")

    def on_mount(self) -> None:
        self.entitle(self._title, self._wanted.heading)
        line = self.query_one(PlainInput)
        line.cursor_position = len(line.value)
        self._look()

    @property
    def _remembered(self) -> str:
        return "report folder" if self._wanted.folders else "import folder"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return (action != "whole" or self._wanted.folders) and super().check_action(
            action, parameters
        )

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
        where, endings = Path(folder or ".").expanduser(), self._wanted.endings
        ask(self, "list", lambda: _names_in(where, endings), self._learn, self._not_listed)

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
        none = f"这里没有这样的文件夹，也没有这样的{self._wanted.called}文件"
        otherwise = self._problem or none
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
            if typed and whole.suffix.lower() in self._wanted.endings:
                self._take(whole)  # what is wrong with it is said by who reads it
        elif dict(self._names)[name]:
            self._write(name, True)
        else:
            self._take(Path(folder, name).expanduser())

    def action_whole(self) -> None:
        self.desk.once(self._settled, self._take_whole)

    def _take_whole(self) -> None:
        """The folder in sight; if a part of a name is typed, the folder that is meant by it."""
        folder, typed = self._typed
        where = Path(folder or ".").expanduser().absolute()
        name = self.query_one(PlainOptions).chosen
        if typed and (where / typed).is_dir():
            where = where / typed
        elif typed and name is not None and dict(self._names)[name]:
            where = where / name
        elif self._problem:
            self.flash(self._problem)
            return
        remember(self._remembered, str(where))
        self.dismiss([where])

    @on(_PathInput.Pasted)
    def pasted(self, event: _PathInput.Pasted) -> None:
        text = event.text

        def found(paths: list[Path]) -> None:
            self.dismiss(paths)

        ask(self, "list", lambda: pasted_paths(text, os.path.exists), found)

    def _take(self, path: Path) -> None:
        whole = path.absolute()
        remember(self._remembered, str(whole.parent))
        self.dismiss([whole])

    def action_back(self) -> None:
        self.dismiss()


def _begin(name: str) -> str:
    kept = remembered(name)
    if not isinstance(kept, str) or not os.path.isdir(kept):
        try:
            kept = os.getcwd()
        except OSError:  # it has been removed
            kept = str(Path.home())
    return os.path.join(kept, "")


def _names_in(folder: Path, endings: tuple[str, ...]) -> list[tuple[str, bool]]:
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
                elif entry.name.lower().endswith(endings):
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
