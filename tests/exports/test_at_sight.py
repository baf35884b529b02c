"""Rows read at sight: the same as the XML parser tells, whatever stands among them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.spreadsheet import archive, at_sight, read_book
from exports.spreadsheet.read_book import Book, Hidden
from tests.support.ledgers import Parts, written

STRINGS = "<sst><si><t>甲</t></si><si><t>乙&amp;丙</t></si></sst>"
STYLES = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
CELLS = (
    '<c r="{}" t="inlineStr"><is><t>张三</t></is></c>',
    '<c r="{}" s="1" t="inlineStr"><is><t xml:space="preserve"> 一\r\n二&#13; </t></is></c>',
    '<c r="{}" t="inlineStr"><is><t>&#24352;&lt;&amp;</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t>\ue000</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t>&nbsp;</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t>x]]></t></is></c>',
    '<c r="{}" t="inlineStr"><is><r><t>一</t></r><rPh><t>yi</t></rPh></is></c>',
    '<c r="{}" t="s"><v>1</v></c>',
    '<c r="{}" t="s"><v>9</v></c>',
    '<c r="{}" s="1"><v>45293</v></c>',
    '<c r="{}" s="1" t="n"><v>45293.5</v></c>',
    '<c r="{}" s="1" t="n"><v>1e99</v></c>',
    '<c r="{}"><v>45293</v></c>',
    '<c r="{}"><v>x</v></c>',
    '<c r="{}"><f>A1</f><v>3</v></c>',
    '<c r="{}"><f>A1</f></c>',
    '<c r="{}" t="e"><v>#N/A</v></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" s="1"/>',
    "<c><v>7</v></c>",
)
EXCEL_S = '<row r="{0}" spans="1:3" x14ac:dyDescent="0.25">{1}</row>'
"""Its prefix has a meaning only where the sheet declares it."""
ROWS = (
    '<row r="{0}">{1}</row>',
    '<row r="{0}" spans="1:3" ht="15">{1}</row>',
    '<row r="{0}" hidden="1">{1}</row>',
    "<row>{1}</row>",
    '<row r="{0}"/>',
    '<row r="{0}"><c r="A{0}"><v>1</v></c></row><row r="{0}">{1}</row>',
    '<!-- <row r="{0}">{1}</row><row r="{0}">{1}</row> -->',
    '<![CDATA[<row r="{0}">{1}</row><row r="{0}">{1}</row>]]>',
    '<?x <row r="{0}">{1}</row><row r="{0}">{1}</row>?>',
    '<x xmlns="urn:other"><row r="{0}">{1}</row><row r="{0}">{1}</row></x>',
    '<x a="</row>"/><row r="{0}">{1}</row>',
    '<row r="{0}" a="<row r="{0}">{1}</row>"></row>',
    '</sheetData><sheetData><row r="{0}">{1}</row>',
    '<row r="{0}" r="9">{1}</row>',
    '<row r="{0}" ht="15" ht="16">{1}</row>',
    '<row r="{0}" spans>{1}</row>',
    '<row r="{0}"ht="15">{1}</row>',
    '<row r="{0}" ht="&nbsp;">{1}</row>',
    EXCEL_S,
    '<row r="{0}" ht="15" >{1}</row>',
)
COLUMNS = ("A", "B", "C", "XFE")


@st.composite
def sheets(draw: st.DrawFn) -> str:
    told = []
    # what is usual comes more often
    rows = st.sampled_from(ROWS[:2]) | st.sampled_from(ROWS[:2]) | st.sampled_from(ROWS)
    cells = st.sampled_from(CELLS[:1]) | st.sampled_from(CELLS)
    for number in range(1, draw(st.integers(1, 8))):
        places = draw(st.lists(st.sampled_from(COLUMNS), max_size=3))
        held = "".join(draw(cells).format(f"{place}{number}") for place in places)
        told.append(draw(rows).format(number, held))
    return "".join(told)


Read = tuple[list[object], set[int], str]


def read(path: Path) -> Read:
    hidden, rows, fault = Hidden(), list[object](), ""
    with contextlib.closing(Book(path)) as book:
        try:
            rows += book.rows(book.sheets[0], hidden)
        except Exception as raised:
            fault = f"{type(raised).__name__}：{raised}".partition(": line")[0]
    return ([] if fault else rows), (set() if fault else hidden.rows), fault


class ByTheParser:
    def __init__(self, _: object) -> None: ...

    def rest(self, piece: bytes) -> Iterator[bytes]:
        yield piece


@given(sheets(), st.sampled_from((50, 300, 1 << 18)), st.sampled_from(("utf-8", "utf-16")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_as_the_parser_tells(
    tmp_path: Path, sheet: str, chunk: int, encoding: str
) -> None:
    parts = Parts(sheet=sheet, strings=STRINGS, styles=STYLES, encoding=encoding)
    path = written(tmp_path / "a.xlsx", parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "_CHUNK", chunk)
        at_once = read(path)
        patch.setattr(read_book, "AtSight", ByTheParser)
        assert at_once == read(path)


@pytest.mark.parametrize("chunk", [50, 1 << 18])
def test_each_way_of_writing_among_usual_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(archive, "_CHUNK", chunk)
    usual = [(ROWS[0], CELLS[0])]
    for form in (*((row, CELLS[0]) for row in ROWS), *((ROWS[0], cell) for cell in CELLS)):
        told = enumerate(usual * 2 + [form] + usual * 2, 1)
        sheet = "".join(row.format(n, cell.format(f"A{n}")) for n, (row, cell) in told)
        path = written(tmp_path / "a.xlsx", Parts(sheet=sheet, strings=STRINGS, styles=STYLES))
        with monkeypatch.context() as patch:
            at_once = read(path)
            patch.setattr(read_book, "AtSight", ByTheParser)
            assert at_once == read(path), form


@pytest.mark.parametrize("row", [ROWS[0], EXCEL_S])
@pytest.mark.parametrize(
    "before",
    [
        '<?xml version="1.0" encoding="us-ascii"?>',
        "<!-- <sheetData> -->",
        '<!-- <worksheet xmlns:x14ac="urn:x14ac"> -->',
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
    ],
)
def test_what_stands_before_them_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, row: str
) -> None:
    sheet = row.format(1, CELLS[0].format("A1"))
    path = written(tmp_path / "a.xlsx", Parts(sheet=sheet, before=before))
    at_once = read(path)
    monkeypatch.setattr(read_book, "AtSight", ByTheParser)
    assert at_once == read(path)


@pytest.mark.parametrize("row", [ROWS[0], ROWS[1], EXCEL_S])
def test_usual_rows_are_read_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    sheet = "".join(row.format(n, CELLS[0].format(f"A{n}")) for n in range(1, 50))
    path = written(tmp_path / "a.xlsx", Parts(sheet=sheet, root=' xmlns:x14ac="urn:x14ac"'))
    taken: list[int] = []
    take = at_sight.AtSight._take

    def counted(self: at_sight.AtSight, run: list[object]) -> bool:
        taken.append(len(run))
        return take(self, run)  # type: ignore[arg-type]

    monkeypatch.setattr(at_sight.AtSight, "_take", counted)
    assert len(read(path)[0]) == sum(taken) == 49
