"""What is asked on 汇总: why a report is accepted, whose it is, who is to report, where papers go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.calendar.workdays import work_calendar
from db.errors import BadValue
from db.words.text import one_line
from tui.desk.paper_folders import papers_folder
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import Choice, FieldSpec, Surroundings, choice_field, text_field
from tui.forms.papers import path_field
from tui.screens.consolidating.told import plain
from tui.screens.shared.form import FormScreen
from tui.screens.shared.paper import PaperForm, Writer
from tui.text.cells import clip

if TYPE_CHECKING:
    from exports.consolidation.consolidating import Consolidated
    from exports.consolidation.standing import Bureau, Judged

PAPERS = (".xlsx", ".docx", ".html")


class AskScreen(FormScreen[str]):
    """One text; empty takes back what was told before."""

    def __init__(self, heading: str, about: str, field: FieldSpec, outlook: str) -> None:
        super().__init__()
        self.HEADING = heading
        self._about, self._field, self._outlook = about, field, outlook

    async def on_mount(self) -> None:
        self.entitle(self._about)
        await self.lay([self._field], work_calendar())

    def form_name(self) -> str:
        return f"{self.HEADING} {self._about}"

    def outlook(self, draft: Draft) -> Outlook:
        return Outlook(plain(self._outlook))

    def submit(self, draft: Draft) -> None:
        self.saved(draft.values.get(self._field.name) or "")


def accept_form(year: int, bureau: Bureau, reason: str) -> AskScreen:
    """Why a report is counted although it does not reconcile."""
    found = bureau.found
    more = f"（共{len(found)}处）" if len(found) > 1 else ""
    first = f"{clip(one_line(found[0]), 200)}{more}\n" if found else ""
    field = text_field(
        "reason",
        "理由",
        "为什么照样计入，例如“已与该单位核实，上年误报”。留空则撤回采纳。",
        lines=True,
        initial=reason,
    )
    outlook = f"{first}照原表计入，理由印在汇总里；留空则撤回；文件改过就不再算数。"
    return AskScreen("采纳", f"{year} 年  {bureau.name}", field, outlook)


def name_form(year: int, bureau: Bureau, named: str) -> AskScreen:
    """Whose a report is."""
    said = bureau.one.part.organ if bureau.one else ""
    field = text_field(
        "organ",
        "单位",
        "写全称；以后按这个名字汇总、退回。留空则按文件里写的。",
        initial=named or said,
    )
    return AskScreen(
        "指明单位", f"{year} 年  {bureau.name}", field, "文件本身不改；文件改过以后要重新指明。"
    )


class BureausScreen(FormScreen[tuple[str, ...]]):
    """Who is to report; answers the names."""

    HEADING = "单位名单"

    def __init__(self, year: int, names: tuple[str, ...]) -> None:
        super().__init__()
        self._year, self._names = year, names

    async def on_mount(self) -> None:
        self.entitle(f"{self._year} 年应当报送的单位")
        field = text_field(
            "names",
            "单位",
            "一行一个，写全称；没有收到年报的列为未报。名单留到下一年。",
            prose=True,
            initial="\n".join(self._names),
        )
        await self.lay([field], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        return Outlook(f"共 {len(_names(draft))} 个单位。")

    def submit(self, draft: Draft) -> None:
        self.saved(_names(draft))


def _names(draft: Draft) -> tuple[str, ...]:
    lines = (draft.values.get("names") or "").splitlines()
    names = (one_line(line).strip(" 　、，,;；") for line in lines)
    return tuple(dict.fromkeys(name for name in names if name))


class SumScreen(PaperForm):
    """The papers of the sum, and whose it is."""

    HEADING = "导出汇总"

    def __init__(self, judged: Judged) -> None:
        super().__init__()
        self._judged = judged
        self.organ = judged.done.organ

    async def on_mount(self) -> None:
        year = self._judged.done.year
        self.entitle(f"{year} 年  {len(self._judged.done.parts)} 个单位")
        where = "写到哪里；只写文件名就放在导出文件夹（见设置）。.xlsx 是工作簿，.docx 是 Word，.html 是网页。"
        kinds = choice_field(
            "all",
            "写几种",
            "三种内容相同；工作簿另有各单位数据、采纳与更正两页。",
            (Choice("1", "只写这一种", False), Choice("2", "三种都写", True)),
            required=True,
            initial="三种都写",
        )
        organ = text_field(
            "organ", "汇总机关", "写在标题里，例如青石区；可以留空。", initial=self.organ
        )
        proposal = papers_folder() / f"汇总-{year}.xlsx"
        await self.lay([path_field(proposal, where, PAPERS), kinds, organ], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        from exports.consolidation.standing import ABSENT, ACCEPTED, UNKNOWN, UNREAD, WRONG

        judged = self._judged
        told = [
            f"{count} {said}"
            for count, said in (
                (judged.count(WRONG), "份有不符没有计入"),
                (judged.count(UNREAD), "份读不懂没有计入"),
                (judged.count(UNKNOWN), "份还没有读"),
                (judged.count(ABSENT), "个单位未报"),
                (judged.count(ACCEPTED), "份经采纳计入"),
            )
            if count
        ]
        return Outlook(f"{'，'.join(told)}；都写明在汇总里。" if told else "各单位都已计入。")

    def papers(self, draft: Draft) -> list[Path]:
        path: Path = draft.values["path"]
        others = [path.with_suffix(ending) for ending in PAPERS if ending != path.suffix.lower()]
        return [path, *others] if draft.values["all"] else [path]

    def writer(self, draft: Draft) -> Writer:
        done, paths = self._judged.done, self.papers(draft)
        self.organ = draft.values.get("organ") or ""
        self.written = tuple(map(str, paths))
        organ = self.organ

        def write(path: Path, progress: Callable[[int], None], last: Callable[[], None]) -> None:
            from exports.consolidation.papers import write_sum

            if done.report is None:
                raise BadValue("没有可以汇总的年报。")
            table = replace(done.report.table, organ=organ, key=organ)
            last()
            write_sum(replace(done, organ=organ), replace(done.report, table=table), paths)

        return write

    written: tuple[str, ...] = ()


class NotesScreen(PaperForm):
    """The notes that send reports back, one an organ, into a folder."""

    HEADING = "退回说明"

    def __init__(self, done: Consolidated, day: date) -> None:
        """Of the files of `done`, those that have problems."""
        super().__init__()
        self._done, self._day = done, day
        self.written: tuple[str, ...] = ()

    async def on_mount(self) -> None:
        from exports.consolidation.note_paths import note_paths

        told = note_paths(self._done, Path())
        names = "、".join(one.part.organ or Path(one.part.file).name for one, _ in told[:6])
        more = f"等{len(told)}个单位" if len(told) > 6 else ""
        self.entitle(f"{self._done.year} 年  {len(told)} 份")
        field = FieldSpec(
            "path",
            "写到文件夹",
            f"每个单位一份 Word：有哪些不符、怎样改正。没有这个文件夹就新建。\n{names}{more}",
            _read_folder,
            required=True,
            echo=lambda folder, _: str(folder),
            initial=str(papers_folder() / f"退回说明-{self._done.year}"),
        )
        await self.lay([field], work_calendar())

    def papers(self, draft: Draft) -> list[Path]:
        from exports.consolidation.note_paths import note_paths

        return [path for _, path in note_paths(self._done, draft.values["path"])]

    def writer(self, draft: Draft) -> Writer:
        done, day = self._done, self._day
        self.written = tuple(map(str, self.papers(draft)))

        def write(path: Path, progress: Callable[[int], None], last: Callable[[], None]) -> None:
            from exports.consolidation.return_note import write_notes

            last()
            write_notes(done, path, day)

        return write


def _read_folder(text: str, _: Surroundings) -> Path:
    folder = Path(text.strip()).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise BadValue("已有一个同名的文件；请换一个文件夹。")
    if not folder.parent.is_dir():
        raise BadValue(f"没有文件夹 {folder.parent}；请先建好，或换一个位置。")
    return folder
