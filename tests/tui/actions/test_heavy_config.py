"""A config file that is huge, or nested without end: a sentence, and the usual keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.actions import keymap
from tui.actions.keymap import read_keymap


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# " + "x" * 70_000, "过大"),
        ("a = " + "[" * 30_000, "层层相套"),
        ("[keys]\n" + ".".join(["a"] * 9_000) + ' = "x"', "层层相套"),
    ],
)
def test_heavy_configs(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(content, encoding="utf-8")
    read = read_keymap(path)
    assert (read.chosen, len(read.problems)) == ({}, 1)
    assert said in read.problems[0]
    assert len(read.problems[0]) < 300


def test_only_the_first_of_many_problems_get_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    nearest = keymap._nearest
    monkeypatch.setattr(
        keymap, "_nearest", lambda name, *rest: asked.append(name) or nearest(name, *rest)
    )
    path = tmp_path / "config.toml"
    path.write_text("[keys]\n" + "".join(f'a{n} = "x"\n' for n in range(500)), encoding="utf-8")
    assert len(read_keymap(path).problems) == 500
    assert len(asked) == 20
