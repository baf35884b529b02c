"""The lookup index held against the cases, both ways: as it is read through, and as it is looked in."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from db.maintenance.check_words import reason, rows_of
from db.storage.case_weights import weight_of
from db.storage.lookup_index import FIELDS, index_of, tokens_of

_ROOM = (1 << 63) - 1
"""What is kept of a case's sum."""


def _weight(term: bytes) -> int:
    """The same as of the token itself: Python's own, which nobody knows beforehand."""
    return hash(term.decode("utf-8", "surrogateescape"))


def index_problems(connection: Connection) -> Iterator[str]:
    """Whether the lookup index holds for every case its own tokens, no other and no others'.

    The tokens of a case are compared by the sum of their hashes: memory grows by a few bytes a
    case, whatever is indexed. First all of them at once, by what the engine itself adds up; only if
    that differs the index is read through, to say of which cases.
    """
    index = index_of(connection)
    columns = ", ".join(("id", *FIELDS))
    rows = connection.exec_driver_sql("SELECT id, number FROM cases")
    numbers: dict[int, str] = {row.id: row.number for row in rows}
    last = max(numbers, default=0)
    sums = array("q", bytes(8 * (last + 1)))
    counted: dict[int, int] = {}
    whole = 0
    for case_id, *told in rows_of(connection, f"SELECT {columns} FROM cases"):
        try:
            tokens = tokens_of(dict(zip(FIELDS, told, strict=True)))
            of_case = sum(map(hash, tokens))
            sums[case_id] = of_case & _ROOM
            whole += of_case * weight_of(case_id)
        except Exception as fault:  # whatever the bytes
            yield f"{told[0]} 的内容无法编入查找索引：{reason(fault)}"
            counted[case_id] = 0
        else:
            counted[case_id] = len(tokens)
    kept = sum(_weight(term) * weight for term, weight in index.weights_by_token(connection))
    if kept != whole:
        yield from _differing(connection, sums, numbers)
    yield from index.problems(connection, counted, numbers)


def _differing(
    connection: Connection, sums: array[int], numbers: Mapping[int, str]
) -> Iterator[str]:
    """Which cases have other tokens in the index than they should; `sums` are those they should have."""
    foreign = 0
    for term, case_id in index_of(connection).tokens_by_case(connection):
        if 0 < case_id < len(sums):
            sums[case_id] = (sums[case_id] - _weight(term)) & _ROOM
        else:
            foreign += 1
    if foreign:
        yield f"查找索引里有不存在的申请（{foreign} 处）"
    for case_id, rest in enumerate(sums):
        if rest:
            yield f"{numbers.get(case_id, f'内部号 {case_id}')} 的查找索引与申请内容不符"
