"""An .xlsx from a stranger's hands as what it is: an archive of XML parts, read piece by piece.

A small archive can unpack to gigabytes, and a small text can name itself a thousand times over. So
every part has a measure, none is held whole, and a document type (which alone can declare entities)
is refused.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, ClassVar, Protocol
from xml.parsers import expat

from db.errors import Unreadable

MOST_BYTES = 512 << 20
"""What a part may unpack to: no ledger is that large."""
MOST_RATIO = 150
"""How many times larger a part may be than it is packed; ledgers of equal rows reach 60."""
_SMALL = 16 << 20  # a part of this size may be packed as well as can be
MOST_TAGS = 16_000_000
"""Of a part; a ledger of 100,000 full rows has fewer."""
_DEEPEST = 64
_LONGEST_TAG = 4 << 20
_LARGEST_DIRECTORY = 2 << 20  # of an archive's parts, 40,000 of them
_CHUNK = 1 << 18
_LONGEST_FOUND = 100
_ENCODINGS = ("utf-8", "utf-16", "us-ascii")


class Reader(Protocol):
    """Who is told of a part's elements, as far as `names` knows them: by a short word each.

    The keys of `names` are namespace, blank, name.
    """

    names: ClassVar[Mapping[str, str]]

    def start(self, name: str, given: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, said: str) -> None: ...


class Archive:
    """The parts of an .xlsx by their names.

    Whatever is wrong with them breaks zipfile and expat in more ways than they document: the caller
    turns what they raise into a sentence. `Unreadable` is raised for what is too much.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with contextlib.ExitStack() as opening:
            file = opening.enter_context(_Measured(path, "rb"))
            self._zip = opening.enter_context(zipfile.ZipFile(file))
            self.names = frozenset(self._zip.namelist())
            self.close = opening.pop_all().close

    def read(
        self,
        name: str,
        reader: Reader,
        shorten: Callable[[bytes], bytes] | None = None,
        rest: Callable[[bytes], Iterable[bytes]] = lambda piece: (piece,),
    ) -> Iterator[None]:
        """Tell a reader of a part's elements; it may be asked between two pieces what it has.

        `shorten` may take away bytes that the reader would pass over; `rest` leaves of each piece,
        and at last of an empty one, what the reader has not been told otherwise.
        """
        with self._open(name) as part:
            parser = self._parser(reader)
            fed = tags = 0
            while chunk := part.read(_CHUNK):
                if shorten is not None:
                    chunk = shorten(chunk)
                tags += chunk.count(b"<")
                if tags > MOST_TAGS:
                    raise Unreadable(f"{self.path} 里的单元格过多，不像台账；没有导入。")
                for piece in rest(chunk):
                    parser.Parse(piece)
                    fed += len(piece)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise Unreadable(f"{self.path} 里有一个标记过长，不像台账；没有导入。")
                yield
            for piece in rest(b""):
                parser.Parse(piece)
            parser.Parse(b"", True)
            yield

    def whole(self, name: str, most: int) -> bytes:
        """A part as it is, of at most so many bytes."""
        with self._open(name) as part:
            content = part.read(most + 1)
        if len(content) > most:
            raise Unreadable(f"{self.path} 展开后过大；没有读取。")
        return content

    def search(self, name: str, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Where a pattern of at most `_LONGEST_FOUND` bytes stands in a part, once each."""
        with self._open(name) as part:
            kept = b""
            while chunk := part.read(_CHUNK):
                held, done = kept + chunk, 0
                for found in pattern.finditer(held):
                    done = found.end()
                    yield found
                kept = held[max(done, len(held) - _LONGEST_FOUND) :]

    def _open(self, name: str) -> IO[bytes]:
        part = self._zip.getinfo(name)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(f"{self.path} 的压缩方式不是 .xlsx 用的；请另存为 .xlsx 后再导入。")
        packed = max(part.compress_size, 1)
        if part.file_size > MOST_BYTES:
            raise Unreadable(f"{self.path} 展开后过大，不像台账；没有导入。")
        if part.file_size > max(_SMALL, MOST_RATIO * packed):
            times = part.file_size // packed
            raise Unreadable(f"{self.path} 展开后是原来的{times}倍，不像台账；没有导入。")
        return self._zip.open(part)

    def _parser(self, reader: Reader) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        known, depth = reader.names.get, 0

        def start(tag: str, given: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise Unreadable(f"{self.path} 的标记层数过多，不像台账；没有导入。")
            name = known(tag)
            if name is not None:
                reader.start(name, given)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            name = known(tag)
            if name is not None:
                reader.end(name)

        def refuse_type(*_: Any) -> None:
            raise Unreadable(f"{self.path} 里有文档类型声明（DTD），可能有害；没有导入。")

        def declared(_: str, encoding: str | None, __: int) -> None:
            if encoding is not None and encoding.lower() not in _ENCODINGS:
                raise Unreadable(f"{self.path} 的文字编码无法识别；请另存为 .xlsx 后再导入。")

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = refuse_type
        parser.XmlDeclHandler = declared
        return parser


class _Measured(io.FileIO):
    """A file of which nobody takes a huge piece: zipfile takes the whole list of parts at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            size = os.fstat(self.fileno()).st_size - self.tell()
        if size > _LARGEST_DIRECTORY:
            raise Unreadable(f"{self.name} 里的部分过多，不像台账；没有导入。")
        return super().read(size)
