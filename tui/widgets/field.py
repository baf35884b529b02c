"""One field on a form: its label, its input, what was understood or is wrong, its choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.suggester import SuggestFromList, SuggestionReady
from textual.widget import Widget
from textual.widgets import Input, OptionList

from db.errors import BadValue
from db.words.text import one_line, shown
from tui.actions.registry import bindings
from tui.desk.going_on import GoesOn
from tui.forms.fields import Choice, FieldSpec, choose, find_choices
from tui.text.cells import fit, plain_quotes, width_of
from tui.widgets.area import PlainArea, TextBody
from tui.widgets.plain import PlainText, content_of
from tui.widgets.plain_fields import PlainInput, PlainOptions
from tui.widgets.secret import SecretInput


class ChoiceInput(PlainInput):
    """The input of a field with choices: the arrows walk through them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choices")

    def action_choice(self, by: int) -> None:
        for node in self.ancestors:
            if isinstance(node, FieldView):
                node.move_choice(by)
                return


LABEL, BRIEF, WIDEST = 16, 20, 100
"""Cells of a label, of the input of a short field, of the widest input; as in `pages.tcss`."""
SHORT = 40
"""A text of several lines' field that is no wider than this fits into one line at any width."""


def _input_of(spec: FieldSpec, placeholder: str) -> PlainInput | PlainArea:
    if spec.prose:
        return TextBody(spec.initial, placeholder=placeholder)
    if spec.lines:
        return PlainArea(spec.initial, placeholder=placeholder)
    if spec.secret:
        return SecretInput(spec.initial, placeholder=placeholder)
    maker = ChoiceInput if spec.choices or spec.search else PlainInput
    return maker(spec.initial, placeholder=placeholder)


def _is_drawn(spec: FieldSpec) -> bool:
    """Whether what stands in a field is drawn until the cursor comes: most fields of a form are never
    gone to, and making their inputs is most of what opening it takes.
    """
    long = spec.lines and ("\n" in spec.initial or width_of(spec.initial) > SHORT)
    return not (spec.prose or spec.secret or long)


