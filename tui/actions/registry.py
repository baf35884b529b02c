"""The one registry of what the desk can do: bindings, footer, help and palette come from here.

Keys are only those that ordinary terminals send. A plain letter works while no text field has
the focus, because a text field takes it first.
"""

from __future__ import annotations

from textual.binding import BindingType

from tui.actions import (
    backups,
    case_work,
    consolidating,
    everywhere,
    forms,
    going,
    importing,
    lists,
    pages,
    papers,
    settings,
    today,
    year,
)
from tui.actions.action import Action

SCOPE_LABELS: dict[str, str] = {
    "app": "到处可用",
    "go": "前往",
    "today": "今日",
    "month": "日历上的日子",
    "todos": "待办",
    "statistics": "统计",
    "listed": "申请清单",
    "register": "台账",
    "table": "列表",
    "lookup": "查找栏",
    "case": "申请",
    "rows": "光标所在的一件",
    "steps": "登记办理情况",
    "orders": "排序",
    "columns": "栏目",
    "many": "登记多件",
    "records": "办理记录",
    "whatif": "期限试算",
    "papers": "附卷",
    "pick": "清单",
    "disputes": "复议诉讼",
    "office": "全部业务",
    "calendar": "日历",
    "notice": "录入放假通知",
    "fees": "收费通知",
    "backups": "备份",
    "settings": "设置",
    "roles": "角色",
    "keys": "按键",
    "importing": "导入台账",
    "taught": "词语对照",
    "files": "选文件",
    "repeats": "同一申请人",
    "earlier": "此前申请",
    "form": "表单",
    "intake": "新申请",
    "choices": "选项",
    "editing": "输入栏",
    "lines": "多行输入栏",
    "welcome": "首次启动",
    "year": "年报",
    "findings": "勾稽",
    "part": "年报文字",
    "grid": "主动公开表",
    "cells": "表格里的格",
    "period": "任意期间",
    "restated": "更正说明",
    "consolidating": "汇总",
    "bureau": "一个单位的年报",
    "addends": "汇总的表",
    "figures": "表格",
    "modal": "窗口",
    "confirm": "确认",
    "meanwhile": "别人已经更新",
    "draft": "上次没有保存",
    "lock": "界面锁",
    "jump": "跳转",
    "tour": "快速入门",
    "palette": "命令",
}


FOCUSED = frozenset(("lookup", "month", "choices", "editing", "lines", "cells", "figures"))
"""Scopes whose keys mean something only while their own field has the focus; they come before the
page's."""

_FORM = ("form", "choices", "editing", "lines")
PAGES: dict[str, tuple[str, ...]] = {
    "today": ("today", "office", "pick", "month"),
    "statistics": ("statistics", "figures"),
    "todos": ("todos", "pick"),
    "register": ("register", "office", "lookup", "table", "rows", "steps"),
    "listed": ("listed", "lookup", "table", "rows", "steps"),
    "columns": ("columns", "pick"),
    "many": ("many", "pick"),
    "case": ("case", "steps"),
    "records": ("records", "pick"),
    "whatif": ("whatif", "pick"),
    "papers": ("papers", "pick"),
    "form": _FORM,
    "fee step": ("fees", *_FORM),
    "intake": ("intake", "repeats", *_FORM),
    "earlier": ("earlier", "pick"),
    "welcome": ("welcome", "form", "editing"),
    "disputes": ("disputes", "pick"),
    "calendar": ("calendar",),
    "backups": ("backups", "pick"),
    "settings": ("settings", "pick"),
    "roles": ("roles", "pick"),
    "keys": ("keys", "editing"),
    "importing": ("importing", "pick"),
    "taught": ("taught", "pick"),
    "files": ("files", "editing"),
    "notice": ("notice",),
    "year": ("year", "pick", "figures"),
    "period": ("period", "figures"),
    "findings": ("findings", "pick"),
    "restated": ("restated", "pick"),
    "part": ("part", *_FORM),
    "grid": ("grid", *_FORM, "cells"),
    "consolidating": ("consolidating", "pick"),
    "bureau": ("bureau", "pick", "figures"),
    "addends": ("addends", "figures"),
}
"""The scopes whose keys work together on a page (`DeskScreen.SCOPES`)."""

ACTIONS: tuple[Action, ...] = tuple(
    action
    for part in (
        everywhere,
        going,
        pages,
        today,
        case_work,
        papers,
        forms,
        year,
        backups,
        settings,
        importing,
        consolidating,
        lists,
    )
    for action in part.actions()
)


BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}


def actions_of(*scopes: str) -> tuple[Action, ...]:
    """The actions of some scopes, in the registry's order."""
    return tuple(action for action in ACTIONS if action.scope in scopes)


def bindings(*scopes: str) -> list[BindingType]:
    """The `BINDINGS` of a screen or widget."""
    return [action.binding for action in actions_of(*scopes)]
