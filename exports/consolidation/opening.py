"""Opening a report of any format: what it is, is seen from its beginning, not from its name alone."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from db.errors import NotFound, RegisterError, Unreadable, plain_fault
from exports.consolidation.office import Made
from exports.consolidation.paper import Paper
from exports.spreadsheet.damaged import sentences

ENDINGS = (
    *(".xlsx", ".xlsm", ".xls", ".et", ".ods", ".docx", ".doc", ".wps", ".rtf"),
    *(".html", ".htm", ".mht", ".mhtml", ".csv", ".txt", ".json"),
)
_REFUSED = (".pdf", ".ofd", ".zip", ".rar")
"""What reports also come as: never read, but not passed over in silence either."""
_LARGEST = 64 << 20
_MOST, _LOOKED, _DEEPEST = 2_000, 20_000, 6
"""Reports of a folder that are read, names in it and below that are looked at, and how far below."""


def files_of(given: Iterable[Path]) -> list[Path]:
    """The files; those of a folder and the folders in it in its place, by name. Hidden ones and
    what an office program has open are left out, and a .pdf beside the document of its name. What
    cannot be listed stands for itself.
    """
    told: list[Path] = []
    for path in given:
        if path.is_dir():
            names = islice(_within(path, 0), _LOOKED)
            found = sorted(islice((each for each in names if each is not None), _MOST))
            read = {each.with_suffix("") for each in found if not _is_refused(each)}
            told += [e for e in found if not _is_refused(e) or e.with_suffix("") not in read]
        else:
            told.append(path)
    return list(dict.fromkeys(told))


def _is_refused(path: Path) -> bool:
    return path.suffix.lower() in _REFUSED


def _within(folder: Path, depth: int) -> Iterator[Path | None]:
    """Every name that is looked at: a report's path, or None."""
    try:
        found = [each for each in folder.iterdir() if each.name[:1] not in (".", "~")]
    except OSError:
        yield folder
        return
    for each in found:
        known = each.suffix.lower() in ENDINGS or _is_refused(each)
        report = known and not each.is_dir()
        yield each if report else None
        if not report and depth < _DEEPEST and each.is_dir() and not each.is_symlink():
            yield from _within(each, depth + 1)


def read_paper(path: Path, made: Made | None = None) -> Paper:
    """The texts and grids of a file; of an old format what was `made` of it, if it was.

    Raises:
        NotFound: there is no such file.
        Unreadable: it is of no known format, damaged, locked with a password, or no report's size.
    """
    try:
        if path.is_dir():
            raise Unreadable(f"{path} 是文件夹，里面的文件列不出来；请核对有没有读它的权限。")
        if not path.is_file():
            raise NotFound(f"没有找到文件 {path}；请核对路径。")
        if path.stat().st_size > _LARGEST:
            raise Unreadable(f"{path} 过大，不像一份年报；没有读取。")
        with path.open("rb") as file:
            top = file.read(4096)
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
    if not top.strip():
        raise Unreadable(f"{path} 是空文件；请重新报送。")
    with sentences(path, "文件", "请用办公软件打开，另存后重新报送"):
        reader = _reader(path, top)
        if made and path in made:
            reader = _READ_AS.get(reader, reader)
            return replace(reader(made[path]), name=path.name)
        return reader(path)


def old_formats(paths: Iterable[Path]) -> dict[Path, str]:
    """Those that must be converted, and in which format they are then read."""
    told: dict[Path, str] = {}
    for path in paths:
        with contextlib.suppress(OSError, RegisterError, zipfile.BadZipFile):
            if path.is_file() and 0 < path.stat().st_size <= _LARGEST:
                with path.open("rb") as file:
                    reader = _reader(path, file.read(4096))
                if reader in _ENDING_OF:
                    told[path] = _ENDING_OF[reader]
    return told


