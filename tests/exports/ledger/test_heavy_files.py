"""Ledgers that are small to send and huge to read: refused in a sentence, or read for what they hold."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import Unreadable
from db.storage.register import Register
from exports.ledger import faults, named_cells, read_file, understanding
from exports.ledger.importing import LedgerRefused, import_ledger
from exports.spreadsheet import archive, book_parts, read_book
from tests.support.ledgers import HEADING, Parts, ledger, read_ledger, written

ROW = (
    '<row r="2"><c r="A2"><v>20250305</v></c><c r="B2" t="inlineStr"><is><t>张三</t></is></c></row>'
)
BOMB = '<!DOCTYPE x [<!ENTITY a "甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (Parts(sheet=f'{HEADING}<row r="2000000000"></row>'), "第2000000000行"),
        (
            Parts(sheet=f'{HEADING}<row r="2"><c r="XFE2"><v>1</v></c></row>'),
            "第2行超出表格的16384列",
        ),
        (Parts(sheet=f"{HEADING}{ROW}{ROW}"), "第2行后面写着第2行"),
        (Parts(sheet=f"{HEADING}{'<a>' * 100}"), "层数过多"),
        (Parts(sheet=HEADING, before=BOMB), "DTD"),
        (Parts(sheet=HEADING, strings=f"{BOMB}<sst><si><t>&b;</t></si></sst>"), "DTD"),
        (Parts(sheet=HEADING, styles=f"{BOMB}<styleSheet/>"), "DTD"),
        (Parts(sheet=f"{HEADING}<row a='{'1' * (5 << 20)}'></row>"), "标记过长"),
        (Parts(sheet=f"{HEADING}{'<row/>' * 4_000_000}"), "展开后是原来的"),
        (Parts(sheet=HEADING, before='<?xml version="1.0" encoding="cp037"?>'), "编码无法识别"),
        (Parts(sheet=HEADING, packing=zipfile.ZIP_LZMA), "压缩方式"),
    ],
)
def test_what_no_ledger_is_like_is_refused(tmp_path: Path, parts: Parts, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_ledger(written(tmp_path / "a.xlsx", parts))


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test reaches at once."""
    for room in (read_file, read_book):
        monkeypatch.setattr(room, "MOST_IN_CELL", 1_000)
    for room in (read_file, read_book, book_parts):
        monkeypatch.setattr(room, "MOST_KEPT", 10_000)
    monkeypatch.setattr(read_file, "_LARGEST_CSV", 100_000)
    monkeypatch.setattr(archive, "MOST_TAGS", 1_000)
    monkeypatch.setattr(read_book, "MOST_ROWS", 100)
    monkeypatch.setattr(book_parts, "_MOST_STYLES", 10)


TEXT = "字" * 900


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (Parts(sheet=f"{HEADING}{'<c/>' * 1_000}"), "单元格过多"),
        (Parts(sheet=f"{HEADING}{'<row/>' * 100}"), "写着第101行"),
        (Parts(sheet=HEADING, strings=f"<sst>{f'<si><t>{TEXT}</t></si>' * 20}</sst>"), "文字过多"),
        (Parts(sheet=HEADING, strings=f"<sst><si>{f'<t>{TEXT}</t>' * 20}</si></sst>"), "文字过多"),
        (
            Parts(
                sheet=HEADING + '<row r="2">' + '<c t="s"><v>0</v></c>' * 20 + "</row>",
                strings=f"<sst><si><t>{TEXT}</t></si></sst>",
            ),
            "文字过多",
        ),
        (Parts(sheet=f"{HEADING}<row><c t='str'><v>{TEXT * 2}</v></c></row>"), "第2行有一格"),
        (
            Parts(
                sheet=HEADING, styles=f"<styleSheet><cellXfs>{'<xf/>' * 11}</cellXfs></styleSheet>"
            ),
            "格式过多",
        ),
    ],
)
def test_what_a_workbook_holds_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: Parts, said: str
) -> None:
    small(monkeypatch)
    with pytest.raises(Unreadable, match=said):
        read_ledger(written(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a," * 60_000, "过大"),
        (b"a\n" + b"\xff" * 50_000, "编码无法识别"),
        (b'a\n"' + b"x" * 5_000, "一行文字过长"),
        (b'a\n"' + b"x\n" * 2_000, "不是完好的 CSV"),
        ("".join(f"{n}\n" for n in range(2_000)).encode(), "文字过多"),
        (b"," * 990 + b"a" + b"," * 20_000, "一行文字过长"),
    ],
)
def test_a_csv_is_measured_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    small(monkeypatch)
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(Unreadable, match=said):
        read_ledger(tmp_path / "a.csv")


