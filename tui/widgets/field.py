"""One field of a form: what stands in it, what was understood or is wrong, what may be chosen.

No widget: the sheet it stands on draws it (`field_sheet.py`). Only what the cursor has gone into is one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual.binding import BindingType
from textual.suggester import SuggestFromList, SuggestionReady

from db.errors import BadValue
from db.words.text import one_line, shown
from tui.actions.registry import bindings
from tui.forms.fields import Choice, FieldSpec, choose, find_choices
from tui.text.cells import fit, plain_quotes, width_of
from tui.widgets.area import PlainArea, TextBody
from tui.widgets.plain import Entry
from tui.widgets.plain_fields import PlainInput
from tui.widgets.secret import SecretInput

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.screen import Screen
    from textual.widget import Widget

    from tui.widgets.choice_lines import ChoiceLines

Taker = PlainInput | PlainArea
"""What the cursor goes into."""


class ChoiceInput(PlainInput):
    """The input of a field with choices: the arrows walk through them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choices")
    walk: Callable[[int], None]

    def action_choice(self, by: int) -> None:
        self.walk(by)


SHORT = 40
"""A text of several lines' field that is no wider than this fits into one line at any width."""


def _is_drawn(spec: FieldSpec) -> bool:
    """Whether what stands in a field is drawn until the cursor comes: most fields of a form are never
    gone to, and making their inputs is most of what opening it takes.
    """
    long = spec.lines and ("\n" in spec.initial or width_of(spec.initial) > SHORT)
    return not (spec.prose or spec.secret or long)


class Sheet(Protocol):
    """What a field asks of the sheet that it stands on."""

    choosing: Field | None
    choices: ChoiceLines

    @property
    def screen(self) -> Screen[Any]: ...

    def take_in(self, taker: Taker) -> None: ...

    def draw_again(self, field: Field) -> None: ...

    def region_of(self, field: Field) -> Region: ...

    def shows(self, field: Field) -> bool: ...

    def offer(self, field: Field, entries: Sequence[Entry], hang: int) -> None: ...

    def offer_nothing(self, field: Field) -> None: ...

    def point(self, at: int | None) -> None: ...


