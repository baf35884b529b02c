"""Where a chain ended, noted beside the register."""

from __future__ import annotations

import pytest

from tests.support.commands import NEW, Taizhang
from tui.desk.state import state_folder


@pytest.mark.parametrize("note", ['{"first":"","records":"x","digest":""}', "[]", "{"])
def test_a_note_that_cannot_be_read_is_none_and_is_made_anew(taizhang: Taizhang, note: str) -> None:
    taizhang(*NEW)
    (file,) = state_folder().glob("head-*.json")
    was = file.read_text("utf-8")
    file.write_text(note, "utf-8")
    assert taizhang("find", "--json").document["total"] == 1
    assert file.read_text("utf-8") == was
