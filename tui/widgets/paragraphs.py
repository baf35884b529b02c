"""Several texts in one widget, each broken in its own way."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from tui.widgets.plain import Part, PlainText, broken, content_of


@dataclass(frozen=True)
class Paragraph:
    """Parts of a text that are broken in their own way."""

    parts: tuple[Part, ...]
    hang: int = 0
    style: str = ""
    """Under the styles of the parts."""
    most: int | None = None
    """Lines that are shown of it."""

    def broken(self, width: int) -> Content:
        lines = broken(content_of(*self.parts), width, self.hang)
        if self.most is not None:
            lines = Content("\n").join(lines.split("\n", allow_blank=True)[: self.most])
        return lines.stylize_before(self.style) if self.style else lines


class Paragraphs(PlainText):
    """Several texts one under another in one widget."""

    _told: tuple[Paragraph, ...] = ()
    _drawn: tuple[tuple[Paragraph, ...], int, Content] | None = None

    def tell(self, *paragraphs: Paragraph) -> None:
        """Show these; saying the same again costs nothing."""
        if paragraphs != self._told:
            self._told = paragraphs
            self.refresh(layout=True)

    @property
    def plain(self) -> str:
        return "\n".join(content_of(*paragraph.parts).plain for paragraph in self._told)

    def _broken(self, width: int) -> Content:
        if self._drawn is None or self._drawn[:2] != (self._told, width):
            drawn = Content("\n").join(one.broken(width) for one in self._told)
            self._drawn = (self._told, width, drawn)
        return self._drawn[2]
