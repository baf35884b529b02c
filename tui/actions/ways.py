"""How one comes to the pages that an action belongs to, when it is not to be had where one is.

A page is reached by a place (as `g` reaches it) and keys from there. What belongs to one case
begins with the list: there the case is chosen first, and the key is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from tui.actions.action import Action
from tui.actions.registry import ACTIONS, BY_ID, FOCUSED


@dataclass(frozen=True)
class Way:
    """To a page: the place, the actions whose keys are pressed there, and what is told then.

    `told` with {key} stands for the action's key; without it the key is pressed.
    """

    place: str
    through: tuple[str, ...] = ()
    told: str = ""


_CHOOSE = "光标到要办的一件，再按 {key}。"
_OPEN = "先打开一件，再按 {key}。"
_HERE = "填好以后按 {key}。"

WAYS: dict[str, Way] = {
    "today": Way("today"),
    "register": Way("register"),
    "office": Way("register"),
    "statistics": Way("statistics"),
    "rows": Way("register", told=_CHOOSE),
    "table": Way("register", told=_CHOOSE),
    "steps": Way("register", told=_CHOOSE),
    "case": Way("register", told=_OPEN),
    "records": Way("register", told="先打开一件，按 {case.corrections} 列出记录，再按 {key}。"),
    "whatif": Way("register", told="先打开一件，按 {case.what_if} 试算，再按 {key}。"),
    "papers": Way("register", told="先打开一件，按 {case.papers} 列出材料，再按 {key}。"),
    "disputes": Way("disputes"),
    "calendar": Way("calendar"),
    "notice": Way("calendar", ("calendar.paste",), "粘贴通知以后按 {key}。"),
    "backups": Way("backups"),
    "year": Way("year"),
    "findings": Way("year", ("year.checks",)),
    "consolidating": Way("consolidating"),
    "bureau": Way("consolidating", told="先打开一个单位，再按 {key}。"),
    "intake": Way("register", ("register.new",), _HERE),
    "repeats": Way("register", ("register.new",), _HERE),
    "fees": Way("fees"),
    "settings": Way("settings"),
    "importing": Way("importing"),
    "columns": Way("register", ("register.columns",), "光标到一栏，再按 {key}。"),
}
"""By scope. Scopes of windows and of fields are left out: their keys are told there."""


_OWN = frozenset(
    (
        "statistics",
        "disputes",
        "calendar",
        "backups",
        "year",
        "settings",
        "importing",
        "consolidating",
    )
)
"""Pages that one goes to by themselves: what is done there is done to something else."""


def _is_own(action: Action) -> bool:
    """Whether it does something else than what is called the same on another page."""
    return action.scope in _OWN and not action.id.endswith(".reload")


def elsewhere(here: tuple[str, ...]) -> list[Action]:
    """The actions of other pages, but those that are the same as one of here.

    A case is worked on alike from everywhere, and read again; 导出 of 年报 is not 导出 of 统计.
    """
    known = {action.label for action in ACTIONS if action.scope in (*here, "app", "go")}
    found: list[Action] = []
    for action in ACTIONS:
        if (
            action.palette
            and action.scope in WAYS
            and action.scope not in (*here, *FOCUSED)
            and (action.label not in known or _is_own(action))
        ):
            known.add(action.label)
            found.append(action)
    return found


def keys_of_way(way: Way) -> tuple[Action, ...]:
    """The actions on the way."""
    return tuple(BY_ID[name] for name in way.through)
