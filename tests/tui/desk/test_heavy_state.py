"""Small files of the desk that somebody made huge or strange hold nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.desk.state import read_whole


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b'{"a": "' + b"x" * (5 << 20) + b'"}', b"\xff\xfe", b"[1]", b"1e999"],
)
def test_heavy_state(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.json").write_bytes(content)
    assert read_whole(tmp_path / "state.json") == {}
