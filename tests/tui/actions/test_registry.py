"""Keys, footer, help and palette all come from one registry."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any
from unicodedata import east_asian_width

import pytest
from textual.binding import Binding

import tui.screens
from tests.support.seat import SeatMaker
from tui.actions.keymap import Keymap, readable
from tui.actions.registry import ACTIONS, FOCUSED, PAGES, SCOPE_LABELS, actions_of
from tui.app import TaizhangApp
from tui.screens.backups.backups import BackupsScreen
from tui.screens.backups.retention import RetentionScreen
from tui.screens.backups.second import SecondScreen
from tui.screens.calendar.calendar import CalendarScreen
from tui.screens.calendar.notice import NoticeScreen
from tui.screens.case.case import CaseScreen
from tui.screens.case.correct import CorrectScreen, VoidScreen
from tui.screens.case.fees import FeeScreen, FeeStepScreen
from tui.screens.case.papers import PapersScreen
from tui.screens.case.records import RecordsScreen
from tui.screens.case.step import StepScreen
from tui.screens.case.what_if import SupposeScreen, WhatIfScreen
from tui.screens.consolidating.addends import AddendsScreen
from tui.screens.consolidating.bureau import BureauScreen
from tui.screens.consolidating.consolidating import ConsolidatingScreen
from tui.screens.consolidating.forms import AskScreen, BureausScreen, NotesScreen, SumScreen
from tui.screens.disputes.dispute_forms import ConcludeScreen, NewDisputeScreen, VoidDisputeScreen
from tui.screens.disputes.disputes import DisputesScreen
from tui.screens.everywhere.going import GoStrip
from tui.screens.everywhere.jump import Jump
from tui.screens.everywhere.lock_page import LockPage
from tui.screens.everywhere.lock_settings import LockSettingsScreen
from tui.screens.everywhere.palette import Palette
from tui.screens.importing.importing import ImportScreen
from tui.screens.importing.marked_copy import MarkedScreen
from tui.screens.importing.taught_words import TaughtScreen
from tui.screens.intake.earlier_requests import EarlierScreen
from tui.screens.intake.intake import IntakeScreen
from tui.screens.register.columns import ColumnsScreen
from tui.screens.register.register import RegisterScreen
from tui.screens.settings.keys import KeysScreen
from tui.screens.settings.organ import OrganScreen
from tui.screens.settings.roles import RolesScreen
from tui.screens.settings.settings import SettingsScreen
from tui.screens.settings.small_forms import ClerkScreen, FolderScreen
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.choose_file import FileScreen
from tui.screens.shared.draft_offer import DraftOffer
from tui.screens.shared.ledger_export import LedgerExportScreen
from tui.screens.shared.listed import ListedScreen
from tui.screens.shared.many import ManyForm, ManyScreen
from tui.screens.shared.meanwhile import MeanwhileWindow
from tui.screens.shared.orders import Orders
from tui.screens.shared.windows import Confirm, ErrorWindow, HelpWindow, TextWindow
from tui.screens.start.tour import Tour
from tui.screens.start.welcome import WelcomeScreen
from tui.screens.today.statistics import StatisticsScreen
from tui.screens.today.statistics_export import StatisticsExportScreen
from tui.screens.today.today import TodayScreen
from tui.screens.today.todos import TodosScreen
from tui.screens.year.as_of import AsOfScreen
from tui.screens.year.export import ExportScreen
from tui.screens.year.findings import FindingsScreen
from tui.screens.year.part_text import TextScreen
from tui.screens.year.period import PeriodForm, PeriodScreen
from tui.screens.year.proactive_grid import ProactiveScreen
from tui.screens.year.restated import RestatedScreen
from tui.screens.year.year import YearScreen
from tui.widgets.area import PlainArea
from tui.widgets.case_table import CaseTable
from tui.widgets.cell import CellInput
from tui.widgets.field import ChoiceInput
from tui.widgets.figure_table import FigureTable
from tui.widgets.lookup_line import LookupLine
from tui.widgets.month_view import MonthView
from tui.widgets.pick_list import PickList
from tui.widgets.plain_fields import PlainInput

OWNERS: dict[str, type[Any]] = {
    "app": TaizhangApp,
    "go": GoStrip,
    "rows": RegisterScreen,
    "today": TodayScreen,
    "month": MonthView,
    "todos": TodosScreen,
    "restated": RestatedScreen,
    "statistics": StatisticsScreen,
    "listed": ListedScreen,
    "register": RegisterScreen,
    "lookup": LookupLine,
    "table": CaseTable,
    "case": CaseScreen,
    "steps": CaseScreen,
    "orders": Orders,
    "columns": ColumnsScreen,
    "many": ManyScreen,
    "records": RecordsScreen,
    "whatif": WhatIfScreen,
    "papers": PapersScreen,
    "roles": RolesScreen,
    "findings": FindingsScreen,
    "part": TextScreen,
    "grid": ProactiveScreen,
    "cells": CellInput,
    "period": PeriodScreen,
    "pick": PickList,
    "disputes": DisputesScreen,
    "office": RegisterScreen,
    "calendar": CalendarScreen,
    "notice": NoticeScreen,
    "fees": FeeStepScreen,
    "backups": BackupsScreen,
    "settings": SettingsScreen,
    "keys": KeysScreen,
    "importing": ImportScreen,
    "taught": TaughtScreen,
    "files": FileScreen,
    "repeats": IntakeScreen,
    "earlier": EarlierScreen,
    "form": StepScreen,
    "intake": IntakeScreen,
    "choices": ChoiceInput,
    "editing": PlainInput,
    "lines": PlainArea,
    "welcome": WelcomeScreen,
    "year": YearScreen,
    "consolidating": ConsolidatingScreen,
    "bureau": BureauScreen,
    "addends": AddendsScreen,
    "figures": FigureTable,
    "modal": TextWindow,
    "confirm": Confirm,
    "meanwhile": MeanwhileWindow,
    "draft": DraftOffer,
    "lock": LockPage,
    "jump": Jump,
    "tour": Tour,
    "palette": Palette,
}
SCREENS = (
    TodayScreen,
    TodosScreen,
    RestatedScreen,
    StatisticsScreen,
    StatisticsExportScreen,
    ListedScreen,
    RegisterScreen,
    CaseScreen,
    IntakeScreen,
    StepScreen,
    ExportScreen,
    WelcomeScreen,
    YearScreen,
    FindingsScreen,
    TextScreen,
    ProactiveScreen,
    PeriodForm,
    PeriodScreen,
    RecordsScreen,
    PapersScreen,
    CorrectScreen,
    VoidScreen,
    WhatIfScreen,
    SupposeScreen,
    DisputesScreen,
    NewDisputeScreen,
    ConcludeScreen,
    VoidDisputeScreen,
    CalendarScreen,
    NoticeScreen,
    AsOfScreen,
    FeeScreen,
    FeeStepScreen,
    EarlierScreen,
    BackupsScreen,
    SecondScreen,
    RetentionScreen,
    LedgerExportScreen,
    ColumnsScreen,
    ManyForm,
    ManyScreen,
    LockSettingsScreen,
    SettingsScreen,
    KeysScreen,
    OrganScreen,
    ClerkScreen,
    FolderScreen,
    ImportScreen,
    FileScreen,
    MarkedScreen,
    TaughtScreen,
    ConsolidatingScreen,
    BureauScreen,
    AddendsScreen,
    AskScreen,
    BureausScreen,
    SumScreen,
    NotesScreen,
)


SURVIVE = re.compile(
    r"f([1-9]|10)|ctrl\+[cefgjklnopqrstuwyz]|alt\+(left|right|[a-z])|[a-zA-Z]|[0-9]|equals_sign|minus|semicolon|tab|backspace|up|down|left|right|home|end|"
    r"pageup|pagedown|ctrl\+(home|end|left|right)|enter|escape|space|slash|comma|(left|right)_square_bracket"
)


def test_every_scope_has_an_owner_and_a_name() -> None:
    assert {action.scope for action in ACTIONS} == set(OWNERS) == set(SCOPE_LABELS)


def test_an_action_is_bound_and_can_be_done() -> None:
    for action in ACTIONS:
        owner = OWNERS[action.scope]
        method = "action_" + action.method.partition("(")[0]
        assert callable(getattr(owner, method)), action.id
        bound = {
            key: binding
            for made in (vars(cls).get("BINDINGS", ()) for cls in owner.__mro__)
            for binding in Binding.make_bindings(made)
            for key in [binding.key]
            if binding.id == action.id
        }
        assert len(bound) == len(action.keys.split(",")), action.id
        assert all(binding.action == action.method for binding in bound.values()), action.id
        assert action.help.endswith("。"), action.id
        assert readable(action.keys.split(",")[0]), action.id


def test_ids_are_unique_and_keys_arrive() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    for action in ACTIONS:
        for key in action.keys.split(","):
            assert SURVIVE.fullmatch(key), f"{action.id}: {key}"


def _pages() -> set[type[DeskScreen[Any]]]:
    """Every page of the desk; a base of pages, which names no scopes, is none."""
    for module in walk_packages(tui.screens.__path__, "tui.screens."):
        import_module(module.name)
    found: set[type[DeskScreen[Any]]] = set()
    waiting = [DeskScreen]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        found |= {kind for kind in kinds if kind.__module__.startswith("tui.") and kind.SCOPES}
    return found


def test_the_table_holds_the_scopes_of_every_page_and_no_others() -> None:
    """What the key map holds a moved key against."""
    assert {page.SCOPES for page in _pages()} == set(PAGES.values())


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_means_two_things_on_one_page(screen: type[Any]) -> None:
    seen: dict[str, str] = {}
    scopes = [s for s in screen.SCOPES if s not in FOCUSED]
    for action in actions_of(*scopes, "app"):
        for key in action.keys.split(","):
            assert key not in seen, f"{key}: {seen[key]} and {action.id}"
            seen[key] = action.id


@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_has_no_binding_outside_the_registry(screen: type[Any]) -> None:
    known = {action.id for action in actions_of(*screen.SCOPES)}
    own = [
        binding
        for cls in screen.__mro__
        if cls.__module__.startswith("tui.")
        for binding in vars(cls).get("BINDINGS", ())
    ]
    assert {binding.id for binding in own} <= known


async def test_the_footer_help_and_palette_show_the_registry(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, (120, 40)) as seat:
        foot = seat.text.rstrip().splitlines()[-1]
        for action in actions_of("register", "table", "steps", "app"):
            assert (f"{action.shown} {action.label}" in foot) == action.footer, action.id
        window = HelpWindow(RegisterScreen.SCOPES, (), Keymap(), lambda role: True)
        for action in actions_of(*RegisterScreen.SCOPES, "app"):
            assert f"{action.label}：{action.help}" in window.text
        await seat.press("ctrl+p")
        offered = seat.app.screen._actions()  # type: ignore[attr-defined]
        assert [a.id for a in offered] == [
            a.id for a in actions_of(*RegisterScreen.SCOPES, "app", "go") if a.palette
        ]


def test_every_page_is_in_the_table() -> None:
    assert issubclass(ErrorWindow, TextWindow)
    assert all(set(screen.SCOPES) <= set(OWNERS) for screen in SCREENS)


def test_the_registry_has_no_sign_of_uncertain_width() -> None:
    for action in ACTIONS:
        unsure = {c for c in action.label + action.help if east_asian_width(c) == "A"}
        assert not unsure, action.id
