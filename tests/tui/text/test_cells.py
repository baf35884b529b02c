"""Text in cells: where lines are cut, and which quotation marks stay."""

from __future__ import annotations

from itertools import pairwise

from tui.text.cells import breaks, plain_quotes, width_of


def test_what_a_cut_carries_over_is_no_wider_than_the_later_lines() -> None:
    line = " 登记簿        " + "a" * 70
    edges = [0, *breaks(line, 77, 62), len(line)]
    widths = [width_of(line[start:end]) for start, end in pairwise(edges)]
    assert widths[0] <= 77
    assert max(widths[1:]) <= 62


def test_the_forms_own_label_keeps_its_quotation_marks() -> None:
    assert plain_quotes("“第三方”：危及“三安全一稳定”") == '"第三方"：危及“三安全一稳定”'
