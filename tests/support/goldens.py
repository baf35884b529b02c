"""The golden copies, and which of them a run has read: one that no test reads says nothing."""

from __future__ import annotations

from tests.support.paths import ROOT

GOLDEN = ROOT / "tests" / "tui" / "screens" / "golden"

READ: set[str] = set()
"""Names of the golden copies that have been read in this process."""


def unread() -> list[str]:
    """Golden copies that no test has compared the screen with."""
    return sorted({path.stem for path in GOLDEN.glob("*.txt")} - READ)
