"""A register that was opened for somebody who never gets it is closed, and its thread ended."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from db.storage.register_file import RegisterFile
from tests.support.at_once import office
from tui.cli.values import opened
from tui.desk.opened import begin, find
from tui.desk.session import Opening


@pytest.mark.parametrize(
    "way",
    [
        lambda path: opened(str(path), create=True),
        lambda path: find(office(path), Opening()),
        lambda path: begin(office(path), "县政府办"),
    ],
    ids=["command", "desk", "new"],
)
def test_it_is_closed_when_it_cannot_be_held_against_what_was_noted(
    empty_register_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[Path], object],
) -> None:
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr("tui.desk.heads.watch", fail)
    with pytest.raises(OSError, match="disk"):
        way(path)
    assert not RegisterFile.is_open_here(path)
    assert not [thread for thread in threading.enumerate() if thread.name == "resting"]
