"""The desk's stylesheet: every source of it is parsed once for the colours in force.

The framework reads all of it three times while the desk opens (for the first page, for the theme,
for the first page again), a tenth of a second on an old machine. And it looks up the rules of every
widget anew whenever one is mounted or changes its classes: more than half of what opening a form
takes. Here what has been found for a widget holds for every other that stands in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from textual.app import App
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token
from textual.css.types import CSSLocation
from textual.dom import DOMNode

LISTS_CSS = Path(__file__).with_name("lists.tcss")
"""How what 今日 and 台账 hold looks: read once the first frame has been painted."""
PAGES_CSS = Path(__file__).with_name("pages.tcss")
"""How every other page looks: read after the first has been filled, or with another."""

Colours = frozenset[tuple[str, str]]


_VARIABLE = re.compile(r"\$([\w-]+)")


@lru_cache(maxsize=512)
def _tokens(name: str, value: str) -> list[Token]:
    return tokenize_values({name: value})[name]


@lru_cache(maxsize=512)
def _parsed(
    colours: Colours, scope: str, css: str, read_from: CSSLocation, defaults: bool, order: int
) -> list[RuleSet]:
    known = dict(colours)
    tokens = {name: _tokens(name, known[name]) for name in _VARIABLE.findall(css) if name in known}
    return list(
        parse(
            scope,
            css,
            read_from,
            variable_tokens=tokens,
            is_default_rules=defaults,
            tie_breaker=order,
        )
    )


_MOST = 4000
"""Ways to stand for which the rules are remembered."""
_FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
_OF_THE_APP = frozenset(("ansi", "dark", "inline", "light", "nocolor"))
"""States that are the same for every widget."""
Stance = tuple[Any, ...]
"""All that selectors ask of a widget: the type, id, classes and states of it and of all above it."""


class DeskStylesheet(Stylesheet):
    """A stylesheet that remembers what it has parsed and found, whatever asks for it again."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._colours: Colours = frozenset(variables.items())
        self._found: dict[Stance, tuple[dict[str, Any], tuple[bool, ...]]] = {}
        self._found_in: object = None  # the rules among which that was found
        self._states: tuple[str, ...] = ()  # pseudo-classes that any of them asks for
        self._checks: dict[type, tuple[Callable[[Any], bool], ...]] = {}
        self._above: tuple[DOMNode | None, Stance] = None, ()

    def set_variables(self, variables: dict[str, str]) -> None:
        super().set_variables(variables)
        self._colours = frozenset(variables.items())

    def reparse(self) -> None:
        self.parse()

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        """Where the framework parses one source. (Private: there is no public place.)"""
        return _parsed(self._colours, scope, css, read_from, is_default_rules, tie_breaker)

    # -- finding rules ------------------------------------------------------------------------

    def update_nodes(self, nodes: Iterable[DOMNode], animate: bool = False) -> None:
        """A widget that is only being made, its classes set, gets its rules when it is mounted."""
        standing = (one for one in nodes if one.parent is not None or isinstance(one, App))
        super().update_nodes(standing, animate)

    def apply(
        self,
        node: DOMNode,
        *,
        animate: bool = False,
        cache: dict[tuple[Any, ...], Any] | None = None,
    ) -> None:
        """Give a widget its rules. (Overridden for speed: what comes of it is the same.)"""
        if self._found_in is not self.rules_map or len(self._found) > _MOST:
            self._forget()
        above, stance = self._above
        if above is not None and node.parent is above and type(node) is DOMNode:
            stance = (*stance, self._part(node))  # a component, while its widget is given its rules
        else:
            stance = self._stance(node, {} if cache is None else cache)
        found = self._found.get(stance)
        if found is None:
            super().apply(node, animate=animate)
            rules = dict(node.styles.base.get_rules())
            if rules and "transitions" not in rules:
                self._found[stance] = rules, tuple(getattr(node, flag) for flag in _FLAGS)
            return
        rules, flags = found
        for name, flag in zip(_FLAGS, flags, strict=True):
            setattr(node, name, flag)
        base = node.styles.base
        now = base.get_rules()
        if not now:  # it is only being mounted: nothing has been laid or painted by others
            base.merge_rules(cast("RulesMap", rules))
        elif now != rules:
            for key in now.keys() | rules.keys():
                setattr(base, key, rules.get(key))
        node.notify_style_update()
        self._above = node, stance
        self._process_component_classes(node)
        self._above = None, ()

    def _stance(self, node: DOMNode, known: dict[Any, Any]) -> Stance:
        """`known`: the stances above it, found for others of the same mount."""
        above = node.parent
        if above is None:
            return (self._part(node),)
        if above not in known:
            known[above] = self._stance(above, known)
        return (*known[above], self._part(node))

    def _forget(self) -> None:
        self._found.clear()
        self._checks.clear()
        self._found_in = self.rules_map
        asked = {name for rule in self.rules for name in rule.pseudo_classes}
        self._states = tuple(sorted(asked - _OF_THE_APP))

    def _part(self, node: DOMNode) -> Stance:
        kind = type(node)
        if isinstance(node, App):
            colours = node.theme, node.ansi_color, node.no_color, node.app_focus, node.is_inline
            return kind, node.id, node.classes, colours
        checks = self._checks.get(kind)
        if checks is None:
            known = node._PSEUDO_CLASSES
            checks = tuple(known[name] for name in self._states if name in known)
            self._checks[kind] = checks
        return kind, node.id, node.classes, tuple(check(node) for check in checks)
