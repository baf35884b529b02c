"""The same true report in every format and mess: what is read of it is true, or refused by name.

Sixty variants at every change; with TAIZHANG_THOROUGH=1 ten thousand.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.disputes.dispute import Block
from db.errors import RegisterError
from db.year_end.form import COLUMNS, Form
from db.year_end.received import Received
from exports.consolidation.understanding import read_report
from tests.support.examples import TIMES, examples
from tests.support.messy_reports import Mess, Truth, draft, truth
from tests.support.report_writers import WRITERS

VARIANTS = {"docx": 4, "xlsx": 4}
"""What is dear to write is tried less often."""


def cells(true: Truth, read: Received) -> Iterator[tuple[object, object, object]]:
    """Every figure: its place, what is true, what was read."""
    for code, row in true.requests.items():
        told = (read.requests or {}).get(code, (None,) * len(COLUMNS))
        yield from (((code, n), value, told[n]) for n, value in enumerate(row))
    for block in Block:
        told = (read.disputes or {}).get(block, (None,) * 5)
        yield from (((block, n), value, told[n]) for n, value in enumerate(true.disputes[block]))
    for key, value in true.proactive.items():
        yield key, value, (read.proactive or {}).get(key)


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_read_is_true_or_refused(name: str) -> None:
    usual = VARIANTS.get(name, 8) if TIMES == 1 else 56

    @examples(usual)
    @given(st.integers(0, 2**40))
    def tried(seed: int) -> None:
        some = Random(f"{seed} {name}")
        true, mess = truth(some), Mess.drawn(some)
        with tempfile.TemporaryDirectory() as folder:
            try:
                read = read_report(WRITERS[name](draft(true, mess), Path(folder)), 2024)
            except RegisterError:
                return
        wrong = [each for each in cells(true, read) if each[2] not in (None, each[1])]
        assert not wrong
        unread = sum(each[2] is None for each in cells(true, read))
        said = [one for one in read.problems if one.rule in ("missing", "unread", "form")]
        assert not unread or said

    tried()


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", WRITERS)
def test_an_orderly_report_is_read_whole(name: str, form: Form, tmp_path: Path) -> None:
    some = Random(f"{name} {form}")
    true = truth(some, form)
    read = read_report(WRITERS[name](draft(true, Mess(some)), tmp_path), 2024)
    assert [each for each in cells(true, read) if each[1] != each[2]] == []
    assert (read.form, read.year, read.organ) == (form, 2024, "青石区水务局")
    assert read.problems == ()
    assert read.remarks == ()
