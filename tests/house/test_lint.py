"""What the desk's code may not do."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import textwrap
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import textual
from textual.css.stylesheet import Stylesheet
from textual.driver import Driver
from textual.message_pump import MessagePump

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


@cache
def desk_files() -> list[Path]:
    return [path for path in TUI.rglob("*.py") if path.parent.name != "cli"]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_raw_widgets_stay_inside_the_house_widgets() -> None:
    """Elsewhere only the house widgets show text: they never parse it and always clean it."""
    for path in desk_files():
        if path.parent.name == "widgets":
            continue
        for node in ast.walk(tree_of(path)):
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
        for node in ast.walk(tree_of(path)):
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
    tree = tree_of(path)
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


HOOKS = {
    "going_on.py": {"_on_message", "_get_dispatch_methods"},
    "coming.py": {"_refresh_layout", "_on_timer_update", "_screen_resized", "_reset_focus"},
    "telling.py": {"_handle_exception", "_fatal_error"},
    "stylesheet.py": {
        "_parse_rules",
        "_has_hover_style",
        "_has_focus_within",
        "_has_order_style",
        "_has_odd_or_even",
    },
    "terminal.py": {"_sigcont_application"},
}
"""What of the framework's own the desk overrides; `tests/tui/desk/test_framework.py` watches it."""


def _private_of_the_framework() -> set[str]:
    """Names of methods and attributes that Textual keeps to itself."""
    found: set[str] = set()
    for path in Path(textual.__file__).parent.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                found.add(node.attr)
    return {name for name in found if name.startswith("_") and not name.startswith("__")}


def _theirs(node: ast.AST, classes: set[str]) -> str:
    """The private name that a piece of code takes from another object or class, if it does."""
    if isinstance(node, ast.Attribute) and node.attr.startswith("_") and node.attr[1:2] != "_":
        own = ast.unparse(node.value)
        return "" if own in {"self", "cls"} | classes else node.attr
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value  # a name in a text: `getattr`, or a frame of a traceback
    return ""


def test_what_the_framework_keeps_to_itself_is_reached_in_one_file() -> None:
    """`tui.desk.framework` names each; elsewhere only the hooks are overridden."""
    private = _private_of_the_framework()
    named = []
    for path in desk_files():
        if path.name == "framework.py":
            continue
        tree = tree_of(path)
        allowed = HOOKS.get(path.name, set())
        classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
        for node in ast.walk(tree):
            name = _theirs(node, classes)
            if name in private and name not in allowed:
                named.append(f"{path.relative_to(TUI)}:{getattr(node, 'lineno', 0)} {name}")
    assert not named, "\n".join(named)


def test_the_desk_overrides_of_the_framework_only_the_hooks() -> None:
    """Neither a method nor an attribute of the desk's takes the place of a private one."""
    for module in walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    overridden = []
    for kind in _subclasses(MessagePump, Driver, Stylesheet):
        if not kind.__module__.startswith("tui."):
            continue
        bases = [base for base in kind.__mro__ if base.__module__.startswith("textual")]
        theirs = {name for base in bases for name in _names_of(base)}
        file = f"{kind.__module__.rpartition('.')[2]}.py"
        overridden += [
            f"{kind.__module__}.{kind.__qualname__} {name}"
            for name in (_names_of(kind) & theirs) - HOOKS.get(file, set())
        ]
    assert not overridden, "\n".join(overridden)


def _subclasses(*kinds: type) -> set[type]:
    found: set[type] = set()
    waiting = list(kinds)
    while waiting:
        new = set(waiting.pop().__subclasses__()) - found
        found |= new
        waiting += new
    return found


@cache
def _names_of(kind: type) -> set[str]:
    """The private methods a class defines, and the private attributes it sets on itself."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    methods = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = {node.name for node in tree.body[0].body if isinstance(node, methods)}  # type: ignore[attr-defined]
    names |= {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) == "self"
    }
    return {name for name in names if name.startswith("_") and not name.startswith("__")}
