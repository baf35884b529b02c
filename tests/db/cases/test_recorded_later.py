"""Whether the clock has been set back: held against what was recorded, until it is right again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from db import moment
from db.cases.event_log import recorded_later
from db.storage.register import Register
from tests.support.steps import SHANGHAI, receive

ENGINES = ("sqlite", "postgresql")
SHOWN = datetime(2026, 3, 10, 15, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize("back", [timedelta(hours=6), timedelta(hours=12)])
def test_until_it_is_right_again(
    register: Register, monkeypatch: pytest.MonkeyPatch, back: timedelta
) -> None:
    """However much is recorded meanwhile, on the same day (UTC) or on that before."""

    def later(shown: datetime) -> datetime | None:
        monkeypatch.setenv("TAIZHANG_TODAY", f"{shown:%Y-%m-%d}")
        monkeypatch.setattr(moment, "_machine", lambda: shown)
        with register.reading() as tx:
            return recorded_later(tx)

    assert later(SHOWN) is None
    receive(register, "2026-03-02")
    for _ in range(3):
        assert later(SHOWN - back) == SHOWN
        receive(register, "2026-03-02")
    assert later(SHOWN) is None
