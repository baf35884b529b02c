"""A text from a stranger's hands: in which of the encodings of Chinese offices it is written."""

from __future__ import annotations

import codecs
from pathlib import Path

from db.errors import Unreadable

_CHUNK = 1 << 20
_ENCODINGS = ("utf-8-sig", "gb18030")


def encoding_of(path: Path, largest: int) -> str:
    """The encoding a text is written in, tried piece by piece.

    Raises:
        Unreadable: the file is too large, or it is in none of those known.
        OSError: it cannot be read.
    """
    if path.stat().st_size > largest:
        raise Unreadable(f"{path} 过大；请分成几个文件导入。")
    with path.open("rb") as file:
        marked = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
        for encoding in ("utf-16",) if marked else _ENCODINGS:
            file.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while piece := file.read(_CHUNK):
                    if "\0" in decoder.decode(piece):
                        break
                else:
                    decoder.decode(b"", final=True)
                    return encoding
            except UnicodeDecodeError:
                continue
    raise Unreadable(f"{path} 的文字编码无法识别；请另存为 UTF-8 的 CSV，或 .xlsx。")
