"""What the desk's code may not do."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import tui

TUI = Path(tui.__file__).parent
RAW = {
    "Static",
    "Label",
    "Input",
    "OptionList",
    "Button",
    "Select",
    "Checkbox",
    "DataTable",
    "Tree",
    "TextArea",
    "Markdown",
    "RichLog",
    "Log",
    "ListView",
    "TabPane",
    "Collapsible",
    "RadioButton",
    "MaskedInput",
    "Toast",
}


def desk_files() -> list[Path]:
    return [path for path in TUI.rglob("*.py") if path.parent.name not in ("commands",)]


def test_raw_widgets_stay_inside_the_house_widgets() -> None:
    """Elsewhere only the house widgets show text: they never parse it and always clean it."""
    for path in desk_files():
        if path.parent.name == "widgets":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                assert name not in RAW, f"{path.name}:{node.lineno} makes a raw {name}"
                assert name != "notify", f"{path.name}:{node.lineno} calls notify"


def test_markup_is_never_parsed() -> None:
    for path in desk_files():
        source = path.read_text(encoding="utf-8")
        assert "from_markup" not in source, path.name
        assert "border_title" not in source, path.name


def test_questions_touch_no_widget() -> None:
    """What runs in a worker thread (`question`, `source`) never looks at the screen."""
    for path in desk_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name in ("question", "source"):
                names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                assert "self" not in names, f"{path.name}:{node.lineno}"


def test_files_stay_short() -> None:
    for path in desk_files():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path.name


def test_the_first_paint_needs_no_database() -> None:
    """Importing the app loads none of the heavy libraries."""
    heavy = (
        "sqlalchemy",
        "alembic",
        "openpyxl",
        "pendulum",
        "chinese_calendar",
        "pypinyin",
        "plotext",
    )
    code = f"import sys, tui.app; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