class FieldView(GoesOn, Widget):
    """A field as a form shows it."""

    class Done(Message):
        """A choice was taken with the mouse: go on to the next field."""

        def __init__(self, view: FieldView) -> None:
            super().__init__()
            self.view = view

    def __init__(self, spec: FieldSpec) -> None:
        marks = [
            f"-{name}" for name in ("required", "brief", "apart", "prose") if getattr(spec, name)
        ]
        if _is_drawn(spec):
            marks.append("-drawn")
        super().__init__(classes=" ".join(marks))
        self.spec = spec
        self._placeholder = spec.placeholder
        self._words: Sequence[str] = ()  # what was typed before
        self._came_with: str | None = (
            None  # what stood in it when the cursor came, until it is changed
        )
        self._input: PlainInput | PlainArea | None = None
        if _is_drawn(spec):
            self.can_focus = True
        else:
            self._input = self._made()
        # Of a proposal something is said at once; else it and the options come when needed.
        self._hint = PlainText(classes="field-hint") if spec.initial else None
        self._options: PlainOptions | None = None
        self._offered: tuple[Choice, ...] = ()
        self._found_for = spec.initial.strip()  # the words that what is offered was looked up for
        self._walked = False

    def compose(self) -> ComposeResult:
        if self._input is not None:
            yield self._input
        if self._hint is not None:
            yield self._hint

    def _made(self) -> PlainInput | PlainArea:
        return _input_of(self.spec, self._placeholder)

    @property
    def input(self) -> PlainInput | PlainArea:
        """What the cursor goes into; made when it is first asked for."""
        if self._input is None:
            self._input = self._made()
            self._give_words(self._input)
            self.can_focus = False
            self.remove_class("-drawn")
            if self.is_mounted:
                self.mount(self._input, before=self._hint)
        return self._input

    def holds(self, widget: Widget | None) -> bool:
        """Whether that is its input."""
        return widget is not None and widget is self._input

    def render(self) -> Content:
        """The label, beside which the widgets stand; until there is an input, what would be in it."""
        label = self.spec.label + (" *" if self.spec.required else "")
        if self.holds(self.screen.focused):
            look = "bold underline $accent" if self.app.native_ansi_color else "bold $accent"
        else:
            look = "$foreground" if self.spec.required else "$quiet"
        if self._input is not None:
            return content_of((label, look))
        text = one_line(self.spec.initial)
        return content_of(
            (label, look),
            " " * (LABEL - width_of(label)),
            (
                fit(text or one_line(self._placeholder), self.input_width),
                "$foreground on $field" if text else "$quiet on $field",
            ),
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line while there is nothing but what is drawn."""
        return super().get_content_height(container, viewport, width) if self.children else 1

    @property
    def input_width(self) -> int:
        """Cells that the input has beside the label, or would have."""
        if self.spec.brief:
            return BRIEF
        room = self.outer_size.width - LABEL  # it has no gutter
        return min(room, WIDEST) if self.screen.has_class("-wide") else room

    @property
    def _chosen_from(self) -> bool:
        return bool(self.spec.choices or self.spec.search)

    @property
    def options(self) -> PlainOptions:
        """The choices, one under another."""
        if self._options is None:
            self._options = PlainOptions()
            self.mount(self._options)
        return self._options

    @property
    def text(self) -> str:
        if self._input is not None:
            return self._input.value
        return (shown if self.spec.lines else one_line)(self.spec.initial)

    def propose(self, text: str) -> None:
        """Say in the empty field what it will be if nothing is typed."""
        self._placeholder = text
        if self._input is not None:
            self._input.placeholder = text
        else:
            self.refresh()

    @property
    def choosing(self) -> bool:
        """Whether choices are on offer that what is typed may still mean."""
        return self.has_class("-choosing") and bool(self._offered)

    @property
    def changed(self) -> bool:
        """Whether something other than the proposal stands in it."""
        proposed = (shown if self.spec.lines or self.spec.prose else one_line)(self.spec.initial)
        return self.text.strip() != proposed.strip()

    def offer_words(self, words: Sequence[str]) -> None:
        """Offer what was typed before behind what is being typed; → takes it, Enter does not."""
        self._words = words
        if self._input is not None:
            self._give_words(self._input)

    def _give_words(self, taker: PlainInput | PlainArea) -> None:
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
        text = plain_quotes(fault or echo)
        if self._hint is not None:
            self._hint.say(text)
        elif text:
            self._hint = PlainText(text, classes="field-hint")
            self.mount(self._hint, after=self._input)
        self.set_class(bool(fault), "-error")
        self.set_class(bool(fault or echo), "-told")

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
        self.set_class(bool(self._offered) and self.holds(self.screen.focused), "-choosing")
        self._list()
        self.options.highlighted = 0 if len(self._offered) == 1 else None

    # -- choices ----------------------------------------------------------------------------

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        self.refresh()  # of the label
        if self.spec.choices:
            self._walked, self._came_with = False, self.text
            self._offer("")
            self.add_class("-choosing")

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        self.refresh()
        self.remove_class("-choosing")
        self._settle()

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        if event.value == self._came_with:
            return  # it has only just been made
        self._came_with = None
        if self.spec.choices and self.has_class("-choosing"):
            self._walked = False
            self._offer(event.value)

    def _offer(self, typed: str) -> None:
        self._offered = find_choices(self.spec, typed)
        self._list()
        if not typed.strip() or self._meant(typed) is None:
            self.options.highlighted = None  # nothing is proposed that was not meant

    def _list(self) -> None:
        self.set_class(bool(self._offered), "-offering")
        listed = self.spec.choices or self._offered
        key_width = max((len(choice.key) for choice in listed), default=0)
        self.options.offer(
            (
                (
                    choice.key,
                    (
                        (fit(choice.key, key_width, right=True), "$accent"),
                        f"  {plain_quotes(choice.text)}",
                    ),
                )
                for choice in self._offered
            ),
            width=self.input_width - 1,
            hang=key_width + 2,
        )

    def move_choice(self, by: int) -> None:
        """Walk through the choices offered."""
        if not self._offered:
            return
        self._walked, options = True, self.options
        at = options.highlighted
        if at is None:
            options.highlighted = 0 if by > 0 else len(self._offered) - 1
        else:
            options.highlighted = (at + by) % len(self._offered)

    def take_choice(self) -> bool:
        """Enter was pressed: put the meant entry's words into the input.

        False when what is typed could mean several and none was walked to: nothing is guessed.
        """
        if not self._chosen_from or (self.spec.search and not self._offered):
            return True
        at = self.options.highlighted
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

    def _meant(self, typed: str) -> Choice | None:
        try:
            return choose(self.spec, typed)
        except BadValue:
            return None

    def _settle(self) -> None:
        """The field is left: what was typed becomes the words of the choice it means."""
        choice = self._meant(self.text) if self.spec.choices and self.text.strip() else None
        if choice is not None:
            self._write(choice)

    def _write(self, choice: Choice) -> None:
        if self.spec.search:
            self._found_for, self._offered = choice.key, ()
            self.remove_class("-choosing")
            self.input.value = choice.key
            return
        self.input.value = f"{choice.key} {choice.text}" if "." in choice.key else choice.text

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.options.highlighted = event.option_index
        self._walked = True
        self.take_choice()
        self.post_message(self.Done(self))
