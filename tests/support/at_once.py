"""The use cases of the register, each in a transaction of its own, as most tests want them.

The day and the clerk are what the environment says at that moment: tests move them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from db import opening
from db.agenda import agenda as agenda_module
from db.agenda import statistics as statistics_module
from db.agenda import todos
from db.agenda import trends as trends_module
from db.cases import case_file, correcting, holidays, numbers, organ_facts, organs, registering
from db.demo import cases as demo_cases
from db.disputes import reading, recording
from db.lookup import earlier_requests, filters, find
from db.maintenance import verify as verify_module
from db.moment import Clock
from db.storage.register import Register
from db.storage.schema import metadata
from db.year_end import cases_behind as cases_behind_module
from db.year_end import dispute_table, filing, report, request_table, restatements
from tui.cli import environment
from tui.desk.session import Office


class MovedClock(Clock):
    """The clock on the day that `TAIZHANG_TODAY` gives whenever it is looked at."""

    def today(self) -> date:
        return environment.clock().today()

    def now(self) -> datetime:
        return environment.clock().now()


def office(location: object) -> Office:
    return Office(str(location), environment.clerk(), MovedClock())


def open_register(location: str, **options: Any) -> Register:
    return opening.open_register(location, clerk=environment.clerk(), clock=MovedClock(), **options)


def open_again(register: Register) -> Register:
    """The same register opened a second time, as another desk has it."""
    if register.store.file is not None:
        return open_register(str(register.path))
    return open_register(register.engine.url.render_as_string(hide_password=False))


def everything(register: Register) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it is stored, whatever the engine."""
    with register.reading() as tx:
        return {
            name: [
                tuple(row)
                for row in tx.connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY id")
            ]
            for name in metadata.tables
        }


Use = Callable[..., Any]


def _reading(use: Use) -> Use:
    @wraps(use)
    def used(register: Register, *told: Any, **options: Any) -> Any:
        with register.reading() as tx:
            return use(tx, *told, **options)

    return used


def _listing(use: Use) -> Use:
    @wraps(use)
    def used(register: Register, *told: Any, **options: Any) -> Any:
        with register.reading() as tx:
            return list(use(tx, *told, **options))

    return used


def _writing(use: Use) -> Use:
    @wraps(use)
    def used(register: Register, *told: Any, **options: Any) -> Any:
        with register.writing() as tx:
            return use(tx, *told, **options)

    return used


def organ_names(register: Register) -> tuple[str, ...]:
    with register.reading() as tx:
        return organs.organ_names(tx)


def calendar_in(register: Register) -> Any:
    with register.reading() as tx:
        return tx.calendar


agenda = _reading(agenda_module.agenda)
overview = _reading(agenda_module.overview)
section_page = _reading(agenda_module.section_page)
due_page = _reading(agenda_module.due_page)
failing_checks = _reading(todos.failing_checks)
trends = _reading(trends_module.trends)
statistics = _reading(statistics_module.statistics)
cases_counted = _reading(statistics_module.cases_counted)
read_case = _reading(case_file.read_case)
list_notices = _reading(holidays.list_notices)
missing_notice = _reading(holidays.missing_notice)
suggest_number = _reading(numbers.suggest_number)
list_disputes = _reading(reading.list_disputes)
awaiting_new_answer = _reading(reading.awaiting_new_answer)
find_repeats = _reading(earlier_requests.find_repeats)
month_of_requests = _reading(earlier_requests.month_of_requests)
units = _reading(filters.units)
find_cases = _reading(find.find_cases)
page_of_found = _reading(find.page_of_found)
count_found = _reading(find.count_found)
ids_found = _reading(find.ids_found)
cases_by_id = _reading(find.cases_by_id)
verify = _reading(verify_module.verify)
cases_behind = _reading(cases_behind_module.cases_behind)
ids_behind = _reading(cases_behind_module.ids_behind)
disputes_behind = _reading(dispute_table.disputes_behind)
read_filing = _reading(filing.read_filing)
year_report = _reading(report.year_report)
year_table = _reading(request_table.year_table)
years_with_cases = _reading(request_table.years_with_cases)
restatements = _reading(restatements.restatements)
every_case = _listing(case_file.every_case)
new_by_month = _reading(cases_behind_module.new_by_month)
year_cases = _listing(cases_behind_module.year_cases)
correct_event = _writing(correcting.correct_event)
enter_notice = _writing(holidays.enter_notice)
adopt_package = _writing(holidays.adopt_package)
add_organ = _writing(organ_facts.add_organ)
rename_organ = _writing(organ_facts.rename_organ)
set_organ = _writing(organ_facts.set_organ)
new_case = _writing(registering.new_case)
new_case_decided = _writing(registering.new_case_decided)
new_sibling = _writing(registering.new_sibling)
log_event = _writing(registering.log_event)
make_demo = _writing(demo_cases.make_demo)
new_dispute = _writing(recording.new_dispute)
conclude_dispute = _writing(recording.conclude_dispute)
note_proceedings = _writing(recording.note_proceedings)
void_dispute = _writing(recording.void_dispute)
file_year = _writing(filing.file_year)