def test_a_csv_of_too_many_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"," * 16_384)
    with pytest.raises(Unreadable, match="第1行超过16384列"):
        read_ledger(tmp_path / "a.csv")


def test_an_archive_of_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ledger(tmp_path / "a.xlsx", {})
    monkeypatch.setattr(archive, "_LARGEST_DIRECTORY", 200)
    with pytest.raises(Unreadable, match="部分过多"):
        read_ledger(path)


def test_every_fault_is_listed_up_to_a_million(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [{"收到日期": f"{n}x"} for n in range(5_003)]
    path = ledger(tmp_path / "a.xlsx", *wrong)
    with pytest.raises(LedgerRefused, match="有5003处") as caught:
        import_ledger(register, path)
    listed = caught.value.faults
    assert [(f.row, f.value) for f in listed] == [(n + 2, f"{n}x") for n in range(5_003)]
    assert (listed[0].row, listed[5_002].row, listed[-1].row) == (2, 5_004, 5_004)
    assert [f.row for f in listed[998:1_002]] == [1_000, 1_001, 1_002, 1_003]
    monkeypatch.setattr(faults, "MOST_FAULTS", 2_000)
    with pytest.raises(Unreadable, match="超过2000处"):
        import_ledger(register, path)


def test_a_file_that_is_no_ledger_is_not_read_to_its_end(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(named_cells, "HOPELESS", 10)
    row = "<row><c><v>1</v></c><c/><c/><c/>" + "<c><v>1</v></c>" * 5 + "</row>"
    with pytest.raises(Unreadable, match="到第3行已有18处无法识别，不像台账"):
        import_ledger(register, written(tmp_path / "b.xlsx", Parts(sheet=HEADING + row * 20)))


def test_too_many_records_are_refused(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "\n".join(["【备注 2025-03-06】备注=x"] * 9)
    monkeypatch.setattr(understanding, "MOST_EVENTS", 6)
    with pytest.raises(Unreadable, match="办理记录过多"):
        import_ledger(register, ledger(tmp_path / "a.xlsx", {"备注": lines}))


def test_thousands_of_lines_are_read(register: Register, tmp_path: Path) -> None:
    """Each line once looked at all events before it."""
    lines = "\n".join(["【备注 2025-03-06】备注=x"] * 1_400)
    assert import_ledger(register, ledger(tmp_path / "a.xlsx", {"备注": lines})).events == 1_401


def test_a_sheet_that_was_formatted_whole_is_read_for_what_it_holds(tmp_path: Path) -> None:
    empty = "".join(f'<c r="{letters}2" s="0"/>' for letters in ("E", "F", "ZZ", "XFD"))
    last = '<c r="D2" t="str"><v>征地批复</v></c></row>'
    for cells in (ROW[:-6] + empty + "</row>", ROW[:-6] + empty.replace("/>", " />") + "</row>"):
        read, _ = read_ledger(written(tmp_path / "a.xlsx", Parts(sheet=HEADING + cells)))
        assert [cells for _, cells in read] == [{"收到日期": 20250305, "申请人": "张三"}]
    first = '<row r="2"><c r="A2"/><c r="B2"/><c r="C2"/>'
    read, _ = read_ledger(written(tmp_path / "b.xlsx", Parts(sheet=HEADING + first + last)))
    assert [cells for _, cells in read] == [{"申请内容": "征地批复"}]
    unplaced = '<row r="2"><c r="C2"/><c t="str"><v>征地批复</v></c></row>'
    read, _ = read_ledger(written(tmp_path / "c.xlsx", Parts(sheet=HEADING + unplaced)))
    assert [cells for _, cells in read] == [{"申请内容": "征地批复"}]


def test_rows_left_out_are_counted_and_not_made(tmp_path: Path) -> None:
    far = ROW.replace('r="2"', 'r="1048576"').replace("A2", "A1048576").replace("B2", "B1048576")
    ((row, cells),), _ = read_ledger(written(tmp_path / "a.xlsx", Parts(sheet=HEADING + far)))
    assert (row, cells["申请人"]) == (1_048_576, "张三")


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5_000, "1e999", "-1e400", "nan", "0x1"])
@pytest.mark.parametrize("column", "ABCD")
def test_numbers_beyond_all_numbers(
    register: Register, tmp_path: Path, number: str, column: str
) -> None:
    sheet = f'{HEADING}<row r="2"><c r="{column}2"><v>{number}</v></c></row>'
    with pytest.raises(LedgerRefused) as caught:
        import_ledger(register, written(tmp_path / "a.xlsx", Parts(sheet=sheet)))
    assert any(fault.value == number[:40] for fault in caught.value.faults)


STYLES = '<styleSheet><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="31"/></cellXfs></styleSheet>'


@pytest.mark.parametrize(
    ("serial", "style", "since_1904", "day"),
    [
        ("45356", 1, False, "2024-03-05"),
        ("45356", 2, False, "2024-03-05"),  # built into a Chinese Excel alone
        ("43894", 1, True, "2024-03-05"),
        ("1", 1, False, "1900-01-01"),
        ("2958465", 1, False, "9999-12-31"),
        ("2958466", 1, False, None),
        ("-700000", 1, False, None),
        ("1e300", 1, False, None),
        ("0.5", 1, False, "12:00:00"),
    ],
)
def test_days_as_numbers(
    tmp_path: Path, serial: str, style: int, since_1904: bool, day: str | None
) -> None:
    sheet = f'{HEADING}<row r="2"><c r="A2" s="{style}"><v>{serial}</v></c></row>'
    read, wrong = read_ledger(
        written(tmp_path / "a.xlsx", Parts(sheet=sheet, styles=STYLES, since_1904=since_1904))
    )
    if day is None:
        assert [(fault.row, fault.column, fault.value) for fault in wrong] == [
            (2, "收到日期", serial)
        ]
    else:
        assert str(read[0][1]["收到日期"]).split(" ")[0] == day


@pytest.mark.parametrize("change", [lambda parts: parts, lambda parts: parts.utf16()])
def test_texts_in_the_ways_programs_write_them(
    tmp_path: Path, change: Callable[[Parts], Parts]
) -> None:
    strings = (
        '<sst><si><t>张</t><rPh sb="0" eb="1"><t>zhang</t></rPh></si>'
        "<si><r><t>征地</t></r><r><t>批复</t></r></si><si><t>_x005F_x0041_</t></si></sst>"
    )
    sheet = (
        f'{HEADING}<row><c t="b"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
        '<c t="s"><v>2</v></c></row>'
        '<row><c t="d"><v>2024-03-05</v></c><c t="s"><v>9</v></c></row>'
    )
    read, wrong = read_ledger(
        written(tmp_path / "a.xlsx", change(Parts(sheet=sheet, strings=strings)))
    )
    (_, first), (_, second) = read
    assert list(first.values()) == [True, "张", "征地批复", "_x0041_"]
    assert str(second["收到日期"]) == "2024-03-05"
    assert [(fault.row, fault.column) for fault in wrong] == [(3, "申请人")]
