"""The fields of a form, drawn as one: labels, what stands in them, what is said of them.

A widget for each field takes half of what opening a form takes. Here only what the cursor has gone into
is one, and is placed by the sheet, which knows its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import DockArrangeResult, WidgetPlacement
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from db.words.text import one_line
from tui.desk.framework import is_stale
from tui.desk.going_on import GoesOn
from tui.text.cells import fit, plain_quotes, width_of
from tui.widgets.choice_lines import ChoiceLines
from tui.widgets.drawn import Drawn
from tui.widgets.field import Field, Taker
from tui.widgets.plain import Entry, broken, content_of
from tui.widgets.plain_fields import PlainScroll

LABEL, BRIEF, WIDEST, BESIDE = 16, 20, 100, 78
"""Cells of a label, of a short field, of the widest field, of the widest text beside a short one."""
MOST_LINES = 4
"""Of a field of several lines, before it scrolls."""
LOW, HIGH = 8, 24
"""Lines of choices in sight, in a low and in a high window."""
UNDER_PROSE = 8
"""Cells that a text of its own is indented by."""


@dataclass(frozen=True)
class Place:
    """Where a field stands on its sheet, the lines said of it included."""

    top: int
    height: int
    input: Region
    hint: Region
    choices: Region


class FieldSheet(GoesOn, Drawn, Widget):
    """The fields one under another."""

    class Done(Message):
        """A choice was taken with the mouse: go on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self.choosing: Field | None = None
        """The field whose choices are listed."""
        self.choices = ChoiceLines()
        self._wide = False  # as the window is
        self._pressed: tuple[Field | None, int | None] = None, None  # what the mouse went down on
        self._places: dict[Field, Place] = {}
        self._arranged = self._places
        self._drawn: dict[Field, tuple[object, list[Content]]] = {}

    # -- which fields -----------------------------------------------------------------------

    async def put(self, fields: Iterable[Field], after: Field | None = None) -> None:
        """Put fields on it, after one of them or behind all."""
        fields = list(fields)
        at = len(self.fields) if after is None else self.fields.index(after) + 1
        self.fields[at:at] = fields
        for field in fields:
            field.sheet = self
        takers = [field.taker for field in fields if field.taker is not None]
        if takers:
            await self.mount(*takers)
        self.refresh(layout=True)

    async def drop(self, fields: Sequence[Field]) -> None:
        """Take fields off it."""
        for field in fields:
            self.offer_nothing(field)
            self.fields.remove(field)
            self._drawn.pop(field, None)
            if field.taker is not None:
                await field.taker.remove()
        self.refresh(layout=True)

    def take_in(self, taker: Taker) -> None:
        """The cursor is about to go there."""
        self.mount(taker)

    def holder(self, widget: Widget | None) -> Field | None:
        """The field whose input that is."""
        return next((field for field in self.fields if field.holds(widget)), None)

    # -- what may be chosen -----------------------------------------------------------------

    def offer(self, field: Field, entries: Sequence[Entry], hang: int) -> None:
        """List what may be chosen in a field, under it."""
        self.choosing = field
        self.choices.offer(entries, hang=hang)
        self.refresh(layout=True)

    def offer_nothing(self, field: Field) -> None:
        if self.choosing is field:
            self.choosing = None
            self.refresh(layout=True)

    def point(self, at: int | None) -> None:
        """Highlight one of the choices."""
        self.choices.point(at)
        self._draw_choices()

    def _draw_choices(self) -> None:
        place = self._places.get(self.choosing) if self.choosing else None
        self.refresh(*([place.choices] if place and place.choices else []))

    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def scroll_choices(self, event: events.MouseEvent) -> None:
        place = self._places.get(self.choosing) if self.choosing else None
        if place and place.choices.contains(LABEL, event.screen_y - self.region.y):
            event.stop()
            self.choices.scroll(1 if isinstance(event, events.MouseScrollDown) else -1)
            self._draw_choices()

    # -- the cursor -------------------------------------------------------------------------

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        field = self.holder(event.widget)
        if field is not None:
            self.draw_again(field)  # the label
            field.come_to()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        field = self.holder(event.widget)
        if field is not None:
            self.draw_again(field)
            self.offer_nothing(field)
            field.leave()

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        field = self.holder(event.input)
        if field is not None:
            field.narrow(event.value)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """What is drawn takes the cursor as if it were an input."""
        self._pressed = self.choosing, self._choice_at(event)
        y = event.screen_y - self.region.y
        for field, place in list(self._places.items()):
            if place.top <= y < place.top + place.height:
                self.screen.set_focus(field.input, scroll_visible=False)

    def on_click(self, event: events.Click) -> None:
        """A choice is taken, if it stood there already when the mouse went down: what the cursor goes
        into lists its own under the mouse.
        """
        at = self._choice_at(event)
        if self.choosing is not None and at is not None and self._pressed == (self.choosing, at):
            self.choosing.take(at)
            self.post_message(self.Done())

    def _choice_at(self, event: events.MouseEvent) -> int | None:
        place = self._places.get(self.choosing) if self.choosing else None
        return self.choices.at(event.screen_y - self.region.y - place.choices.y) if place else None

    # -- where everything stands ------------------------------------------------------------

    def region_of(self, field: Field) -> Region:
        """Where its input is on the screen, or would be."""
        place = self._places.get(field)
        return place.input.translate(self.region.offset) if place else Region()

    def shows(self, field: Field) -> bool:
        """Whether its first line is in sight."""
        seen = self.screen.find_widget(self).visible_region
        return seen.y <= self.region_of(field).y < seen.bottom

    def keep_in_sight(self) -> None:
        """Scroll the field that the cursor is in into sight, if any of it is not: what stands above it
        or in it takes other lines, or the window has.
        """
        field, body = self.holder(self.screen.focused), self.parent
        place = self._places.get(field) if field else None
        if field is None or place is None or not isinstance(body, Widget):
            return
        apart = int(field.spec.apart)
        lines = Region(0, place.top - apart, self.size.width, place.height + apart)
        if not body.scrollable_content_region.at_offset(body.scroll_offset).contains_region(lines):
            body.scroll_to_region(
                lines, center=True, origin_visible=True, animate=False, immediate=True
            )

    def _room(self, width: int) -> int:
        """Cells that something has beside the labels."""
        return min(width, WIDEST) if self._wide else width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        self._lay(Size(width, container.height))
        return max((place.top + place.height for place in self._places.values()), default=0)

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Where the inputs and the choices are."""
        self._lay(size)
        if self._places != self._arranged:
            self._arranged = self._places
            self.call_after_refresh(self.keep_in_sight)
            if not is_stale(self):
                self.refresh()  # it may have been drawn since it asked for another layout
        placed: list[tuple[Widget, Region]] = [
            (field.taker, place.input) for field, place in self._places.items() if field.taker
        ]
        return DockArrangeResult(
            [WidgetPlacement(at, NULL_OFFSET, NULL_SPACING, widget) for widget, at in placed],
            {widget for widget, _ in placed},
            NULL_SPACING,
        )

    def _lay(self, size: Size) -> None:
        self._wide = self.screen.has_class("-wide")
        high = self.screen.has_class("-high")
        self.choices.lay(self._room(size.width - LABEL), HIGH if high else LOW)
        self._places = dict(self.placed(size))

    def placed(self, size: Size) -> Iterator[tuple[Field, Place]]:
        """Each field and its place, in a room of that size."""
        y = 0
        for field in self.fields:
            y += field.spec.apart
            place = self._place(field, y, size)
            yield field, place
            y += place.height

    def _place(self, field: Field, top: int, size: Size) -> Place:
        spec, room = field.spec, size.width - LABEL
        if spec.prose:
            said = self._hint_lines(field, min(room, WIDEST))
            high = max(size.height - top - said, 1)
            text = Region(UNDER_PROSE, top, min(size.width - UNDER_PROSE, WIDEST), high)
            hint = Region(LABEL, top + high, min(room, WIDEST), said)
            return Place(top, high + said, text, hint, choices=Region())
        width = BRIEF if spec.brief else self._room(room)
        taker = field.taker
        high = 1
        if spec.lines and taker is not None:
            high = min(max(taker.get_content_height(size, self.app.size, width), 1), MOST_LINES)
        if spec.brief:
            beside = room - BRIEF - 2
            beside = min(beside, BESIDE) if self._wide else beside
            hint = Region(LABEL + BRIEF + 2, top, beside, self._hint_lines(field, beside))
            height = max(high, hint.height)
        else:
            hint = Region(LABEL, top + high, width, self._hint_lines(field, width))
            height = high + hint.height
        tall = self.choices.height if self.choosing is field else 0
        choices = Region(LABEL, top + height, self._room(room), tall)
        return Place(top, height + tall, Region(LABEL, top, width, high), hint, choices)

    def _hint_lines(self, field: Field, width: int) -> int:
        return self._hint(field, width).plain.count("\n") + 1 if field.fault or field.echo else 0

    def _hint(self, field: Field, width: int) -> Content:
        text = plain_quotes(field.fault or field.echo)
        return broken(content_of((text, "$error" if field.fault else "$quiet")), width)

    # -- how it is drawn --------------------------------------------------------------------

    def draw_again(self, field: Field) -> None:
        """Something of it reads otherwise."""
        place = self._places.get(field)
        if place and place.hint.height == self._hint_lines(field, place.hint.width):
            self.refresh(Region(0, place.top, self.size.width, place.height))
        else:
            self.refresh(layout=True)

    def render(self) -> Content:
        return Content("\n").join(self.drawn_lines())

    def drawn_lines(self) -> Sequence[Content]:
        lines: list[Content] = []
        for field, place in self._places.items():
            lines += [Content("")] * (place.top - len(lines))
            lines += self._lines_of(field, place)
            if place.choices:
                lines += self._choices_drawn()
        return lines

    def _choices_drawn(self) -> Iterator[Content]:
        ansi = self.app.native_ansi_color
        cursor = "reverse" if ansi else "$block-cursor-foreground on $block-cursor-background"
        indent = Content(" " * LABEL)
        return (indent + line for line in self.choices.draw(cursor))

    def _lines_of(self, field: Field, place: Place) -> list[Content]:
        here = field.holds(self.screen.focused)
        ansi, width = self.app.native_ansi_color, self.size.width
        height = place.height - place.choices.height
        shown = None if field.taker else (field.text or field.placeholder)
        state = here, ansi, width, height, shown, field.echo, field.fault, place.hint.size
        known = self._drawn.get(field)
        if known is None or known[0] != state:
            known = self._drawn[field] = state, list(self._draw(field, place, here))
        return known[1]

    def _draw(self, field: Field, place: Place, here: bool) -> Iterable[Content]:
        """Its lines: the label, beside which the widgets stand, or what would be in the input."""
        spec = field.spec
        label = spec.label + (" *" if spec.required else "")
        if here:
            look = "bold underline $accent" if self.app.native_ansi_color else "bold $accent"
        else:
            look = "$foreground" if spec.required else "$quiet"
        parts = [content_of((label, look))]
        at = width_of(label)
        if field.taker is None:
            text = one_line(spec.initial)
            box = fit(text or one_line(field.placeholder), place.input.width)
            drawn = (box, "$foreground on $field" if text else "$quiet on $field")
            parts.append(content_of(" " * (LABEL - at), drawn))
            at = place.input.right
        said: list[Content] = []
        if place.hint.height:
            said = list(self._hint(field, place.hint.width).split("\n", allow_blank=True))
        for y in range(place.height - place.choices.height):
            hint = y - (place.hint.y - place.top)
            if 0 <= hint < len(said):
                parts.append(content_of(" " * (place.hint.x - at)))
                parts.append(said[hint])
            yield Content("").join(parts)
            parts, at = [], 0


class SheetPane(PlainScroll):
    """What a sheet scrolls in. It becomes lower when the window does, or when more is said under it."""

    def __init__(self, sheet: FieldSheet) -> None:
        super().__init__(sheet, id="form-body", can_focus=False)
        self._sheet = sheet

    def on_resize(self) -> None:
        self._sheet.call_after_refresh(self._sheet.keep_in_sight)
