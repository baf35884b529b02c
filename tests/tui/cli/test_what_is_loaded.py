"""Which heavy libraries a command loads: those alone that it cannot do without."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a fork is a thing of POSIX", allow_module_level=True)

from tests.support.paths import ROOT
from tui.cli.grammar import AREAS

HEAVY = (
    "alembic",
    "docx",
    "jinja2",
    "lxml",
    "openpyxl",
    "pendulum",
    "plotext",
    "psycopg",
    "pypinyin",
    "sqlalchemy",
    "sqlalchemy.dialects.postgresql",
    "textual",
    "tui.cli.grammar",
)
ALWAYS = {"sqlalchemy", "tui.cli.grammar"}
SHEET, DOCUMENT = {"openpyxl", "lxml"}, {"docx", "lxml"}
SCHEMA = {"alembic", "sqlalchemy.dialects.postgresql"}
MAKES_A_SCHEMA = {"backup", "demo", "move"}
"""As `verify`, and dear: not called here."""
REFUSED = {"import", "restore"}
"""By the register that is there, once the file has been read."""
BEFORE_A_REGISTER: dict[str, set[str]] = {
    "--help": set(),
    "--version": set(),
    "letters": set(),
    "clerk": set(),
}
COMMANDS: dict[str, set[str]] = {
    "new --applicant 王一 --kind 自然人 --channel 互联网 --received 2026-03-02 --subject 路": set(),
    "show 2026-0001": set(),
    "log 2026-0001 note --on 2026-03-10 --note 话": set(),
    "correct 2026-0001 第1条 --phone 0871-1 --reason 误": set(),
    "attach 2026-0001 paper.txt": set(),
    "attachments 2026-0001": set(),
    "letter 2026-0001 receipt": DOCUMENT | {"jinja2"},
    "find 张": set(),
    "due": set(),
    "report 2026 --xlsx r.xlsx": SHEET,
    "report 2026 --docx r.docx": DOCUMENT,
    "report 2026 --html r.html": set(),
    "check 2026": set(),
    "file 2025": set(),
    "figures 2025": set(),
    "narrative 2025 --draft": set(),
    "consolidate r.xlsx --year 2026": SHEET,
    "dispute list": set(),
    "calendar 2026": set(),
    "export l.xlsx": SHEET,
    "export --all all": set(),
    "import l.xlsx --dry-run": SHEET,
    "backups": set(),
    "verify": SCHEMA,
    "restore register.db": set(),
    "retain": set(),
    "organ list": set(),
    "roles": set(),
}
"""What a command loads besides SQLAlchemy and the grammar. Alembic only where a schema is made: in a new
register, and beside one that is proved."""


def test_a_command_loads_no_more_than_it_needs(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = {command.split()[0] for command in (*BEFORE_A_REGISTER, *COMMANDS)}
    assert called | MAKES_A_SCHEMA >= {name for names in AREAS.values() for name in names}
    filled.with_name("paper.txt").write_text("回证", encoding="utf-8")
    monkeypatch.setenv("TAIZHANG_DB", str(filled))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    script = ROOT / "tests" / "support" / "loaded.py"
    done = subprocess.run(
        [sys.executable, script, ",".join(HEAVY), *BEFORE_A_REGISTER, "+", *COMMANDS],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    told = json.loads(done.stdout)
    assert {command: set(loaded) for command, (_, *loaded) in told.items()} == {
        **{command: {*needed, "tui.cli.grammar"} for command, needed in BEFORE_A_REGISTER.items()},
        **{command: needed | ALWAYS for command, needed in COMMANDS.items()},
    }
    failed = {command.split()[0] for command, (status, *_) in told.items() if status}
    assert failed == REFUSED, done.stderr
