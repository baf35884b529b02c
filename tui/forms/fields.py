"""A field of a form, declared once: its label, how its text is read, what is said beside it.

No widgets here, so that a field can be proved without a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from db.calendar.dates import in_full, parse_date
from db.calendar.workdays import WorkCalendar
from db.errors import BadValue
from db.words.money import fen_of, yuan
from db.words.outcomes import OUTCOMES, Outcome, parse_outcome
from db.words.text import clean, fold
from db.words.vocabulary import Labelled

if TYPE_CHECKING:
    from db.storage.transaction import Transaction

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Surroundings:
    """What a field may need to read its text: the day, the calendar, the other fields so far."""

    today: date
    calendar: WorkCalendar
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a choice: what is typed to pick it, what it reads, what it means."""

    key: str
    text: str
    value: Any


Reader = Callable[[str, Surroundings], Any]
Echo = Callable[[Any, Surroundings], str]


@dataclass(frozen=True)
class FieldSpec:
    """One field. `read` raises `BadValue`; `echo` says beside the field what was understood."""

    name: str
    label: str
    help: str
    read: Reader
    required: bool = False
    echo: Echo = lambda value, around: ""
    placeholder: str = ""
    initial: str = ""
    lines: bool = False
    """Whether it is written in several lines, kept as they are."""
    prose: bool = False
    """Whether it is a text of its own, with lines that Enter makes."""
    secret: bool = False
    """Whether what is typed is not shown."""
    brief: bool = False
    """Whether a few signs answer it: what was understood then stands beside it, not under it."""
    apart: bool = False
    """Whether it begins another group of fields."""
    fallback: Callable[[Surroundings], Any] | None = None
    """What stands for it while it is empty, by the other fields; they are read before it."""
    recalls: str = ""
    """What was typed before that is offered while it is typed (`db.lookup.typed_before`)."""
    search: Callable[[Transaction, str], tuple[Choice, ...]] | None = None
    """Where what may be meant is looked up while it is typed; a choice's key is then put in."""
    choices: tuple[Choice, ...] = ()
    match: Callable[[str], Any] | None = None
    """For a choice: the value a text names besides its keys and texts (usual words, codes)."""

    def understand(self, text: str, around: Surroundings) -> Any:
        """The field's value, None when it is left empty.

        Raises:
            BadValue: the text is not understood, or a required field is empty.
        """
        if not text.strip():
            meant = self.fallback(around) if self.fallback is not None else None
            if meant is not None:
                return meant
            if self.required:
                raise BadValue(f"请填写{self.label}。")
            return None
        return self.read(text, around)


# -- text ---------------------------------------------------------------------------------------


def text_field(name: str, label: str, sentence: str, **more: Any) -> FieldSpec:
    def read(text: str, _: Surroundings) -> str:
        return clean(text, label)

    return FieldSpec(name, label, sentence, read, **more)


# -- dates --------------------------------------------------------------------------------------


def date_field(
    name: str,
    label: str,
    sentence: str,
    *,
    counted_from: str | None = None,
    future: bool = False,
    aside: Callable[[date, Surroundings], str] | None = None,
    **more: Any,
) -> FieldSpec:
    """A date typed as people type it, echoed in full.

    `+15` counts working days from today, or from the field named by `counted_from`.
    """

    def read(text: str, around: Surroundings) -> date:
        base = around.values.get(counted_from or "") if text.strip()[:1] in "+＋" else None
        day = parse_date(text, base or around.today, around.calendar)
        if day > around.today and not future:
            raise BadValue(f"{in_full(day)}还没有到；这里只登记已经发生的事。")
        return day

    def echo(day: date, around: Surroundings) -> str:
        said = in_full(day)
        if not around.calendar.is_working(day):
            kind = around.calendar.name_of(day) or around.calendar.kind_of(day).label
            said += f"（{kind}）"
        more_said = aside(day, around) if aside else ""
        return f"{said}  {more_said}".rstrip()

    return FieldSpec(name, label, sentence, read, echo=echo, **({"brief": True} | more))


