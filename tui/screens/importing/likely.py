"""Which of several meanings a word most likely has."""

from __future__ import annotations

from collections.abc import Sequence

from db.words.outcomes import SHORT_OUTCOMES, parse_ground
from db.words.text import bare
from db.words.tokens import folded, grams_of
from tui.screens.shared.picker import Choice

_KINDS = {
    "公司": "商业企业",
    "律": "法律服务机构",
    "村委": "其他",
    "居委": "其他",
    "其它": "其他",
}
"""What is part of a clerk's word for a kind of applicant, and misleads by its characters."""


def likeliest_first(word: str, choices: Sequence[Choice]) -> list[Choice]:
    """The usual outcome or kind first, then what shares most characters, else as they stood; leaving out
    stays the first of all.
    """
    from exports.ledger.taught import LEFT_OUT

    wanted, said_bare = folded(word), bare(word)
    kinds = (kind for part, kind in _KINDS.items() if part in said_bare)
    ground = parse_ground(word)
    proposed = SHORT_OUTCOMES.get(said_bare) or (ground.code if ground else None)
    usual = proposed or next(kinds, None)

    def nearness(choice: Choice) -> tuple[bool, int]:
        said = folded("".join(choice))
        pairs = set(grams_of(wanted, 2)) & set(grams_of(said, 2))
        return choice[0] == usual, len(set(wanted) & set(said)) + 2 * len(pairs)

    kept = [choice for choice in choices if choice[0] == LEFT_OUT]
    return kept + sorted(
        (choice for choice in choices if choice not in kept), key=nearness, reverse=True
    )
