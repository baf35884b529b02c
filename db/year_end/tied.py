"""What of a drafted sentence still stands in a text: all of it, or its figures where the clerk has
changed the words around them (本机关 to 我局)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_MARKS = "，。；：、（）\n"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_FIGURE = re.compile(rf"[^{_MARKS}0-9]{{2,8}}{_NUMBER}[^{_MARKS}0-9]{{1,12}}")


def stands(sentence: str, text: str) -> bool:
    """Whether a text still holds a sentence, or a figure of it."""
    return sentence in text or any(_once(figure, text) for _, figure in _figures(sentence))


def moved(old: str, new: str, text: str) -> list[tuple[str, str]]:
    """What has moved of what stands in the text, as old and new."""
    if old == new:
        return []
    if old in text:
        return [(old, new)]
    now = dict(_figures(new))
    return [
        (figure, now[named])
        for named, figure in _figures(old)
        if named in now and figure != now[named] and _once(figure, text)
    ]


def _figures(sentence: str) -> Iterator[tuple[tuple[str, int], str]]:
    """Each number with the words at it, and what it is called: those words, and the how manieth."""
    seen: Counter[str] = Counter()
    for found in _FIGURE.finditer(sentence):
        words = re.sub(_NUMBER, "#", found[0])
        seen[words] += 1
        yield (words, seen[words]), found[0]


def _once(figure: str, text: str) -> bool:
    return text.count(figure) == 1
