"""Records and corrections in words, for the screens and for the command line. No screen here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from db.calendar.dates import dated
from db.cases.case_file import Entry
from db.law.event import FACT_LABELS, FACTS, WRITTEN, Event
from db.law.history import effective, place_of
from db.law.waiting import AGREES_BY_SILENCE, agrees_by_silence, returns
from db.words.money import yuan
from db.words.outcomes import OUTCOME_BY_CODE, WITHDRAWN_WORDS, parse_withheld
from db.words.text import one_line, shown
from db.words.vocabulary import EventKind, Labelled
from tui.text.cells import clip, plain_quotes
from tui.text.restoring import size_of

if TYPE_CHECKING:
    from db.cases.papers import Paper


class Change(NamedTuple):
    """One fact that a correction changed."""

    name: str
    old: Any
    new: Any


def changes_of(recorded: Sequence[Event], correction: Event) -> tuple[Change, ...]:
    """What a correction changed, against what stood when it was recorded."""
    before = effective([event for event in recorded if event.id < correction.id])
    target = next((event for event in before if event.id == correction.target), None)
    return tuple(
        Change(name, getattr(target, name) if target else None, new)
        for name, new in (correction.changes or {}).items()
    )


def correction_words(recorded: Sequence[Event], correction: Event) -> str:
    """`更正第3条答复：办结日期 2024-12-30 改为 2025-01-02；理由：…`."""
    target = next((event for event in recorded if event.id == correction.target), None)
    named = f"第{place_of(recorded, correction.target)}条{target.kind.label if target else ''}"
    reason = f"；理由：{correction.reason}" if correction.reason else ""
    if correction.void:
        undone = target is not None and target.kind is EventKind.CORRECTED
        return f"作废{named}{'（恢复更正前的记录）' if undone else ''}{reason}"
    kind = target.kind if target else EventKind.NOTE
    if fills_in(recorded, correction):
        told = "，".join(
            f"{fact_label(kind, name)} {_said(name, new)}"
            for name, new in (correction.changes or {}).items()
        )
        return f"补充{named}：{told}"
    told = "，".join(
        f"{fact_label(kind, c.name)} {_said(c.name, c.old)} 改为 {_said(c.name, c.new)}"
        for c in changes_of(recorded, correction)
    )
    return f"更正{named}：{told}{reason}"


def fills_in(recorded: Sequence[Event], correction: Event) -> bool:
    """Whether a correction only filled in what was empty (补充)."""
    if correction.kind is not EventKind.CORRECTED or correction.void or correction.reason:
        return False
    return all(change.old is None for change in changes_of(recorded, correction))


def record_label(event: Event, recorded: Sequence[Event]) -> str:
    """What kind of record it is: `答复`; a correction that only filled in is `补充`."""
    return "补充" if fills_in(recorded, event) else event.kind.label


def fact_label(kind: EventKind, name: str) -> str:
    """A fact as its own form calls it: an answer's day is 办结日期."""
    from tui.forms.events import FIELDS
    from tui.forms.intake import intake_fields

    specs = intake_fields("", ()) if kind is EventKind.RECEIVED else FIELDS.get(kind, ())
    for spec in specs:
        if spec.name == name:
            return spec.label
    return FACT_LABELS.get(name, name)


def _said(name: str, value: Any) -> str:
    if value is None:
        return "（空）"
    return value.isoformat() if isinstance(value, date) else one_line(fact_text(name, value))


def record_name(event: Event, recorded: Sequence[Event]) -> str:
    """`第3条 答复（2026-03-09）`: a record by its place among those of its case."""
    place = place_of(recorded, event.id)
    return f"第{place}条 {record_label(event, recorded)}（{event.on}）"


def mark_words(entry: Entry, recorded: Sequence[Event]) -> str:
    """Whether a record was voided or replaced, and by which; empty while it stands."""
    if entry.voided_by is not None:
        return f"已作废（第{place_of(recorded, entry.voided_by)}条）"
    if entry.replaced_by is None:
        return ""
    by = next(event for event in recorded if event.id == entry.replaced_by)
    done = "补充" if fills_in(recorded, by) else "更正"
    return f"已{done}（第{place_of(recorded, entry.replaced_by)}条）"


