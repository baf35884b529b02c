"""Which page stands at which place; imported when one goes there."""

from __future__ import annotations

from typing import Any, assert_never

from textual.screen import Screen

from tui.desk import places


def page_of(place: places.Page) -> Screen[Any]:
    """The page that stands at a place; imported when one goes there."""
    match place:
        case places.Case(number, trail):
            from tui.screens.case.case import CaseScreen

            return CaseScreen(number, trail)
        case places.Step(case, calendar, kind):
            from tui.screens.case.fees import step_screen

            return step_screen(case, calendar, kind)
        case places.Intake():
            from tui.screens.intake.intake import IntakeScreen

            return IntakeScreen()
        case places.Year(year, organ):
            from tui.screens.year.year import YearScreen

            return YearScreen(year, organ)
        case places.Calendar():
            from tui.screens.calendar.calendar import CalendarScreen

            return CalendarScreen()
        case places.Disputes(case, figure):
            from tui.screens.disputes.disputes import DisputesScreen

            return DisputesScreen(case, figure)
        case places.Statistics():
            from tui.screens.today.statistics import StatisticsScreen

            return StatisticsScreen()
        case places.Fees():
            from tui.screens.case.fees import FeeScreen

            return FeeScreen()
        case places.Backups():
            from tui.screens.backups.backups import BackupsScreen

            return BackupsScreen()
        case places.Consolidating(year):
            from tui.screens.consolidating.consolidating import ConsolidatingScreen

            return ConsolidatingScreen(year)
        case places.Importing():
            from tui.screens.importing.importing import ImportScreen

            return ImportScreen()
        case places.Welcome():
            from tui.screens.start.welcome import WelcomeScreen

            return WelcomeScreen()
        case places.Tour():
            from tui.screens.start.tour import Tour

            return Tour()
        case places.Settings():
            from tui.screens.settings.settings import SettingsScreen

            return SettingsScreen()
        case places.Retention(years):
            from tui.screens.backups.retention import RetentionScreen

            return RetentionScreen(years)
        case places.LockSettings():
            from tui.screens.everywhere.lock_settings import LockSettingsScreen

            return LockSettingsScreen()
        case _:
            assert_never(place)
