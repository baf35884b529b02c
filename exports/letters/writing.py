"""Writing letters: what is missing is named first, then all are written, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.cases.letters import Letter, Missing, Numbering, keep_letter, missing_of, read_letter
from db.errors import BadValue, Impossible
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.words.letters import LetterKind
from exports.letters.filling import fill
from exports.letters.rendering import About, render
from exports.letters.templates import Chosen, choose, template_of
from exports.paper_file import replacing

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_NAME = 100
MOST = 100
"""Letters that are written at once: while they are, every other clerk waits."""


class LacksFacts(BadValue):
    """A letter that cannot be written yet, and what it lacks."""

    def __init__(self, letter: Letter, missing: Sequence[Missing]) -> None:
        listed = "、".join(one.label for one in missing)
        super().__init__(
            f"{letter.case.number} 的{letter.kind.label}还缺：{listed}。没有写出文件。"
        )
        self.letter = letter
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter that is to be written: of which case and event, with what is typed for it, and where to.

    `seen` is the version of the case that the clerk had in sight.
    """

    number: str
    kind: LetterKind
    path: Path
    event_id: int | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    doc_no: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that has been written, and the events that were recorded with it."""

    letter: Letter
    path: Path
    recorded: tuple[int, ...] = ()


def file_name_of(letter: Letter) -> str:
    """`2026-0001 补正告知书.docx`."""
    number = _NOT_IN_NAMES.sub("-", letter.case.number)[:_LONGEST_NAME]
    return f"{number} {letter.name}.docx"


def make(letter: Letter, templates: Path | None) -> bytes:
    """The document of a letter, with the office's own template if it has one.

    Raises:
        LacksFacts: it lacks something; every fact is named.
        BadTemplate, NotFound, Unreadable: its template cannot be used.
    """
    return _made(letter, _Templates(templates))


def _made(letter: Letter, templates: _Templates) -> bytes:
    missing = missing_of(letter)
    if missing:
        raise LacksFacts(letter, missing)
    chosen = templates.of(letter)
    about = About(
        f"{letter.case.number} {letter.name}", letter.organ.name_on(letter.day), letter.day
    )
    return render(chosen.content, chosen.name, fill(letter), about)


def write_letters(
    register: Register, wanted: Sequence[Wanted], templates: Path | None
) -> tuple[Written, ...]:
    """Write letters, and record their numbers and what was written for them: all of it, or nothing.

    Raises:
        LacksFacts, BadTemplate, RegisterError: nothing is written then, and nothing recorded.
    """
    if len(wanted) > MOST:
        raise Impossible(f"一次最多写{MOST}份文书，现有{len(wanted)}份；请分几次写。")
    known = _Templates(templates)
    with ExitStack() as places:
        drafts = [places.enter_context(replacing(one.path, register.store.file)) for one in wanted]
        with register.writing() as tx:
            numbering = Numbering(tx)
            written = [
                _write(tx, one, draft, known, numbering)
                for one, draft in zip(wanted, drafts, strict=True)
            ]
    return tuple(written)


class _Templates:
    """The templates that letters are made of, each read once."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[str, Chosen] = {}

    def of(self, letter: Letter) -> Chosen:
        template = template_of(letter.kind, letter.event)
        if template.name not in self._known:
            self._known[template.name] = choose(template, self._folder)
        return self._known[template.name]


def _write(
    tx: Transaction, wanted: Wanted, draft: Path, templates: _Templates, numbering: Numbering
) -> Written:
    letter = read_letter(
        tx,
        wanted.number,
        wanted.kind,
        wanted.event_id,
        wanted.told,
        doc_no=wanted.doc_no,
        numbering=numbering,
    )
    content = _made(letter, templates)
    draft.write_bytes(content)
    before = len(tx.recorded)
    keep_letter(tx, letter, content, wanted.path.name, numbering, wanted.seen)
    return Written(letter, wanted.path, tuple(tx.recorded[before:]))
