"""Where this desk keeps papers: the folders they go to, and the one with the office's own templates."""

from __future__ import annotations

from pathlib import Path

from db.errors import RegisterError
from tui.desk.state import remember, remembered, state_path

PAPERS, LETTERS, TEMPLATES = "papers", "letters", "templates"
"""What they are remembered as."""


def kept_folder(name: str) -> str:
    """One of them as it was set; empty when it was not."""
    kept = remembered(name)
    return kept if isinstance(kept, str) else ""


def keep_folder(name: str, folder: str) -> None:
    """Set one of them, or take it away with an empty text.

    Raises:
        RegisterError: the disk refuses.
    """
    if not remember(name, folder):
        raise RegisterError(f"{state_path()} 无法写入，文件夹没有改。")


def papers_folder() -> Path:
    """Where papers are proposed to go; without one, the folder the program was started in."""
    return Path(kept_folder(PAPERS))


def letters_folder() -> Path:
    """Where letters are proposed to go: the folder that was set, else that of all papers."""
    return Path(kept_folder(LETTERS) or kept_folder(PAPERS))


def templates_folder() -> Path | None:
    """The folder of the office's own templates; None when there is none."""
    kept = kept_folder(TEMPLATES)
    return Path(kept) if kept else None