def details_of(event: Event, recorded: Sequence[Event]) -> str:
    """What a record carries besides its day and kind; a note keeps its lines."""
    if event.kind is EventKind.CORRECTED:
        return correction_words(recorded, event)
    told = [*event_details(event)]
    if event.kind is EventKind.CONSULTATION_ENDED and _agreed_by_silence(event, recorded):
        told.append(AGREES_BY_SILENCE)
    if event.of_event is not None and (place := place_of(recorded, event.of_event)):
        told.append(f"属第{place}条")
    return "；".join(told)


def _agreed_by_silence(event: Event, recorded: Sequence[Event]) -> bool:
    ended = {returned.id: asked for asked, returned in returns(effective(recorded))}
    return agrees_by_silence(ended.get(event.id), event)


_OF_A_PAPER = ("called", "name", "size", "digest", "of_event")
_TOLD_APART = ("target", "void", "changes", "party", "party_kind", *_OF_A_PAPER)
_LONGEST_WRITTEN = 40
"""Cells of a text written for a letter: the form of the letter shows it whole."""


def _label(word: Labelled | None) -> str:
    return word.label if word is not None else ""


def event_details(event: Event) -> Iterable[str]:
    """The facts of a record; a receipt's stand in a list of their own."""
    if event.kind is EventKind.RECEIVED:
        if event.channel:
            yield event.channel.label
        return
    if event.kind is EventKind.WITHDRAWN:
        yield WITHDRAWN_WORDS
    if party := "：".join(filter(None, (_label(event.party_kind), one_line(event.party or "")))):
        yield party
    if event.kind is EventKind.ATTACHED:
        yield paper_words(event)
    for name in FACTS[event.kind]:
        value = getattr(event, name)
        if value is None or name in _TOLD_APART:
            continue
        said = fact_text(name, value)
        yield said if event.kind.label == FACT_LABELS[name] else f"{FACT_LABELS[name]} {said}"


def paper_words(paper: Event) -> str:
    """A paper of the case: `送达回证（回证.pdf，12 KB）`."""
    return named_paper(paper.called, paper.name, paper.size or 0)


def named_paper(called: str | None, name: str | None, size: int) -> str:
    file = one_line(name or "文件名已清除")
    told = one_line(called or "")
    return f"{told}（{file}，{size_of(size)}）" if told else f"{file}（{size_of(size)}）"


def paper_line(paper: Paper) -> str:
    """A paper in a list: `第5条 2026-03-10  送达回证（回证.pdf，12 KB）  属第3条`."""
    named = named_paper(paper.called, paper.name, paper.size)
    of = f"  属第{paper.of_place}条" if paper.of_place else ""
    return f"第{paper.place}条 {paper.on}  {named}{of}"


def fact_text(name: str, value: object) -> str:
    """A fact as the clerk reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if name == "withheld":
        return "；".join(map(outcome_text, parse_withheld(str(value)) or (str(value),)))
    if name == "outcome":
        return outcome_text(str(value))
    if name == "amount" and isinstance(value, int):
        return yuan(value)
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, date):
        return dated(value)
    if name in WRITTEN:
        return clip(one_line(str(value)), _LONGEST_WRITTEN)
    return shown(str(value)) if name == "note" else one_line(str(value))


def conclusion_text(history: Sequence[Event], outcome: str | None) -> str:
    """How a case ended: its outcome, or that the applicant withdrew."""
    withdrawn = any(event.kind is EventKind.WITHDRAWN for event in history)
    return WITHDRAWN_WORDS if withdrawn else outcome_text(outcome)


def outcome_text(code: str | None) -> str:
    """An outcome by its code: `3.3.4 不予公开-保护第三方合法权益`."""
    outcome = OUTCOME_BY_CODE.get(code or "")
    return plain_quotes(f"{outcome.code} {outcome.name}") if outcome else (code or "")