# -- numbers ------------------------------------------------------------------------------------


def days_field(name: str, label: str, sentence: str, **more: Any) -> FieldSpec:
    def read(text: str, _: Surroundings) -> int:
        digits = fold(text)
        if not (digits.isascii() and digits.isdigit()):
            raise BadValue("请写数字，例如 20。")
        days = int(digits[:6])
        if not 1 <= days <= 999:
            raise BadValue("工作日应为1以上的整数。")
        return days

    return FieldSpec(name, label, sentence, read, brief=True, **more)


def money_field(name: str, label: str, sentence: str, **more: Any) -> FieldSpec:
    """An amount in yuan, kept in fen."""

    def read(text: str, _: Surroundings) -> int:
        return fen_of(text)

    def echo(fen: int, _: Surroundings) -> str:
        return f"{yuan(fen, ',')} 元"

    return FieldSpec(name, label, sentence, read, echo=echo, brief=True, **more)


# -- choices ------------------------------------------------------------------------------------


def find_choices(spec: FieldSpec, typed: str) -> tuple[Choice, ...]:
    """The choices that what is typed may still mean, the best first; all for nothing typed."""
    wanted = fold(typed)
    if not wanted:
        return spec.choices
    for choice in spec.choices:
        if wanted == fold(choice.key + choice.text):
            return (choice,)
    digits = wanted.replace(".", "")
    meant = spec.match(typed) if spec.match else None
    ranked: list[tuple[int, Choice]] = []
    for choice in spec.choices:
        key = choice.key.replace(".", "")
        if fold(choice.text) == wanted or choice.key == wanted or (digits and key == digits):
            rank = 0
        elif choice.value == meant and meant is not None:
            rank = 1
        elif digits.isdigit() and key.startswith(digits):
            rank = 2
        elif wanted in fold(choice.text):
            rank = 3
        else:
            continue
        ranked.append((rank, choice))
    return tuple(choice for _, choice in sorted(ranked, key=lambda pair: pair[0]))


def choose(spec: FieldSpec, typed: str) -> Choice:
    """The one choice that what is typed means.

    Raises:
        BadValue: it means none, or could mean several.
    """
    found = find_choices(spec, typed)
    if not found:
        raise BadValue(f"没有这个{spec.label}；请按序号或文字从下面选。")
    wanted, digits = fold(typed), fold(typed).replace(".", "")
    first = found[0]
    exact = fold(first.text) == wanted or first.key.replace(".", "") == digits
    meant = spec.match is not None and spec.match(typed) == first.value
    if len(found) > 1 and not exact and not meant:
        raise BadValue(f"还有{len(found)}个可选，请再写明一些，或用上下键选。")
    return first


def choice_field(
    name: str,
    label: str,
    sentence: str,
    choices: tuple[Choice, ...],
    *,
    match: Callable[[str], Any] | None = None,
    echo: Echo | None = None,
    **more: Any,
) -> FieldSpec:
    """A field picked from a list by number, by words, or with the arrows."""
    spec: FieldSpec

    def read(text: str, _: Surroundings) -> Any:
        return choose(spec, text).value

    spec = FieldSpec(
        name,
        label,
        sentence,
        read,
        choices=choices,
        match=match,
        echo=echo or (lambda value, around: ""),
        **more,
    )
    return spec


def numbered(members: type[Labelled]) -> tuple[Choice, ...]:
    """An enumeration's members, numbered from 1."""
    return tuple(
        Choice(str(number), member.label, member) for number, member in enumerate(members, 1)
    )


def outcome_choices() -> tuple[Choice, ...]:
    """The form's own tree of outcomes, picked by code (`3.3.4`, `334`) or by words."""
    return tuple(Choice(o.code, o.name, o.code) for o in OUTCOMES)


def outcome_code(text: str) -> str | None:
    found: Outcome | None = parse_outcome(text)
    return found.code if found else None
