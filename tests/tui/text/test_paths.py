"""Paths as people type, drop and paste them."""

from __future__ import annotations

import pytest

from tui.text.paths import as_meant


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
