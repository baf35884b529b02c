"""附卷: the papers of a case, newest first; attached, taken out, voided. None is ever run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.errors import ChangedMeanwhile
from db.words.text import one_line
from tui.actions.registry import PAGES, bindings
from tui.desk.paper_folders import papers_folder
from tui.desk.state import remember, remembered
from tui.forms.draft import Draft
from tui.forms.papers_of_case import attaching_fields, folder_field
from tui.screens.case.changed import case_changed, news_of
from tui.screens.shared.form import FormScreen
from tui.screens.shared.list_page import ListPage
from tui.screens.shared.meanwhile import News, SeenForm
from tui.text.records import named_paper, paper_line
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.cases.papers import Paper
    from db.storage.transaction import Transaction

_KEPT = "attached_from"
"""Under which it is remembered from which folder the last paper came."""
Found = tuple["CaseFile", "WorkCalendar"]


class PapersScreen(ListPage[None]):
    """Every paper of a case that stands."""

    SCOPES = PAGES["papers"]
    HEADING = "附卷"
    READS = ("papers",)
    FOLLOWS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("papers")
    HANG = 4

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.found: Found | None = None
        self._papers: tuple[Paper, ...] = ()

    def on_mount(self) -> None:
        self.entitle(self.number)
        self.reload()

    def reload(self) -> None:
        number = self.number

        def question(tx: Transaction) -> Found:
            from db.cases.case_file import read_case

            return read_case(tx, number), tx.calendar

        self.ask("papers", question, self._show)

    def _show(self, found: Found) -> None:
        from db.cases.papers import papers_of

        self.found = found
        case = found[0]
        self.entitle(f"{case.number}  {case.received.applicant or ''}")
        self._papers = papers_of(case)[::-1]
        add = self.key("papers.add")
        said = (
            f"{len(self._papers)} 份，新附的在前" if self._papers else f"还没有材料；按 {add} 添加"
        )
        entries = [(str(paper.event_id), (paper_line(paper),)) for paper in self._papers]
        self.fill(said, entries)

    @property
    def _paper(self) -> Paper | None:
        return next((one for one in self._papers if str(one.event_id) == self.chosen), None)

    def about(self) -> Sequence[Part]:
        paper = self._paper
        if paper is None:
            return ()
        return ((f"{one_line(paper.recorded_by)} 附卷  校验码 {paper.digest[:16]}", "$quiet"),)

    # -- keys -------------------------------------------------------------------------------

    def action_back(self) -> None:
        self.dismiss(None)

    def action_add(self) -> None:
        if self.found is not None:
            self.desk.push_screen(AttachScreen(*self.found), self._done)

    def action_open(self) -> None:
        if self._paper is not None:
            self._take((self._paper,))

    def action_take(self) -> None:
        if self._papers:
            self._take(self._papers[::-1])
        else:
            self.flash("没有可以取出的材料。")

    def _take(self, papers: tuple[Paper, ...]) -> None:
        self.desk.push_screen(TakeOutScreen(self.number, papers), self._told)

    def action_void(self) -> None:
        paper = self._paper
        if self.found is None or paper is None:
            return
        from tui.screens.case.correct import Mending, VoidScreen

        case, calendar = self.found
        event = next(e.event for e in case.entries if e.event.id == paper.event_id)
        self.desk.push_screen(VoidScreen(Mending(case, event, calendar)), self._done)

    def _done(self, case: CaseFile | None) -> None:
        if case is not None:
            self.flash("已登记。")
            self.reload()

    def _told(self, said: str | None) -> None:
        if said:
            self.flash(said)

    def action_reload(self) -> None:
        self.reload()


class AttachScreen(SeenForm["CaseFile"]):
    """Attach a file; answers the case as it then stands."""

    HEADING = "附卷"
    KEPT = False

    def __init__(self, case: CaseFile, calendar: WorkCalendar) -> None:
        super().__init__()
        self.case = case
        self._seen = case.version
        self._calendar = calendar

    async def on_mount(self) -> None:
        self.entitle(f"{self.case.number}  {self.case.received.applicant or ''}")
        kept = remembered(_KEPT)
        recorded = [entry.event for entry in self.case.entries]
        fields = attaching_fields(recorded, kept if isinstance(kept, str) else "")
        await self.lay(fields, self._calendar)

    def submit(self, draft: Draft) -> None:
        number, told = self.case.number, dict(draft.values)
        path: Path = told.pop("path")
        remember(_KEPT, str(path.absolute().parent))

        def question(tx: Transaction, seen: int) -> CaseFile:
            from db.cases.papers import attach, read_paper

            return attach(tx, number, read_paper(path), path.name, seen=seen, **told)

        self.store_seen(question, self._seen)

    def take_news(self, changed: ChangedMeanwhile) -> News:
        news = case_changed(changed)
        self.case = news.now
        return news_of(news, self.outlook(self.draft))


class TakeOutScreen(FormScreen[str]):
    """Take papers out into a folder; answers what was done."""

    HEADING = "取出材料"
    KEPT = False

    def __init__(self, number: str, papers: tuple[Paper, ...]) -> None:
        super().__init__()
        self._number, self._taken = number, papers

    async def on_mount(self) -> None:
        from db.calendar.workdays import work_calendar

        first = self._taken[0]
        told = named_paper(first.called, first.name, first.size)
        more = f" 等 {len(self._taken)} 份" if len(self._taken) > 1 else ""
        self.entitle(f"{self._number}  {told}{more}")
        folder = papers_folder().absolute() / f"{self._number} 材料"
        await self.lay([folder_field(folder)], work_calendar())

    def submit(self, draft: Draft) -> None:
        folder: Path = draft.values["folder"]
        papers = self._taken

        def question(tx: Transaction) -> str:
            from exports.papers.take_out import take_out

            written = take_out(tx, papers, folder)
            return f"已取出 {len(written)} 份到 {folder}"

        self.ask("save", question, self.saved, lambda fault: self.refused(str(fault)))
