"""The pictures of README and docs: Chinese at its true width, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from html import unescape

import pytest
from rich.cells import cell_len

from tests.making.pictures import PICTURES
from tests.making.wide_svg import CELL, pieces, widen
from tests.support.paths import DOCS

PIECE = re.compile(
    r'<text class="[^"]* (wide|narrow)" x="([\d.]+)".*? textLength="([\d.]+)">(.*?)<'
)


@pytest.mark.parametrize("name", PICTURES)
def test_every_piece_stands_in_its_own_cells(name: str) -> None:
    svg = (DOCS / "pictures" / f"{name}.svg").read_text(encoding="utf-8")
    (columns, _), _ = PICTURES[name]
    found = PIECE.findall(svg)
    assert len(found) > 20
    for kind, x, length, text in found:
        piece = unescape(text)
        cells = round(float(length) / CELL)
        assert cells == cell_len(piece) == len(piece) * (2 if kind == "wide" else 1)
        assert float(x) / CELL + cells <= columns + 0.01
    assert "https://cdn" not in svg
    assert str(DOCS.parent) not in svg


def test_a_run_is_cut_where_its_width_changes() -> None:
    assert pieces("第23个/日") == [(0, "第"), (2, "23"), (4, "个"), (6, "/"), (7, "日")]
    run = '<text class="a" x="12.2" y="5" textLength="36.6" clip-path="c">a&#160;张</text>'
    assert widen(run) == (
        '<text class="a narrow" x="12.2" y="5" clip-path="c" textLength="24.4">a&#160;</text>'
        '<text class="a wide" x="36.6" y="5" clip-path="c" textLength="24.4">张</text>\n'
    )


def test_every_picture_named_in_the_docs_is_there() -> None:
    for page in [*DOCS.parent.glob("*.md"), *DOCS.glob("*.md")]:
        for name in re.findall(r"\(((?:docs/)?pictures/[^)]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / name).is_file(), f"{page.name}: {name}"
