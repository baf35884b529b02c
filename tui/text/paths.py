"""Files as the desk names them."""

from __future__ import annotations

from pathlib import Path


def from_home(path: Path) -> str:
    """A path as people write it: what is in the home folder from `~` on."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
