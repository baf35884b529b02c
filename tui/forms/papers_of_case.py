"""The forms of a case's papers: attaching one, and taking them out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.errors import BadValue
from db.law.event import Event
from db.law.history import place_of
from db.words.vocabulary import EventKind
from tui.forms.common import DATE_HELP, NOTE, day_field
from tui.forms.fields import Choice, FieldSpec, Surroundings, choice_field, text_field

USUAL = ("申请书", "身份证明", "补正告知书", "征求意见书", "答复书", "送达回证", "审批单")
"""What papers of a case are mostly called."""


def called_field() -> FieldSpec:
    return text_field(
        "called",
        "材料名称",
        f"是什么材料，例如 {'、'.join(USUAL)}。名称里有送达回证的，今日页不再等这一件的回证。",
        placeholder="例如 送达回证",
        recalls="called",
    )


def attaching_fields(recorded: Sequence[Event], proposal: str = "") -> tuple[FieldSpec, ...]:
    """What is asked of a paper; it belongs to one of the records, or to the case."""
    records = [e for e in recorded if e.kind not in (EventKind.CORRECTED, EventKind.ATTACHED)]
    choices = tuple(
        Choice(str(place), f"第{place}条 {event.kind.label} {event.on}", event.id)
        for event in reversed(records)
        for place in (place_of(recorded, event.id),)
    )
    return (
        _file_field(proposal),
        called_field(),
        choice_field(
            "of_event",
            "所属记录",
            "是哪一条办理记录的材料；不属于哪一条的留空。",
            choices,
            placeholder="可留空",
        ),
        day_field("附卷日期", "附卷的日期。"),
        NOTE,
    )


PAPER_FIELDS = (called_field(), day_field("附卷日期", f"附卷的日期。\n{DATE_HELP}"), NOTE)
"""What of a paper's record can be corrected: its file is what was attached."""


def _file_field(proposal: str) -> FieldSpec:
    def read(text: str, _: Surroundings) -> Path:
        path = Path(text.strip().strip("'\"")).expanduser()
        if not path.is_absolute() and proposal:
            path = Path(proposal).expanduser() / path
        if path.is_dir():
            raise BadValue("这是文件夹；请写出文件名。")
        if not path.is_file():
            raise BadValue("没有这个文件；请核对路径。")
        return path

    def echo(path: Path, _: Surroundings) -> str:
        size = path.stat().st_size
        return f"{path.name}，{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else path.name

    return FieldSpec(
        "path",
        "文件",
        "扫描件或文书的文件；可以从文件管理器拖进来，或粘贴路径。存的是副本，原来的文件不动。",
        read,
        required=True,
        echo=echo,
        placeholder="文件的路径",
    )


def folder_field(proposal: Path) -> FieldSpec:
    """Where papers are taken out to."""

    def read(text: str, _: Surroundings) -> Path:
        path = Path(text.strip()).expanduser().absolute()
        if path.exists() and not path.is_dir():
            raise BadValue("这是一个文件；请写文件夹。")
        if not path.exists() and not path.parent.is_dir():
            raise BadValue(f"没有文件夹 {path.parent}；请先建好，或换一个位置。")
        return path

    return FieldSpec(
        "folder",
        "取出到",
        "存放取出的材料的文件夹，用原来的文件名；已有同名文件的，另加序号，不会换掉。",
        read,
        required=True,
        initial=str(proposal),
    )
