"""词语对照: what the office has taught, and unlearning it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tui.actions.registry import PAGES, bindings
from tui.screens.shared.list_page import ListPage
from tui.text.cells import clip, fit

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from exports.ledger.taught import Taught


class TaughtScreen(ListPage[bool]):
    """Answers whether anything was unlearnt."""

    SCOPES = PAGES["taught"]
    HEADING = "词语对照"
    READS = ("words", "save")
    BINDINGS: ClassVar[list[BindingType]] = bindings("taught")

    def __init__(self) -> None:
        super().__init__()
        self._taught: Taught | None = None
        self._changed = False

    def on_mount(self) -> None:
        self.entitle("")

        def question(tx: Transaction) -> Taught:
            from exports.ledger.taught import read_taught

            return read_taught(tx)

        self.ask("words", question, self._show)

    def _show(self, taught: Taught) -> None:
        self._taught = taught
        self.entitle(f"共 {len(taught.words)} 个")
        entries = [
            (
                str(place),
                (
                    (fit(one.column, 12), "$quiet"),
                    (fit(one.word, 26), "bold"),
                    f"= {clip(in_words(one.meaning), 36)}",
                ),
            )
            for place, one in enumerate(taught.words)
        ]
        line = "导入台账时照此办；程序原来就能识别的词不在这里"
        self.fill(line, entries, otherwise=["还没有词语对照。"])

    def action_forget(self) -> None:
        chosen = self.chosen
        if self._taught is None or chosen is None:
            return
        one = self._taught.words[int(chosen)]

        def change(tx: Transaction) -> Taught:
            from exports.ledger.taught import forget

            return forget(tx, one.column, one.word)

        def answer(taught: Taught) -> None:
            self._changed = True
            self._show(taught)

        self.store(change, answer, self.desk.show_error)

    def action_back(self) -> None:
        self.dismiss(self._changed)


def in_words(meaning: str) -> str:
    """What a word means: of an outcome its code and its name."""
    from db.words.outcomes import OUTCOME_BY_CODE

    outcome = OUTCOME_BY_CODE.get(meaning)
    return f"{meaning} {outcome.name}" if outcome else meaning
