"""The lookup index in PostgreSQL: a case's bag as a tsvector, with a GIN index over it.

The tokens are handed over as they are: no parser of the server's own, no extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, literal_column, select, text
from sqlalchemy.dialects.postgresql import TSQUERY

from db.storage.case_weights import WEIGHT
from db.storage.schema import LOOKUP

IN_ORDER = False

_CHANGED = (
    f"UPDATE {LOOKUP} SET bag = array_to_tsvector(string_to_array(:bag, ' ')) WHERE rowid = :id"
)
_ADDED = (
    f"INSERT INTO {LOOKUP} (rowid, bag) VALUES (:id, array_to_tsvector(string_to_array(:bag, ' ')))"
)
_MANY = f"""
INSERT INTO {LOOKUP} (rowid, bag)
SELECT id, array_to_tsvector(string_to_array(bag, ' ')) FROM unnest(%s::integer[], %s::text[])
AS told (id, bag)
"""


def add_bags(connection: Connection, bags: Sequence[tuple[int, str]]) -> None:
    """Index new cases: their ids and their bags."""
    ids, texts = [case_id for case_id, _ in bags], [bag for _, bag in bags]
    connection.exec_driver_sql(_MANY, (ids, texts))


def exchange_bag(connection: Connection, case_id: int, before: str, after: str) -> None:
    """Index a case anew."""
    connection.execute(text(_CHANGED), {"id": case_id, "bag": after})


def empty(connection: Connection) -> None:
    """Forget every bag."""
    connection.exec_driver_sql(f"DELETE FROM {LOOKUP}")


_ROWID: Any = literal_column("rowid")
_TOKEN = re.compile(r'"([^"]*)"(\*?)')


def asked(query: Select[Any], match: str, newest: int | None) -> Select[Any]:
    """A query from the rows that fulfil an expression, which is told in the server's words.

    The index keeps no order, so what stands in very many cases is sooner found among the newest.
    Without `newest` the rows are found first, by the index: in one piece with an order the server
    would sooner read the bag of every case, not knowing how long that takes.
    """
    told = _TOKEN.sub(lambda found: f"'{found[1]}'{':*' if found[2] else ''}", match)
    told = told.replace(" AND ", " & ").replace(" OR ", " | ").replace(" NOT ", " & !")
    bound = bindparam("match", told, type_=TSQUERY)  # or it would be read anew for every case
    matching = text("bag @@ CAST(:match AS tsquery)").bindparams(bound)
    bags: Select[Any] = select(_ROWID, literal_column("bag")).select_from(text(LOOKUP))
    if newest is None:
        found = bags.with_only_columns(_ROWID).where(matching).cte(LOOKUP)
        found = found.prefix_with("MATERIALIZED")
    else:
        tried = bags.order_by(_ROWID.desc()).limit(newest).subquery("tried")
        found = select(tried.c.rowid).where(matching).cte(LOOKUP)
    return query.select_from(text(LOOKUP)).add_cte(found)


def tokens_by_case(connection: Connection) -> Iterator[tuple[bytes, int]]:
    """Every token of the index (its UTF-8) with each case (its id) it stands for, case by case."""
    query = text(f"SELECT rowid, tsvector_to_array(bag) FROM {LOOKUP} ORDER BY rowid")
    for case_id, tokens in connection.execute(query, execution_options={"yield_per": 500}):
        for token in tokens:
            yield token.encode(), case_id


def weights_by_token(connection: Connection) -> Iterable[tuple[bytes, int]]:
    """Every token of the index (its UTF-8) with the sum of its cases' weights."""
    query = (
        f"SELECT token, sum({WEIGHT.format(id='rowid')}) FROM"
        f" (SELECT rowid, unnest(tsvector_to_array(bag)) AS token FROM {LOOKUP}) AS told"
        " GROUP BY token"
    )
    for token, weight in connection.exec_driver_sql(query.replace("%", "%%")):
        yield token.encode(), int(weight)


def problems(
    connection: Connection, counted: Mapping[int, int], numbers: Mapping[int, str]
) -> Iterator[str]:
    """Cases that have no bag at all."""
    indexed = set(connection.exec_driver_sql(f"SELECT rowid FROM {LOOKUP}").scalars())
    for case_id in counted.keys() - indexed:
        yield f"{numbers[case_id]} 不在查找索引里"
