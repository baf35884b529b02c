"""存为常用: under which digit the present lookup is kept, its name, and whether 今日 counts it."""

from __future__ import annotations

from db.calendar.workdays import work_calendar
from db.errors import BadValue
from db.words.text import clean, fold
from tui.desk.lookups import DIGITS, LONGEST_NAME, KeptLookup, keep_lookup, kept_lookups
from tui.forms.draft import Draft
from tui.forms.fields import Choice, FieldSpec, Surroundings, choice_field
from tui.screens.shared.form import FormScreen


def _digit_field(kept: dict[str, KeptLookup]) -> FieldSpec:
    """The digits, each with what is kept under it."""

    def said(digit: str) -> str:
        return f"{digit}号 {kept[digit].label if digit in kept else '空着'}"

    def meant(text: str) -> str | None:
        first = fold(text)[:1]
        return first if first in DIGITS else None

    free = next((digit for digit in DIGITS if digit not in kept), None)
    return choice_field(
        "digit",
        "数字",
        "在台账和今日按这个数字，即再次查找；已有的由现在的替换。",
        tuple(Choice(digit, said(digit), digit) for digit in DIGITS),
        required=True,
        initial=said(free) if free else "",
        match=meant,
        echo=lambda digit, _: f"换下“{kept[digit].label}”" if digit in kept else "",
    )


def _name_field() -> FieldSpec:
    def read(text: str, _: Surroundings) -> str:
        name = clean(text, "名称")
        if len(name) > LONGEST_NAME:
            raise BadValue(f"名称最多{LONGEST_NAME}个字。")
        return name

    sentence = "例如“本月新收”“我承办的”；留空则用查找的文字。"
    return FieldSpec("name", "名称", sentence, read, placeholder="用查找的文字")


def _counted_field() -> FieldSpec:
    return choice_field(
        "counted",
        "今日计数",
        "选“计数”，今日就列出它和找到的件数，打开就是这张清单。",
        (Choice("1", "不计", False), Choice("2", "计数", True)),
        required=True,
        initial="不计",
    )


class KeepLookupScreen(FormScreen[str]):
    """Answers the digit."""

    HEADING = "存为常用"
    KEPT = False

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    async def on_mount(self) -> None:
        self.entitle(self._words)
        specs = [_digit_field(kept_lookups()), _name_field(), _counted_field()]
        await self.lay(specs, work_calendar())

    def submit(self, draft: Draft) -> None:
        digit: str = draft.values["digit"]
        name: str = draft.values.get("name") or ""
        keep_lookup(digit, KeptLookup(self._words, name, draft.values["counted"]))
        self.saved(digit)
