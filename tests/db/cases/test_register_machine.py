"""The real register driven by random actions, lawful and unlawful, against a simple model.

It is kept in a file and on a server at once, and whatever is asked or done, both answer alike.

The model keeps plain lists of what was recorded and recomputes everything from them: which events
stand, state, due date, flags, every year's figures as of every moment, and what moved since a
filing.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from db.cases.correcting import last_undoable
from db.errors import RegisterError
from db.law.event import Event
from db.moment import Clock
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import NOT_LOGGED, ApplicantKind, EventKind, State
from tests.support import at_once
from tests.support.at_once import open_register, verify
from tests.support.both import Both, on_both
from tests.support.examples import examples
from tests.support.histories import make_event, slow_clock
from tests.support.register_model import (
    ENDS,
    can_have_happened,
    cells,
    slow_rules,
    standing,
    table_of,
)
from tests.support.servers import Server

K = EventKind
SHANGHAI = timezone(timedelta(hours=8))
YEARS = (2024, 2025, 2026)
LOGGED = [kind for kind in K if kind not in NOT_LOGGED]


@dataclass
class Told:
    """What the model was told of a case: events as recorded, each with its moment."""

    number: str
    events: list[Event] = field(default_factory=list)


TEMPLATE: list[Path] = []
SERVER: list[Server] = []
correct_event, file_year, log_event, new_case, read_case, read_filing = map(
    on_both,
    (
        at_once.correct_event,
        at_once.file_year,
        at_once.log_event,
        at_once.new_case,
        at_once.read_case,
        at_once.read_filing,
    ),
)
restatements, year_report, year_table = map(
    on_both, (at_once.restatements, at_once.year_report, at_once.year_table)
)


class _ItsClock(Clock):
    """The moment that the machine is at."""

    def __init__(self, machine: RegisterMachine) -> None:
        object.__setattr__(self, "machine", machine)

    def now(self) -> datetime:
        return self.machine.at  # type: ignore[attr-defined,no-any-return]

    def today(self) -> date:
        return self.now().date()


class RegisterMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "register.db"
        shutil.copy(TEMPLATE[0], path)
        self.register = Both((open_register(str(path)), open_register(SERVER[0].clear())))
        self.at = datetime(2024, 11, 4, 9, tzinfo=SHANGHAI)
        for register in self.register.registers:
            register.clock = _ItsClock(self)
        self.told: list[Told] = []
        self.snapshots: list[tuple[datetime, dict[int, dict[str, tuple[int, ...]]]]] = []
        self.filed: dict[int, dict[str, set[tuple[str, str]]]] = {}
        self.filed_tables: dict[int, dict[str, tuple[int, ...]]] = {}

    def teardown(self) -> None:
        self.final_checks()
        self.register.close()
        self.folder.cleanup()

    @property
    def today(self) -> date:
        return self.at.date()

    def histories(self) -> list[list[Event]]:
        return [standing(told.events) for told in self.told]

    def remember(self, told: Told) -> None:
        recorded = read_case(self.register, told.number).entries
        new = recorded[len(told.events) :]
        assert len(new) == 1
        assert new[0].event.recorded_at == self.at
        told.events.append(new[0].event)

    def attempt(self, told: Told, would_be: Event, action: Any) -> None:
        """The register accepts just what the model finds possible."""
        possible = can_have_happened(
            standing([*told.events, replace(would_be, id=10**9)]), self.today
        )
        if would_be.kind not in (K.NOTE, K.CORRECTED):
            possible &= all(e.kind is not K.CANCELLED for e in standing(told.events))
        before = len(told.events)
        self.at += timedelta(minutes=1)
        if possible:
            action()
            self.remember(told)
        else:
            with pytest.raises(RegisterError):
                action()
            assert len(read_case(self.register, told.number).entries) == before

    @rule(back=st.integers(-2, 80), kind=st.sampled_from(ApplicantKind))
    def receive(self, back: int, kind: ApplicantKind) -> None:
        self.at += timedelta(minutes=1)
        received = Event(
            K.RECEIVED,
            self.today - timedelta(days=back),
            applicant="某人",
            applicant_kind=kind,
            subject="某事",
            organ="某局",
        )
        if back < 0:
            with pytest.raises(RegisterError):
                new_case(self.register, received)
            return
        told = Told(new_case(self.register, received).number)
        assert told.number not in {other.number for other in self.told}
        self.told.append(told)
        self.remember(told)

    @precondition(lambda self: self.told)
    @rule(
        place=st.integers(0, 50),
        kind=st.sampled_from(LOGGED),
        back=st.integers(-1, 40),
        pick=st.integers(0, 400),
    )
    def log(self, place: int, kind: EventKind, back: int, pick: int) -> None:
        told = self.told[place % len(self.told)]
        event = make_event(kind, self.today - timedelta(days=back), pick)
        self.attempt(told, event, lambda: log_event(self.register, told.number, event))

    @precondition(lambda self: self.told)
    @rule(place=st.integers(0, 50), which=st.integers(0, 50))
    def void(self, place: int, which: int) -> None:
        told = self.told[place % len(self.told)]
        target = told.events[which % len(told.events)]
        live = [e.id for e in standing(told.events)]
        usable = target.id in live and target.kind is not K.RECEIVED
        correction = Event(K.CORRECTED, self.today, target=target.id, void=True, reason="记错")
        if usable:
            self.attempt(
                told,
                correction,
                lambda: correct_event(self.register, told.number, target.id, "记错", void=True),
            )
        elif target.kind is not K.CORRECTED:
            with pytest.raises(RegisterError):
                correct_event(self.register, told.number, target.id, "记错", void=True)

    @precondition(lambda self: self.told)
    @rule(place=st.integers(0, 50))
    def undo(self, place: int) -> None:
        told = self.told[place % len(self.told)]
        self.at += timedelta(minutes=1)
        recorded = [entry.event for entry in read_case(self.register, told.number).entries]
        last = last_undoable(recorded)
        if last is None:
            return
        try:
            correct_event(self.register, told.number, last.id, "撤销上一步", void=True)
        except RegisterError:
            assert len(read_case(self.register, told.number).entries) == len(told.events)
        else:
            self.remember(told)

    @precondition(lambda self: self.told)
    @rule(
        place=st.integers(0, 50),
        which=st.integers(0, 50),
        shift=st.integers(-40, 40),
        kind=st.sampled_from(ApplicantKind),
        outcome=st.sampled_from(OUTCOMES),
    )
    def change(self, place: int, which: int, shift: int, kind: ApplicantKind, outcome: Any) -> None:
        told = self.told[place % len(self.told)]
        alive = standing(told.events)
        target = alive[which % len(alive)]
        changes: dict[str, Any] = {"on": target.on + timedelta(days=shift)}
        if target.kind is K.RECEIVED:
            changes["applicant_kind"] = kind
        if target.kind is K.DECIDED:
            changes["outcome"] = outcome.code
        changes = {n: v for n, v in changes.items() if v != getattr(target, n)}
        if not changes:
            return
        correction = Event(
            K.CORRECTED, self.today, target=target.id, reason="记错", changes=changes
        )
        self.attempt(
            told,
            correction,
            lambda: correct_event(self.register, told.number, target.id, "记错", changes=changes),
        )

    @rule(days=st.integers(1, 45))
    def wait(self, days: int) -> None:
        self.at += timedelta(days=days)

    @precondition(lambda self: self.told)
    @rule()
    def take_snapshot(self) -> None:
        self.at += timedelta(minutes=1)
        self.snapshots.append((self.at, {year: table_of(self.histories(), year) for year in YEARS}))

    @precondition(lambda self: self.told)
    @rule(year=st.sampled_from(YEARS))
    def file(self, year: int) -> None:
        self.at += timedelta(minutes=1)
        if year >= self.today.year or year in self.filed:
            with pytest.raises(RegisterError):
                file_year(self.register, year)
            return
        file_year(self.register, year)
        self.filed[year] = {told.number: cells(standing(told.events), year) for told in self.told}
        self.filed_tables[year] = table_of(self.histories(), year)

    @invariant()
    def cases_agree(self) -> None:
        for told in self.told[-3:]:
            history = standing(told.events)
            case = read_case(self.register, told.number)
            assert list(case.history) == history
            assert case.standing.due_on == slow_clock(history, self.today).due_on
            ended = any(e.kind in ENDS for e in history)
            cancelled = any(e.kind is K.CANCELLED for e in history)
            assert (case.standing.state is State.CANCELLED) == cancelled
            assert (case.standing.state is State.CONCLUDED) == (ended and not cancelled)
            rules = {flag.rule for flag in case.flags}
            slow = slow_rules(history, self.today)
            watched = {
                "clarification_late",
                "clarification_repeated",
                "answered_late",
                "unanswered",
            }
            assert rules & watched == slow

    def final_checks(self) -> None:
        for register in self.register.registers:
            assert verify(register).problems == ()
        if not self.told:
            return
        for year in YEARS:
            rows = year_table(self.register, year, form="2021").rows
            assert {row.code: row.cells for row in rows} == table_of(self.histories(), year)
        for at, tables in self.snapshots:
            for year, expected in tables.items():
                table = year_report(self.register, year, form="2021", as_of=at).table
                assert {row.code: row.cells for row in table.rows} == expected
        for year, before in self.filed.items():
            filing = read_filing(self.register, year)
            assert filing is not None
            assert {r.code: r.cells for r in filing.table.rows} == self.filed_tables[year]
            now = {number: set(found) for number, found in before.items()}
            for moved in restatements(self.register, year):
                place = now.setdefault(moved.number, set())
                old = {(cell.code, cell.kind) for cell in moved.old}
                new = {(cell.code, cell.kind) for cell in moved.new}
                assert old <= place
                assert not new & place
                place -= old
                place |= new
            for told in self.told:
                assert now.get(told.number, set()) == cells(standing(told.events), year)


@pytest.mark.usefixtures("hermetic")
def test_the_register_agrees_with_the_model(empty_register_file: Path, server: Server) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    TEMPLATE[:], SERVER[:] = [empty_register_file], [server]
    run_state_machine_as_test(
        RegisterMachine,
        settings=examples(3, stateful_step_count=30, suppress_health_check=list(HealthCheck)),
    )
