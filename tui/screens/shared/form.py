"""A form: fields one under another, errors beside them, what saving would do at the foot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.screen import ScreenResultType
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.actions.registry import PAGES, bindings
from tui.desk.asking import asked
from tui.desk.drafts import DraftFile
from tui.desk.stopping import Stop
from tui.forms.draft import Draft, Outlook, understand
from tui.forms.fields import Choice as Picked
from tui.forms.fields import FieldSpec, Surroundings
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.draft_offer import Choice, DraftOffer
from tui.screens.shared.keeping import SECONDS, Keeper
from tui.screens.shared.windows import confirm
from tui.text.cells import plain_quotes
from tui.widgets.field import Field
from tui.widgets.field_sheet import FieldSheet, SheetPane
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar
    from db.storage.transaction import Transaction


class FormScreen(DeskScreen[ScreenResultType]):
    """What all forms share. A form gives its fields (`lay`), and says how it saves (`submit`)."""

    SCOPES = PAGES["form"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    AUTO_FOCUS = ""
    KEPT = True
    """Whether what is typed is kept for a crash or a closed window, and offered back."""

    def __init__(self) -> None:
        super().__init__()
        self._keeper: Keeper | None = None
        self._laid = False
        self._reminded: set[Field] = set()
        """The fields for which what was typed before has been asked."""
        self.sheet = FieldSheet()
        self.specs: Sequence[FieldSpec] = ()
        self.calendar: WorkCalendar | None = None
        self.draft = Draft()
        self._pressed = False  # whether saving has been tried: then every fault is told
        self._saving = False
        self._refusal: tuple[dict[str, str], str] | None = None  # of what, and why
        self._stop: Stop | None = None  # while long work runs that can be stopped

    def body(self) -> Iterable[Widget]:
        yield SheetPane(self.sheet)
        yield PlainText(id="form-foot")

    async def lay(self, specs: Sequence[FieldSpec], calendar: WorkCalendar) -> None:
        """Put the fields on the form and the cursor into the first."""
        self.specs, self.calendar = specs, calendar
        with self.app.batch_update():  # laid out once, when all of it stands
            await self.sheet.put(self.fields_of(specs))
            self.refresh_draft()
            self.set_focus(self.views[0])
        self._laid = True
        if self.KEPT and self._keeper is None:
            self._keeper = Keeper(DraftFile(self.desk.register.place, self.form_name()))
            self._offer(self._keeper)
            self.set_interval(SECONDS, self.keep)

    def fields_of(self, specs: Sequence[FieldSpec]) -> Iterable[Field]:
        """The fields that are put on the form."""
        return [Field(spec) for spec in specs]

    def _remind(self, view: Field) -> None:
        """Have at hand what was typed before, once the cursor has come to a field that recalls it.

        Sooner it would be read while the form is laid, mostly for nobody.
        """
        name = view.spec.recalls
        if not name or view in self._reminded:
            return
        self._reminded.add(view)

        def question(tx: Transaction) -> dict[str, tuple[str, ...]]:
            from db.lookup.typed_before import typed_before

            return typed_before(tx, {name})

        def answer(words: dict[str, tuple[str, ...]]) -> None:
            for other in self.views:
                if other.spec.recalls == name:
                    other.offer_words(words[name])

        self.ask(f"typed before {name}", question, answer, lambda _: None)

    def _offer(self, keeper: Keeper) -> None:
        """Offer back what an earlier sitting left, if anything."""
        kept = keeper.left_before()
        if kept is None:
            return

        def answered(choice: Choice | None) -> None:
            if choice == "restore":
                keeper.restored(kept.texts)
                self.call_later(self.restore, kept.texts)
            elif choice == "discard":
                keeper.discard()
            else:
                keeper.close()
                self.dismiss(None)

        sample = "  ".join(text for name, text in kept.texts.items() if text and name[0] != "_")
        self.desk.push_screen(DraftOffer(kept.at, sample), answered)

    def form_name(self) -> str:
        """What the form is called among the kept ones: its kind, and whatever it is about."""
        return f"{type(self).__name__} {self.title_bar.about}"

    def texts_to_keep(self) -> dict[str, str]:
        """What would be lost if the window were closed now."""
        return {view.spec.name: view.text for view in self.views if view.changed}

    async def restore(self, texts: Mapping[str, str]) -> None:
        """Put kept texts back into their fields."""
        for view in self.views:
            if view.spec.name in texts:
                view.input.value = texts[view.spec.name]
        self.refresh_draft()

    def keep(self) -> None:
        if self._keeper is not None and self.views:
            self._keeper.keep(self.texts_to_keep(), self.desk.office.clock.now())

    def forget(self) -> None:
        """What was typed need not be kept any longer."""
        if self._keeper is not None:
            self._keeper.forget()

    @property
    def ready(self) -> bool:
        """While it is being saved, keys wait for the page behind; long work listens to Esc."""
        return self.whole and not self.held and (not self._saving or self._stop is not None)

    @property
    def whole(self) -> bool:
        return self._laid

    @property
    def views(self) -> list[Field]:
        return self.sheet.fields

    def set_focus(
        self,
        widget: Widget | Field | None,
        scroll_visible: bool = True,
        from_app_focus: bool = False,
    ) -> None:
        """The cursor goes into a field's input, which may only be made now."""
        into_field = isinstance(widget, Field)
        taker = widget.input if isinstance(widget, Field) else widget
        super().set_focus(taker, scroll_visible and not into_field, from_app_focus)
        if into_field and scroll_visible:
            self.sheet.call_after_refresh(self.sheet.keep_in_sight)

    def on_resize(self) -> None:
        self.call_later(self._fit)  # the page hears only then that it is a wide or a high one

    def _fit(self) -> None:
        self.sheet.refresh(layout=True)

    def focus_next(self, selector: str | type[Widget] = "*") -> Widget | None:
        """Tab goes through the fields, and from the last to the first."""
        return self._go_around(1)

    def focus_previous(self, selector: str | type[Widget] = "*") -> Widget | None:
        return self._go_around(-1)

    def _go_around(self, by: int) -> Widget | None:
        views, at = self.views, self.current
        if views:
            self.set_focus(views[(views.index(at) + by) % len(views) if at is not None else 0])
        return self.focused

    @property
    def targets(self) -> Sequence[Widget | Field]:
        return self.views

    @property
    def current(self) -> Field | None:
        """The field the cursor is in."""
        return self.sheet.holder(self.focused)

    # -- what saving would do ---------------------------------------------------------------

    def outlook(self, draft: Draft) -> Outlook:
        """What saving this draft would do."""
        return Outlook()

    def submit(self, draft: Draft) -> None:
        """Save a complete draft; ends in `saved` or `refused`."""
        raise NotImplementedError

    def saved(self, result: ScreenResultType) -> None:
        """It is stored: leave the form."""
        self.forget()
        self.dismiss(result)

    def refused(self, sentence: str) -> None:
        """It was not stored: say why, and keep what was typed."""
        self._saving = False
        self._stop = None
        self.desk.drop_typed()  # it was meant for the page behind
        self._refusal = self._texts, sentence
        self._tell_outlook()

    @property
    def _texts(self) -> dict[str, str]:
        return {view.spec.name: view.text for view in self.views}

    # -- reading what is typed --------------------------------------------------------------

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typed(self) -> None:
        self.refresh_draft()

    def on_descendant_focus(self) -> None:
        view = self.current
        if view is not None:
            self._remind(view)

    def on_descendant_blur(self) -> None:
        """A field is left: what is wrong with it is said now, and what is right is kept."""
        self.keep()
        self.call_later(self.refresh_draft)

    def refresh_draft(self) -> None:
        """Read every field again, and say beside each what was understood."""
        if self.calendar is None:
            return
        views = self.views
        self.draft = understand(self.specs, self._texts, self.desk.today, self.calendar)
        around = Surroundings(self.desk.today, self.calendar, self.draft.values)
        for view in views:
            name = view.spec.name
            fault = self.draft.faults.get(name, "")
            if not self._pressed and (not view.text.strip() or view.choosing):
                fault = ""
            value = self.draft.values.get(name)
            view.tell("" if value is None else view.spec.echo(value, around), fault)
        self._tell_outlook()
        self._look_up()

    def _look_up(self) -> None:
        """One question at a time; what is typed meanwhile is asked for afterwards."""
        view = next((view for view in self.views if view.wanted), None)
        if view is None or asked(self, "look up"):
            return
        words, search = view.wanted or "", view.spec.search

        def question(tx: Transaction) -> tuple[Picked, ...]:
            return search(tx, words) if search is not None else ()

        def found(choices: tuple[Picked, ...]) -> None:
            view.take_found(words, choices)
            self._look_up()

        self.ask("look up", question, found, lambda _: found(()))

    def _tell_outlook(self) -> None:
        """A refusal stands until something else is typed."""
        if self._refusal is not None:
            refused, sentence = self._refusal
            if refused == self._texts:
                self._foot(("没有保存：" + plain_quotes(sentence), "bold $error"))
                return
            self._refusal = None
        seen = self.outlook(self.draft)
        parts: list[Part] = []
        if seen.refusal and self.draft.complete:
            parts.append((plain_quotes(seen.refusal), "bold $error"))
        elif not seen.refusal:
            parts.append(seen.sentence)
            parts += [(f"\n违规提示 {plain_quotes(text)}", "$warning") for text in seen.warnings]
        if self._pressed and self.draft.faults:
            parts.append((f"  有 {len(self.draft.faults)} 项填写有误。", "bold $error"))
        self._foot(*parts)

    def _foot(self, *parts: Part) -> None:
        self.query_one("#form-foot", PlainText).say(*parts)

    # -- keys -------------------------------------------------------------------------------

    @on(FieldSheet.Done)
    def chosen(self) -> None:
        self._step(1)

    def action_next(self) -> None:
        """Enter takes the choice and moves on; it never saves."""
        self._look_up()
        self.desk.once(lambda: not asked(self, "look up"), self._take_and_step)

    def _take_and_step(self) -> None:
        view = self.current
        if view is not None and not view.take_choice():
            view.tell("", self.draft.faults.get(view.spec.name, ""))
            return
        self._step(1)

    def action_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        views, view = self.views, self.current
        if view is None or not views:
            return
        place = views.index(view) + by
        if place >= len(views):
            self.refresh_draft()
            foot = self.query_one("#form-foot", PlainText)
            foot.say(foot.plain, ("  已是最后一栏，按 F10 保存。", "bold $accent"))
        elif place >= 0:
            self.set_focus(views[place])

    def action_save(self) -> None:
        if self._saving or self.calendar is None:
            return
        self._look_up()
        self.desk.once(lambda: not asked(self, "look up"), self._take_and_save)

    def _take_and_save(self) -> None:
        view = self.current
        if view is not None:
            view.take_choice()
        self._pressed = True
        self.refresh_draft()
        if self.draft.complete:
            refusal = self.outlook(self.draft).refusal
            if refusal:
                self.refused(refusal)
            else:
                self._saving = True
                self.submit(self.draft)
            return
        first = next(view for view in self.views if view.spec.name in self.draft.faults)
        self.set_focus(first)

    def begin_work(self) -> Stop:
        """Long work begins: Esc stops it instead of leaving the form."""
        self._saving = True
        self._stop = Stop()
        return self._stop

    def stopping(self) -> None:
        """Long work has been asked to stop; it ends in `refused`."""
        self._foot("正在取消。")

    def on_unmount(self) -> None:
        if self._stop is not None:
            self._stop.ask()

    def action_cancel(self) -> None:
        if self._saving:
            if self._stop is not None and self._stop.ask():
                self.stopping()
        elif self.unsaved():
            confirm(self, "填写的内容还没有保存。要放弃吗？", "放弃", "返回填写", self.leave)
        else:
            self.leave()

    def leave(self) -> None:
        """Go back without saving: the clerk has said so."""
        self.forget()
        self.dismiss(None)

    def unsaved(self) -> bool:
        return not self._saving and any(view.changed for view in self.views)

    def help_topics(self) -> tuple[tuple[str, str], ...]:
        view = self.current
        if view is None:
            return ()
        more = "\n以前填过的，写出开头就用灰字列出；按 → 采用。" if view.spec.recalls else ""
        return ((view.spec.label, view.spec.help + more),)
