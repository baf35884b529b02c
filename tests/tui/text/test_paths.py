"""Paths as people type, drop and paste them."""

from __future__ import annotations

import pytest

from tui.text.paths import as_meant, pasted_paths


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("/here/台账.xlsx", "/here/台账.xlsx"),
        ("/here//there/台账.xlsx", "/there/台账.xlsx"),
        ("/here/~/台账.xlsx", "~/台账.xlsx"),
        ("/here/'/there/两 字.xlsx' ", "/there/两 字.xlsx"),
        ('"/there/台账.xlsx"', "/there/台账.xlsx"),
        ("C:\\here\\D:\\台账.xlsx", "D:\\台账.xlsx"),
        ("台账.xlsx", "台账.xlsx"),
        ("", ""),
    ],
)
def test_a_path_begun_anew_is_the_one_that_is_meant(line: str, meant: str) -> None:
    assert as_meant(line) == meant


@pytest.mark.parametrize(
    ("pasted", "paths"),
    [
        ("'/a/b c.docx' '/d/年报.docx'", ["/a/b c.docx", "/d/年报.docx"]),
        ("/a/b\\ c.docx /d/e.xlsx", ["/a/b c.docx", "/d/e.xlsx"]),
        ("/a/b c.docx", ["/a/b c.docx"]),  # there is such a file
        ("'/x/it'\\''s.docx'", ["/x/it's.docx"]),
        ("file:///x%20y/%E5%B9%B4.docx\r\nfile://localhost/b.docx", ["/x y/年.docx", "/b.docx"]),
        ("copy\nfile:///a.docx\nfile:///b.docx", ["/a.docx", "/b.docx"]),
        ("file:///a.docx file:///b.docx", ["/a.docx", "/b.docx"]),
        ('"C:\\用户\\a b\\c.docx"', ["C:\\用户\\a b\\c.docx"]),
        ("C:\\a\\c.docx D:\\x.docx", ["C:\\a\\c.docx", "D:\\x.docx"]),
        ("/a.docx\n\n/a.docx\n/没有 这份.docx", ["/a.docx", "/没有 这份.docx"]),
        ("报告.docx", ["报告.docx"]),
        (" \n", []),
    ],
)
def test_files_are_pasted_as_they_are_dropped(pasted: str, paths: list[str]) -> None:
    there = {"/a/b c.docx", *(path for path in paths if "没有" not in path)}
    assert [str(path) for path in pasted_paths(pasted, there.__contains__)] == paths
