"""Which role each action takes. What a role may not do is not offered, and its key says who may."""

from __future__ import annotations

from db.words.vocabulary import Role
from tui.actions.action import Action
from tui.actions.registry import ACTIONS

_WHOLE = {
    **dict.fromkeys(("steps", "intake", "repeats", "importing"), Role.CLERK),
    "notice": Role.SUPERVISOR,
}
"""Scopes of which everything that is found by its name takes a role."""
_CLERKS = (
    "today.new",
    "register.new",
    "register.import",
    "go.importing",
    "taught.forget",
    "rows.undo",
    "many.record",
    "case.undo",
    "case.fill_in",
    "case.letter",
    "rows.letter",
    "case.deliver",
    "papers.add",
    "papers.void",
    "records.correct",
    "records.void",
    "records.undo",
    "disputes.new",
    "disputes.conclude",
    "disputes.note",
    "disputes.void",
)
_SUPERVISORS = (
    "year.file",
    "calendar.paste",
    "backups.restore",
    "backups.retention",
    "settings.add",
    "roles.add",
    "roles.open",
    "roles.drop",
)
NEEDS = {
    **{
        action.id: _WHOLE[action.scope]
        for action in ACTIONS
        if action.palette and action.scope in _WHOLE
    },
    **dict.fromkeys(_CLERKS, Role.CLERK),
    **dict.fromkeys(_SUPERVISORS, Role.SUPERVISOR),
}
"""By the ids of actions; for what is not named looking is enough."""
_BY_METHOD = {
    (action.scope, action.method.partition("(")[0]): NEEDS[action.id]
    for action in ACTIONS
    if action.id in NEEDS and action.scope != "go"
}


def needed(action: Action) -> Role:
    """The role an action takes."""
    return NEEDS.get(action.id, Role.VIEWER)


def needed_on(scopes: tuple[str, ...], method: str) -> Role:
    """The role that a method of a page takes, by the scopes of the page."""
    return next(
        (_BY_METHOD[scope, method] for scope in scopes if (scope, method) in _BY_METHOD),
        Role.VIEWER,
    )
