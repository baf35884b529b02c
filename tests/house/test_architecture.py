"""What may know what, what is loaded when, and how long a file may be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile
from pathlib import Path

import grimp
import pytest

from tests.support.commands import NEW
from tests.support.paths import ROOT

HEAVY = (
    "textual",
    "rich",
    "openpyxl",
    "docx",
    "sqlalchemy",
    "alembic",
    "pendulum",
    "chinese_calendar",
)
LONGEST_FILE = 400


def loaded_after(code: str, *arguments: str) -> set[str]:
    """Which of the heavy packages are in memory after running `code`."""
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return {name.partition(".")[0] for name in ran.stderr.split()} & set(HEAVY)


def modules_of(package: str) -> list[str]:
    names = (path.relative_to(ROOT).with_suffix("") for path in (ROOT / package).rglob("*.py"))
    listed = [".".join(name.parts).removesuffix(".__init__") for name in names]
    return [name for name in listed if ".migrations." not in name]


def test_the_register_knows_no_screen_and_no_spreadsheet() -> None:
    imports = "\n".join(f"import {name}" for name in modules_of("db"))
    assert not loaded_after(imports) & {"textual", "rich", "openpyxl", "docx"}


def test_the_papers_know_no_screen() -> None:
    imports = "\n".join(f"import {name}" for name in modules_of("exports"))
    assert not loaded_after(imports) & {"textual", "rich"}


RUN = "from tui.cli.main import run\nassert run(sys.argv[1:]) == 0"


def test_help_loads_nothing_heavy() -> None:
    assert loaded_after(RUN, "--help") & {"textual", "rich", "openpyxl", "docx", "alembic"} == set()


def test_a_lookup_loads_neither_screens_nor_spreadsheets(empty_register_file: Path) -> None:
    loaded = loaded_after(RUN, "--db", str(empty_register_file), "find", "某")
    assert "sqlalchemy" in loaded
    assert not loaded & {"textual", "rich", "openpyxl", "docx", "alembic"}


COMMANDS: tuple[tuple[str, ...], ...] = (
    NEW,
    ("show", "2026-0001", "--trace"),
    ("due",),
    ("report", "2025"),
    ("check", "2025"),
    ("calendar", "2026"),
    ("figures", "2025"),
    ("organ", "list"),
    ("letters", "--list"),
    ("attachments", "2026-0001"),
    ("clerk",),
    ("backups",),
    ("retain",),
)
"""What reads and writes no workbook and no document."""
ONE_AFTER_ANOTHER = """
from tui.cli.main import run
for command in sys.argv[2].split("|"):
    assert run(["--db", sys.argv[1], *command.split()]) < 2, command
"""


def test_commands_load_neither_screens_nor_papers(
    empty_register_file: Path, tmp_path: Path
) -> None:
    """Some lay tables by the cells that `rich` counts; none needs a framework."""
    commands = "|".join(map(" ".join, COMMANDS))
    path = shutil.copy(empty_register_file, tmp_path / "register.db")  # for one of them records
    loaded = loaded_after(ONE_AFTER_ANOTHER, str(path), commands)
    assert "sqlalchemy" in loaded
    assert not loaded & {"textual", "openpyxl", "docx", "alembic"}


@pytest.mark.parametrize("package", ["db", "exports", "tui"])
def test_no_file_is_too_long(package: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / package).rglob("*.py")
    }
    assert lengths
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_module_is_part_of_a_circle() -> None:
    """Late imports and those for the type checker counted."""
    graph = grimp.build_graph("tui", "exports", "db", cache_dir=None)
    arrows = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    left = dict(arrows)
    while free := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in free:
            del left[name]
    needed = {name for needs in (arrows[name] & left.keys() for name in left) for name in needs}
    assert {name for name in left if name in needed} == set()


def test_no_two_rooms_of_a_folder_need_each_other() -> None:
    """In every folder its files and folders stand over one another: none imports upward."""
    graph = grimp.build_graph("tui", "exports", "db", cache_dir=None)
    needs: dict[str, dict[str, set[str]]] = {}
    for module in graph.modules:
        for needed in graph.find_modules_directly_imported_by(module):
            one, other = module.split("."), needed.split(".")
            alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
            depth = len(list(alike))
            assert depth < min(len(one), len(other)), f"{module} and {needed} hold each other"
            rooms = needs.setdefault(".".join(one[:depth]), {})
            rooms.setdefault(one[depth], set()).add(other[depth])
    assert {"", "tui", "tui.screens", "db"} <= needs.keys()
    for folder, rooms in needs.items():
        try:
            TopologicalSorter(rooms).prepare()
        except CycleError as circle:
            pytest.fail(f"in {folder or 'the house'}: {' needs '.join(circle.args[1][::-1])}")
