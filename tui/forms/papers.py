"""What is asked before a paper is written: where to, and whether whom it concerns is hidden."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from db.errors import BadValue
from tui.forms.fields import Choice, FieldSpec, Surroundings, choice_field


def path_field(proposal: Path, sentence: str, endings: Collection[str] = (".xlsx",)) -> FieldSpec:
    """Where a paper is written; its name ends as one of `endings`. A name alone stands beside the
    proposal.
    """

    def read(text: str, _: Surroundings) -> Path:
        path = proposal.parent / Path(text.strip()).expanduser()
        if path.suffix.lower() not in endings:
            raise BadValue(f"文件名要以 {' 或 '.join(endings)} 结尾。")
        if path.is_dir():
            raise BadValue("这是文件夹；请写出文件名。")
        if not path.absolute().parent.is_dir():
            raise BadValue(f"没有文件夹 {path.absolute().parent}；请先建好，或换一个位置。")
        return path.absolute()

    def echo(path: Path, _: Surroundings) -> str:
        return f"{path}（已有这个文件，保存时会先问）" if path.exists() else str(path)

    return FieldSpec(
        "path", "导出到", sentence, read, required=True, echo=echo, initial=str(proposal)
    )


def masked_field() -> FieldSpec:
    """Whether persons are hidden (`db.privacy.masking`)."""
    return choice_field(
        "masked",
        "个人信息",
        "照写供本机关用；对外提供时选隐去：姓名、号码、住址用星号代替，备注和更正理由不写。",
        (Choice("1", "照写", False), Choice("2", "隐去", True)),
        required=True,
        initial="照写",
        echo=lambda masked, _: "供对外提供" if masked else "含个人信息，只供本机关使用",
    )
