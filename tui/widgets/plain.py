"""Text that never parses markup and never passes a control character on."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from db.words.text import shown
from tui.desk.going_on import GoesOn
from tui.text.cells import breaks, width_of
from tui.widgets.drawn import Drawn

Part = str | tuple[str, str]
"""A text, or a text with its style."""
Entry = tuple[str, tuple[Part, ...]]
"""An option: what it is known by, and what it reads."""


def content_of(*parts: Part) -> Content:
    """Parts as content: shown as they are, cleaned, never parsed."""
    return Content.assemble(
        *(shown(part) if isinstance(part, str) else (shown(part[0]), part[1]) for part in parts)
    )


def broken(whole: Content, width: int, hang: int = 0) -> Content:
    """The content with every line at most `width` cells wide, carried-over ones indented."""
    if width <= hang + 2:
        return whole
    lines: list[Content] = []
    for line in whole.split("\n", allow_blank=True):
        cuts = breaks(line.plain, width, width - hang)
        lines += (
            Content.assemble(" " * hang, piece) if place and hang else piece
            for place, piece in enumerate(line.divide(cuts) if cuts else [line])
        )
    return Content("\n").join(lines)


class PlainText(GoesOn, Drawn, Static):
    """Text as it is. Give it strings, or (string, style) pairs.

    Lines are broken as Chinese is, between any two characters (the stock widget takes a clause
    for one word); what a line carries over is indented by `hang` cells.
    """

    def __init__(
        self,
        *parts: Part,
        hang: int = 0,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        self.hang = hang
        self._parts = parts
        self._laid: tuple[Content, int, Content] | None = None  # for which content and width
        super().__init__(content_of(*parts), markup=False, id=id, classes=classes)

    def say(self, *parts: Part) -> None:
        """Show something else; saying the same again costs nothing."""
        if parts != self._parts:
            self._parts = parts
            self.update(content_of(*parts), layout=not self._is_fixed)

    @property
    def _is_fixed(self) -> bool:
        """Whether it has the same room whatever it shows: then no layout is needed."""
        width, height = self.styles.width, self.styles.height
        return not (width and width.is_auto) and bool(height and not height.is_auto)

    @property
    def plain(self) -> str:
        """What it shows, without styles."""
        return self._whole.plain

    @property
    def _whole(self) -> Content:
        content = self.content
        return content if isinstance(content, Content) else Content(str(content))

    def _broken(self, width: int) -> Content:
        """The content with every line at most `width` cells wide."""
        whole = self._whole
        if self._laid is None or self._laid[:2] != (whole, width):
            self._laid = (whole, width, broken(whole, width, self.hang))
        return self._laid[2]

    def render(self) -> Content:
        return self._broken(self.content_size.width)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return max((width_of(line) for line in self.plain.split("\n")), default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return height_of(self._broken(width))


def height_of(content: Content) -> int:
    """How many lines it has."""
    return content.plain.count("\n") + 1
