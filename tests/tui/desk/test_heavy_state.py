"""Small files of the desk that somebody made huge or strange hold nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.actions.keymap import read_keymap
from tui.desk.faults import log_path, record
from tui.desk.state import read_whole


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b'{"a": "' + b"x" * (5 << 20) + b'"}', b"\xff\xfe", b"[1]", b"1e999"],
)
def test_heavy_state(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.json").write_bytes(content)
    assert read_whole(tmp_path / "state.json") == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.usefixtures("faulty")
def test_nobody_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe in the place of such a file, of the settings or of the log: what is read is nothing."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it waits"))
    assert read_whole(pipe) == {}
    assert "不是普通文件" in read_keymap(pipe).problems[0]

    def opened(path: Path, flags: int, _: int) -> int:
        assert flags & os.O_NONBLOCK
        raise BlockingIOError

    log_path().parent.mkdir(parents=True)
    monkeypatch.setattr(os, "open", opened)
    assert record(ValueError())
