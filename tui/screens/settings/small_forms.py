"""记录人 and the folders: forms of one field, kept with the desk's own files."""

from __future__ import annotations

from pathlib import Path

from db.calendar.workdays import work_calendar
from db.errors import BadValue
from tui.desk.asking import ask
from tui.desk.clerk import keep_clerk
from tui.desk.paper_folders import keep_folder, kept_folder
from tui.desk.state import state_path
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import FieldSpec, Surroundings, text_field
from tui.screens.shared.form import FormScreen
from tui.text.paths import from_home


class ClerkScreen(FormScreen[str]):
    """Who records from now on; what has been recorded keeps the name it has."""

    HEADING = "记录人"
    KEPT = False

    async def on_mount(self) -> None:
        self.entitle("")
        field = text_field(
            "clerk",
            "姓名",
            "以后的办理记录署这个名字；已有的记录不变。",
            required=True,
            initial=self.desk.office.clerk,
        )
        await self.lay([field], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        return Outlook(f"文件：{from_home(state_path())}")

    def submit(self, draft: Draft) -> None:
        name: str = draft.values["clerk"]

        def answered(kept: str) -> None:
            self.desk.take_clerk(kept)
            self.saved(f"以后由 {kept} 记录。")

        ask(self, "save", lambda: keep_clerk(name), answered, self.refused)


def _read_folder(text: str, _: Surroundings) -> str:
    folder = Path(text.strip()).expanduser()
    if not folder.is_dir():
        raise BadValue("没有这个文件夹；请先建好，或换一个。")
    return str(folder.absolute())


class FolderScreen(FormScreen[str]):
    """A folder of the desk's own: where papers or letters go, or where its templates are."""

    KEPT = False

    def __init__(self, name: str, heading: str, sentence: str) -> None:
        super().__init__()
        self._kept, self._heading, self._sentence = name, heading, sentence

    async def on_mount(self) -> None:
        self.entitle("", self._heading)
        field = FieldSpec(
            "folder",
            "文件夹",
            self._sentence,
            _read_folder,
            initial=kept_folder(self._kept),
            echo=lambda folder, _: folder,
        )
        await self.lay([field], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        return Outlook(f"文件：{from_home(state_path())}")

    def submit(self, draft: Draft) -> None:
        folder: str = draft.values.get("folder") or ""
        kept, heading = self._kept, self._heading

        def question() -> str:
            keep_folder(kept, folder)
            return f"{heading}：{folder}。" if folder else f"{heading}已清空。"

        ask(self, "save", question, self.saved, self.refused)
