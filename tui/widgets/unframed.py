"""A widget of lines that nothing frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget

    _Widget = Widget
else:
    _Widget = object


class Unframed(_Widget):
    """Paints its lines as `render_line` gives them, which remembers those that are as they were.

    The framework looks for border, padding, tint and opacity at every line: half of what one takes.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        (_, background), width = self.background_colors, self.size.width
        filters = self.get_line_filters()
        lines = []
        for y in crop.line_range:
            line = self.render_line(y).adjust_cell_length(width)
            for kept in filters:
                line = line.apply_filter(kept, background)
            lines.append(line)
        return [line.crop(crop.x, crop.right) for line in lines] if crop.x else lines
