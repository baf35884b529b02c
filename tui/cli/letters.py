"""`letters`, `letter`: the standard documents of a case, and the office's own templates."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.cases import add_letter_facts, record_id
from tui.cli.from_stdin import FromStdin
from tui.cli.output import complain, stored
from tui.cli.values import (
    UsageFault,
    Value,
    answer_json,
    given_register,
    opened,
    run_by,
    say,
)

if TYPE_CHECKING:
    from db.cases.letters import Letter
    from db.storage.transaction import Transaction
    from db.words.letters import LetterKind
    from exports.letters.writing import LacksFacts


def add_commands(commands: Any) -> None:
    letters = commands.add_parser(
        "letters", help="文书的种类和模板；--templates 写出内置的模板，供在 Word 里改"
    )
    letters.add_argument("--list", action="store_true", help="列出文书、模板和可用的项")
    letters.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        help="把内置的模板写到这个文件夹（已有的不动），从此先用这里的模板",
    )
    run_by(letters, run_letters)

    letter = commands.add_parser("letter", help="制作一份文书：写成 .docx，或只显示文字")
    letter.add_argument("no", metavar="NO", help="编号")
    letter.add_argument("kind", type=_kind, metavar="KIND", help=_kinds())
    letter.add_argument(
        "--docx", type=Path, metavar="F", help="写成这个文件；写文件夹则按编号和文书名命名"
    )
    letter.add_argument(
        "--event",
        type=Value.record,
        metavar="EVENT_ID",
        help="同一种文书有几份时，是哪一条记录的：第3条（见 show），或记录号（默认：最近的）",
    )
    letter.add_argument("--templates", type=Path, metavar="DIR", help="这次用这个文件夹里的模板")
    add_letter_facts(letter)
    letter.add_argument("--withheld", metavar="TEXT", help="部分公开的，不公开部分的理由，如 3.3.4")
    letter.add_argument("--doc-no", metavar="TEXT", help="文号（默认：已有的，或下一个）")
    letter.add_argument("--stdin", action=FromStdin)
    run_by(letter, run_letter)


def _kind(text: str) -> LetterKind:
    from db.words.letters import LetterKind, parse_letter

    kind = parse_letter(text)
    if kind is None:
        listed = "、".join(f"{one.value}（{one.label}）" for one in LetterKind)
        raise UsageFault(f"没有文书“{text}”；可用：{listed}。")
    return kind


def _kinds() -> str:
    from db.words.letters import LetterKind

    return "文书：" + "、".join(f"{kind.value} {kind.label}" for kind in LetterKind)


# -- letters ------------------------------------------------------------------------------------


def run_letters(given: argparse.Namespace) -> int:
    from exports.letters.templates import write_built_in
    from tui.desk.paper_folders import TEMPLATES, keep_folder

    if given.templates is None:
        _list(given)
        return 0
    folder = given.templates.expanduser().absolute()
    files = write_built_in(folder)
    keep_folder(TEMPLATES, str(folder))
    fresh = sum(written for _, written in files)
    with stored(f"文书模板已写到 {folder}"):
        if given.json:
            answer_json(
                {
                    "folder": str(folder),
                    "files": [{"file": str(path), "written": new} for path, new in files],
                }
            )
        else:
            kept = f"，原有的 {len(files) - fresh} 个没有动" if fresh < len(files) else ""
            say(f"写出 {fresh} 个模板{kept}：{folder}")
            say("在 Word 里改好后保存；以后制作文书先用这里的模板。")
    return 0


def _list(given: argparse.Namespace) -> None:
    from db.words.letters import LetterKind
    from exports.letters.built_in import TEMPLATES
    from exports.letters.fields import FIELDS
    from exports.letters.templates import own_template
    from tui.desk.paper_folders import templates_folder

    folder = templates_folder()
    found = [(one, own_template(one, folder)) for one in TEMPLATES]
    if given.json:
        answer_json(
            {
                "templates_folder": str(folder) if folder else None,
                "letters": [
                    {
                        "kind": kind.value,
                        "label": kind.label,
                        "templates": [
                            {"name": one.name, "own": str(own) if own else None}
                            for one, own in found
                            if one.kind is kind
                        ],
                    }
                    for kind in LetterKind
                ],
                "fields": [{"name": name, "meaning": said} for name, said in FIELDS.items()],
            }
        )
        return
    say(f"文书（自有模板：{folder or '没有；taizhang letters --templates DIR 写出内置的来改'}）")
    for kind in LetterKind:
        say(f"  {kind.value}  {kind.label}")
        for one, own in found:
            if one.kind is kind and (own or one.name != kind.label):
                say(f"    {one.name}  {own or '内置'}")
    say("模板里可用的项：")
    for name, said in FIELDS.items():
        say(f"  {{{{ {name} }}}}  {said}")


# -- letter -------------------------------------------------------------------------------------


def run_letter(given: argparse.Namespace) -> int:
    from exports.letters.writing import LacksFacts

    try:
        return _show(given) if given.docx is None else _write(given)
    except LacksFacts as refusal:
        complain(f"{refusal}{_hints(refusal)}")
        return 1


def _told(given: argparse.Namespace) -> dict[str, Any]:
    from db.law.event import FOR_LETTERS
    from db.words.text import clean

    told = {name: getattr(given, name) for name in (*FOR_LETTERS, "withheld")}
    return {
        name: clean(value, name) or None if isinstance(value, str) else value
        for name, value in told.items()
        if value is not None
    }


def _folder(given: argparse.Namespace) -> Path | None:
    from tui.desk.paper_folders import templates_folder

    folder: Path | None = given.templates
    return folder.expanduser() if folder is not None else templates_folder()


def _letter(tx: Transaction, given: argparse.Namespace) -> Letter:
    from db.cases.letters import read_letter

    event_id = _event_id(tx, given)
    return read_letter(tx, given.no, given.kind, event_id, _told(given), doc_no=given.doc_no)


def _event_id(tx: Transaction, given: argparse.Namespace) -> int | None:
    return None if given.event is None else record_id(tx, given.no, given.event)


def _show(given: argparse.Namespace) -> int:
    from exports.letters.rendering import text_of
    from exports.letters.writing import make

    with given_register(given) as register, register.reading() as tx:
        letter = _letter(tx, given)
    lines = text_of(make(letter, _folder(given)))
    if given.json:
        answer_json(_document(letter) | {"text": lines, "file": None})
    else:
        for line in lines:
            say(line)
    return 0


def _write(given: argparse.Namespace) -> int:
    from exports.letters.writing import Wanted, file_name_of, write_letters
    from tui.cli import environment

    with opened(environment.location(given.db), writes=True) as register:
        with register.reading() as tx:
            letter = _letter(tx, given)
        path = given.docx.expanduser()
        if path.is_dir():
            path /= file_name_of(letter)
        if path.suffix.lower() != ".docx":
            raise UsageFault(f"{path} 应以 .docx 结尾；文书只写成 Word 文档。")
        wanted = Wanted(
            given.no,
            given.kind,
            path,
            letter.event.id,
            _told(given),
            given.doc_no,
        )
        (written,) = write_letters(register, [wanted], _folder(given))
    with stored(f"{given.no} 的{given.kind.label}已写到 {path}"):
        if given.json:
            answer_json(_document(written.letter) | {"file": str(path)})
        else:
            say(str(path))
    return 0


def _document(letter: Letter) -> dict[str, Any]:
    return {
        "number": letter.case.number,
        "kind": letter.kind.value,
        "label": letter.kind.label,
        "event": letter.event.id,
        "on": letter.day.isoformat(),
        "doc_no": letter.doc_no or None,
    }


def _hints(refusal: LacksFacts) -> str:
    """What to type for what is missing."""
    from db.cases.letters import Place
    from db.law.history import place_of

    letter = refusal.letter
    recorded = [entry.event for entry in letter.case.entries]
    said: list[str] = []
    by_place = {
        place: [one for one in refusal.missing if one.place is place]
        for place in Place
        if any(one.place is place for one in refusal.missing)
    }
    for place, missing in by_place.items():
        facts = " ".join(f"--{one.fact.replace('_', '-')} …" for one in missing)
        if place is Place.ORGAN:
            pairs = " ".join(f"{one.fact}=…" for one in missing)
            said.append(f"taizhang organ set {letter.organ.name_on(letter.day)} {pairs}")
        elif place is Place.EVENT:
            nth = place_of(recorded, letter.event.id)
            said.append(f"taizhang correct {letter.case.number} 第{nth}条 {facts}")
        elif place is Place.LETTER:
            said.append(f"本命令加上 {facts}")
        else:
            said.append("先用 taizhang log 补登")
    return f"请填写：{'；'.join(said)}。"
