"""Texts from strangers: what may be stored, and how it is made safe to show."""

from __future__ import annotations

import json
import re
import unicodedata

from db.errors import BadValue

LONGEST = 32_000
"""Characters a fact may have: what still fits one spreadsheet cell (32,767)."""

# C0 and C1 control characters but newline and tab: a terminal would obey them. Then the two
# characters no XML file may hold.
_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]"
# Marks that reorder or hide text around them, the line separators, and the invisible tags.
_MARKS = "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_INVISIBLE = f"[{_MARKS}]"
_UNSEEN = f"[\x7f-\x9f\ud800-\udfff\ufffe\uffff{_MARKS}]"
_HALF = "[\ud800-\udfff]"


def clean(text: str, what: str, longest: int | None = LONGEST) -> str:
    """The text as it is stored: control characters dropped, line ends unified, ends trimmed.

    A text of invisible marks alone is empty.

    Raises:
        BadValue: it is too long, or holds half a character (a lone surrogate).
    """
    if text.isprintable() and (longest is None or len(text) <= longest):  # as most are
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(_CONTROL, "", text).strip()
    if longest is not None and len(text) > longest:
        raise BadValue(f"{what}有{len(text)}个字，超过{longest}个；请缩短，或另存为附件。")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise BadValue(f"{what}含有无法保存的字符；请重新输入。") from None
    return text if re.sub(_INVISIBLE, "", text).strip() else ""


def one_line(text: str) -> str:
    """The text as one line that any terminal can show: nothing in it is obeyed or hidden."""
    if text.isprintable():  # mostly so: it holds none of these
        return text
    text = re.sub(_CONTROL, "", text.replace("\n", " ").replace("\t", " "))
    return re.sub(_HALF, "\ufffd", re.sub(_INVISIBLE, "", text))


def shown(text: str) -> str:
    """The text with its lines kept, safe to show."""
    return "\n".join(one_line(line) for line in text.split("\n"))


_PIECE = 1_000
_STARTS = "[ -~\u4e00-\u9fff]"  # what stands before them never changes these


def nfkc(text: str) -> str:
    """The text in the form NFKC.

    A long one is taken in pieces: for a run of combining marks the library takes the square of its
    length, and a stranger's text may be nothing else.
    """
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces: list[str] = []
    start = 0
    while len(text) - start > _PIECE:
        cut = re.search(_STARTS, text[start + _PIECE // 2 : start + _PIECE])
        end = start + (_PIECE // 2 + cut.start() if cut else _PIECE)
        pieces.append(unicodedata.normalize("NFKC", text[start:end]))
        start = end
    return "".join((*pieces, unicodedata.normalize("NFKC", text[start:])))


def escape_unseen(document: str) -> str:
    """A JSON document whose texts hold nothing raw that a terminal would obey or hide."""

    def escape(found: re.Match[str]) -> str:
        return json.dumps(found[0])[1:-1]

    return re.sub(_UNSEEN, escape, document)


def fold(text: str) -> str:
    """The text as codes and labels are compared: NFKC, no blanks, lower case.

    For codes, labels, dates and numbers only; names are never folded.
    """
    return "".join(nfkc(text).split()).casefold()


_PUNCTUATION = str.maketrans("", "", "“”\"'‘’「」、,，.。;；:：()（）-—–_/\\·・")


def bare(text: str) -> str:
    """A folded label without punctuation: what remains when clerks type it by hand."""
    return fold(text).translate(_PUNCTUATION)
