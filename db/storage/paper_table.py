"""The papers of cases in the database of a server.

They are there and not in a shared folder so that one transaction keeps a paper and its record, the
server's own roles, backups and replicas hold for both, and no desk needs more than its connection.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from db.storage.schema import PAPERS


class PaperTable:
    """A table, as a `db.storage.paper_store.PaperStore`."""

    def keep(self, connection: Connection, digest: str, content: bytes) -> None:
        connection.execute(
            text(
                f"INSERT INTO {PAPERS} (digest, content) VALUES (:digest, :content)"
                " ON CONFLICT DO NOTHING"
            ),
            {"digest": digest, "content": content},
        )

    def read(self, connection: Connection, digest: str) -> bytes | None:
        query = text(f"SELECT content FROM {PAPERS} WHERE digest = :digest")
        found = connection.execute(query, {"digest": digest}).scalar()
        return None if found is None else bytes(found)

    def digests(self, connection: Connection) -> set[str]:
        return set(connection.exec_driver_sql(f"SELECT digest FROM {PAPERS}").scalars())

    def remove(self, connection: Connection, digests: Iterable[str]) -> None:
        for digest in digests:
            query = text(f"DELETE FROM {PAPERS} WHERE digest = :digest")
            connection.execute(query, {"digest": digest})
