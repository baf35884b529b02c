"""What the desk's code may not do."""

from __future__ import annotations

import ast
import re
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
    return [path for path in TUI.rglob("*.py") if path.parent.name != "cli"]


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


FIXED = {"F1", "F10", "Ctrl+Q", "Ctrl+C", "Tab", "Shift+Tab"}
"""Keys that no setting takes away (`tui.actions.keymap.NEVER_LOST`), and the terminal's and Textual's own."""
_NAMED = r"F[1-9][0-2]?|Enter|Esc|Tab|Shift\+Tab|Home|End|PgUp|PgDn|Backspace|空格键|回车键?"
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTER = r"[a-z0-9](?![A-Za-z0-9])"
_KEY = re.compile(
    rf"(?<![A-Za-z0-9.+])(?:Ctrl|Alt)\+\w|(?<![A-Za-z0-9.+])(?:{_NAMED})(?![A-Za-z0-9])|\^[A-Z]"
    rf"|按 ?(?:{_LETTER})|(?:^|(?<=[\n ；，。（]))[a-z] ?(?=[\u4e00-\u9fff])"
)


def _keys_named_in(path: Path) -> list[str]:
    """Keys written out in texts, each with its place. Docstrings are not texts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    docs = {node.value for node in nodes if isinstance(node, ast.Expr)}
    found: list[tuple[int, str]] = []
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            declared = path.parent.name == "actions" and not _HAN.search(node.value)
            found += [(node.lineno, key) for key in _KEY.findall(node.value) if not declared]
        said: list[ast.expr] = []
        if isinstance(node, ast.Tuple) and ast.unparse(node).endswith("'bold $accent')"):
            said = node.elts[:1]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_say_empty":
            said = node.args[1:2]
        for one in said:
            if isinstance(one, ast.Constant) and re.fullmatch(_LETTER, str(one.value).strip()):
                found.append((one.lineno, one.value))
    return [
        f"{path.relative_to(TUI)}:{line} names {key}"
        for line, key in found
        if key.removeprefix("按").strip() not in FIXED
    ]


def test_texts_name_keys_through_the_registry() -> None:
    """A key written out would be wrong for who has moved it: texts ask `keymap.key(id)`."""
    texts = [path for path in desk_files() if path.name not in {"keymap.py"}]
    named = [one for path in texts for one in _keys_named_in(path)]
    assert not named, "\n".join(named)


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
