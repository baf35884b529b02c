"""Which columns the lists of cases show, in which order: kept over restarts."""

from __future__ import annotations

from collections.abc import Sequence

from tui.desk.state import remember, remembered

USUAL: tuple[str, ...] = ()
"""Nothing chosen: the columns the lists have by themselves, more of them on a wide window."""
_KEPT = "columns"


def chosen_columns() -> tuple[str, ...]:
    """Names of columns (`tui.widgets.case_columns`); those nobody knows are passed over there."""
    kept = remembered(_KEPT)
    if not isinstance(kept, list):
        return USUAL
    return tuple(dict.fromkeys(name for name in kept if isinstance(name, str)))


def choose_columns(names: Sequence[str]) -> bool:
    """Keep the choice; False when the disk refuses."""
    return remember(_KEPT, list(names))
