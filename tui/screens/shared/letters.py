"""文书: which letter is written, what is missing for it, its form, and opening what has been written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import ChangedMeanwhile
from tui.desk.asking import ask
from tui.desk.opening_paper import open_paper
from tui.desk.paper_folders import letters_folder, templates_folder
from tui.desk.places import Settings
from tui.forms.draft import Draft, Outlook
from tui.forms.letters import facts_told, lacking, letter_fields
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.form import FormScreen
from tui.screens.shared.picker import Picker
from tui.screens.shared.windows import confirm
from tui.text.paths import from_home

if TYPE_CHECKING:
    from db.cases.letters import Letter, Missing, Place
    from db.law.event import Event
    from db.law.letters import Writable
    from db.storage.transaction import Transaction
    from db.words.letters import LetterKind
    from exports.letters.writing import Written

Mend = Callable[["Place", "Letter"], None]
"""Goes to where a missing fact of a case or a record is filled in."""


def choose_letter(page: DeskScreen[None], number: str, mend: Mend) -> None:
    """Offer the letters that can be written on a case, the probable one first."""

    def question(tx: Transaction) -> tuple[Writable, ...]:
        from db.cases.case_file import read_case
        from db.law.letters import writable

        return writable(read_case(tx, number).history)

    def answer(letters: tuple[Writable, ...]) -> None:
        named = {_name(letter): letter for letter in letters}
        choices = [(name, _of(letter)) for name, letter in named.items()]
        window = Picker(f"{number}  制作文书", "输入几个字缩小范围，例如：补正", choices)

        def chosen(name: str | None) -> None:
            if name is not None:
                letter = named[name]
                begin_letter(page, number, letter.kind, letter.event.id, mend)

        page.desk.push_screen(window, chosen)

    page.ask("letters", question, answer)


def _name(letter: Writable) -> str:
    return letter.kind.label + (f" {letter.nth}" if letter.of > 1 else "")


def _of(letter: Writable) -> str:
    """What it is of: `2026-03-05 征求意见 某公司`."""
    event = letter.event
    return "  ".join(filter(None, (str(event.on), event.kind.label, event.party)))


def begin_letter(
    page: DeskScreen[None], number: str, kind: LetterKind, event_id: int, mend: Mend
) -> None:
    """Write one letter: first say what it lacks that no form of its own asks for."""

    def question(tx: Transaction) -> tuple[Letter, tuple[Missing, ...]]:
        from db.cases.letters import Place, missing_of, read_letter

        letter = read_letter(tx, number, kind, event_id)
        missing = missing_of(letter)
        return letter, tuple(one for one in missing if one.place is not Place.LETTER)

    def answer(found: tuple[Letter, tuple[Missing, ...]]) -> None:
        letter, missing = found
        if missing:
            _tell_missing(page, letter, missing, mend)
        else:
            page.desk.push_screen(LetterScreen(letter), lambda done: _written(page, done))

    page.ask("letters", question, answer)


def _tell_missing(
    page: DeskScreen[None], letter: Letter, missing: Sequence[Missing], mend: Mend
) -> None:
    """Name every missing fact with the key that goes to it; Enter goes there."""
    from db.cases.letters import Place

    key = page.desk.keymap.key
    where = {
        Place.ORGAN: f"在设置里填写，按 {key('app.go')} {key('go.settings')[-1]}",
        Place.CASE: "先补登这一步",
        Place.EVENT: f"更正这一条记录，按 {key('case.corrections')}",
    }
    by_label = {one.label: one for one in missing}
    window = Picker(
        f"{letter.name}还缺 {len(missing)} 项，没有写",
        "选一项去填写",
        [(one.label, where[one.place]) for one in missing],
    )

    def chosen(label: str | None) -> None:
        if label is None:
            return
        place = by_label[label].place
        if place is Place.ORGAN:
            page.desk.go(Settings())
        else:
            mend(place, letter)

    page.desk.push_screen(window, chosen)


def _written(page: DeskScreen[None], done: Written | None) -> None:
    if done is None:
        return
    tell_papers(page, [done.path])
    page.reload()


def tell_papers(page: DeskScreen[None], paths: Sequence[Path]) -> None:
    """Open a written letter; where there is nothing to open it with, and of several, show where."""
    if len(paths) == 1 and open_paper(paths[0]):
        page.flash(f"已写好并打开 {paths[0].name}。")
        return
    title = "文书已写好" if len(paths) == 1 else f"{len(paths)} 份文书已写好"
    page.desk.show_text(title, "\n".join(str(path) for path in paths))


def offer_letter(page: DeskScreen[None], event: Event) -> str:
    """What is said of the letter that goes out with an event, just recorded; empty if none does."""
    from db.law.letters import letters_of

    kinds = letters_of(event)
    return f"按 {page.key('case.letter')} 制作{kinds[0].label}。" if kinds else ""


class LetterScreen(FormScreen["Written"]):
    """What the office writes for a letter, its number, and where it goes; answers what was written."""

    HEADING = "制作文书"

    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self._letter = letter
        self._seen = letter.case.version

    async def on_mount(self) -> None:
        letter = self._letter
        self.entitle(f"{letter.case.number}  {letter.case.received.applicant or ''}", letter.name)
        from exports.letters.writing import file_name_of

        proposal = letters_folder() / file_name_of(letter)
        await self.lay(letter_fields(letter, proposal), letter.calendar)

    def form_name(self) -> str:
        letter = self._letter
        return f"letter {letter.kind} {letter.case.number} {letter.event.id}"

    def outlook(self, draft: Draft) -> Outlook:
        if not draft.complete:
            return Outlook()
        refusal = lacking(self._letter, draft.values)
        if refusal:
            return Outlook(refusal=refusal)
        kept = "填写的内容和文号记入本件。" if self._letter.kind.numbered else ""
        folder = templates_folder()
        by = f"模板：{from_home(folder)}" if folder else "用内置的模板。"
        return Outlook(f"{kept}{by}")

    def submit(self, draft: Draft) -> None:
        path: Path = draft.values["path"]
        known = {event.digest for event in self._letter.case.history if event.digest}
        ask(self, "save", lambda: _found_at(path, known), lambda said: self._ask(draft, said))

    def _ask(self, draft: Draft, found: str) -> None:
        """An older file gives way only when the clerk says so."""
        if not found:
            self._write(draft)
            return
        self._saving = False
        confirm(
            self,
            f"{draft.values['path']} {found}。要换成新的吗？",
            "换成新的",
            "返回改名",
            lambda: self._write(draft),
        )

    def _write(self, draft: Draft) -> None:
        self._saving = True
        register, letter, seen = self.desk.register, self._letter, self._seen
        told = facts_told(letter, draft.values)
        doc_no = draft.values.get("doc_no", "") if letter.kind.numbered else None
        path: Path = draft.values["path"]

        def question() -> Written | ChangedMeanwhile:
            from exports.letters.writing import Wanted, write_letters

            wanted = Wanted(
                letter.case.number, letter.kind, path, letter.event.id, told, doc_no, seen
            )
            try:
                (written,) = write_letters(register, [wanted], templates_folder())
            except ChangedMeanwhile as news:
                return news
            return written

        ask(self, "save", question, self._answered, self.refused)

    def _answered(self, found: Written | ChangedMeanwhile) -> None:
        if isinstance(found, ChangedMeanwhile):
            self._seen = found.version  # once it has been told, the clerk may write all the same
            self.refused(str(found))
            return
        self.desk.recorded.update(found.recorded)
        self.saved(found)


def _found_at(path: Path, known: Collection[str]) -> str:
    """What is said of a file that is there already: also whether somebody has changed it since it
    was written; empty when there is none."""
    from db.storage.paper_store import LARGEST, digest_of

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST)
    except FileNotFoundError:
        return ""
    except OSError:
        return "已经有了"
    if digest_of(content) in known:
        return "已经有了"
    return "已经有了，写出以后有人改动过，或是另外的文件"
