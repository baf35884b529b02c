"""Text drawn line by line, as the framework would, without what no text of the house has.

Borders, opacity, alignment, links, wrapping of what is broken already: the framework looks for each of
them in every line, which is most of what painting a page takes. Where a text has any of it, or
a part of it is chosen with the mouse, the framework draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style

from tui.desk.framework import drawn_anew, is_stale

if TYPE_CHECKING:
    from textual.widget import Widget

    _Widget = Widget
else:
    _Widget = object

_OTHERS = frozenset(
    [f"border_{side}" for side in ("top", "right", "bottom", "left")]
    + [f"outline_{side}" for side in ("top", "right", "bottom", "left")]
    + ["text_align", "text_wrap", "text_overflow", "content_align_horizontal", "line_pad"]
    + ["content_align_vertical", "opacity", "text_opacity", "tint", "hatch"]
)
"""Rules of which the lines here know nothing."""


class Drawn(_Widget):
    """Stands before the framework's class among the bases of a widget that shows a text."""

    _lines: Sequence[Content] | None = None
    _strips: dict[int, Strip]

    def drawn_lines(self) -> Sequence[Content]:
        """The lines of what it shows."""
        content = self.render()
        whole = content if isinstance(content, Content) else Content(str(content))
        return whole.split("\n", allow_blank=True)

    def render_lines(self, crop: Region) -> list[Strip]:
        if is_stale(self) or self._lines is None:
            plain = self.text_selection is None and _OTHERS.isdisjoint(self.styles.get_rules())
            lines = self.drawn_lines() if plain else ()
            room = self.content_size.width
            if any(line.cell_length > room or "\t" in line.plain for line in lines):
                lines = ()
            self._lines, self._strips = lines, {}
        if not self._lines:
            return super().render_lines(crop)
        drawn_anew(self)
        known = self._strips
        if any(y not in known for y in crop.line_range):
            known |= self._line_strips([y for y in crop.line_range if y not in known])
        strips = [known[y] for y in crop.line_range]
        if crop.column_span != (0, self.outer_size.width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """A line without what stands around the text: the framework asks for it under the mouse."""
        if self._lines is not None and not self._lines:
            return super().render_line(y)
        around = self.styles.padding
        line = self.render_lines(Region(0, y + around.top, self.outer_size.width, 1))[0]
        return line.crop(around.left, around.left + self.content_size.width)

    def _line_strips(self, wanted: Iterable[int]) -> dict[int, Strip]:
        """Lines of the widget, from its left edge to its right."""
        under, over = self.background_colors
        ground = Style(background=under + over).rich_style
        base, width, gutter = self.visual_style, self.outer_size.width, self.styles.padding
        top, left = gutter.top, gutter.left
        lines = (self._lines or ())[: self.content_size.height]
        blank = Strip.blank(width, ground)
        drawn = {}
        for y in wanted:
            row = y - top
            strip = blank
            if 0 <= row < len(lines) and lines[row]:
                segments, x = [Segment(" " * left, ground)] if left else [], 0
                for text, style in lines[row].render(base, "", self._get_style):
                    segments.append(Segment(text, (base + style).rich_style_with_offset(x, row)))
                    x += len(text)
                rest = width - left - lines[row].cell_length
                if rest:
                    segments.append(Segment(" " * rest, ground))
                strip = Strip(segments, width)
            for kept in self.get_line_filters():
                strip = strip.apply_filter(kept, over)
            drawn[y] = strip
        return drawn
