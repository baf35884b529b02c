"""The same letter for all marked cases: what each would be is shown first, then all are written, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.words.text import one_line
from tui.desk.asking import ask
from tui.desk.paper_folders import letters_folder, templates_folder
from tui.screens.shared.foreseen import ForeseenPage
from tui.screens.shared.windows import confirm
from tui.text.cells import clip, plain_quotes
from tui.text.paths import from_home
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.words.letters import LetterKind
    from exports.letters.writing import Written


@dataclass(frozen=True)
class Foreseen:
    """What would be written for a case, or why nothing can be."""

    case_id: int
    number: str
    version: int = 0
    event_id: int | None = None
    file: str = ""
    said: str = ""
    refusal: str = ""


class ManyLettersScreen(ForeseenPage[Foreseen, "tuple[Written, ...]"]):
    """What is written for each; answers what has been."""

    HEADING = "制作文书"
    DOES = "写"

    def __init__(self, kind: LetterKind, cases: dict[int, str]) -> None:
        """`cases`: the numbers of the cases by their ids."""
        super().__init__()
        self._kind, self._cases = kind, dict(cases)

    def on_mount(self) -> None:
        self.entitle(f"{self._kind.label}  各件的文书")
        self.reload()

    def reload(self) -> None:
        kind, cases = self._kind, dict(self._cases)

        def question(tx: Transaction) -> tuple[Foreseen, ...]:
            return foresee(tx, kind, cases)

        self.ask("many", question, self._show)

    def _show(self, foreseen: tuple[Foreseen, ...]) -> None:
        good, refused = self.show_each(foreseen)
        record, drop, back = (self.key(f"many.{name}") for name in ("record", "drop", "back"))
        foot = f"没有一件可以写；{back} 返回。"
        if good:
            foot = (
                f"{record} 写这 {len(good)} 件，放在 {from_home(letters_folder().absolute())}，"
                f"有一件没有写成就一件不写；{drop} 去掉光标所在的一件；{back} 返回。"
            )
        self.say(f"{len(good)} 件可以写", len(refused), foot)

    def parts(self, one: Foreseen) -> tuple[Part, ...]:
        return _parts(one)

    def action_drop(self) -> None:
        dropped = self.dropped(list(self._cases))
        if dropped is not None:
            del self._cases[dropped]
            self.reload()

    def action_record(self) -> None:
        good, refused = self.sorted_out()
        if not good:
            self.flash("没有一件可以写。")
            return
        there = [one.file for one in good if (letters_folder() / one.file).exists()]
        asked = f"{len(refused)} 件不能写，只写其余 {len(good)} 件。" if refused else ""
        if there:
            more = f"等 {len(there)} 个" if len(there) > 1 else ""
            asked += f"{there[0]}{more}文件已经有了，换成新的。"
        if asked:
            confirm(
                self,
                f"{asked}要写吗？",
                f"写 {len(good)} 件",
                "不写",
                lambda: self._write(good),
            )
        else:
            self._write(good)

    def _write(self, cases: Sequence[Foreseen]) -> None:
        register, kind, folder = self.desk.register, self._kind, letters_folder().absolute()

        def question() -> tuple[Written, ...]:
            from exports.letters.writing import Wanted, write_letters

            wanted = [
                Wanted(one.number, kind, folder / one.file, one.event_id, seen=one.version)
                for one in cases
            ]
            return write_letters(register, wanted, templates_folder())

        ask(self, "save", question, self._written, self.refused)

    def _written(self, written: tuple[Written, ...]) -> None:
        self.desk.recorded.update(event for one in written for event in one.recorded)
        self.dismiss(written)

    def action_back(self) -> None:
        self.dismiss(None)


def kinds_of(tx: Transaction, ids: Sequence[int]) -> dict[LetterKind, int]:
    """How many of some cases have a letter of each kind, the most first."""
    from db.cases.case_file import chosen_cases
    from db.law.letters import writable

    counted = Counter(
        kind
        for case in chosen_cases(tx, ids)
        for kind in dict.fromkeys(letter.kind for letter in writable(case.history))
    )
    return dict(counted.most_common())


def foresee(tx: Transaction, kind: LetterKind, cases: dict[int, str]) -> tuple[Foreseen, ...]:
    """What would be written for each case, with the numbers that would follow each other."""
    from db.cases.letters import Numbering, is_numbered, missing_of, read_letter
    from db.errors import RegisterError
    from exports.letters.writing import file_name_of

    numbering = Numbering(tx)
    told: list[Foreseen] = []
    for case_id, number in cases.items():
        try:
            letter = read_letter(tx, number, kind, numbering=numbering)
        except RegisterError as refusal:
            told.append(Foreseen(case_id, number, refusal=str(refusal)))
            continue
        missing = "、".join(one.label for one in missing_of(letter))
        if missing:
            told.append(Foreseen(case_id, number, refusal=f"还缺：{missing}。"))
            continue
        if letter.doc_no and not is_numbered(letter):
            numbering.take(letter)
        name = file_name_of(letter)
        who = one_line(letter.case.received.applicant or "")
        told.append(
            Foreseen(
                case_id,
                number,
                letter.case.version,
                letter.event.id,
                name,
                "  ".join(filter(None, (clip(who, 24), letter.doc_no, name))),
            )
        )
    return tuple(told)


def _parts(one: Foreseen) -> tuple[Part, ...]:
    if one.refusal:
        return (one.number, "bold"), "\n", ("不能写：" + plain_quotes(one.refusal), "$error")
    return (one.number, "bold"), f"  {one.said}"