class Field:
    """A field as a form shows it."""

    sheet: Sheet

    def __init__(self, spec: FieldSpec) -> None:
        self.spec = spec
        self.placeholder = spec.placeholder
        self.echo = self.fault = ""
        """What was understood, or what is wrong."""
        self._words: Sequence[str] = ()  # what was typed before
        self._came_with: str | None = (
            None  # what stood in it when the cursor came, until it is changed
        )
        self.taker: Taker | None = None if _is_drawn(spec) else self._made()
        """What the cursor goes into, once it has been asked for."""
        self._offered: tuple[Choice, ...] = ()
        self._found_for = spec.initial.strip()  # the words that what is offered was looked up for
        self._walked = False

    def _made(self) -> Taker:
        spec = self.spec
        if spec.prose:
            return TextBody(spec.initial, placeholder=self.placeholder)
        if spec.lines:
            return PlainArea(spec.initial, placeholder=self.placeholder)
        if spec.secret:
            return SecretInput(spec.initial, placeholder=self.placeholder)
        if not self._chosen_from:
            return PlainInput(spec.initial, placeholder=self.placeholder)
        taker = ChoiceInput(spec.initial, placeholder=self.placeholder)
        taker.walk = self.move_choice
        return taker

    @property
    def input(self) -> Taker:
        """What the cursor goes into; made when it is first asked for."""
        if self.taker is None:
            self.taker = self._made()
            self._give_words(self.taker)
            self.sheet.take_in(self.taker)
        return self.taker

    def holds(self, widget: Widget | None) -> bool:
        """Whether that is its input."""
        return widget is not None and widget is self.taker

    def focus(self) -> None:
        """Go there."""
        self.input.focus()

    @property
    def region(self) -> Region:
        """Where its input is on the screen, or would be."""
        return self.sheet.region_of(self)

    @property
    def in_sight(self) -> bool:
        """Whether its first line is."""
        return self.sheet.shows(self)

    @property
    def _chosen_from(self) -> bool:
        return bool(self.spec.choices or self.spec.search)

    @property
    def text(self) -> str:
        if self.taker is not None:
            return self.taker.value
        return (shown if self.spec.lines else one_line)(self.spec.initial)

    def propose(self, text: str) -> None:
        """Say in the empty field what it will be if nothing is typed."""
        self.placeholder = text
        if self.taker is not None:
            self.taker.placeholder = text
        else:
            self.sheet.draw_again(self)

    @property
    def choosing(self) -> bool:
        """Whether choices are on offer that what is typed may still mean."""
        return self.sheet.choosing is self and bool(self._offered)

    @property
    def changed(self) -> bool:
        """Whether something other than the proposal stands in it."""
        proposed = (shown if self.spec.lines or self.spec.prose else one_line)(self.spec.initial)
        return self.text.strip() != proposed.strip()

    def offer_words(self, words: Sequence[str]) -> None:
        """Offer what was typed before behind what is being typed; → takes it, Enter does not."""
        self._words = words
        if self.taker is not None:
            self._give_words(self.taker)

    def _give_words(self, taker: Taker) -> None:
        if isinstance(taker, PlainArea):
            taker.words = self._words
            if taker.is_mounted:
                taker.update_suggestion()
        elif self._words:
            taker.suggester = SuggestFromList(self._words)
            begun = taker.value  # before the words were there
            if begun and (word := next((w for w in self._words if w.startswith(begun)), "")):
                taker.post_message(SuggestionReady(begun, word))

    def tell(self, echo: str, fault: str) -> None:
        """Say what was understood, or what is wrong."""
        if (echo, fault) != (self.echo, self.fault):
            self.echo, self.fault = echo, fault
            self.sheet.draw_again(self)

    # -- choices looked up ------------------------------------------------------------------

    @property
    def wanted(self) -> str | None:
        """Words to be looked up: what is typed, unless that has been done."""
        typed = self.text.strip()
        return typed if self.spec.search and typed and typed != self._found_for else None

    def take_found(self, words: str, found: tuple[Choice, ...]) -> None:
        """Offer what was found for some words."""
        self._found_for, self._walked = words, False
        named = any(choice.key == words for choice in found)  # it has been picked
        self._offered = () if named else found
        if self.holds(self.sheet.screen.focused):
            self._list()
            self.sheet.point(0 if len(self._offered) == 1 else None)

    # -- choices ----------------------------------------------------------------------------

    def come_to(self) -> None:
        """The cursor has come."""
        self._walked, self._came_with = False, self.text
        if self.spec.choices:
            self._offer("")
        elif self._offered:
            self._list()

    def leave(self) -> None:
        """The cursor has gone: what was typed becomes the words of the choice it means."""
        self._settle()

    def narrow(self, typed: str) -> None:
        """Something is typed."""
        if typed == self._came_with:
            return  # it has only just been made
        self._came_with = None
        if self.spec.choices and self.sheet.choosing is self:
            self._walked = False
            self._offer(typed)

    def _offer(self, typed: str) -> None:
        self._offered = find_choices(self.spec, typed)
        self._list()
        if not typed.strip() or self._meant(typed) is None:
            self.sheet.point(None)  # nothing is proposed that was not meant

    def _list(self) -> None:
        listed = self.spec.choices or self._offered
        key_width = max((len(choice.key) for choice in listed), default=0)
        entries: list[Entry] = [
            (
                choice.key,
                (
                    (fit(choice.key, key_width, right=True), "$accent"),
                    f"  {plain_quotes(choice.text)}",
                ),
            )
            for choice in self._offered
        ]
        self.sheet.offer(self, entries, hang=key_width + 2)

    def move_choice(self, by: int) -> None:
        """Walk through the choices offered."""
        if not self.choosing:
            return
        self._walked = True
        at = self.sheet.choices.highlighted
        if at is None:
            at = -1 if by > 0 else 0
        self.sheet.point((at + by) % len(self._offered))

    def take_choice(self) -> bool:
        """Enter was pressed: put the meant entry's words into the input.

        False when what is typed could mean several and none was walked to: nothing is guessed.
        """
        if not self._chosen_from or (self.spec.search and not self._offered):
            return True
        at = self.sheet.choices.highlighted if self.choosing else None
        if self._walked and at is not None and at < len(self._offered):
            self._write(self._offered[at])
            return True
        if self.spec.search:
            if len(self._offered) > 1:
                return False
            self._write(self._offered[0])
            return True
        self._settle()
        return not self.text.strip() or self._meant(self.text) is not None

    def take(self, at: int) -> None:
        """One of those on offer was clicked."""
        if at < len(self._offered):
            self._write(self._offered[at])

    def _meant(self, typed: str) -> Choice | None:
        try:
            return choose(self.spec, typed)
        except BadValue:
            return None

    def _settle(self) -> None:
        choice = self._meant(self.text) if self.spec.choices and self.text.strip() else None
        if choice is not None:
            self._write(choice)

    def _write(self, choice: Choice) -> None:
        if self.spec.search:
            self._found_for, self._offered = choice.key, ()
            self.sheet.offer_nothing(self)
            self.input.value = choice.key
            return
        self.input.value = f"{choice.key} {choice.text}" if "." in choice.key else choice.text
