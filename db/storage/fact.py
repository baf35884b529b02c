"""A fact out of a record's JSON, asked for in SQL: each engine has words of its own for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, String, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class fact_text(FunctionElement[str]):  # noqa: N801
    """A fact as text, NULL if there is none; `true` may be told in other words."""

    type = String()
    inherit_cache = True

    def __init__(self, facts: Any, name: str) -> None:
        super().__init__(facts, literal_column(f"'{name}'"))


class fact_number(FunctionElement[int]):  # noqa: N801
    """A fact that is a whole number, NULL if there is none."""

    type = Integer()
    inherit_cache = True

    def __init__(self, facts: Any, name: str) -> None:
        super().__init__(facts, literal_column(f"'{name}'"))


@compiles(fact_text, "sqlite")
@compiles(fact_number, "sqlite")
def _in_sqlite(element: FunctionElement[Any], compiler: Any, **told: Any) -> str:
    facts, name = (compiler.process(clause, **told) for clause in element.clauses)
    return f"json_extract({facts}, '$.' || {name})"


@compiles(fact_text, "postgresql")
def _text_in_postgres(element: FunctionElement[Any], compiler: Any, **told: Any) -> str:
    facts, name = (compiler.process(clause, **told) for clause in element.clauses)
    return f"(CAST({facts} AS json) ->> {name})"


@compiles(fact_number, "postgresql")
def _number_in_postgres(element: FunctionElement[Any], compiler: Any, **told: Any) -> str:
    return f"CAST({_text_in_postgres(element, compiler, **told)} AS integer)"
