"""The desk's own files: for nobody else's eyes, and nothing half written stays."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.desk.drafts import DraftFile
from tui.desk.faults import log_path, record
from tui.desk.session import look_after
from tui.desk.state import remember, state_folder, write_whole
from tui.desk.tidying import tidy

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps its own rights")


@pytest.fixture(params=[0o000, 0o022])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def register_path(empty_register_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)
    return path


def wide(folder: Path) -> list[str]:
    """What stands in a folder that others than its owner have rights to."""
    found = [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]
    return [f"{path} {stat.S_IMODE(path.stat().st_mode):o}" for path in found]


@pytest.mark.usefixtures("umask", "faulty")
def test_the_state_folder_and_the_log_are_their_owner_s(tmp_path: Path) -> None:
    record(ValueError())
    remember("theme", "dark")
    assert state_folder().is_dir()
    assert log_path().is_file()
    assert wide(tmp_path / "home") == []


@pytest.mark.usefixtures("faulty")
def test_what_is_found_wider_is_narrowed(register_path: Path) -> None:
    record(ValueError())
    remember("theme", "dark")
    DraftFile("register", "intake").path.parent.mkdir()
    for path in (state_folder(), *state_folder().rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o644)
    look_after(register_path, datetime.now(UTC))
    assert wide(state_folder()) == []


@pytest.mark.usefixtures("faulty")
def test_a_log_found_wider_is_narrowed_when_it_is_written() -> None:
    record(ValueError())
    log_path().chmod(0o644)
    log_path().parent.chmod(0o755)
    record(ValueError())
    assert wide(log_path().parent) == []


def test_a_form_half_kept_by_a_killed_desk_is_gone_at_the_next_start(
    register_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = DraftFile("register", "intake").path
    left: list[Path] = []

    def interrupted(name: str, _: Path) -> None:
        left.append(Path(name))

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupted)
        write_whole(draft, {"texts": {"申请人": "张三"}})
    assert left[0].exists()
    tidy(register_path)
    assert list(draft.parent.iterdir()) == []


def test_a_form_that_is_being_kept_is_left_alone(
    register_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = DraftFile("register", "intake").path
    dump = "tui.desk.state.json.dump"
    monkeypatch.setattr(dump, lambda *_, **__: tidy(register_path))
    assert write_whole(draft, {})
    assert draft.exists()
