"""A background and nothing on it but other widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget

    _Widget = Widget
else:
    _Widget = object


class Ground(_Widget):
    """Paints one line as often as it is asked for: most of a page's lines lie under its widgets."""

    def render_lines(self, crop: Region) -> list[Strip]:
        under, background = self.background_colors
        line = Strip.blank(crop.width, Style(bgcolor=(under + background).rich_color))
        for kept in self.get_line_filters():
            line = line.apply_filter(kept, background)
        return [line] * crop.height