def _reader(path: Path, top: bytes) -> Callable[[Path], Paper]:
    ending = path.suffix.lower()
    if top.startswith(b"PK\x03\x04"):
        return _packed(path)
    if top.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old(path)
    if top.lstrip().startswith(b"{\\rtf"):
        return _converted
    if top.startswith(b"Rar!"):
        raise _no_report(path)
    if top.startswith(b"%PDF"):
        raise _no_tables(path, "PDF")
    head = top.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")
    if head[:13].lower() in (b"mime-version:", b"from: <saved") or head[:5].lower() == b"from:":
        return _page_in_one_file
    sheet_like = b"urn:schemas-microsoft-com:office:spreadsheet" in top
    if sheet_like and b"<Workbook" in top:
        return _converted_sheet
    if head[:1] == b"<" or head.replace(b"\0", b"")[:1] == b"<":
        return _page
    if ending in (".mht", ".mhtml"):
        return _page_in_one_file
    if ending in (".html", ".htm"):
        return _page
    if ending == ".csv":
        return _separated
    if ending == ".txt":
        return _text
    if ending in ENDINGS:
        raise Unreadable(f"{path} 不是完好的 {ending} 文件；请用办公软件打开，另存后重新报送。")
    listed = "、".join(ENDINGS)
    raise Unreadable(f"{path} 的格式不认识；可用：{listed}。")


def _no_report(path: Path) -> Unreadable:
    return Unreadable(f"{path} 是压缩包，不是一份年报；请解压后再汇总。")


def _no_tables(path: Path, kind: str) -> Unreadable:
    return Unreadable(
        f"{path} 是 {kind}，表格不能可靠地读出；请用原来的 Word 文件，或另存为 .docx 后再汇总。"
    )


def _packed(path: Path) -> Callable[[Path], Paper]:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        kind = b""
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
            kind = archive.read("mimetype")
    if "word/document.xml" in names:
        return _document
    if b"spreadsheet" in kind:
        from exports.consolidation.sheets import read_open_document

        return read_open_document
    if b"text" in kind:
        return _converted
    if any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            return _converted_sheet
        return _workbook
    if "OFD.xml" in names:
        raise _no_tables(path, "OFD")
    raise _no_report(path)


def _old(path: Path) -> Callable[[Path], Paper]:
    """A file of before 2007, or a new one under a password: its directory says which, in UTF-16."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable(f"{path} 加了密码；请去掉密码后另存，再汇总。")
    if "WordDocument".encode("utf-16-le") in content:
        return _converted
    from exports.consolidation.sheets import read_old_workbook

    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return read_old_workbook
    return _converted


def _converted(path: Path) -> Paper:
    from exports.consolidation.office import converting

    with converting(path, "docx") as made:
        return replace(_document(made), name=path.name)


def _converted_sheet(path: Path) -> Paper:
    from exports.consolidation.office import converting

    with converting(path, "xlsx") as made:
        return replace(_workbook(made), name=path.name)


def _document(path: Path) -> Paper:
    from exports.consolidation.document import read_document

    return read_document(path)


def _workbook(path: Path) -> Paper:
    from exports.consolidation.sheets import read_workbook

    return read_workbook(path)


def _page(path: Path) -> Paper:
    from exports.consolidation.web_page import read_page

    return read_page(path)


def _page_in_one_file(path: Path) -> Paper:
    from exports.consolidation.web_page import read_page_in_one_file

    return read_page_in_one_file(path)


def _separated(path: Path) -> Paper:
    from exports.consolidation.plain_text import read_separated

    return read_separated(path)


def _text(path: Path) -> Paper:
    from exports.consolidation.plain_text import read_text

    return read_text(path)


_Reader = Callable[[Path], Paper]
_ENDING_OF: dict[_Reader, str] = {_converted: "docx", _converted_sheet: "xlsx"}
_READ_AS: dict[_Reader, _Reader] = {_converted: _document, _converted_sheet: _workbook}
