"""A copy's name says of what, when, why and how much; and it can be read again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.maintenance.copy_names import CopyName, Extent, read_name, register_name

MOMENT = datetime(2026, 11, 24, 9, 30)
EXTENTS = st.builds(
    Extent,
    st.integers(0, 10**9),
    st.text("0123456789abcdef", min_size=12, max_size=12),
    st.text("0123456789abcdef", min_size=6, max_size=6),
)


@given(
    st.sampled_from(["register", "登记簿", "a-20260101-000000-0000001-abcdef-x", "r.sqlite"]),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
    st.none() | EXTENTS,
    st.sampled_from(["daily", "before-0006", "asked"]),
    st.booleans(),
)
def test_a_name_is_read_as_it_was_made(
    register: str, at: datetime, extent: Extent | None, reason: str, faulty: bool
) -> None:
    name = CopyName(register, at.replace(microsecond=0), extent, reason, faulty)
    assert read_name(str(name), register) == name


def test_names_of_before_are_copies_too() -> None:
    name = read_name("register-20260310-093000-123456-before-import.db", "register")
    assert name == CopyName("register", datetime(2026, 3, 10, 9, 30), None, "before-import")
    assert name.why == "导入前"


@pytest.mark.parametrize(
    "name",
    [
        "other-20261124-093000-0000001-abcdef-daily.db",
        "register-2-20261124-093000-0000001-abcdef-daily.db",
        "register-20261324-093000-0000001-abcdef-daily.db",
        "register-20261124-093000-0000001-abcdef-daily.db-wal",
        "register.db",
        "说明.txt",
    ],
)
def test_what_is_no_copy_of_this_register_is_left_alone(name: str) -> None:
    assert read_name(name, "register") is None


@pytest.mark.parametrize("stem", ["登" * 80, "r" * 240, "记" * 56 + "ab"])
def test_a_long_name_fits_and_keeps_registers_apart(stem: str) -> None:
    named = register_name(Path(f"{stem}.db"))
    made = str(CopyName(named, MOMENT, Extent(10**9, "0" * 12, "abcdef"), "before-restore", True))
    assert len(made.encode()) <= 255
    assert read_name(made, named) is not None
    assert named != register_name(Path(f"{stem}x.db"))
