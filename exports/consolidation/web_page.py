"""A page (.html, .htm) or a page in one file (.mht) as texts and grids: what a reader of it sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from db.errors import Unreadable
from exports.consolidation.paper import (
    LONGEST,
    LOWERED,
    MOST_COLUMNS,
    MOST_ROWS,
    RAISED,
    STRUCK,
    Cell,
    Paper,
    Piece,
    Placed,
    spread,
)

_LARGEST = 32 << 20
_DEEPEST = 24
_UNSEEN = {"script", "style", "noscript", "template", "head", "select", "textarea", "svg", "object"}
_BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
}
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.I)
_STRUCK = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.I)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.I)
_BLANKS = re.compile("[ \t\r\n\f]+")
_GB = ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "936")


def read_page(path: Path) -> Paper:
    content = _content(path)
    return Paper(path.name, tuple(_document(_text_of(content, path))))


def read_page_in_one_file(path: Path) -> Paper:
    """An .mht: the first page of a message."""
    message = message_from_bytes(_content(path), policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            told = part.get_payload(decode=True)
            if isinstance(told, bytes):
                said = part.get_content_charset() or ""
                return Paper(path.name, tuple(_document(_text_of(told, path, said))))
    raise Unreadable(f"{path} 里没有网页；请用浏览器打开，另存为网页（.html）。")


def _content(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise Unreadable(f"{path} 过大，不像一份年报；没有读取。")
    return path.read_bytes()


def _text_of(content: bytes, path: Path, said: str = "") -> str:
    """The text: a mark at the beginning tells its encoding, else what it says of itself, else which fits."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    declared = _DECLARED.search(content[:4096])
    name = (said or (declared[1].decode() if declared else "")).lower()
    tried = ["utf-8-sig", "gb18030"]
    if name in _GB:
        tried.reverse()
    elif name in ("big5", "utf-16", "utf-16le"):
        tried.insert(0, name)
    for encoding in tried:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    if name:
        return content.decode("gb18030" if name in _GB else "utf-8", "replace")
    raise Unreadable(f"{path} 的文字编码无法识别；请用浏览器打开，另存为 UTF-8 的网页。")


def _document(text: str) -> Iterator[Piece]:
    from lxml import etree, html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    if not text.strip():
        return
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return
    for title in page.iter("title"):
        yield _squeezed(title.text or "")
        break
    yield from _pieces(page, 0)


def _pieces(block: Any, depth: int) -> Iterator[Piece]:
    """What stands in a block, its tables in their places."""
    said: list[str] = []
    for each in _flow(block, depth):
        if isinstance(each, str):
            said.append(each)
            continue
        yield from _paragraphs(said)
        said = []
        yield from _table(each, depth)
    yield from _paragraphs(said)


def _paragraphs(said: list[str]) -> Iterator[str]:
    for line in "".join(said).split("\n"):
        if line.strip():
            yield line.strip(" \t")


def _flow(element: Any, depth: int) -> Iterator[Any]:
    """The text of an element with a line's end around every block, and its outermost tables."""
    if depth > 200 or not isinstance(element.tag, str) or _unseen(element):
        return
    tag = element.tag.rpartition("}")[2].rpartition(":")[2]
    if tag == "table":
        yield "\n"
        yield element
        yield "\n"
        return
    if tag == "br":
        yield "\n"
        return
    style = element.get("style") or ""
    if tag in ("s", "strike", "del") or _STRUCK.search(style):
        yield STRUCK if "".join(element.itertext()).strip() else ""
        return
    raised = tag == "sup" or _RAISED.search(style) is not None
    yield RAISED if raised else ""
    edge = "\n" if tag in _BLOCKS else ""
    yield edge
    yield _squeezed(element.text or "")
    for child in element:
        yield from _flow(child, depth + 1)
        yield _squeezed(child.tail or "")
    yield edge
    yield LOWERED if raised else ""


def _squeezed(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _unseen(element: Any) -> bool:
    tag = element.tag
    return (
        tag in _UNSEEN
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _table(table: Any, depth: int) -> Iterator[Piece]:
    """A table, and behind it those that stand in its cells, with what is written around them."""
    rows: list[list[Placed]] = []
    within: list[Any] = []
    for caption in table.iterchildren("caption"):
        yield from _pieces(caption, depth + 1)
    found = list(_rows(table))[:MOST_ROWS]
    for number, row in enumerate(found):
        told: list[Placed] = []
        for cell in row.iterchildren("td", "th"):
            if _unseen(cell):
                continue
            if next(cell.iter("table"), None) is not None:
                within.append(cell)
            down = _span(cell, "rowspan", MOST_ROWS) or len(found) - number
            text = _cell_text(cell)
            told.append(Placed(Cell(text), _span(cell, "colspan", MOST_COLUMNS) or 1, down))
        rows.append(told)
    grid = spread(rows)
    if not within or any(len({*row}) > 1 for row in grid.rows):
        yield grid
    if depth < _DEEPEST:
        for cell in within:
            yield from _pieces_within(cell, depth + 1)


def _pieces_within(cell: Any, depth: int) -> Iterator[Piece]:
    said: list[str] = []
    for child in cell:
        for each in _flow(child, depth):
            if isinstance(each, str):
                said.append(each)
            else:
                yield from _paragraphs(said)
                said = []
                yield from _table(each, depth)
        said.append(_squeezed(child.tail or ""))
    yield from _paragraphs([_squeezed(cell.text or ""), *said])


def _rows(table: Any) -> Iterator[Any]:
    """Its rows, and not those of tables within."""
    for row in table.iter("tr"):
        above = next(row.iterancestors("table"), None)
        if above is table and not _unseen(row) and not _unseen(row.getparent()):
            yield row


def _span(cell: Any, name: str, most: int) -> int:
    """How many places a cell covers; 0 is all that are left."""
    said = (cell.get(name) or "1").strip()
    digits = re.match(r"[0-9]{1,6}", said)
    return min(int(digits[0]), most) if digits else 1


def _cell_text(cell: Any) -> str:
    def told(element: Any, depth: int) -> Iterator[str]:
        for each in _flow(element, depth):
            if isinstance(each, str):
                yield each
            elif depth < _DEEPEST:  # a table within
                for row in _rows(each):
                    for inner in row.iterchildren("td", "th"):
                        yield from told(inner, depth + 1)
                        yield "\n"

    lines = (line.strip() for line in "".join(told(cell, 0)).split("\n"))
    return "\n".join(filter(None, lines))[:LONGEST]
