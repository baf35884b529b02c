"""One field on a form: its label, its input, what was understood or is wrong, its choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, OptionList

from db.errors import BadValue
from db.words.text import one_line, shown
from tui.actions.registry import bindings
from tui.desk.going_on import GoesOn
from tui.forms.fields import Choice, FieldSpec, choose, find_choices
from tui.text.cells import fit, plain_quotes
from tui.widgets.area import PlainArea
from tui.widgets.plain import PlainInput, PlainOptions, PlainText
from tui.widgets.secret import SecretInput


class ChoiceInput(PlainInput):
    """The input of a field with choices: the arrows walk through them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choices")

    def action_choice(self, by: int) -> None:
        for node in self.ancestors:
            if isinstance(node, FieldView):
                node.move_choice(by)
                return


class FieldView(GoesOn, Widget):
    """A field as a form shows it."""

    class Done(Message):
        """A choice was taken with the mouse: go on to the next field."""

        def __init__(self, view: FieldView) -> None:
            super().__init__()
            self.view = view

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        for name in ("required", "brief", "apart"):
            self.set_class(getattr(spec, name), f"-{name}")
        self.spec = spec
        self._offered: tuple[Choice, ...] = ()
        self._found_for = spec.initial.strip()  # the words that what is offered was looked up for
        self._walked = False

    def compose(self) -> ComposeResult:
        mark = " *" if self.spec.required else ""
        yield PlainText(self.spec.label + mark, classes="field-label")
        with Vertical(classes="field-entry"):
            if self.spec.lines:
                yield PlainArea(self.spec.initial, placeholder=self.spec.placeholder)
            else:
                yield self._maker()(self.spec.initial, placeholder=self.spec.placeholder)
            yield PlainText(classes="field-hint")
            if self._chosen_from:
                yield PlainOptions()

    def _maker(self) -> type[PlainInput]:
        if self.spec.secret:
            return SecretInput
        return ChoiceInput if self._chosen_from else PlainInput

    @property
    def _chosen_from(self) -> bool:
        return bool(self.spec.choices or self.spec.search)

    @property
    def input(self) -> PlainInput | PlainArea:
        return self.query_one(PlainArea) if self.spec.lines else self.query_one(PlainInput)

    @property
    def text(self) -> str:
        return self.input.value

    @property
    def choosing(self) -> bool:
        """Whether choices are on offer that what is typed may still mean."""
        return self.has_class("-choosing") and bool(self._offered)

    @property
    def changed(self) -> bool:
        """Whether something other than the proposal stands in it."""
        proposed = (shown if self.spec.lines else one_line)(self.spec.initial)
        return self.text.strip() != proposed.strip()

    def offer_words(self, words: Sequence[str]) -> None:
        """Offer what was typed before behind what is being typed; → takes it, Enter does not."""
        if isinstance(self.input, PlainArea):
            self.input.words = words
        else:
            self.input.suggester = SuggestFromList(words)

    def tell(self, echo: str, fault: str) -> None:
        """Say what was understood, or what is wrong."""
        hint = self.query_one(".field-hint", PlainText)
        hint.say(plain_quotes(fault or echo))
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
        self.set_class(bool(self._offered) and self.screen.focused is self.input, "-choosing")
        self._list()
        self.query_one(PlainOptions).highlighted = 0 if len(self._offered) == 1 else None

    # -- choices ----------------------------------------------------------------------------

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        if self.spec.choices:
            self._walked = False
            self._offer("")
            self.add_class("-choosing")

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        self.remove_class("-choosing")
        self._settle()

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        if self.spec.choices and self.has_class("-choosing"):
            self._walked = False
            self._offer(event.value)

    def _offer(self, typed: str) -> None:
        self._offered = find_choices(self.spec, typed)
        self._list()
        if not typed.strip() or self._meant(typed) is None:
            self.query_one(
                PlainOptions
            ).highlighted = None  # nothing is proposed that was not meant

    def _list(self) -> None:
        listed = self.spec.choices or self._offered
        key_width = max((len(choice.key) for choice in listed), default=0)
        options = self.query_one(PlainOptions)
        options.offer(
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
            width=self.query_one(".field-entry").size.width - 1,
            hang=key_width + 2,
        )

    def move_choice(self, by: int) -> None:
        """Walk through the choices offered."""
        options = self.query_one(PlainOptions)
        if not self._offered:
            return
        self._walked = True
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
        at = self.query_one(PlainOptions).highlighted
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
        self.query_one(PlainOptions).highlighted = event.option_index
        self._walked = True
        self.take_choice()
        self.post_message(self.Done(self))
