"""Which template a letter is made of: the office's own stands before the built-in one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.errors import NotFound, Unreadable, plain_fault
from db.law.articles import PUBLISHED, finer_ground
from db.law.event import Event
from db.words.letters import LetterKind
from db.words.outcomes import OUTCOME_BY_CODE
from exports.letters.built_in import TEMPLATES, Template
from exports.paper_file import replacing

_LARGEST = 20 << 20
"""Bytes of a template."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template as it is used: its bytes, what it is called, and the office's own file, if it is that."""

    template: Template
    content: bytes
    own: Path | None

    @property
    def name(self) -> str:
        return str(self.own) if self.own else self.template.name


def template_of(kind: LetterKind, event: Event) -> Template:
    """The template of a letter of an event."""
    name = kind.label
    if kind is LetterKind.ANSWER:
        group = OUTCOME_BY_CODE[event.outcome or "3.6.3"].group
        published = event.outcome == "3.1" and finer_ground(event.ground) == PUBLISHED
        name = f"告知书-{PUBLISHED if published else group}"
    return next(template for template in TEMPLATES if template.name == name)


def choose(template: Template, folder: Path | None) -> Chosen:
    """The office's own template of that name, if its folder has one; else the built-in one.

    Raises:
        NotFound: the folder is not there.
        Unreadable: the office's own cannot be read.
    """
    own = own_template(template, folder)
    if own is None:
        from exports.letters.laying import lay

        return Chosen(template, lay(template), None)
    try:
        with own.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as fault:
        raise Unreadable(f"文书模板 {own} 无法读取：{plain_fault(fault)}。") from None
    if len(content) > _LARGEST:
        raise Unreadable(f"文书模板 {own} 太大，不像是文书；请核对。")
    return Chosen(template, content, own)


def own_template(template: Template, folder: Path | None) -> Path | None:
    """The office's own file of a template, if there is one.

    Raises:
        NotFound: the folder of the office's templates is not there: a letter would look otherwise
            than the office has made it.
    """
    if folder is None:
        return None
    if not folder.is_dir():
        raise NotFound(
            f"文书模板的文件夹 {folder} 不在；请接上它，或在设置里换一个、清空（清空即用内置的模板）。"
        )
    path = folder / template.file_name
    return path if path.is_file() else None


def write_built_in(folder: Path) -> tuple[tuple[Path, bool], ...]:
    """Write the built-in templates for the office to edit; a file that is there already is kept.

    Answers every file, and whether it was written now.

    Raises:
        RegisterError: the folder or a file cannot be written.
    """
    from exports.letters.laying import lay

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unreadable(f"文件夹 {folder} 无法建立：{plain_fault(fault)}；请换一个。") from None
    told: list[tuple[Path, bool]] = []
    for template in TEMPLATES:
        path = folder / template.file_name
        fresh = not path.exists()
        if fresh:
            with replacing(path, None) as draft:
                draft.write_bytes(lay(template))
        told.append((path, fresh))
    return tuple(told)
