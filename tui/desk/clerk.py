"""记录人: the name that was set for whoever works here, kept with the desk's own files."""

from __future__ import annotations

from tui.desk.state import remember, remembered, state_path

_LONGEST = 40


def kept_clerk() -> str:
    """The name that was set; empty when none was."""
    kept = remembered("clerk")
    return kept.strip() if isinstance(kept, str) else ""


def keep_clerk(name: str) -> str:
    """Set it, or take it away with an empty one; answers it as it is kept.

    Raises:
        BadValue: it is too long, or cannot be stored.
        RegisterError: the disk refuses.
    """
    from db.errors import BadValue, RegisterError
    from db.words.text import clean

    name = clean(name, "记录人").replace("\n", " ")
    if len(name) > _LONGEST:
        raise BadValue(f"记录人的姓名不超过{_LONGEST}个字。")
    if not remember("clerk", name):
        raise RegisterError(f"{state_path()} 无法写入，姓名没有改。")
    return name
