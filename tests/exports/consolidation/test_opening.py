"""Files of strangers: told by what they are, within bounds, refused in a sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from db.errors import NotFound, Unreadable
from exports.consolidation import office
from exports.consolidation.consolidating import consolidate
from exports.consolidation.opening import files_of, read_paper
from exports.consolidation.understanding import read_report
from tests.support.office_pages import sample, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def named(text: str) -> bytes:
    return OLE + text.encode("utf-16-le") + bytes(100)


def packed(name: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "nothing")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", named("EncryptedPackage"), "加了密码"),
        ("a.xls", named("Workbook"), "不是完好的表格文件"),
        ("a.docx", b"PK\x03\x04" + bytes(50), "不是完好的文件"),
        ("a.pdf", b"%PDF-1.7", "是 PDF，表格不能可靠地读出"),
        ("a.ofd", packed("OFD.xml"), "是 OFD，表格不能可靠地读出"),
        ("a.zip", packed("年报.docx"), "是压缩包"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "是压缩包"),
        ("a.docx", b"", "是空文件"),
        ("a.docx", b"hello", "不是完好的 .docx 文件"),
        ("a.jpg", b"\xff\xd8\xff", "格式不认识"),
        ("a.json", b'{"year": 2024}', "不是 report --json 写出的年报"),
        ("a.json", b"{", "不是完好的 JSON"),
        ("a.html", "<p>没有表格</p>".encode(), "没有找到年报的表格"),
        ("a.txt", b"\x81\x00", "文字编码无法识别"),
    ],
)
def test_what_is_no_report_is_refused_by_what_it_is(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=said):
        read_report(path, 2024)


def test_what_a_folder_holds_and_cannot_be_read_is_listed(tmp_path: Path) -> None:
    names = ["1.docx", "2.pdf", "3.OFD", "4.zip", "1.pdf", "照片.jpg", "~$1.docx"]
    for name in names:
        (tmp_path / name).touch()
    assert [path.name for path in files_of([tmp_path])] == names[:4]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="请核对路径"):
        read_paper(tmp_path / "无.docx")


def test_an_old_document_without_libreoffice_is_told_how_to_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    path = tmp_path / "年报.wps"
    path.write_bytes(named("WordDocument"))
    with pytest.raises(
        Unreadable, match=r"没有安装 LibreOffice，读不了；请用 Word 或 WPS 打开，另存为 \.docx"
    ):
        read_paper(path)


def test_old_documents_are_converted_at_once_and_waiting_for_it_can_be_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true, asked = sample(), list[int]()

    def run(command: list[str], beat: Callable[[], None]) -> None:
        beat()
        sources = [Path(each) for each in command if each.endswith((".wps", ".doc"))]
        asked.append(len(sources))
        made = Path(command[command.index("--outdir") + 1])
        made.mkdir()
        for source in sources:
            if b"broken" not in source.read_bytes():
                write("changed document", true, made).rename(made / f"{source.stem}.docx")

    monkeypatch.setattr(office, "office", lambda: "soffice")
    monkeypatch.setattr(office, "_run", run)
    paths = [tmp_path / f"{n}{ending}" for n, ending in enumerate((".wps", ".doc", ".doc"))]
    for path in paths:
        path.write_bytes(named("WordDocument"))
    paths[2].write_bytes(named("WordDocument") + b"broken")
    done = consolidate(paths, 2024, "2021", datetime(2025, 2, 1, tzinfo=UTC))
    assert asked == [3, 1]
    assert [one.part.requests for one in done.files] == [true.requests, true.requests, None]
    assert "转换不了" in done.files[2].problems[0].text

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        consolidate(paths, 2024, "2021", datetime(2025, 2, 1, tzinfo=UTC), progress=stop)


@pytest.mark.parametrize(
    ("ending", "part"),
    [("docx", "word/document.xml"), ("ods", "content.xml")],
)
def test_what_unpacks_to_far_too_much_is_refused(ending: str, part: str, tmp_path: Path) -> None:
    path = tmp_path / f"年报.{ending}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, b"<a>" + b" " * (40 << 20) + b"</a>")
    with pytest.raises(Unreadable, match="展开后"):
        read_paper(path)


def test_a_page_named_as_a_document_is_read_for_what_it_is(tmp_path: Path) -> None:
    true = sample()
    path = write("word page", true, tmp_path).rename(tmp_path / "年报.docx")
    assert read_report(path, 2024).requests == true.requests
