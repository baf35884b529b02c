"""Which of several meanings a word most likely has."""

from __future__ import annotations

from collections.abc import Sequence

from db.words.outcomes import SHORT_OUTCOMES
from db.words.text import bare
from db.words.tokens import folded, grams_of
from tui.screens.shared.picker import Choice


def likeliest_first(word: str, choices: Sequence[Choice]) -> list[Choice]:
    """The usual outcome first, then what shares most characters, else as they stood; leaving out
    stays the first of all.
    """
    from exports.ledger.taught import LEFT_OUT

    wanted, usual = folded(word), SHORT_OUTCOMES.get(bare(word))

    def nearness(choice: Choice) -> tuple[bool, int]:
        said = folded("".join(choice))
        pairs = set(grams_of(wanted, 2)) & set(grams_of(said, 2))
        return choice[0] == usual, len(set(wanted) & set(said)) + 2 * len(pairs)

    kept = [choice for choice in choices if choice[0] == LEFT_OUT]
    return kept + sorted(
        (choice for choice in choices if choice not in kept), key=nearness, reverse=True
    )
