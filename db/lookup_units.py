"""The units that handle cases, as a filter offers them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, literal_column, select

from db.storage.register import Register
from db.storage.schema import UNIT_KEY, cases

MOST = 60


def units(register: Register) -> list[str]:
    """The names of the units, in order; at most `MOST`. Each is one step along the index."""
    key: ColumnElement[str] = literal_column(UNIT_KEY)
    found: list[str] = []
    with register.reading() as connection:
        last = ""
        while len(found) < MOST:
            following = select(key).select_from(cases).where(key > last).order_by(key).limit(1)
            unit = connection.execute(following).scalar()
            if unit is None:
                return found
            found.append(unit)
            last = unit
    return found
