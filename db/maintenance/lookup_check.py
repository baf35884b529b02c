"""The lookup index held against the cases, both ways: as it is read through, and as it is looked in."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from db.maintenance.check_words import A_FEW, reason
from db.storage.case_weights import weight_of
from db.storage.lookup_index import FIELDS, index_of, tokens_of

_REMEMBERED = 100_000


class _Checksums(dict[str, int]):
    """The checksum of each token, computed once while it is remembered."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = checksum = _checksum(token.encode("utf-8", "surrogateescape"))
        return checksum


class _OfBytes(dict[bytes, int]):
    """The same of a token's bytes."""

    def __missing__(self, token: bytes) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = checksum = _checksum(token)
        return checksum


def _checksum(token: bytes) -> int:
    return zlib.crc32(token) + 1


def index_problems(connection: Connection) -> Iterator[str]:
    """Whether the lookup index holds for every case its own tokens, no other and no others'.

    The tokens of a case are compared by the sum of their checksums: memory grows by a few bytes a
    case, whatever is indexed. First all of them at once, by what the engine itself adds up; only if
    that differs the index is read through, to say of which cases.
    """
    index = index_of(connection)
    columns = ", ".join(("id", *FIELDS))
    rows = connection.exec_driver_sql("SELECT id, number FROM cases")
    numbers: dict[int, str] = {row.id: row.number for row in rows}
    last = max(numbers, default=0)
    sums = array("q", bytes(8 * (last + 1)))
    checksums = _Checksums()
    counted: dict[int, int] = {}
    whole = 0
    found = connection.exec_driver_sql(f"SELECT {columns} FROM cases", execution_options=A_FEW)
    for row in found.mappings():
        try:
            tokens = tokens_of(row)
            of_case = sum(map(checksums.__getitem__, tokens))
            sums[row["id"]] += of_case
            whole += of_case * weight_of(row["id"])
        except Exception as fault:  # whatever the bytes
            yield f"{row['number']} 的内容无法编入查找索引：{reason(fault)}"
            counted[row["id"]] = 0
        else:
            counted[row["id"]] = len(tokens)
    kept = sum(_checksum(term) * weight for term, weight in index.weights_by_token(connection))
    if kept != whole:
        yield from _differing(connection, sums, numbers)
    yield from index.problems(connection, counted, numbers)


def _differing(
    connection: Connection, sums: array[int], numbers: Mapping[int, str]
) -> Iterator[str]:
    """Which cases have other tokens in the index than they should; `sums` are those they should have."""
    foreign = 0
    seen = _OfBytes()
    for term, case_id in index_of(connection).tokens_by_case(connection):
        if 0 < case_id < len(sums):
            sums[case_id] -= seen[term]
        else:
            foreign += 1
    if foreign:
        yield f"查找索引里有不存在的申请（{foreign} 处）"
    for case_id, rest in enumerate(sums):
        if rest:
            yield f"{numbers.get(case_id, f'内部号 {case_id}')} 的查找索引与申请内容不符"
