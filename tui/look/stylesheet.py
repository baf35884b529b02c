"""The desk's stylesheet: every source of it is parsed once for the colours in force.

The framework reads all of it three times while the desk opens (for the first page, for the theme,
for the first page again), a tenth of a second on an old machine.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token
from textual.css.types import CSSLocation

PAGES_CSS = Path(__file__).with_name("pages.tcss")
"""How every page but the first looks: read after the first has been filled, or with another."""

Colours = frozenset[tuple[str, str]]


@lru_cache(maxsize=8)
def _tokens(colours: Colours) -> dict[str, list[Token]]:
    return tokenize_values(dict(colours))


@lru_cache(maxsize=512)
def _parsed(
    colours: Colours, scope: str, css: str, read_from: CSSLocation, defaults: bool, order: int
) -> list[RuleSet]:
    tokens = _tokens(colours)
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


class DeskStylesheet(Stylesheet):
    """A stylesheet that remembers what it has parsed, whatever asks for it again."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._colours: Colours = frozenset(variables.items())

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
