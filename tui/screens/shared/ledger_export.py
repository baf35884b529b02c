"""导出台账: where the ledger goes, which cases of it, of which year, and whether for others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from db.calendar.workdays import work_calendar
from db.errors import BadValue, RegisterError
from db.words.text import fold
from tui.desk.paper_folders import papers_folder
from tui.forms.draft import Draft, Outlook
from tui.forms.fields import Choice, FieldSpec, Surroundings, choice_field
from tui.forms.papers import masked_field, path_field
from tui.screens.shared.paper import PaperForm, Writer

_WHERE = "Excel（.xlsx）或 CSV（.csv）文件的位置；只写文件名就放在导出文件夹（见设置）。"


def _year_field() -> FieldSpec:
    def read(text: str, _: Surroundings) -> int:
        digits = fold(text).removesuffix("年")
        if not (digits.isascii() and digits.isdigit() and 1990 <= int(digits[:6]) <= 2100):
            raise BadValue("年份写成 2024 的样子；留空则导出全部。")
        return int(digits)

    return FieldSpec(
        "year",
        "年份",
        "只导出这一年的表计入的申请；留空则导出全部。",
        read,
        brief=True,
        placeholder="全部",
        echo=lambda year, _: f"{year}年新收和上年结转的申请",
    )


def _disputes_field(beside: Path) -> FieldSpec:
    where = path_field(
        beside,
        "CSV 没有第二张工作表：复议诉讼一起导出的，写另一个 .csv 文件名；.xlsx 不用填。",
        (".csv",),
    )
    return replace(
        where, name="disputes", label="复议诉讼", required=False, initial="", placeholder="不写"
    )


def _layout_field() -> FieldSpec:
    return choice_field(
        "printed",
        "样式",
        "台账写全部栏目，可以再导入；清单只写列表的各栏，A4 横排，供打印。",
        (Choice("1", "台账，全部栏目", False), Choice("2", "清单，供打印", True)),
        required=True,
        initial="台账，全部栏目",
    )


@dataclass(frozen=True)
class Portion:
    """Some cases of the ledger: what they are called, and their ids in order, asked in a thread.

    None when it is not known any more which they were.
    """

    said: str
    ids: Callable[[], Sequence[int] | None]


def _which_field(portions: Sequence[Portion], whole: bool) -> FieldSpec:
    offered: list[tuple[str, Portion | None]] = [(portion.said, portion) for portion in portions]
    if whole:
        offered.append(("全部", None))
    return choice_field(
        "which",
        "哪些",
        "标记的，或清单现在列出的，照清单的次序写；全部是整本台账。",
        tuple(Choice(str(n), said, value) for n, (said, value) in enumerate(offered, 1)),
        required=True,
        initial=offered[0][0],
    )


class LedgerExportScreen(PaperForm):
    """The ledger as a file: the whole of it, if that is offered, or some of its cases."""

    HEADING = "导出台账"

    def __init__(self, portions: Sequence[Portion] = (), *, whole: bool = True) -> None:
        super().__init__()
        self._portions, self._whole = portions, whole

    async def on_mount(self) -> None:
        self.entitle(self.desk.opened.heading)
        proposal = papers_folder() / f"台账-{self.desk.today:%Y%m%d}.xlsx"
        where = path_field(proposal, _WHERE, (".xlsx", ".csv"))
        fields = [where]
        if len(self._portions) + self._whole > 1:
            fields.append(_which_field(self._portions, self._whole))
        if self._whole:
            fields.append(_year_field())
        others = (masked_field(), _layout_field(), _disputes_field(proposal))
        await self.lay([*fields, *others], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        """Where the disputes go."""
        path: Path | None = draft.values.get("path")
        second = draft.values.get("disputes")
        ledger = path is not None and not draft.values.get("printed")
        csv = path is not None and path.suffix.lower() == ".csv"
        if second is not None and not (ledger and csv):
            return Outlook(refusal="复议诉讼一栏只在导出 .csv 台账时填；.xlsx 写在第二张工作表里。")
        if ledger and csv and second is None:
            return Outlook(warnings=("这样导出不含复议诉讼；要一起导出，填“复议诉讼”一栏。",))
        return Outlook()

    def papers(self, draft: Draft) -> list[Path]:
        second = draft.values.get("disputes")
        return [*super().papers(draft), *([second] if second else [])]

    def writer(self, draft: Draft) -> Writer:
        register = self.desk.register
        masked, printed = draft.values["masked"], draft.values["printed"]
        year: int | None = draft.values.get("year")
        second: Path | None = draft.values.get("disputes")
        only = None if self._whole else self._portions[0]
        portion: Portion | None = draft.values.get("which", only)

        def write(path: Path, progress: Callable[[int], None], last: Callable[[], None]) -> None:
            from exports.ledger.write_file import write_ledger

            chosen = None
            if portion is not None:
                ids = portion.ids()
                if ids is None:
                    raise RegisterError("清单已经换了；请回到清单再导出。")
                chosen = partial(_same, ids)
            write_ledger(
                register,
                path,
                year,
                disputes=second,
                chosen=chosen,
                masked=masked,
                printed=printed,
                progress=progress,
                last=last,
            )

        return write


def _same(ids: Sequence[int], _: object) -> Sequence[int]:
    return ids
