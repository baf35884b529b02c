"""Where a word begins and ends in Chinese text, without a dictionary.

A word is a run of one script: letters, digits, or signs. Chinese characters go by two, as most
words do, and a particle (的, 了, 和, 与, 或, 及) stands by itself. Blanks belong to the word before them.
"""

from __future__ import annotations

import unicodedata

PARTICLES = frozenset("的了和与或及")


def _script(character: str) -> str:
    if character.isspace():
        return "blank"
    if character in PARTICLES:
        return "particle"
    if character.isdigit():
        return "digit"
    if unicodedata.category(character)[0] in "PSZC":
        return "sign"
    name = unicodedata.name(character, "")
    return "han" if name.startswith("CJK") else "letter"


def word_start(text: str, at: int) -> int:
    """The beginning of the word that ends at or before `at`."""
    while at and _script(text[at - 1]) == "blank":
        at -= 1
    if not at:
        return 0
    script = _script(text[at - 1])
    most = {"particle": 1, "han": 2}.get(script, at)
    start = at - 1
    while start and at - start < most and _script(text[start - 1]) == script:
        start -= 1
    return start


def word_end(text: str, at: int) -> int:
    """The end of the word that begins at or after `at`, with the blanks behind it."""
    if at >= len(text):
        return len(text)
    script = _script(text[at])
    most = {"particle": 1, "han": 2}.get(script, len(text))
    end = at
    if script != "blank":
        while end < len(text) and end - at < most and _script(text[end]) == script:
            end += 1
    while end < len(text) and _script(text[end]) == "blank":
        end += 1
    return end
