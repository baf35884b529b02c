"""What every window above a page has."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType

from tui.desk.coming import ComesWhole
from tui.desk.going_on import GoesOn
from tui.look.stylesheet import PAGES_CSS


class Window(GoesOn, ComesWhole, ModalScreen[ScreenResultType]):
    """Stands above a page until it is answered."""

    CSS_PATH = PAGES_CSS
